"""Lighthouse's marks for a page, by npm in a folder that is thrown away."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

VERSION = "12.8.2"


class NoLighthouse(Exception):
    """It cannot be had here; the text says why."""


def marks(address: str, *, cookie: str, chromium: str) -> dict[str, float]:
    """Performance and accessibility, 0 to 100 each, as Lighthouse's own mobile emulation sees."""
    npm = shutil.which("npm")
    if npm is None:
        raise NoLighthouse("npm is not here")
    with tempfile.TemporaryDirectory(prefix="lighthouse-") as name:
        folder = Path(name)
        install = [npm, "install", "--silent", "--no-audit", "--no-fund", f"lighthouse@{VERSION}"]
        if subprocess.run(install, cwd=folder, capture_output=True).returncode:
            raise NoLighthouse("npm could not install it")
        (folder / "head.json").write_text(json.dumps({"Cookie": cookie}))
        report = folder / "report.json"
        command = [
            str(folder / "node_modules" / ".bin" / "lighthouse"),
            *(address, "--quiet", "--output=json", f"--output-path={report}"),
            *("--only-categories=performance,accessibility", f"--extra-headers={folder}/head.json"),
            "--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage --disable-gpu",
        ]
        surroundings = os.environ | {"CHROME_PATH": chromium}
        done = subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True)
        if done.returncode or not report.exists():
            raise NoLighthouse(f"it failed: {done.stderr.strip()[-200:]}")
        found = json.loads(report.read_text())
    for each in found["audits"].values():
        if each.get("score") is not None and each["score"] < 0.9:
            print(f"  Lighthouse: {each['id']} {each['score']} {each.get('displayValue', '')}")
    return {name: 100 * found["categories"][name]["score"] for name in found["categories"]}

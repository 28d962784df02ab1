"""A visit to the demo: started afresh, signed in to, its first phone chosen."""

import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from clicktodial.demo.__main__ import PASSWORD

ROOT = Path(__file__).resolve().parents[2]


def sign_in(page: Page, name: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("searchbox")).to_be_visible()


def choose_first_phone(browser: Browser, *, site: str) -> None:
    """The demo's ada has yet to choose one."""
    with browser.new_context(base_url=site) as context:
        page = context.new_page()
        sign_in(page, "ada")
        page.goto("/dial/device/")
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="Use this phone").click()
        expect(page.get_by_role("heading", name="How I dial")).to_be_visible()


@contextmanager
def demo() -> Iterator[tuple[str, str]]:
    """The addresses of a fresh demo's site and of its phones page."""
    # Below those that the system gives to outgoing connections, which would be in the way.
    port = next(each for each in range(21_000, 29_000, 500) if _is_free(each))
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "clicktodial.demo", "--port", str(port)]
        process = subprocess.Popen(
            [*command, "--folder", folder], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        try:
            yield _addresses(process)
        finally:
            process.terminate()
            process.communicate(timeout=30)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def _addresses(process: "subprocess.Popen[str]") -> tuple[str, str]:
    assert process.stdout
    told = ""
    for line in process.stdout:
        told += line
        found = re.search(r"Site\s+(http\S+)\s+Phones\s+(http\S+)", told)
        if found:
            return found[1], found[2]
    raise SystemExit(f"The demo did not start.\n{told}")

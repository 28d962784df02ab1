"""Apache with a configuration of deploy/apache in front of a site, on a free loopback port."""

import os
import shutil
import ssl
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import trustme

from tests import programs

HOST = "directory.example.com"
SECRET = "what-only-proxy-and-site-know"
DEPLOY = Path(__file__).resolve().parents[1] / "deploy" / "apache"
MODULES = Path("/usr/lib/apache2/modules")
GROUPS = {"www-data": "www-data", "nobody": "nogroup"}
ALWAYS = (
    *("mpm_event", "authn_core", "authz_core", "authz_user"),
    *("headers", "proxy", "proxy_http", "ssl", "unique_id"),
)


@dataclass(frozen=True)
class Apache:
    """A running server; browsers have to be told that its name is at 127.0.0.1."""

    port: int
    folder: Path
    site: str
    """The address of what is behind it, which people should not be able to reach."""

    @property
    def address(self) -> str:
        return f"https://{HOST}:{self.port}"

    def get(self, path: str) -> bytes:
        """What it answers itself at this path."""
        unseen = ssl.create_default_context()
        unseen.check_hostname, unseen.verify_mode = False, ssl.CERT_NONE
        asked = urllib.request.Request(
            f"https://127.0.0.1:{self.port}{path}", headers={"Host": f"{HOST}:{self.port}"}
        )
        with urllib.request.urlopen(asked, timeout=30, context=unseen) as answer:
            told: bytes = answer.read()
        return told


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that Apache's user may enter, unlike pytest's own."""
    made = Path(tempfile.mkdtemp(prefix="clicktodial-apache-"))
    made.chmod(0o755)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


@contextmanager
def running(
    name: str,
    *,
    folder: Path,
    port: int,
    site: str,
    modules: Mapping[str, str],
    environment: Mapping[str, str] | None = None,
) -> Iterator[Apache]:
    """Apache with deploy/apache/NAME before the site; `modules` are those it needs more, with the
    Debian packages that bring them. What lies in /etc/apache2/clicktodial lies in the folder here.

    Raises programs.Missing.
    """
    program = programs.find("apache2", package="apache2")
    for module, package in modules.items():
        if not (MODULES / f"mod_{module}.so").exists():
            raise programs.Missing(f"mod_{module} is not installed (Debian: apt install {package})")
    _furnish(name, folder=folder, port=port, site=site, modules=modules)
    log = folder / "error.log"
    with open(folder / "output", "wb") as output:
        process = subprocess.Popen(
            [program, "-f", str(folder / "httpd.conf"), "-DFOREGROUND"],
            stdout=output,
            stderr=output,
            env={**os.environ, **(environment or {})},
        )

    def told() -> str:
        files = [file for file in (folder / "output", log) if file.exists()]
        return "".join(file.read_text() for file in files)

    with programs.started(process, port, log=told):
        yield Apache(port, folder, site)


def _furnish(name: str, *, folder: Path, port: int, site: str, modules: Mapping[str, str]) -> None:
    certificate = trustme.CA().issue_cert(HOST)
    certificate.cert_chain_pems[0].write_to_path(folder / "fullchain.pem")
    certificate.private_key_pem.write_to_path(folder / "key.pem")
    (folder / "proxy-secret.conf").write_text(f"Define CLICKTODIAL_SECRET {SECRET}\n")
    changes = {
        "*:443": f"*:{port}",
        "ServerName directory.example.com": f"ServerName {HOST}:{port}",
        "/etc/apache2/clicktodial/": f"{folder}/",
        "/etc/ssl/clicktodial/": f"{folder}/",
        "http://127.0.0.1:8000/": f"{site}/",
    }
    _copy(DEPLOY / name, folder / name, changes)
    _copy(DEPLOY / "site.conf", folder / "site.conf", changes)
    owner = programs.user("www-data")
    lines = [
        f"ServerRoot {folder}",
        f"ServerName {HOST}",
        f"DefaultRuntimeDir {folder}",
        f"PidFile {folder}/pid",
        f"ErrorLog {folder}/error.log",
        *([f"User {owner}", f"Group {GROUPS[owner]}"] if owner else []),
        *(
            f"LoadModule {module}_module {MODULES}/mod_{module}.so"
            for module in (*ALWAYS, *modules)
        ),
        f"Listen 127.0.0.1:{port}",
        f"Include {folder / name}",
    ]
    (folder / "httpd.conf").write_text("\n".join(lines) + "\n")
    if owner:
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, owner)


def _copy(source: Path, target: Path, changes: Mapping[str, str]) -> None:
    text = source.read_text()
    for old, new in changes.items():
        text = text.replace(old, new)
    assert "/etc/" not in text.replace("#", ""), "the tests must not look at this machine's own"
    target.write_text(text)

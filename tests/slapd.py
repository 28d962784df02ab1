"""A slapd of one's own for as long as a test runs: private folder, free loopback ports, TLS."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme

BASE = "dc=example,dc=com"
READER, READERS_PASSWORD = f"cn=reader,{BASE}", "reader's $ecret"
PAGE = 1000
"""Entries that one answer may hold, as in Active Directory."""

# Microsoft's names for what AD keeps, so that the product's own filters and attributes are tried.
SCHEMA = """
attributetype ( 1.3.6.1.4.1.99999.1.1 NAME 'objectGUID' EQUALITY octetStringMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 SINGLE-VALUE )
attributetype ( 1.3.6.1.4.1.99999.1.2 NAME 'sAMAccountName' EQUALITY caseIgnoreMatch
  SUBSTR caseIgnoreSubstringsMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.3.6.1.4.1.99999.1.3 NAME 'userAccountControl' EQUALITY integerMatch
  ORDERING integerOrderingMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
attributetype ( 1.3.6.1.4.1.99999.1.4 NAME 'whenChanged' EQUALITY generalizedTimeMatch
  ORDERING generalizedTimeOrderingMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.24 SINGLE-VALUE )
attributetype ( 1.3.6.1.4.1.99999.1.5 NAME 'thumbnailPhoto'
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 )
attributetype ( 1.3.6.1.4.1.99999.1.6 NAME 'employeeID' EQUALITY caseIgnoreMatch
  SUBSTR caseIgnoreSubstringsMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.3.6.1.4.1.99999.1.7 NAME 'department' EQUALITY caseIgnoreMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.3.6.1.4.1.99999.1.8 NAME 'ipPhone' EQUALITY caseIgnoreMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.3.6.1.4.1.99999.1.9 NAME 'objectCategory' EQUALITY caseIgnoreMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
objectclass ( 1.3.6.1.4.1.99999.2.1 NAME 'user' SUP inetOrgPerson STRUCTURAL
  MAY ( objectCategory $ objectGUID $ sAMAccountName $ userAccountControl $ whenChanged $
        thumbnailPhoto $ employeeID $ department $ ipPhone ) )
"""

CONFIGURATION = """
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
include {folder}/ad.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {folder}/pid
TLSCACertificateFile {folder}/ca.pem
TLSCertificateFile {folder}/server.pem
TLSCertificateKeyFile {folder}/server.key
security simple_bind=128
database mdb
suffix "{base}"
rootdn "cn=root,{base}"
rootpw root
directory {folder}/data
maxsize 268435456
dbnosync
index objectClass,sAMAccountName,objectGUID,uid,member,entryUUID eq
limits dn.exact="{reader}" size.soft={page} size.hard={page} size.pr={page} size.prtotal=unlimited
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="{reader}" read by self read by * none
"""

ROOT = f"""dn: {BASE}
objectClass: dcObject
objectClass: organization
dc: example
o: Example

dn: {READER}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: reader
userPassword: {READERS_PASSWORD}

"""


class NoSlapd(Exception):
    """There is no slapd to be started here; the text says why."""


@dataclass(frozen=True)
class Slapd:
    """A running server, whose certificate is for 127.0.0.1.

    Not for localhost: OpenLDAP's client takes that for the name of the machine.
    """

    plain: int
    tls: int
    folder: Path

    @property
    def ldap(self) -> str:
        return f"ldap://127.0.0.1:{self.plain}"

    @property
    def ldaps(self) -> str:
        return f"ldaps://127.0.0.1:{self.tls}"

    @property
    def ca_file(self) -> str:
        return str(self.folder / "ca.pem")

    @contextmanager
    def as_root(self) -> Iterator[object]:
        """A connection that may change everything."""
        import ldap

        connection = ldap.initialize(self.ldap)
        connection.set_option(ldap.OPT_X_TLS_CACERTFILE, self.ca_file)
        connection.set_option(ldap.OPT_X_TLS_NEWCTX, 0)
        connection.start_tls_s()
        connection.simple_bind_s(f"cn=root,{BASE}", "root")
        try:
            yield connection
        finally:
            connection.unbind_s()


@contextmanager
def running(ldif: str) -> Iterator[Slapd]:
    """A server that holds these entries below BASE, and a reader; raises NoSlapd."""
    slapd, slapadd = _program("slapd"), _program("slapadd")
    user = _user()
    folder = Path(tempfile.mkdtemp(prefix="clicktodial-slapd-"))
    try:
        _furnish(folder, ldif)
        for path in (folder, *folder.rglob("*")):
            if user:
                shutil.chown(path, user)
        configuration = str(folder / "slapd.conf")
        run = {"user": user, "cwd": folder, "stdout": subprocess.DEVNULL}
        filled = subprocess.run(
            [slapadd, "-q", "-f", configuration, "-l", str(folder / "entries.ldif")],
            stderr=subprocess.PIPE,
            text=True,
            **run,
        )
        if filled.returncode:
            raise RuntimeError(f"slapadd: {filled.stderr[-800:]}")
        server = Slapd(_free_port(), _free_port(), folder)
        urls = f"ldap://127.0.0.1:{server.plain} ldaps://127.0.0.1:{server.tls}"
        with open(folder / "log", "w", encoding="utf-8") as log:
            process = subprocess.Popen(
                [slapd, "-d", "0", "-f", configuration, "-h", urls], stderr=log, **run
            )
        try:
            _wait_for(server, process)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def or_skip(reason: NoSlapd) -> None:
    """Skips with the reason, which CI does not put up with."""
    if os.environ.get("CI") == "true":
        pytest.fail(str(reason))
    pytest.skip(str(reason))


def _furnish(folder: Path, ldif: str) -> None:
    folder.chmod(0o755)
    (folder / "data").mkdir()
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    certificate = authority.issue_cert("127.0.0.1", common_name="slapd")  # GnuTLS wants one
    certificate.private_key_pem.write_to_path(str(folder / "server.key"))
    certificate.cert_chain_pems[0].write_to_path(str(folder / "server.pem"))
    (folder / "ad.schema").write_text(SCHEMA)
    (folder / "slapd.conf").write_text(
        CONFIGURATION.format(folder=folder, base=BASE, reader=READER, page=PAGE)
    )
    (folder / "entries.ldif").write_text(ROOT + ldif, encoding="utf-8")


def _program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if found is None:
        raise NoSlapd(f"{name} is not installed (Debian: apt install slapd)")
    return found


def _user() -> str | None:
    if os.geteuid() != 0:
        return None
    for name in ("openldap", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise NoSlapd("slapd is not run as root, and there is no other user to run it as")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(server: Slapd, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < deadline:
        try:
            for port in (server.plain, server.tls):
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise NoSlapd(f"slapd did not start: {(server.folder / 'log').read_text('utf-8')[-400:]}")

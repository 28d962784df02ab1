"""A slapd of one's own for as long as a test runs: private folder, free loopback ports, TLS."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import trustme

from tests import programs

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
    """A server that holds these entries below BASE, and a reader; raises programs.Missing."""
    slapd, slapadd = (programs.find(name, package="slapd") for name in ("slapd", "slapadd"))
    user = programs.user("openldap")
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
        server = Slapd(programs.free_port(), programs.free_port(), folder)
        urls = f"ldap://127.0.0.1:{server.plain} ldaps://127.0.0.1:{server.tls}"
        log = folder / "log"
        with open(log, "w", encoding="utf-8") as written:
            process = subprocess.Popen(
                [slapd, "-d", "0", "-f", configuration, "-h", urls], stderr=written, **run
            )
        with programs.started(process, server.plain, server.tls, log=lambda: log.read_text()):
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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

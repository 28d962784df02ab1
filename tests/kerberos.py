"""A Kerberos realm of one's own for as long as a test runs: a KDC on a free loopback port."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import programs

REALM = "EXAMPLE.COM"
PASSWORD = "in-the-realm"

CLIENT = """
[libdefaults]
  default_realm = {realm}
  dns_lookup_kdc = false
  dns_lookup_realm = false
  dns_canonicalize_hostname = false
  rdns = false
  udp_preference_limit = 1
[realms]
  {realm} = {{
    kdc = 127.0.0.1:{port}
  }}
[domain_realm]
  .example.com = {realm}
"""
SERVER = """
[kdcdefaults]
  kdc_listen = 127.0.0.1:{port}
  kdc_tcp_listen = 127.0.0.1:{port}
[realms]
  {realm} = {{
    database_name = {folder}/principal
    key_stash_file = {folder}/stash
    acl_file = {folder}/acl
    supported_enctypes = aes256-cts:normal
  }}
[logging]
  kdc = FILE:{folder}/kdc.log
"""


@dataclass(frozen=True)
class Realm:
    """A running realm; whoever is started with its environment belongs to it."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        return {
            "KRB5_CONFIG": str(self.folder / "krb5.conf"),
            "KRB5_KDC_PROFILE": str(self.folder / "kdc.conf"),
        }

    def signed_in(self, name: str) -> dict[str, str]:
        """The environment of a computer at which this person has signed in."""
        here = self.environment | {"KRB5CCNAME": f"FILE:{self.folder}/tickets-of-{name}"}
        _run(["kinit", name], here, typed=PASSWORD)
        return here


@contextmanager
def running(folder: Path, *, people: tuple[str, ...], services: tuple[str, ...]) -> Iterator[Realm]:
    """A realm with these principals; the services' keys lie in http.keytab.

    Raises programs.Missing.
    """
    kdc = programs.find("krb5kdc", package="krb5-kdc")
    programs.find("kinit", package="krb5-user")
    programs.find("kadmin.local", package="krb5-admin-server")
    realm, port = Realm(folder), programs.free_port()
    facts = {"realm": REALM, "port": port, "folder": folder}
    (folder / "krb5.conf").write_text(CLIENT.format(**facts))
    (folder / "kdc.conf").write_text(SERVER.format(**facts))
    _run(["kdb5_util", "create", "-s", "-r", REALM, "-P", "master"], realm.environment)
    orders = [
        *(f"addprinc -pw {PASSWORD} {name}" for name in people),
        *(f"addprinc -randkey {service}" for service in services),
        f"ktadd -k {folder}/http.keytab {' '.join(services)}",
    ]
    _run(["kadmin.local", "-r", REALM], realm.environment, typed="\n".join(orders))
    process = subprocess.Popen(
        [kdc, "-n", "-r", REALM, "-P", str(folder / "kdc.pid")],
        env=os.environ | realm.environment,
        stdout=subprocess.DEVNULL,
    )
    with programs.started(process, port, log=lambda: (folder / "kdc.log").read_text()):
        yield realm


def _run(command: list[str], environment: dict[str, str], *, typed: str = "") -> None:
    program = programs.find(command[0], package="krb5-admin-server")
    done = subprocess.run(
        [program, *command[1:]],
        env=os.environ | environment,
        input=typed + "\n",
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr[-800:]}")

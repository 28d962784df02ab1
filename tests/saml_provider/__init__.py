"""A SAML 2.0 identity provider of one's own: pysaml2 in a process of its own."""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from tests import programs

PASSWORD = "at-the-provider"
METADATA = """<?xml version="1.0"?>
<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{origin}/metadata">
<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>
<X509Certificate>{certificate}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>
<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
 Location="{origin}/sso"/>
</IDPSSODescriptor></EntityDescriptor>
"""


@dataclass(frozen=True)
class Provider:
    """A provider with a key; ada (help desk) and bruno have accounts there."""

    port: int
    folder: Path

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def spoil(self, how: str) -> None:
        """From now on answers are wrong in this way; empty: right again."""
        with urllib.request.urlopen(f"{self.origin}/spoil?{how}", timeout=30):
            pass


def prepared(folder: Path) -> Provider:
    """A provider that does not run yet, whose metadata in provider.xml the site can be given."""
    programs.find("xmlsec1", package="xmlsec1")
    provider = Provider(programs.free_port(), folder)
    certificate = write_key(folder, "provider")
    text = METADATA.format(origin=provider.origin, certificate=_bare(certificate))
    (folder / "provider.xml").write_text(text)
    write_key(folder, "stranger")
    return provider


@contextmanager
def running(provider: Provider, *, site: bytes) -> Iterator[None]:
    """While it serves the site that describes itself so; raises programs.Missing."""
    folder = provider.folder
    (folder / "site.xml").write_bytes(site)
    with open(folder / "provider.log", "wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.saml_provider", str(folder), str(provider.port)],
            env=dict(os.environ),
            cwd=Path(__file__).resolve().parents[2],
            stdout=log,
            stderr=log,
        )
    told = folder / "provider.log"
    with programs.started(process, provider.port, log=lambda: told.read_text()):
        yield


def write_key(folder: Path, name: str) -> str:
    """A key and its self-signed certificate, as NAME.key and NAME.pem; the certificate."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    (folder / f"{name}.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    (folder / f"{name}.pem").write_bytes(pem)
    return pem.decode()


def _bare(pem: str) -> str:
    return "".join(line for line in pem.splitlines() if not line.startswith("-----"))

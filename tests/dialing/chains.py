"""Chains of certificates for nodes, as a company's own CA makes them, with what is wrong."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Link:
    """A certificate and the key that goes with it."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    @property
    def secret(self) -> str:
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode()


def signed(name: str, *, days: int, by: Link | None = None, signs: bool = True) -> Link:
    """A certificate that ends in so many days; signed by itself where there is nobody else."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(by.certificate.subject if by else called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=500))
        .not_valid_after(now + timedelta(days=days, hours=1))
        .add_extension(x509.BasicConstraints(ca=signs, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(by.key if by else key, hashes.SHA256())
    )
    return Link(certificate, key)


def written(folder: Path, *links: Link) -> dict[str, str]:
    """What a scene's node says of the files with this chain, its own certificate first."""
    (folder / "chain.pem").write_text("".join(link.pem for link in links))
    (folder / "key.pem").write_text(links[0].secret)
    return {"certificate_file": str(folder / "chain.pem"), "key_file": str(folder / "key.pem")}


def authority(name: str = "Voice CA", *, days: int = 400) -> str:
    """A CA's certificate as PEM text."""
    return signed(name, days=days).pem

"""Certificates for secure nodes: a private authority made in memory, and what can be wrong."""

from __future__ import annotations

import ipaddress
import ssl
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from clicktodial.simulator.scene import Certificate, Node, SceneError


class Authority:
    """A certificate authority that lives as long as the simulator."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name("clicktodial simulator CA")
        now = datetime.now(UTC)
        self._certificate = (
            _builder(self._name, self._name, self._key, now - timedelta(days=1), now)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs=True), critical=True)
            .sign(self._key, hashes.SHA256())
        )

    @property
    def pem(self) -> str:
        """The authority's own certificate, for clients to trust."""
        return self._certificate.public_bytes(serialization.Encoding.PEM).decode()

    def context(self, node: Node, *, host: str) -> ssl.SSLContext:
        """What a secure node shows to its clients, right or wrong as the scene asks."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if node.certificate_file:
            try:
                context.load_cert_chain(node.certificate_file, node.key_file)
            except (OSError, ssl.SSLError) as error:
                raise SceneError(
                    f"node {node.name!r}: its certificate or key file cannot be used."
                ) from error
            return context
        issuer = Authority() if node.certificate is Certificate.UNTRUSTED else self
        with tempfile.TemporaryDirectory() as folder:
            # ssl loads a chain from files only; the folder is ours alone and gone at once.
            file = Path(folder, "node.pem")
            file.write_bytes(issuer._issue(node, host))
            context.load_cert_chain(file)
        return context

    def _issue(self, node: Node, host: str) -> bytes:
        key = ec.generate_private_key(ec.SECP256R1())
        now = datetime.now(UTC)
        start = now - timedelta(days=1)
        if node.certificate is Certificate.EXPIRED:
            start, now = now - timedelta(days=400), now - timedelta(days=399)
        certificate = (
            _builder(_name(node.name), self._name, key, start, now)
            .add_extension(_names(node, host), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()),
                critical=False,
            )
            .sign(self._key, hashes.SHA256())
        )
        secret = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return secret + certificate.public_bytes(serialization.Encoding.PEM)


def _names(node: Node, host: str) -> x509.SubjectAlternativeName:
    if node.certificate is Certificate.WRONG_NAME:
        return x509.SubjectAlternativeName([x509.DNSName("elsewhere.invalid")])
    addresses = {"127.0.0.1", "::1", host}
    names: list[x509.GeneralName] = [x509.DNSName("localhost")]
    for address in sorted(addresses):
        try:
            names.append(x509.IPAddress(ipaddress.ip_address(address)))
        except ValueError:
            names.append(x509.DNSName(address))
    return x509.SubjectAlternativeName(names)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    start: datetime,
    now: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )

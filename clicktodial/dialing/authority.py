"""Certificates as text: read, told in words, refused with a sentence."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.utils.translation import gettext as _

SOON = 21  # days before its end from which a certificate is worth a notice

_BLOCK = re.compile(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)


class NotCertificates(ValueError):
    """The text holds no certificates; str() is a sentence for the person who pasted it."""


@dataclass(frozen=True)
class Certificate:
    """What an administrator wants to know of a certificate, and its PEM text."""

    subject: str
    issuer: str
    names: tuple[str, ...]
    expires: datetime
    pem: str

    @property
    def days_left(self) -> int:
        """Whole days until it expires, negative afterwards."""
        return (self.expires - datetime.now(UTC)).days


def read(text: str) -> tuple[Certificate, ...]:
    """The certificates in PEM text, whatever stands between them; raises NotCertificates."""
    if "PRIVATE KEY-----" in text:
        raise NotCertificates(
            _(
                "This text holds a private key, which nobody but its owner should have. "
                "Paste certificates only."
            )
        )
    blocks = _BLOCK.findall(text)
    if not blocks or text.count("-----BEGIN") != len(blocks):
        raise NotCertificates(
            _(
                "Paste whole certificates as PEM text, each from “-----BEGIN CERTIFICATE-----” "
                "to “-----END CERTIFICATE-----”."
            )
        )
    return tuple(_read_one(block, place) for place, block in enumerate(blocks, start=1))


def shown(octets: bytes) -> Certificate | None:
    """The certificate in these octets (DER), as a node shows it; None where it is none."""
    try:
        return _told(x509.load_der_x509_certificate(octets))
    except ValueError:
        return None


def _read_one(block: str, place: int) -> Certificate:
    try:
        return _told(x509.load_pem_x509_certificate(block.encode("ascii")))
    except ValueError:
        raise NotCertificates(
            _("Certificate %(place)d cannot be read. Was it cut when it was copied?")
            % {"place": place}
        ) from None


def _told(certificate: x509.Certificate) -> Certificate:
    return Certificate(
        subject=_called(certificate.subject),
        issuer=_called(certificate.issuer),
        names=_names(certificate),
        expires=certificate.not_valid_after_utc,
        pem=certificate.public_bytes(Encoding.PEM).decode("ascii"),
    )


def _called(name: x509.Name) -> str:
    common = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(common[0].value) if common else name.rfc4514_string()


def _names(certificate: x509.Certificate) -> tuple[str, ...]:
    """The hosts it is good for."""
    try:
        extension = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except x509.ExtensionNotFound:
        return ()
    names = extension.value.get_values_for_type(x509.DNSName)
    addresses = extension.value.get_values_for_type(x509.IPAddress)
    return (*names, *(str(address) for address in addresses))

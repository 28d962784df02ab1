"""The certificates by which a node proves who it is, its own first, each as DER."""

import ssl
import sys
import time

from clicktodial.webdialer.errors import NotSent
from clicktodial.webdialer.values import Address
from clicktodial.webdialer.wire import connected, left


def proven(tls: ssl.SSLSocket) -> tuple[bytes, ...]:
    """The chain that was verified, up to the certificate that we trust by itself."""
    if sys.version_info >= (3, 13):
        return tuple(tls.get_verified_chain())
    return _octets(tls, "get_verified_chain")


def shown(address: Address, *, seconds: float) -> tuple[bytes, ...]:
    """What the node shows, trusted or not; none where it shows nothing.

    Nothing else is sent or believed.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    deadline = time.monotonic() + seconds
    try:
        with connected(address, deadline=deadline) as sock:
            sock.settimeout(left(deadline))
            with context.wrap_socket(sock, server_hostname=address.host) as tls:
                if sys.version_info >= (3, 13):
                    return tuple(tls.get_unverified_chain())
                return _octets(tls, "get_unverified_chain")
    except (NotSent, OSError, ValueError):
        return ()


def _octets(tls: ssl.SSLSocket, name: str) -> tuple[bytes, ...]:
    """Python has it since 3.10, and in the open since 3.13."""
    import _ssl

    chain = getattr(tls._sslobj, name)() or ()  # type: ignore[attr-defined]
    return tuple(each.public_bytes(_ssl.ENCODING_DER) for each in chain)

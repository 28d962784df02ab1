"""A connection to LDAP that is always encrypted, verified, and given up in time.

Needs the extra `ldap`: import this module only where a server is set up.
"""

import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import ldap

from clicktodial.webdialer import Secret

CONNECTING, ANSWERING = 5, 15
"""Seconds until a server must have taken the connection, and must have answered."""


class Unreachable(Exception):
    """The server did not take part; the text is a sentence, and holds no password."""


def options(ca_file: str = "") -> dict[int, Any]:
    """What is set on every connection; the order counts, since the last one applies TLS."""
    authorities = ca_file or ssl.get_default_verify_paths().cafile
    return {
        ldap.OPT_PROTOCOL_VERSION: ldap.VERSION3,
        # Active Directory refers to servers that may not be there, and would be sent our password.
        ldap.OPT_REFERRALS: 0,
        ldap.OPT_NETWORK_TIMEOUT: CONNECTING,
        ldap.OPT_TIMEOUT: ANSWERING,
        ldap.OPT_X_TLS_REQUIRE_CERT: ldap.OPT_X_TLS_DEMAND,
        **({ldap.OPT_X_TLS_CACERTFILE: authorities} if authorities else {}),
        ldap.OPT_X_TLS_NEWCTX: 0,
    }


def starts_tls(urls: Sequence[str]) -> bool:
    """Whether these servers begin in the clear and have to be told to encrypt."""
    return all(url.startswith("ldap://") for url in urls)


@contextmanager
def connected(
    urls: Sequence[str], *, bind_dn: str, bind_password: Secret, ca_file: str = ""
) -> Iterator[Any]:
    """A connection to the first server that answers; raises Unreachable, also where it breaks."""
    connection = ldap.initialize(" ".join(urls))
    try:
        for option, value in options(ca_file).items():
            connection.set_option(option, value)
        if starts_tls(urls):
            connection.start_tls_s()
        connection.simple_bind_s(bind_dn, bind_password.reveal())
        yield connection
    except ldap.LDAPError as error:
        raise Unreachable(reason_of(error)) from None
    finally:
        with suppress(ldap.LDAPError):  # it may have ended by itself
            connection.unbind_s()


def reason_of(error: Exception) -> str:
    """One sentence on what went wrong, from the library's own words."""
    told = error.args[0] if error.args and isinstance(error.args[0], dict) else {}
    said = " ".join(filter(None, (str(told.get("desc", "")), str(told.get("info", "")))))
    return said or type(error).__name__

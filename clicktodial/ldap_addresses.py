"""Addresses of LDAP servers, which are encrypted whatever they begin with."""

import re

from clicktodial.environment import items


def ldap_addresses(text: str) -> list[str]:
    """Servers that hold the same, each ldaps://host or ldap://host (which then uses StartTLS)."""
    found = items(text)
    for address in found:
        if not re.fullmatch(r"ldaps?://[^/\s@]+/?", address):
            raise ValueError("it must be a list such as ldaps://dc1.example.com,ldaps://dc2:636.")
    if len({address.partition(":")[0] for address in found}) > 1:
        raise ValueError("all of its addresses must be ldaps://, or all ldap://.")
    return found

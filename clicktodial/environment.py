"""The environment variables, read by django-environ without its surprises."""

import base64
import binascii
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured
from environ.fileaware_mapping import FileAwareMapping


class Variables(FileAwareMapping):  # type: ignore[misc]
    """The process's variables, or the files that `NAME_FILE` names, less a file's last newline."""

    def __getitem__(self, key: str) -> str:
        try:
            value: str = super().__getitem__(key)
        except OSError as error:
            raise ImproperlyConfigured(
                f"{key}_FILE names a file that cannot be read: {error.strerror}."
            ) from None
        except UnicodeDecodeError:
            raise ImproperlyConfigured(f"{key}_FILE names a file that is not UTF-8 text.") from None
        # A leading `$` means another variable to django-environ. To us it is part of a password.
        return value.rstrip("\r\n").replace("$", r"\$")


class Environment(environ.Env):  # type: ignore[misc]
    """One scheme of variables; what is missing or wrong is told by the variable's name."""

    def __init__(self, **scheme: tuple[Any, ...]) -> None:
        """Each variable is (reader,) where it must be set, else (reader, default)."""
        super().__init__(**{name: kind if kind[1:] else kind[0] for name, kind in scheme.items()})
        self.ENVIRON = Variables(os.environ, cache=False)
        self.escape_proxy = True

    def database(self, var: str) -> dict[str, Any]:
        """The database that an address names; what is wrong is told without the address."""
        return self._address(var, self.db_url_config, "postgres://user:password@host/name")

    def cache(self, var: str) -> dict[str, Any]:
        """The cache that an address names; what is wrong is told without the address."""
        return self._address(var, self.cache_url_config, "redis://:password@host:6379/0")

    def _address(self, var: str, read: Callable[[str], Any], example: str) -> dict[str, Any]:
        # The library's own warnings and errors print the address with its password.
        try:
            with warnings.catch_warnings(action="error"):
                found: dict[str, Any] = read(self(var))
            if not found.get("ENGINE", found.get("BACKEND")):
                raise ValueError
        except (ValueError, KeyError, TypeError, ImproperlyConfigured, Warning):
            raise ImproperlyConfigured(
                f"{var} is wrong: it must be an address such as {example}."
            ) from None
        return found

    def get_value(self, var: str, *args: Any, **kwargs: Any) -> Any:
        if not self.ENVIRON.get(var):
            kind = self.scheme[var]
            if not isinstance(kind, tuple):
                raise ImproperlyConfigured(f"{var} is not set. See .env.example for what it holds.")
            return kind[1]
        try:
            return super().get_value(var, *args, **kwargs)
        except (ValueError, TypeError, KeyError) as error:
            raise ImproperlyConfigured(f"{var} is wrong: {error}") from None


def yes_or_no(text: str) -> bool:
    """True or False; anything but the usual words is refused rather than taken as False."""
    word = text.strip().lower()
    if word in {"true", "yes", "on", "1"}:
        return True
    if word in {"false", "no", "off", "0"}:
        return False
    raise ValueError("it must be true or false.")


def whole_number(*, least: int, most: int) -> Callable[[str], int]:
    """A reader for whole numbers within limits."""

    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = least - 1
        if not least <= value <= most:
            raise ValueError(f"it must be a whole number from {least} to {most}.")
        return value

    return read


def one_of(*words: str) -> Callable[[str], str]:
    """A reader for one word of a few."""

    def read(text: str) -> str:
        word = text.strip()
        if word not in words:
            raise ValueError(f"it must be one of {', '.join(words)}.")
        return word

    return read


def items(text: str) -> list[str]:
    """The parts between commas, without the empty ones."""
    return [part.strip() for part in text.split(",") if part.strip()]


def encryption_keys(text: str) -> list[str]:
    """Fernet keys, the newest first; each is 32 bytes in url-safe base64."""
    keys = items(text)
    if not keys:
        raise ValueError("it holds no key.")
    for place, key in enumerate(keys, start=1):
        try:
            whole = len(base64.urlsafe_b64decode(key)) == 32
        except (binascii.Error, ValueError):
            whole = False
        if not whole:
            raise ValueError(
                f"key {place} is not a key. Make one with: "
                'python -c "from cryptography.fernet import Fernet; '
                'print(Fernet.generate_key().decode())"'
            )
    return keys


def secret_key(text: str) -> str:
    """A signing key of some length."""
    if len(text) < 32:
        raise ValueError("it must be at least 32 characters, and random.")
    return text


def metrics_token(text: str) -> str:
    """What Prometheus shows to read the figures; long enough not to be guessed."""
    if text and len(text) < 20:
        raise ValueError("it must be at least 20 characters, and random.")
    return text


def networks(text: str) -> list[IPv4Network | IPv6Network]:
    """Addresses and networks such as 10.0.0.5 or 10.0.0.0/24, between commas."""
    try:
        return [ip_network(part) for part in items(text)]
    except ValueError:
        raise ValueError("it must hold addresses or networks such as 10.0.0.0/24.") from None


@contextmanager
def stop_on_bad_settings() -> Iterator[None]:
    """End the program with one sentence, not a traceback, where a setting is missing or wrong."""
    try:
        yield
    except ImproperlyConfigured as error:
        sys.exit(f"clicktodial cannot start. {error}")

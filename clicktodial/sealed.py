"""Secrets in the database: sealed with the site's keys, opened only where they are used."""

from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models

from clicktodial.webdialer import Secret


class WrongKey(Exception):
    """None of ENCRYPTION_KEYS opens this: put the old key back, or enter the secret again."""


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def box() -> MultiFernet:
    """The site's keys: the first seals, every one opens."""
    return _box(tuple(settings.ENCRYPTION_KEYS))


class Sealed:
    """A secret as it lies in the database; loading a row never opens it, so it cannot fail."""

    __slots__ = ("token",)

    def __init__(self, token: str) -> None:
        self.token = token

    @classmethod
    def around(cls, secret: Secret) -> "Sealed":
        return cls(box().encrypt(secret.reveal().encode()).decode())

    def open(self) -> Secret:
        """The secret; raises WrongKey."""
        try:
            return Secret(box().decrypt(self.token.encode()).decode())
        except InvalidToken:
            raise WrongKey from None

    def resealed(self) -> "Sealed":
        """The same secret under the newest key; raises WrongKey."""
        try:
            return Sealed(box().rotate(self.token.encode()).decode())
        except InvalidToken:
            raise WrongKey from None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and other.token == self.token

    def __hash__(self) -> int:
        return hash(self.token)

    def __repr__(self) -> str:
        return "<sealed>"


class SealedField(models.TextField):  # type: ignore[type-arg]
    """A column that holds a sealed secret, or nothing; plain text cannot be put into it."""

    def from_db_value(self, value: str | None, *_: Any) -> Sealed | None:
        return Sealed(value) if value else None

    def to_python(self, value: Any) -> Sealed | None:
        if not value:
            return None
        return value if isinstance(value, Sealed) else Sealed(str(value))

    def get_prep_value(self, value: Any) -> str:
        if not value:
            return ""
        if not isinstance(value, Sealed):
            raise TypeError("A sealed column takes Sealed.around(secret), never plain text.")
        return value.token

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))

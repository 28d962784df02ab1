"""Rows that need no look: those that stand as they did when the directory last agreed with them.

A row is known by its digest under everything that reads it. What was changed in the directory since
has ended the agreement by a trigger (`triggers`); where words lead to another department or
location than they did, nothing counts any more.
"""

# ruff: noqa: S608 — questions are put together of our own words; texts are parameters

import secrets
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any

import phonenumbers
from django.conf import settings
from django.db import DatabaseError, transaction

from directory.imports import tables, triggers
from directory.imports.mapping import Columns
from directory.imports.record import Source
from directory.imports.wanted import Reader
from directory.models import ImportSource, Reading

VERSION = 1
"""Another number wherever the same row is to be read in another way than by the last release."""
_TABLE = "directory_agreedrow"
_WATCHED = "directory_person, directory_number, directory_ownfield"


class Agreed:
    """The agreed rows of one source, as it is read by one plan."""

    def __init__(self, reading: Reading, reader: Reader, *, trusted: bool) -> None:
        self._reading, self._reader, self._trusted = reading, reader, trusted
        self._places = reader.led_count()
        self._mark = blake2b(f"{reading.rules} {reading.salt}".encode(), digest_size=16).digest()
        self._holds = False

    @classmethod
    def of(
        cls, source: ImportSource, *, read: Source, columns: Columns, reader: Reader
    ) -> "Agreed":
        """What is known already; nothing, where the rows are read otherwise than they were."""
        rules = _rules(read, columns)
        reading = Reading.objects.filter(source=source).first()
        if reading is None or reading.rules != rules or not reader.leads(reading.places):
            reader.forget()
            fresh = {"rules": rules, "salt": secrets.token_hex(16), "places": []}
            reading, _made = Reading.objects.update_or_create(source=source, defaults=fresh)
        return cls(reading, reader, trusted=triggers.complete())

    def sift(self, texts: Sequence[str]) -> list[int | None]:
        """For each row whom it agrees with, where that is known."""
        if not self._trusted:
            return [None] * len(texts)
        digests = self._digests(texts)
        # In their order, so that neighbours in the table are neighbours here.
        asked, params = tables.values("digest", sorted(digests))
        found = dict(
            tables.fetch(
                f"SELECT digest, person_id FROM {asked} JOIN {_TABLE} USING (digest)", params
            )
        )
        return list(map(found.get, digests))

    @contextmanager
    def looking(self) -> Iterator[None]:
        """While this lasts nobody changes whom we look at, or else nothing of it is kept."""
        with transaction.atomic():
            self._holds = self._trusted and self._alone()
            try:
                yield
            finally:
                self._holds = False

    def _alone(self) -> bool:
        """SQLite has one writer, and that is us; PostgreSQL is asked, and not waited for."""
        if not tables.is_postgres():
            return True
        try:
            with transaction.atomic():
                tables.run(f"LOCK TABLE {_WATCHED} IN SHARE MODE NOWAIT")
        except DatabaseError:
            return False
        return True

    def keep(self, rows: Iterable[tuple[str, int]]) -> None:
        """Each of these texts has been compared with this person, and nothing differed."""
        texts = {pk: text for text, pk in rows}
        if not self._holds or not texts:
            return
        self._keep_places()
        pairs = dict(zip(self._digests(list(texts.values())), texts, strict=True))
        for column, values in (("person_id", list(texts)), ("digest", list(pairs))):
            condition, params = tables.among(column, values)
            tables.run(f"DELETE FROM {_TABLE} WHERE {condition}", params)
        tables.insert(_TABLE, ("digest", "person_id"), pairs.items())

    def _keep_places(self) -> None:
        """Before a row is kept it must be known to where its words have led."""
        now = self._reader.led_count()
        if now != self._places:
            self._places = now
            self._reading.places = self._reader.led()
            self._reading.save(update_fields=["places"])

    def _digests(self, texts: Sequence[str]) -> list[int]:
        mark = self._mark
        found = array("q")
        found.frombytes(
            b"".join(
                [
                    blake2b(
                        text.encode("utf-8", "surrogatepass"), digest_size=8, person=mark
                    ).digest()
                    for text in texts
                ]
            )
        )
        return found.tolist()


def _rules(read: Source, columns: Columns) -> str:
    """A digest of all that tells how a row is read."""
    said: tuple[Any, ...] = (
        VERSION, type(read).__name__, getattr(read, "separator", ""), tuple(read.columns), columns,
        settings.DEFAULT_COUNTRY, phonenumbers.__version__,
    )  # fmt: skip
    return blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=32).hexdigest()

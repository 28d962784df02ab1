"""What every source of people hands over, and how it says that it cannot be read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


class NotReadable(ValueError):
    """Nothing can be taken from this source; the text is a sentence for the administrator."""


@dataclass(frozen=True, slots=True)
class Record:
    """One entry as its source has it: texts by the source's own headings, nothing read yet."""

    line: int | None
    """Where it stands in a file, counted from 1; None where there are no lines."""
    values: Mapping[str, str]
    """A heading that is missing is taken as left alone, an empty text as empty."""
    photo: bytes | None = None
    """A picture that came along; None says nothing, empty bytes say that there is none."""
    disabled: bool = False
    """The source keeps the entry, and says that this person has left."""
    fault: str = ""
    """Why the source itself could not read this one: a sentence. Then nothing is taken of it."""


class Source(Protocol):
    """Where people come from; read once, from the beginning to the end, never kept in memory."""

    @property
    def name(self) -> str:
        """How people call it, such as a file's name or a server's."""

    @property
    def columns(self) -> Sequence[str]:
        """The headings in their order: what the mapping is guessed from."""

    @property
    def digest(self) -> str:
        """SHA-256 of the content in hexadecimal; empty where there is nothing to be hashed."""

    @property
    def complete(self) -> bool:
        """Whether who is not in it has gone; False for a source that tells changes only."""

    def records(self) -> Iterator[Record]:
        """Every entry; NotReadable where the source breaks off."""

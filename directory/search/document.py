"""Under which keys a person, a department or a location is found."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from directory.search.terms import fold, spellings

LONGEST_KEY = 200
_MOST_ROTATED = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """What is indexed of a person."""

    given: str
    preferred: str
    family: str
    title: str
    room: str
    email: str
    cucm_user_id: str


def sort_key(*, shown: str, family: str) -> str:
    """Family name first, folded: the order of every list of people."""
    return fold(f"{family} {shown}")[:LONGEST_KEY]


def names(entry: Entry) -> frozenset[str]:
    """Every name begun at each of its words: anna maria frei, maria frei anna, frei anna maria."""
    whole = {f"{given} {entry.family}" for given in (entry.given, entry.preferred)}
    return frozenset(
        key for name in whole for words in spellings(name) for key in _rotations(words)
    )


def _rotations(words: tuple[str, ...]) -> Iterator[str]:
    for start in range(min(len(words), _MOST_ROTATED)):
        yield " ".join(words[start:] + words[:start])[:LONGEST_KEY]


def words(entry: Entry) -> frozenset[str]:
    """Every other word a person is found by."""
    room = fold(entry.room)
    user_ids = [fold(each.partition("@")[0]) for each in (entry.email, entry.cucm_user_id)]
    joined = {each.replace(" ", "")[:LONGEST_KEY] for each in (room, *user_ids) if each}
    return plain_words((entry.title, *user_ids)).union(_rotations(tuple(room.split())), joined)


def plain_words(texts: Iterable[str]) -> frozenset[str]:
    """Each word of the texts, in each of its spellings."""
    return frozenset(
        word[:LONGEST_KEY] for text in texts for way in spellings(text) for word in way
    )

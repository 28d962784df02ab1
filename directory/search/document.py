"""Under which keys a person, a department or a location is found."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from directory.search.terms import fold, spellings

LONGEST_KEY = 200
_MOST_ROTATED = 6
_BETWEEN = " , "


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


def names_text(entry: Entry) -> str:
    """The names in each of their spellings, a space before each word, commas between."""
    given = [each for each in (entry.given, entry.preferred) if each] or [""]
    whole = dict.fromkeys(f"{each} {entry.family}" for each in given)
    ways = dict.fromkeys(" ".join(words) for name in whole for words in spellings(name))
    return " " + _BETWEEN.join(way for way in ways if way)


def words_text(entry: Entry) -> str:
    """Every other word a person is found by, in the same manner."""
    room = fold(entry.room)
    user_ids = [fold(each.partition("@")[0]) for each in (entry.email, entry.cucm_user_id)]
    given, family = fold(entry.given).split(), fold(entry.family).split()
    joined = [each.replace(" ", "") for each in (room, *user_ids)]
    joined += ("".join(part) for part in (given, family) if len(part) > 1)
    joined += ("".join(word[0] for word in part) for part in (given, given + family) if part[1:])
    if not (entry.given + entry.family).isascii():  # 山田太郎, written without a space
        joined += ("".join(family + given), "".join(given + family))
    found = dict.fromkeys(plain_words((entry.title, *user_ids)))
    found |= dict.fromkeys(_rotations(tuple(room.split())))
    found |= dict.fromkeys(each[:LONGEST_KEY] for each in joined if each)
    return " " + _BETWEEN.join(found)


def name_keys(names: str) -> list[str]:
    """Every name begun at each of its words: anna maria frei, maria frei anna, frei anna maria."""
    ways = names[1:].split(_BETWEEN) if names != " " else ()
    return sorted({key for way in ways for key in _rotations(tuple(way.split()))})


def word_keys(words: str) -> list[str]:
    return sorted(words[1:].split(_BETWEEN)) if words != " " else []


def shared_of_names(names: list[str]) -> dict[str, int]:
    """Sorted keys with how many letters each shares with the one that is met before it."""
    found, before = {}, ""
    for key in names:
        found[key] = _alike(key, before)
        before = key
    return found


def shared_of_words(words: list[str], *, names: list[str]) -> dict[str, int]:
    """The same of other words, both sorted: names are met before them.

    A word that begins a name is not met at all.
    """
    found = {}
    begun = {name[:1] for name in names}
    behind = ""
    for key in words:
        shared = _alike(key, behind)
        if key[:1] in begun:  # as few are
            # Of all names, the nearest before and behind have the longest beginning in common.
            place = bisect_right(names, key)
            for near in names[place - 1 if place else 0 : place + 1]:
                shared = max(shared, _alike(key, near))
        if shared < len(key):
            found[key] = shared
        behind = key
    return found


def _alike(one: str, other: str) -> int:
    if one[:1] != other[:1]:  # as most are
        return 0
    length = 0
    for letter, same in zip(one, other, strict=False):
        if letter != same:
            break
        length += 1
    return length


def _rotations(words: tuple[str, ...]) -> Iterator[str]:
    for start in range(min(len(words), _MOST_ROTATED)):
        yield " ".join(words[start:] + words[:start])[:LONGEST_KEY]


def plain_words(texts: Iterable[str]) -> tuple[str, ...]:
    """Each word of the texts, in each of its spellings."""
    return tuple(
        dict.fromkeys(
            word[:LONGEST_KEY] for text in texts for way in spellings(text) for word in way
        )
    )

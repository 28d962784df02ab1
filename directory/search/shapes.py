"""Questions that are put together once for all texts of one shape.

Two texts of as many words, asked by two people with as many ids to their names, are answered by
one question with other values. It is written for stand-ins: in place of a word stands a letter
that no folded text has, in place of an id a number below zero. The database knows it again, too.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import count
from operator import itemgetter
from typing import Any, NamedTuple

from directory.search import sql
from directory.search.places import NOWHERE
from directory.search.plan import Scope
from directory.search.sql import Condition
from directory.search.terms import Digits, Term, Terms
from directory.visibility import Viewer

Write = Callable[..., Condition]
_LETTERS = 0xE000  # the first of Unicode's private use area: what fold() takes for no letter
_LETTER = re.compile("([\ue000-\uf8ff])")
_IDS = -1_000_000
_MOST_KEPT = 500


def ask(write: Write, asked: Terms, scope: Scope, *more: Any) -> list[sql.Row]:
    """The rows of the question that `write(asked, scope, *more)` puts together.

    It may look at which words and ids there are, and not at what they are. Where filters or
    places come in, it is put together anew.
    """
    if scope.is_narrowed or any(term.is_a_place for term in asked.terms):
        return sql.fetch(*write(asked, scope, *more))
    shape, ids = _of_viewer(scope.viewer)
    ready = _ready(write, asked.shape, shape, more, sql.is_postgres())
    return sql.fetch(ready.text, ready.filled(asked.strings, ids))


class _Ready(NamedTuple):
    """A question, its different parameters, and in which of its places each of them stands.

    Some of them are to be filled in: a word, several, an id.
    """

    text: str
    params: tuple[Any, ...]
    words: tuple[tuple[int, str, int, str], ...]
    phrases: tuple[tuple[int, tuple[str, ...]], ...]
    ids: tuple[tuple[int, int], ...]
    placed: Callable[[list[Any]], tuple[Any, ...]]

    def filled(self, words: Sequence[str], ids: Sequence[Any]) -> tuple[Any, ...]:
        params = list(self.params)
        for at, before, place, behind in self.words:
            params[at] = f"{before}{words[place]}{behind}"
        for at, parts in self.phrases:
            params[at] = "".join(
                words[ord(part) - _LETTERS] if place % 2 else part
                for place, part in enumerate(parts)
            )
        for at, place in self.ids:
            params[at] = ids[place]
        return self.placed(params)


@lru_cache(maxsize=_MOST_KEPT)
def _ready(
    write: Write, terms: tuple[Any, ...], viewer: tuple[Any, ...], more: tuple[Any, ...], _: bool
) -> _Ready:
    text, params = write(_terms_like(terms), Scope(_viewer_like(viewer), NOWHERE), *more)
    # A word stands in dozens of places, in a handful of ways: each is put together once.
    different = {(type(param), param): param for param in params}
    at_of = {known: at for at, known in enumerate(different)}
    places = [at_of[type(param), param] for param in params]
    words, phrases, ids = [], [], []
    for at, param in enumerate(different.values()):
        parts = tuple(_LETTER.split(param)) if isinstance(param, str) else ()
        if len(parts) == 3:
            words.append((at, parts[0], ord(parts[1]) - _LETTERS, parts[2]))
        elif len(parts) > 3:
            phrases.append((at, parts))
        elif isinstance(param, int) and _IDS <= param < _IDS // 2:
            ids.append((at, param - _IDS))
    return _Ready(
        text, tuple(different.values()), tuple(words), tuple(phrases), tuple(ids), _placed(places)
    )


def _placed(places: Sequence[int]) -> Callable[[list[Any]], tuple[Any, ...]]:
    if len(places) > 1:  # of one alone, an itemgetter would give it and no tuple
        return itemgetter(*places)
    return lambda params: tuple(params[at] for at in places)


def _terms_like(shape: tuple[Any, ...]) -> Terms:
    """Terms of this shape whose `strings` are the letters in their order."""
    letters = map(chr, count(_LETTERS))
    is_joined, terms = shape
    joined = next(letters)
    made = []
    for has_word, others, digits in terms:
        word = next(letters)
        made.append(
            Term(
                word if has_word else "",
                others=tuple(next(letters) for _ in range(others)),
                digits=digits
                and Digits("", *(tuple(next(letters) for _ in range(forms)) for forms in digits)),
            )
        )
    return Terms(tuple(made), joined if is_joined else "")


@lru_cache(maxsize=_MOST_KEPT)
def _of_viewer(viewer: Viewer) -> tuple[tuple[Any, ...], tuple[int | None, ...]]:
    """Which ids a viewer has, and every one of them in the order of `_viewer_like`."""
    one = (viewer.user_id, viewer.person_id, viewer.department_id, viewer.location_id)
    shape = (
        viewer.sees_hidden_numbers,
        *(each is None for each in one),
        len(viewer.departments),
        len(viewer.groups),
    )
    return shape, (*one, *viewer.departments, *viewer.groups)


def _viewer_like(shape: tuple[Any, ...]) -> Viewer:
    sees_hidden_numbers, *missing, departments, groups = shape
    ids = count(_IDS)
    # Each takes a number, as each has its place among the values.
    user, person, department, location = (
        None if is_missing else number for is_missing, number in zip(missing, ids, strict=False)
    )
    return Viewer(
        user_id=user,
        person_id=person,
        department_id=department,
        location_id=location,
        departments=tuple(next(ids) for _ in range(departments)),
        groups=tuple(next(ids) for _ in range(groups)),
        sees_hidden_numbers=sees_hidden_numbers,
    )

"""Questions that are put together once for all texts of one shape.

Two texts of as many words, asked by two people with as many ids to their names, are answered by
one question with other values. It is written for stand-ins: in place of a word stands a letter
that no folded text has, in place of an id a number below zero. The database knows it again, too.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import count
from typing import Any

from directory.search import sql
from directory.search.places import NOWHERE
from directory.search.plan import Scope
from directory.search.sql import Condition
from directory.search.terms import Digits, Term, Terms
from directory.visibility import Viewer

Write = Callable[..., Condition]
Shape = tuple[Any, ...]
_LETTERS = 0xE000  # the first of Unicode's private use area: what fold() takes for no letter
_IDS = -1_000_000


def ask(write: Write, asked: Terms, scope: Scope, *more: Any) -> list[sql.Row]:
    """The rows of the question that `write(asked, scope, *more)` puts together.

    It may look at which words and ids there are, and not at what they are. Where filters or
    places come in, it is put together anew.
    """
    viewer = scope.viewer
    if scope.is_narrowed or any(term.is_a_place for term in asked.terms):
        return sql.fetch(*write(asked, scope, *more))
    shape = (_shape_of_terms(asked), _shape_of_viewer(viewer))
    text, recipe = _ready(write, *shape, more, sql.is_postgres())
    words = dict(enumerate(_strings(asked), start=_LETTERS))
    ids = dict(enumerate(_ids(viewer), start=_IDS))
    return sql.fetch(
        text,
        [each.translate(words) if is_text else ids.get(each, each) for is_text, each in recipe],
    )


@lru_cache(maxsize=500)
def _ready(
    write: Write, terms: Shape, viewer: Shape, more: tuple[Any, ...], _: bool
) -> tuple[str, tuple[tuple[bool, Any], ...]]:
    scope = Scope(_viewer_like(viewer), NOWHERE)
    text, params = write(_terms_like(terms), scope, *more)
    return text, tuple((isinstance(each, str), each) for each in params)


def _strings(asked: Terms) -> Iterator[str]:
    """Every text that questions are made of, in the order of `_terms_like`."""
    yield asked.joined
    for term in asked.terms:
        yield term.word
        yield from term.others
        if term.digits:
            for forms in term.digits.forms:
                yield from forms


def _shape_of_terms(asked: Terms) -> Shape:
    return bool(asked.joined), tuple(
        (
            bool(term.word),
            len(term.others),
            term.digits and tuple(len(forms) for forms in term.digits.forms),
        )
        for term in asked.terms
    )


def _terms_like(shape: Shape) -> Terms:
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


def _ids(viewer: Viewer) -> Iterator[int | None]:
    """Every id of a viewer, in the order of `_viewer_like`."""
    yield viewer.user_id
    yield viewer.person_id
    yield viewer.department_id
    yield viewer.location_id
    yield from viewer.departments
    yield from viewer.groups


def _shape_of_viewer(viewer: Viewer) -> Shape:
    return (
        viewer.sees_hidden_numbers,
        viewer.user_id is None,
        viewer.person_id is None,
        viewer.department_id is None,
        viewer.location_id is None,
        len(viewer.departments),
        len(viewer.groups),
    )


def _viewer_like(shape: Shape) -> Viewer:
    sees_hidden_numbers, *missing, departments, groups = shape
    ids = count(_IDS)
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

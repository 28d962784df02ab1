"""What is offered when nobody is found: likely corrections, then the people of a part of it."""

from collections.abc import Iterator
from itertools import islice, product

from directory.search import pages, scans, spelling, sql
from directory.search.pages import Standing
from directory.search.plan import Scope
from directory.search.scans import NAMES, WORDS, Scan
from directory.search.terms import Term, Terms

MOST = 8
_SHORTEST = 3


def corrected(asked: Terms, scope: Scope) -> tuple[list[Standing], tuple[str, ...]]:
    """People found when one word, or each unknown word, is taken for one it resembles."""
    people: dict[int, Standing] = {}
    words: dict[str, None] = {}
    for place, (terms, meant) in enumerate(islice(_meant(asked, scope), MOST)):
        found = pages.in_whatever_way(scope.places.placed(terms), scope)
        if found:
            words |= dict.fromkeys(meant)
        for order, key, pk in found:
            people.setdefault(pk, (1000 * (place + 1) + order, key, pk))
    return list(people.values()), tuple(words)


def _meant(asked: Terms, scope: Scope) -> Iterator[tuple[Terms, tuple[str, ...]]]:
    # Where a single word finds nobody anywhere, there is no need to ask.
    is_unknown = asked.is_a_word and not scope.is_narrowed and not asked.terms[0].is_a_place
    known = [not is_unknown and _is_known(term) for term in asked.terms]
    ways = {
        place: spelling.corrections(term.word)
        for place, term in enumerate(asked.terms)
        if term.word and not (known[place] and not all(known))
    }
    if all(known) and len(asked.terms) > 1:
        for place, words in ways.items():
            for word in words:
                yield _with(asked, {place: word}), (word,)
        return
    unknown = [place for place, is_known in enumerate(known) if not is_known]
    for meant in product(*(ways.get(place, []) for place in unknown)):
        if meant:
            yield _with(asked, dict(zip(unknown, meant, strict=True))), meant


def _with(asked: Terms, words: dict[int, str]) -> Terms:
    return Terms(
        tuple(
            Term(words[place]) if place in words else term for place, term in enumerate(asked.terms)
        )
    )


def _is_known(term: Term) -> bool:
    if term.digits or term.is_a_place:
        return True
    counts = scans.counted(
        [Scan(table, (scans.begun(term.word),)) for table in (NAMES, WORDS)], most=0
    )
    return bool(sql.fetch(f"SELECT {counts.text}", counts.params)[0][0])


def parts(asked: Terms) -> Iterator[Terms]:
    """The text with one word less, then each word alone, then a single word's beginnings."""
    terms = asked.terms
    if len(terms) > 2:
        for place in range(len(terms)):
            yield Terms(terms[:place] + terms[place + 1 :])
    if len(terms) > 1:
        yield from (Terms((term,)) for term in sorted(terms, key=lambda term: -len(term.word)))
    elif terms and terms[0].word and not terms[0].digits:
        word = terms[0].word
        for length in range(len(word) - 1, _SHORTEST - 1, -1):
            yield Terms((Term(word[:length].strip()),))

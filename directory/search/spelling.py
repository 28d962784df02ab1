"""Small typing errors, looked for among the words of the directory and not among its people.

Two words are one error apart exactly if they meet after at most one letter is left out of each;
so every word stands in the table under each form with one letter less, and a search is a handful
of look-ups. What they give is checked: one letter too many, too few, wrong, or two swapped.
"""

# ruff: noqa: S608 — questions are put together of our own words; texts are parameters

from collections.abc import Iterable

from directory.search import sql

SHORTEST = 4
LONGEST = 30
MOST = 8


def forms(word: str) -> set[str]:
    """The word itself and with each one letter left out."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def learn(words: Iterable[str]) -> None:
    """Adds words that can be meant."""
    known = {word for word in words if SHORTEST - 1 <= len(word) <= LONGEST and word.isalpha()}
    if not known:
        return
    there: set[str] = set()
    in_order = sorted(known)
    for start in range(0, len(in_order), 500):
        part = in_order[start : start + 500]
        marks = ", ".join(["%s"] * len(part))
        question = f"SELECT form FROM directory_spelling WHERE form = word AND form IN ({marks})"
        there.update(row[0] for row in sql.fetch(question, part))
    rows = sorted((form, word) for word in known - there for form in forms(word))
    sql.write("directory_spelling", ("form", "word"), ("form", "word"), rows)


def corrections(word: str) -> list[str]:
    """Words of the directory one typing error away, those that begin alike first."""
    if not (SHORTEST <= len(word) <= LONGEST and word.isalpha()):
        return []
    asked = sorted(forms(word))
    marks = ", ".join(["%s"] * len(asked))
    question = f"SELECT DISTINCT word FROM directory_spelling WHERE form IN ({marks})"
    found = {row[0] for row in sql.fetch(question, asked)}
    near = (each for each in found if each != word and one_error(each, word))
    return sorted(near, key=lambda each: (each[0] != word[0], len(each) != len(word), each))[:MOST]


def one_error(one: str, other: str) -> bool:
    """Whether one letter too many, too few or wrong, or two swapped, makes the other."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    start = 0
    while start < len(one) and one[start] == other[start]:
        start += 1
    if len(one) < len(other):
        return one[start:] == other[start + 1 :]
    if one[start + 1 :] == other[start + 1 :]:
        return True
    swapped = one[start + 1 : start + 2] + one[start : start + 1]
    return swapped == other[start : start + 2] and one[start + 2 :] == other[start + 2 :]

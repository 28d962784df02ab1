"""The sentences of this package in the reader's language; English until `speak` is told otherwise.

Whoever uses the package hands over its own gettext and ngettext. They are called when a sentence
is made, so it comes in the language of that moment.
"""

from collections.abc import Callable, Iterable

_tongue: dict[str, Callable[..., str]] = {
    "one": lambda text: text,
    "many": lambda one, many, count: one if count == 1 else many,
}


def speak(gettext: Callable[[str], str], ngettext: Callable[[str, str, int], str]) -> None:
    """Have every sentence from now on go through these."""
    _tongue.update(one=gettext, many=ngettext)


def gettext(text: str) -> str:
    return _tongue["one"](text)


def ngettext(one: str, many: str, count: int) -> str:
    return _tongue["many"](one, many, count)


def in_language(language: str, names: Iterable[str]) -> str:
    """Of the names of a place, as tables write them (de=München), that in a language or none."""
    return dict(each.split("=", 1) for each in names).get(language, "")


def gettext_noop(text: str) -> str:
    """Marks a sentence that is translated later, where it is shown."""
    return text

"""The kinds of long work there are; each app names its own when it starts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

STOPPED = _("It stopped before its end. Start it again.")


@dataclass(frozen=True)
class Outcome:
    """How a work ended: a sentence, where to look, and figures for programs."""

    said: str
    link: str = ""
    result: dict[str, Any] = field(default_factory=dict)


class Failed(Exception):
    """The work cannot be done; the text is a sentence for whoever began it."""


class Progress:
    """Where a work says how far it is; saying so costs nothing."""

    def __init__(self) -> None:
        self.done = 0
        self.total: int | None = None
        self.words = ""

    def begin(self, words: Any, *, total: int | None = None) -> None:
        """A new stage; `total` is how many steps it has, where that is known."""
        self.words, self.total, self.done = str(words), total, 0

    def step(self, count: int = 1) -> None:
        self.done += count


Work = Callable[..., Outcome]


@dataclass(frozen=True)
class Kind:
    """A kind of work: what it is called, what does it, what is said when its process died."""

    name: str
    title: Any
    work: Work
    stopped: Any = STOPPED


_kinds: dict[str, Kind] = {}


def kind(name: str, title: Any, *, stopped: Any = STOPPED) -> Callable[[Work], Work]:
    """Makes a function a kind of work: it is given `job`, `progress` and the job's arguments."""

    def add(work: Work) -> Work:
        _kinds[name] = Kind(name, title, work, stopped)
        return work

    return add


def named(name: str) -> Kind | None:
    return _kinds.get(name)

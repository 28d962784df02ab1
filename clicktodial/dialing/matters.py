"""Client matters as the picker offers them: the number's own, one's recent ones, those found."""

from dataclasses import dataclass
from typing import Any

from clicktodial.dialing.models import ClientMatter, MatterUse
from clicktodial.dialing.unlisted import UnlistedNumber
from clicktodial.dialplan.number import Number

MOST_RECENT = 5
MOST_FOUND = 20
MOST_LISTED = 200
"""More than these a browser's list of suggestions is too long to be one."""


@dataclass(frozen=True)
class Picker:
    """What is offered, each once and in this order; `default` is the code chosen beforehand."""

    offered: tuple[ClientMatter, ...]
    listed: tuple[ClientMatter, ...]
    """Suggestions while typing; empty where there are too many for that."""
    text: str
    found: int
    """How many the search for `text` has found; more than are offered, perhaps."""
    default: str


def picker(user: Any, number: Number, *, text: str) -> Picker:
    """The client matters for one person and number, with those that a search has found first."""
    active = ClientMatter.objects.filter(is_active=True)
    found = list(active.found(text)[: MOST_FOUND + 1]) if text else []
    # A suggestion for one number alone would tell somebody who guesses which number it is.
    last = None if isinstance(number, UnlistedNumber) else active.last_for(user, number.key)
    recent = active.recent_of(user)[:MOST_RECENT]
    offered = dict.fromkeys([*found[:MOST_FOUND], *([last] if last else []), *recent])
    listed = list(active[: MOST_LISTED + 1])
    if len(listed) <= MOST_RECENT and not text:
        offered |= dict.fromkeys(listed)
    return Picker(
        offered=tuple(offered),
        listed=tuple(listed) if len(listed) <= MOST_LISTED else (),
        text=text,
        found=len(found),
        default=last.code if last and not text else "",
    )


def remember(user: Any, number: Number, *, cmc: str) -> None:
    """Keep what the person used for a number, if it is one of those that are kept."""
    matter = ClientMatter.objects.filter(code=cmc).first() if cmc else None
    if matter and not isinstance(number, UnlistedNumber):
        matter.use(user, number.key)


def are_kept(user: Any) -> bool:
    """Whether it is known which of them the person used for which number."""
    return MatterUse.objects.filter(user=user).exists()


def forget(user: Any) -> None:
    """Forget which of them the person used for which number."""
    MatterUse.objects.filter(user=user).delete()

"""A changed dial plan tried on every number of the directory, before it is kept."""

from collections.abc import Iterable
from dataclasses import dataclass

from clicktodial.dialing.plans import Asks, Rules
from clicktodial.dialplan.number import NotANumber, Number
from clicktodial.dialplan.rules import DialString

MOST_SHOWN = 200


@dataclass(frozen=True)
class Side:
    """What one set of rules makes of a number: the digits, the rule that made them, the codes."""

    string: DialString
    asks: Asks

    @property
    def rule(self) -> str:
        return self.string.steps[-1].rule


@dataclass(frozen=True)
class Difference:
    """A number that will be dialled in another way."""

    name: str
    number: Number
    before: Side | None
    """None where nothing is dialled by the rules that are kept, since they have a mistake."""
    after: Side


@dataclass(frozen=True)
class Rehearsal:
    """How many numbers were tried, how many change, and the first of those."""

    tried: int
    changed: int
    unread: int
    differences: tuple[Difference, ...]


def rehearse(before: Rules, after: Rules, numbers: Iterable[tuple[str, str]]) -> Rehearsal:
    """The differences over names with the texts of their numbers; holds only those it shows."""
    tried = changed = unread = 0
    shown: list[Difference] = []
    same_reading = before.kept.extension_lengths == after.kept.extension_lengths
    for name, text in numbers:
        tried += 1
        try:
            number = after.read(text)
            was = number if same_reading else before.read(text)
        except NotANumber:
            unread += 1
            continue
        old, new = None if before.kept.flaws else _side(was, before), _side(number, after)
        if old is None or (old.string.digits, old.asks) != (new.string.digits, new.asks):
            changed += 1
            if len(shown) < MOST_SHOWN:
                shown.append(Difference(name, number, old, new))
    return Rehearsal(tried, changed, unread, tuple(shown))


def _side(number: Number, rules: Rules) -> Side:
    string = rules.string(number)
    return Side(string, rules.asks(string))

"""What a person must be asked, or shown again, before a number is dialled."""

from dataclasses import dataclass

from clicktodial.dialing import plans, whereabouts
from clicktodial.dialing.models import Cluster
from clicktodial.dialing.plans import Asks, Dialled, Dialler
from clicktodial.dialplan import codes
from clicktodial.dialplan.care import Care
from clicktodial.dialplan.codes import Fac
from clicktodial.dialplan.number import Number
from clicktodial.hours import Clock
from clicktodial.webdialer import Secret


class AskFirst(Exception):
    """One click is not enough for this number: a page has to ask first."""


class CareNeeded(AskFirst):
    """The number is an emergency or premium one, or nobody works now at the other end."""

    def __init__(self, care: Care, clock: Clock | None = None) -> None:
        super().__init__("a question comes first")
        self.care = care
        self.clock = clock


class CodesNeeded(AskFirst):
    """The number asks for codes that were not given."""

    def __init__(self, asks: Asks) -> None:
        super().__init__("codes come first")
        self.asks = asks


class NotAsShown(AskFirst):
    """The rules make other digits by now than the page has shown."""


class PhoneGone(Exception):
    """The phone that was asked for is not listed for this person."""


@dataclass(frozen=True)
class Given:
    """What a person gave on the page that asks; after a bare click it is all empty."""

    fac: Fac | None = None
    cmc: str = ""
    agreed: bool = False
    shown: str = ""
    """The digits that the page said would be dialled, as plans.Dialled.shown puts them."""


def look(number: Number, dialler: Dialler, cluster: Cluster | None, given: Given) -> Dialled:
    """What will be dialled by a cluster's rules, or by none.

    Raises NotAsShown, CareNeeded and plans.RulesBroken.
    """
    dialled = plans.at(cluster, dialler.place).dial(number)
    if given.shown and given.shown != dialled.shown:
        raise NotAsShown
    if not given.agreed:
        clock = doubtful_hour(number, dialler)
        if dialled.care.asks_first or clock:
            raise CareNeeded(dialled.care, clock)
    return dialled


def doubtful_hour(number: Number, dialler: Dialler) -> Clock | None:
    """The time outside working hours at the other end, for who wants to be asked then."""
    clock = whereabouts.clock_of(number) if dialler.asks_outside_hours else None
    return clock if clock and clock.is_outside_hours else None


def with_codes(dialled: Dialled, cluster: Cluster, given: Given) -> Secret:
    """The digits with the codes they ask for, and with no others; raises CodesNeeded."""
    asks = dialled.asks
    if (asks.fac and not given.fac) or (asks.cmc and not given.cmc):
        raise CodesNeeded(asks)
    whole = codes.append(
        dialled.digits,
        fac=given.fac if asks.fac else None,
        cmc=given.cmc if asks.cmc else "",
        hash_sign=cluster.ends_codes_with_hash,
    )
    return Secret(whole.reveal())

"""Dialling from somebody else's phone: granted, withdrawn, and checked whenever it is used.

It works by the application user alone: nobody's own sign-in to Unified CM is lent.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from clicktodial.audit import trail
from clicktodial.dialing import clusters, homes, plans
from clicktodial.dialing.models import Call, Cluster, Delegation, DialProfile, Outcome, Phone
from clicktodial.dialing.plans import Dialler
from clicktodial.dialing.unlisted import UnlistedNumber
from clicktodial.dialplan.care import Care
from clicktodial.dialplan.number import Number
from clicktodial.webdialer import ProxyCredential

HANG_UP_FOR = timedelta(minutes=10)


class NotOnBehalf(Exception):
    """Nothing is dialled from somebody else's phone; it says why, and what to do."""

    def __init__(self, says: str, advice: str = "") -> None:
        super().__init__(says)
        self.says = says
        self.advice = advice or _("Dial from your own phone instead.")


class NotLent(NotOnBehalf):
    """Nobody dials from other people's phones there."""

    def __init__(self, owner: str) -> None:
        says = _("This site may not dial from the phone of %(name)s for others.")
        super().__init__(says % {"name": owner})


class NotDelegated(NotOnBehalf):
    """The person may not dial from that phone, or not any more."""

    def __init__(self) -> None:
        super().__init__(
            _("You may not dial from that phone, or not any more. No call was placed.")
        )


def find(user: Any, delegation_id: int) -> Delegation:
    """What allows this person, now, to dial from another's phone; raises NotDelegated."""
    mine = Delegation.objects.received_by(user).in_force()
    found = mine.filter(pk=delegation_id).first()
    if found is None:
        raise NotDelegated
    return found


def cluster_of(delegation: Delegation) -> Cluster:
    """Where the phone that is meant is, or else the home of its owner.

    Raises NotOnBehalf and homes.HomeUnknown.
    """
    name = delegation.owner_name
    if delegation.cluster and delegation.cluster.enabled:
        return delegation.cluster
    if delegation.cluster:
        says = _("The phone of %(name)s cannot be reached from this site. No call was placed.")
        raise NotOnBehalf(says % {"name": name})
    try:
        return homes.home_of(DialProfile.objects.of(delegation.owner))
    except (homes.NoHome, homes.SeveralHomes):
        says = _("It is not known where the phone of %(name)s is. No call was placed.")
        advice = _("%(name)s has to choose a phone under “How I dial” first.")
        raise NotOnBehalf(says % {"name": name}, advice % {"name": name}) from None


def dialler_of(delegation: Delegation) -> Dialler:
    """How the owner of the phone dials: from their place, by the rules where the phone is.

    What is asked first is for the delegate to wish, who alone is there to answer.
    """
    asked = DialProfile.objects.of(delegation.delegate)
    return replace(plans.dialler_of(delegation.owner), cluster=delegation.cluster, asked=asked)


def check(number: Number, care: Care) -> None:
    """Raises NotOnBehalf for what is dialled from one's own phone alone."""
    if care is Care.EMERGENCY:
        raise NotOnBehalf(
            _("Emergency numbers are not dialled from somebody else's phone."),
            _("Help is sent to where a phone stands. Use a phone that is with you."),
        )
    if isinstance(number, UnlistedNumber):  # the other phone's screen and call list would show it
        raise NotOnBehalf(
            _("A number that is not shown is not dialled from somebody else's phone.")
        )


def phone_of(delegation: Delegation, cluster: Cluster) -> Phone | None:
    """The phone that is meant, or else the owner's usual one; None where neither is known."""
    row = delegation if delegation.device else DialProfile.objects.of(delegation.owner)
    return Phone(cluster, row.device, row.line) if row.device else None


def credential_for(delegation: Delegation, phone: Phone) -> ProxyCredential:
    """The application user's, for a phone that is meant; raises NotDelegated.

    And what clusters.proxy_of raises.
    """
    if not delegation.permits(phone):
        raise NotDelegated
    return clusters.proxy_of(phone.cluster)


def check_cluster(delegation: Delegation, cluster: Cluster) -> None:
    """Raises NotOnBehalf where the administrators let nobody dial from others' phones."""
    if not (cluster.offers_desk_phone and cluster.offers_proxy):
        raise NotLent(delegation.owner_name)


def may_hang_up(call: Call) -> bool:
    """Whether the delegate may hang up: they cannot see which call is on the line by now.

    WebDialer's endCall names a line: later, or where the call may never have reached the phone,
    its owner may be in a conversation of their own.
    """
    is_young = timezone.now() - call.placed_at < HANG_UP_FOR
    return is_young and call.outcome == Outcome.ACCEPTED and Delegation.objects.allows(call)


def check_hanging_up(call: Call) -> None:
    """Raises NotOnBehalf where the delegate may not hang up, or not any more."""
    if not may_hang_up(call):
        says = _("You may not hang up on somebody else's phone any more.")
        raise NotOnBehalf(says, _("Whoever is at the phone hangs up there."))


def grant(
    *, owner: Any, delegate: Any, begins_at: datetime, ends_at: datetime, phone: Phone | None
) -> Delegation:
    """Let the delegate dial from the owner's phone; from any of theirs where none is named."""
    which = {"cluster": phone.cluster, "device": phone.device, "line": phone.line} if phone else {}
    made = Delegation.objects.create(
        owner=owner,
        delegate=delegate,
        granted_by=owner,
        begins_at=begins_at,
        ends_at=ends_at,
        **which,
    )
    period = {"begins_at": begins_at.isoformat(), "ends_at": ends_at.isoformat()}
    where = {"cluster": phone.cluster.name, "device": phone.device} if phone else {"device": ""}
    trail.note(trail.Action.GRANTED, by=owner, about=made, **where, **period)
    return made


def withdraw(delegation: Delegation, *, by: Any) -> bool:
    """End it now; a call that waits for its turn is not sent any more. False where it was over."""
    rows = Delegation.objects.open().filter(pk=delegation.pk)
    ended = bool(rows.update(withdrawn_at=timezone.now()))
    if ended:
        trail.note(trail.Action.WITHDREW, by=by, about=delegation)
    return ended

"""Dialling from somebody else's phone: granted, withdrawn, and checked whenever it is used.

It works by the application user alone: nobody's own sign-in to Unified CM is lent.
"""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from clicktodial.audit import trail
from clicktodial.dialing import clusters, homes
from clicktodial.dialing.models import Call, Cluster, Delegation, DialProfile, Outcome, Phone
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


def home_of(delegation: Delegation) -> Cluster:
    """The home cluster of the phone's owner; raises NotOnBehalf and homes.HomeUnknown."""
    name = delegation.owner_name
    try:
        return homes.home_of(DialProfile.objects.of(delegation.owner))
    except (homes.NoHome, homes.SeveralHomes):
        says = _("It is not known where the phone of %(name)s is. No call was placed.")
        advice = _("%(name)s has to choose a phone under “How I dial” first.")
        raise NotOnBehalf(says % {"name": name}, advice % {"name": name}) from None


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
    """The application user's, for a phone that is meant; raises NotOnBehalf, NotDelegated.

    And what clusters.proxy_of raises.
    """
    if not delegation.permits(phone.device, phone.line):
        raise NotDelegated
    if not phone.cluster.offers_proxy:
        says = _("This site may not dial from the phone of %(name)s for others.")
        raise NotOnBehalf(says % {"name": delegation.owner_name})
    return clusters.proxy_of(phone.cluster)


def is_hung_up_from_afar(call: Call) -> bool:
    """Whether somebody who does not see the phone can know that it is this call they end."""
    return call.outcome == Outcome.ACCEPTED and timezone.now() - call.placed_at < HANG_UP_FOR


def check_hanging_up(call: Call) -> None:
    """Raises NotOnBehalf where the delegate may not hang up, or not any more.

    WebDialer's endCall names a line: later, or where the call may never have reached the phone,
    its owner may be in a conversation of their own.
    """
    if not is_hung_up_from_afar(call) or not Delegation.objects.allows(call):
        says = _("You may not hang up on somebody else's phone any more.")
        raise NotOnBehalf(says, _("Whoever is at the phone hangs up there."))


def grant(
    *, owner: Any, delegate: Any, begins_at: datetime, ends_at: datetime, device: str, line: str
) -> Delegation:
    """Let the delegate dial from the owner's phone; without a device, from any of theirs."""
    made = Delegation.objects.create(
        owner=owner,
        delegate=delegate,
        granted_by=owner,
        device=device,
        line=line,
        begins_at=begins_at,
        ends_at=ends_at,
    )
    period = {"begins_at": begins_at.isoformat(), "ends_at": ends_at.isoformat()}
    trail.note(trail.Action.GRANTED, by=owner, about=made, device=device, **period)
    return made


def withdraw(delegation: Delegation, *, by: Any) -> bool:
    """End it now; a call that waits for its turn is not sent any more. False where it was over."""
    rows = Delegation.objects.open().filter(pk=delegation.pk)
    ended = bool(rows.update(withdrawn_at=timezone.now()))
    if ended:
        trail.note(trail.Action.WITHDREW, by=by, about=delegation)
    return ended

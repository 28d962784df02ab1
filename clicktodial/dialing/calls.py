"""A click becomes a call: claimed, sent at most once, settled as truthfully as can be known."""

import logging
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from clicktodial import metrics
from clicktodial.audit import trail
from clicktodial.dialing import (
    breaker,
    clusters,
    delegations,
    homes,
    identity,
    plans,
    popups,
    questions,
    sending,
    ways,
)
from clicktodial.dialing.identity import Keyring
from clicktodial.dialing.models import (
    SOFTPHONES,
    Call,
    Delegation,
    DialProfile,
    Known,
    Mode,
    Outcome,
    Phone,
)
from clicktodial.dialing.plans import Dialler
from clicktodial.dialing.questions import Given
from clicktodial.dialing.unlisted import UnlistedNumber
from clicktodial.dialplan.number import Number
from clicktodial.webdialer import Credential, Refused, WebDialerError

logger = logging.getLogger(__name__)

USER_UNKNOWN, DEVICE_GONE = 4, 5  # codes of makeCallSoap that teach something


class DeviceNeeded(Exception):
    """The person has not chosen a device and line yet."""


class DeskPhoneNeeded(Exception):
    """Any other way of dialling would show the person a number that is not shown to them."""


class WayNotOffered(Exception):
    """The administrators do not offer the person's way of dialling any more."""


class TooManyCalls(Exception):
    """The person has asked for more calls within a minute than anybody dials by hand."""


class NotTheLatest(Exception):
    """Hanging up names a line, not a call: only the person's latest call may be hung up."""


class NotHungUp(Exception):
    """The call's node could not be told to hang up, or did not say that it did."""


def place(
    *,
    user: Any,
    click: UUID,
    number: Number,
    name: str = "",
    keyring: Keyring | None = None,
    dialler: Dialler | None = None,
    given: Given | None = None,
    way: Mode | None = None,
    phone: Phone | None = None,
    behalf: int | None = None,
) -> Call:
    """The click's one call, placed from the signed-in person's own phone by the rules there.

    `keyring` holds what the person entered for Unified CM in this session, if anything; `dialler`
    is how the person dials, where that is known already. `way`, `phone` and `behalf` hold for this
    call only: a phone must have been listed by Unified CM just before, and `behalf` names the
    delegation by which somebody else's phone dials, in the way of a desk phone. A click seen
    before gets its call as it stands; nothing is sent again. Raises before anything is claimed or
    sent: what homes.home_of and identity.credential_for raise, DeviceNeeded, DeskPhoneNeeded,
    WayNotOffered, questions.AskFirst, plans.RulesBroken, delegations.NotOnBehalf, TooManyCalls,
    AnotherCall and ForeignClick.
    """
    seen = Call.objects.seen(click=click, user=user)
    if seen is not None:
        return seen
    given = given or Given()
    delegation = delegations.find(user, behalf) if behalf is not None else None
    if delegation:
        dialler, way = delegations.dialler_of(delegation), Mode.DESK_PHONE
    dialler = dialler or plans.dialler_of(user)
    profile = dialler.profile
    mode = way or Mode(profile.mode)
    facts: dict[str, Any] = {
        "user": user,
        "click": click,
        "name": name,
        "number": number.display,
        "after": number.after,
        "mode": mode,
        "cucm_user_id": profile.cucm_user_id,
    }
    if isinstance(number, UnlistedNumber) and mode != Mode.DESK_PHONE:
        raise DeskPhoneNeeded
    if Call.objects.asked_too_often(user, a_minute=settings.CALLS_A_MINUTE):
        raise TooManyCalls
    if mode == Mode.POPUP:
        node = popups.node_for(profile)
        dialled = questions.look(number, dialler, node.cluster, given)
        facts |= {"node": node, "cluster": node.cluster, **dialled.facts}
        return _hand_over(**facts)
    if mode in SOFTPHONES:
        # A softphone knows the dial rules itself: it gets the number and not what they make of it.
        dialled = questions.look(number, dialler, None, given)
        facts |= {"cluster": popups.cluster_for(profile), **dialled.facts}
        return _hand_over(**facts)
    keyring = keyring or Keyring({})
    phone, credential = _source(profile, phone, keyring, delegation)
    if delegation:
        rules = plans.at(phone.cluster, dialler.place)
        delegations.check(number, rules.dial(number).care)
    dialled = questions.look(number, dialler, phone.cluster, given)
    destination = questions.with_codes(dialled, phone.cluster, given)
    if delegation:
        delegations.find(user, delegation.pk)  # withdrawn while Unified CM was asked, perhaps
        facts |= {"owner": delegation.owner, "delegation": delegation}
    call, mine = Call.objects.claim(
        seconds=sending.PATIENCE,
        cluster=phone.cluster,
        known_by=identity.known_by(credential),
        device=phone.device,
        line=phone.line,
        **facts | dialled.facts,
    )
    if mine:
        try:
            sending.send(call, phone.cluster, credential, destination)
        finally:
            _note(call)
        _draw_lessons(call, profile, keyring)
    return call


def _source(
    profile: DialProfile, phone: Phone | None, keyring: Keyring, delegation: Delegation | None
) -> tuple[Phone, Credential]:
    """From which phone the call leaves, and as whom Unified CM is asked; raises as `place`."""
    if delegation:
        cluster = phone.cluster if phone else delegations.cluster_of(delegation)
        delegations.check_cluster(delegation, cluster)
        phone = phone or delegations.phone_of(delegation, cluster)
    else:
        cluster = phone.cluster if phone else homes.home_of(profile)
        if not cluster.offers_desk_phone:
            raise WayNotOffered
        phone = phone or profile.phone_of(cluster)
    if phone is None:
        raise DeviceNeeded
    if delegation:
        return phone, delegations.credential_for(delegation, phone)
    return phone, identity.credential_for(profile, cluster, keyring)


def _hand_over(**facts: Any) -> Call:
    """A call that goes on in a window or program of the person's own computer."""
    if not ways.offered_at(facts["cluster"], facts["mode"]):
        raise WayNotOffered
    call, mine = Call.objects.claim(
        seconds=0,
        outcome=Outcome.HANDED_OVER,
        settled_at=timezone.now(),
        **facts,
    )
    if mine:
        _note(call)
    return call


def _note(
    call: Call, action: trail.Action = trail.Action.DIALLED, *, by: Any = None, **facts: Any
) -> None:
    """For the audit trail: through where and how it ended, never to which number."""
    if call.owner:
        facts["from_phone_of"] = call.owner.get_username()
    where = {"cluster": str(call.cluster or ""), "node": str(call.node or "")}
    told = {"outcome": call.outcome, "code": call.code, "mode": call.mode, **where, **facts}
    trail.note(action, by=by or call.user, about=call, **told)
    if action is trail.Action.DIALLED:
        code = "" if call.code is None else call.code
        labels = {"mode": call.mode, "outcome": call.outcome, "code": code}
        metrics.count(metrics.CALLS, cluster=where["cluster"], **labels)


def _draw_lessons(call: Call, profile: DialProfile, keyring: Keyring) -> None:
    """What a refusal teaches: the device has gone, the home has moved, a token has expired."""
    if call.code == DEVICE_GONE and call.device == profile.device:
        profile.forget_device()
    elif call.code == USER_UNKNOWN:
        profile.live_at(None)
    elif call.code == identity.REFUSED and call.known_by != Known.PROXY and call.cluster:
        keyring.forget(call.cluster)


def end(call: Call, *, by: Any = None, keyring: Keyring | None = None) -> Call:
    """Hang up at the node, device and line that the call was placed from; asked for once.

    `by` is who asks, where that is not who placed it: the owner of the phone may, too. The call
    tells what Unified CM said. Raises NotTheLatest, NotHungUp, delegations.NotDelegated and what
    identity.credential_for raises.
    """
    latest = Call.objects.latest_from_phone_of(call.owner or call.user)
    may_go_on = call.mode == Mode.DESK_PHONE and call.outcome in (
        Outcome.ACCEPTED,
        Outcome.UNKNOWN,
    )
    if latest is None or latest.pk != call.pk or call.node is None or not may_go_on:
        raise NotTheLatest
    node = call.node
    if call.owner:
        if by != call.owner:
            delegations.check_hanging_up(call)
        credential: Credential = clusters.proxy_of(node.cluster)
    else:
        profile = DialProfile.objects.of(call.user)
        credential = identity.credential_for(profile, node.cluster, keyring or Keyring({}))
    if not call.ask_to_end():  # a second endCall would end whatever is on the line by then
        return call
    try:
        clusters.ask_node(node, lambda client: client.end_call(caller=call.caller), credential)
    except Refused as refusal:
        call.end(refusal.code)
    except (WebDialerError, breaker.ProxyStopped, breaker.StillTrying) as error:
        logger.warning("%s", error)
        if not (isinstance(error, WebDialerError) and error.maybe_acted):
            call.let_end_again()
        raise NotHungUp from None
    else:
        call.end(0)
    _note(call, trail.Action.HUNG_UP, by=by, end_code=call.end_code)
    return call

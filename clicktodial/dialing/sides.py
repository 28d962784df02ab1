"""A call from somebody else's phone: as it reads to who placed it, and to whose phone it is."""

from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from clicktodial.dialing import calls, wording
from clicktodial.dialing.models import Call, Outcome
from clicktodial.dialing.models.delegation import name_of
from clicktodial.dialing.wording import Said


def said(call: Call, reader: Any) -> Said:
    """What became of the call; “your phone” is said to its owner alone."""
    says = wording.of(call)
    if call.owner is None or call.erased_at:
        return says
    return _to_the_delegate(call, says) if is_from_afar(call, reader) else _to_the_owner(call, says)


def of_error(error: Exception, call: Call, reader: Any) -> Said:
    """Why a call was not hung up; nobody is sent to a phone that stands elsewhere."""
    says = wording.of_error(error)
    if is_from_afar(call, reader) and isinstance(error, (calls.NotTheLatest, calls.NotHungUp)):
        return replace(says, next=_("Whoever is at the phone hangs up there."))
    return says


def is_from_afar(call: Call, reader: Any) -> bool:
    """Whether this reader has called from somebody else's phone."""
    return call.owner is not None and reader != call.owner


def about(call: Call, reader: Any) -> str:
    """Who placed it from whose phone; nothing for a call from one's own."""
    if call.owner is None:
        return ""
    if reader == call.owner:
        return _("%(name)s, from your phone") % {"name": name_of(call.user)}
    return _("From the phone of %(name)s, on their behalf") % {"name": name_of(call.owner)}


def _to_the_owner(call: Call, says: Said) -> Said:
    if call.outcome == Outcome.NOT_SENT and call.trouble == "not_delegated":
        sentence = _("%(name)s may not dial from your phone any more. No call was placed.")
        return Said(sentence % {"name": name_of(call.user)})
    return says


def _to_the_delegate(call: Call, says: Said) -> Said:
    name = {"name": name_of(call.owner)}
    if call.outcome == Outcome.UNKNOWN:
        return replace(
            says, says=_("We could not confirm this call. Did the phone of %(name)s ring?") % name
        )
    if call.outcome == Outcome.ACCEPTED and call.end_code == 1:
        return replace(
            says, next=_("If the phone of %(name)s is still in a call, hang up there.") % name
        )
    hung_up_in_vain = (call.end_asked_at or call.end_code) and not call.ended_at
    if call.outcome == Outcome.ACCEPTED and hung_up_in_vain:
        return replace(says, next=_("Whoever is at the phone hangs up there."))
    if call.outcome == Outcome.ACCEPTED and _is_dialling(call):
        return replace(
            says,
            says=_("The phone system took the call. The phone of %(name)s should be dialling.")
            % name,
        )
    if call.outcome == Outcome.REFUSED:
        return _refused(call, says, name)
    if call.outcome == Outcome.NOT_SENT:
        return _not_sent(call, says, name)
    return says


def _is_dialling(call: Call) -> bool:
    young = call.settled_at is not None and call.settled_at > timezone.now() - wording.FRESH
    return young and call.end_code is None and not call.end_asked_at


def _refused(call: Call, says: Said, name: dict[str, str]) -> Said:
    """The codes whose sentences speak of the reader's own phone."""
    tell_owner = _("Tell %(name)s, who can choose a phone under “How I dial”.") % name
    sentences = {
        1: (
            _("The phone of %(name)s could not place the call.") % name,
            _("It may be off the hook, in a call or not registered."),
        ),
        3: (
            _("The phone system does not let this site dial for %(name)s. No call was placed.")
            % name,
            says.next,
        ),
        4: (
            _("The phone system does not know %(name)s. No call was placed.") % name,
            _("Call again. If this stays, tell the help desk the reference."),
        ),
        5: (
            _("That phone is no longer one of %(name)s's. No call was placed.") % name,
            tell_owner,
        ),
        7: (
            _("The phone system found no way to this number."),
            _("Check the number: a prefix may be missing, or that line may not call there."),
        ),
    }
    found = sentences.get(call.code or 0)
    return Said(*found) if found else says


def _not_sent(call: Call, says: Said, name: dict[str, str]) -> Said:
    if call.trouble == "no_nodes":
        sentence = _("No server of the phone system is set up for %(name)s. No call was placed.")
        return replace(says, says=sentence % name)
    if call.trouble == "bad_text":
        sentence = _(
            "This number or the line of %(name)s holds signs that cannot be sent. "
            "No call was placed."
        )
        return replace(says, says=sentence % name)
    return says

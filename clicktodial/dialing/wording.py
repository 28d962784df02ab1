"""What became of a call, in words: what we know, no more, and what to do next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clicktodial.dialing import (
    calls,
    clusters,
    delegations,
    homes,
    identity,
    plans,
    questions,
    refusals,
)
from clicktodial.dialing.models import SOFTPHONES, Call, Known, Outcome
from clicktodial.dialing.models.claims import AnotherCall, ForeignClick, NotClaimed
from clicktodial.dialplan.care import Care
from clicktodial.hours import Clock
from clicktodial.sealed import WrongKey
from clicktodial.webdialer import Refused

FRESH = timedelta(minutes=1)  # how long a phone may be said to be dialling now


@dataclass(frozen=True)
class Said:
    """One sentence on what happened, one on what to do next, and the call bar's state."""

    says: str
    next: str = ""
    state: str = "refused"


def of(call: Call) -> Said:
    """The call as it stands."""
    if call.erased_at:
        return Said(
            _("This call was erased. Nothing was dialled again."),
            _("To call, begin at the number again."),
            state="ended",
        )
    if call.is_in_flight:
        return Said(
            _queue(call) or _("Asking the phone system to place the call…"), state="placing"
        )
    if call.ended_at:
        return Said(_("The phone system was told to hang up."), state="ended")
    if call.outcome == Outcome.ACCEPTED:
        return _accepted(call)
    if call.outcome == Outcome.HANDED_OVER and call.mode in SOFTPHONES:
        return Said(
            _("Handed to the softphone on your computer, which goes on from here."),
            _("If none opens, press the button; or no program on this computer takes such links."),
            state="accepted",
        )
    if call.outcome == Outcome.HANDED_OVER:
        return Said(
            _("Go on in the window “Cisco WebDialer”: sign in there if it asks, and press Dial."),
            state="accepted",
        )
    if call.outcome == Outcome.UNKNOWN:
        return Said(
            _("We could not confirm this call. Did your phone ring?"),
            _("If it did not, call again. We do not repeat a call by ourselves."),
            state="unknown",
        )
    if call.outcome == Outcome.NOT_SENT:
        return _of_trouble(call.trouble)
    if call.code == identity.REFUSED and call.known_by != Known.PROXY:
        return Said(
            _("The phone system did not accept your own sign-in any more. No call was placed."),
            _("Sign in to the phone system again, then call."),
        )
    return _of_code(call.code)


def of_error(error: Exception) -> Said:
    """Why no call was even begun."""
    for kind, said in _BEFORE.items():
        if isinstance(error, kind):
            return said(error)
    raise error


def of_care(care: Care, clock: Clock | None) -> str:
    """What somebody should know of a number before it is dialled; nothing for most."""
    sentences = {
        Care.EMERGENCY: _("This is an emergency number."),
        Care.PREMIUM: _("This is a premium-rate number: the call costs extra."),
    }
    said = [sentences.get(care, "")]
    if clock and clock.is_outside_hours:
        said.append(_("It is %(time)s.") % {"time": clock})
    return " ".join(filter(None, said))


def _accepted(call: Call) -> Said:
    if call.end_code is None and call.end_asked_at:
        return Said(
            _("The phone system did not confirm that it hung up."),
            _("Hang up on the phone itself."),
            state="accepted",
        )
    if call.end_code is None and call.settled_at and call.settled_at < timezone.now() - FRESH:
        time = date_format(timezone.localtime(call.settled_at), "TIME_FORMAT")
        return Said(
            _("The phone system took this call at %(time)s.") % {"time": time}, state="accepted"
        )
    if call.end_code is None:
        return Said(
            _("The phone system took the call. Your phone should be dialling."), state="accepted"
        )
    if call.end_code == 1:
        return Said(
            _("There was no call to hang up on that line any more."),
            _("If your phone is still in a call, hang up on the phone."),
            state="accepted",
        )
    return Said(
        _("The phone system did not hang up."), _("Hang up on the phone itself."), state="accepted"
    )


def _queue(call: Call) -> str:
    if call.sent_at is None:
        return ""
    seconds = round((call.sent_at - timezone.now()).total_seconds())
    if seconds < 1:
        return ""
    return ngettext(
        "Many people are calling. This call leaves in about %(seconds)s second.",
        "Many people are calling. This call leaves in about %(seconds)s seconds.",
        seconds,
    ) % {"seconds": seconds}


def _of_code(code: int | None) -> Said:
    return Said(*refusals.of_code(code))


def _of_trouble(trouble: str) -> Said:
    """Why a call was not sent: nothing left this site, or nobody took it."""
    again = _("Call again in a minute. Meanwhile dial on the phone.")
    if trouble.startswith("queue_"):
        seconds = trouble.removeprefix("queue_")
        return Said(
            _("Too many people are calling right now. No call was placed."),
            ngettext(
                "Call again in about %(seconds)s second.",
                "Call again in about %(seconds)s seconds.",
                int(seconds),
            )
            % {"seconds": seconds},
        )
    if trouble.startswith("tls_") or trouble == "unusable_ca":
        return Said(
            _("The connection to the phone system is not safe. No call was placed."),
            _("An administrator has to check its certificate. Meanwhile dial on the phone."),
        )
    if trouble == "proxy_stopped":
        return _of_proxy(clusters.ProxyStopped())
    if trouble == "no_nodes":
        return Said(
            _("No server of the phone system is set up for you. No call was placed."),
            _("Tell an administrator. Meanwhile dial on the phone."),
        )
    if trouble == "bad_text":
        return Said(
            _("This number or your line holds signs that cannot be sent. No call was placed."),
            _("Tell the help desk the number."),
        )
    if trouble == "not_delegated":
        return of_error(delegations.NotDelegated())
    if trouble in ("abandoned", "interrupted"):
        return Said(_("The site was interrupted. No call was placed."), _("Call again."))
    return Said(_("The phone system could not be reached. No call was placed."), again)


def _of_proxy(error: Exception) -> Said:
    return Said(
        _("Dialling is switched off: this site's sign-in needs an administrator."),
        _("The administrators can see this too. Meanwhile dial on the phone."),
    )


def _of_listing(error: Any) -> Said:
    """Why Unified CM did not list a person's devices."""
    if error.code in (1, 5):
        return Said(
            _("The phone system has no phone for you."),
            _("Ask the help desk to associate your phone with your user id."),
        )
    return _of_code(error.code)


def _of_several(error: Any) -> Said:
    names = ", ".join(cluster.name for cluster in error.claimants)
    return Said(
        _("Several parts of the phone system know your user id: %(names)s.") % {"names": names},
        _("Choose the phone on your desk."),
    )


_BEFORE: dict[type[Exception], Callable[[Any], Said]] = {
    identity.CredentialNeeded: lambda error: Said(_("Sign in to the phone system first.")),
    calls.DeviceNeeded: lambda error: Said(_("Choose the phone to dial from first.")),
    questions.CareNeeded: lambda error: Said(
        of_care(error.care, error.clock), _("Nothing was dialled: confirm it first.")
    ),
    questions.CodesNeeded: lambda error: Said(
        _("This number asks for a code."), _("Nothing was dialled: enter it first.")
    ),
    questions.NotAsShown: lambda error: Said(
        _("The dial rules make other digits of this number than were shown. Nothing was dialled."),
        _("Look at what will be dialled now, then call."),
    ),
    calls.DeskPhoneNeeded: lambda error: Said(
        _("This number is not shown to you, so only your desk phone can dial it."),
        _("Choose “My desk phone” under “How I dial”, or ask the person another way."),
    ),
    plans.RulesBroken: lambda error: Said(
        _("The dial rules for this phone have a mistake. Nothing was dialled."),
        _("The administrators can see this too. Meanwhile dial on the phone."),
    ),
    calls.WayNotOffered: lambda error: Said(
        _("Your way of dialling is not offered any more. No call was placed."),
        _("Choose another one under “How I dial”."),
    ),
    calls.TooManyCalls: lambda error: Said(
        _("You asked for very many calls within a minute. No call was placed."),
        _("Wait a minute, then call again."),
    ),
    calls.NotTheLatest: lambda error: Said(
        _("Only the latest call from a phone can be hung up from here."),
        _("Hang up on the phone itself."),
    ),
    calls.NotHungUp: lambda error: Said(
        _("The phone system did not confirm that it hung up."), _("Hang up on the phone itself.")
    ),
    clusters.ProxyMissing: _of_proxy,
    clusters.ProxyStopped: _of_proxy,
    WrongKey: _of_proxy,
    clusters.ClusterOut: lambda error: _of_trouble(error.trouble),
    homes.NoHome: lambda error: Said(
        _("The phone system does not know your user id. No call was placed."),
        _("Ask the help desk to check your user id in the phone system."),
    ),
    homes.SeveralHomes: _of_several,
    homes.HomeUnknown: lambda error: _of_trouble("no_answer"),
    Refused: _of_listing,
    questions.PhoneGone: lambda error: Said(
        _("That phone is not listed any more. No call was placed."),
        _("Choose another phone."),
    ),
    AnotherCall: lambda error: Said(
        _("Your previous call is still being placed.")
        if error.is_own
        else _("Another call is being placed from this phone."),
        _("Wait until it is settled."),
    ),
    NotClaimed: lambda error: Said(
        _("The site is busy writing, perhaps a large import. Nothing was dialled."),
        _("Call again in a minute, or dial on the phone."),
    ),
    delegations.NotOnBehalf: lambda error: Said(error.says, error.advice),
    ForeignClick: lambda error: Said(
        _("This page is out of date. No call was placed."), _("Open it again, then call.")
    ),
}

CANNOT_BEGIN = tuple(_BEFORE)

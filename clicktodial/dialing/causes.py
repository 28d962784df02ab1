"""Why a phone may not ring although it was told to: what fits the code, the device, the number."""

from typing import Any

from django.utils.translation import gettext as _

from clicktodial.dialing import kinds
from clicktodial.dialing.models import Call, Mode, Outcome
from clicktodial.dialing.models.delegation import name_of
from clicktodial.dialplan import number as numbers
from clicktodial.dialplan.number import Kind, NotANumber

_CALL_FAILED, _NO_ROUTE, _OWN_ERROR = 1, 7, 8


def of(call: Call, *, phone_of: Any = None) -> tuple[str, ...]:
    """The likeliest causes first; none where there is nothing to explain.

    `phone_of` is whose phone it is, where that is not the reader's own.
    """
    told = call.outcome in (Outcome.ACCEPTED, Outcome.UNKNOWN)
    failed = call.outcome == Outcome.REFUSED and call.code in (_CALL_FAILED, _NO_ROUTE, _OWN_ERROR)
    if call.mode != Mode.DESK_PHONE or call.ended_at or not (told or failed):
        return ()
    found = [_of_code(call)] if failed else [_of_device(call, phone_of)]
    if call.outcome == Outcome.UNKNOWN:
        found.insert(0, _("The answer was lost on the way: the call may have been placed or not."))
    if call.code != _CALL_FAILED:
        found.append(_of_number(call))
    return tuple(filter(None, found))


def _of_code(call: Call) -> str:
    if call.code == _CALL_FAILED:
        return _("The phone is off the hook, in a call, restarting or not registered. Look at it.")
    if call.code == _NO_ROUTE:
        return _("The phone system knows no way to these digits, or that line may not call there.")
    return _("The phone system had an error of its own; a second try often works.")


def _of_device(call: Call, phone_of: Any) -> str:
    kind = kinds.kind_of(call.device)
    if kind is kinds.Kind.SOFTPHONE:
        sentence = _(
            "%(device)s is a softphone: it rings only while its program runs and is signed in."
        )
    elif kind is kinds.Kind.PROFILE and phone_of:
        sentence = _(
            "%(device)s is a profile for Extension Mobility: it dials on the phone where %(name)s "
            "is signed in with it, and nowhere else."
        )
    elif kind is kinds.Kind.PROFILE:
        sentence = _(
            "%(device)s is a profile for Extension Mobility: it dials on the phone where you are "
            "signed in with it, and nowhere if you are not."
        )
    elif phone_of:
        sentence = _(
            "The call is dialled on %(device)s. With Extension Mobility it rings only where "
            "%(name)s is signed in."
        )
    else:
        sentence = _(
            "The call is dialled on %(device)s. With Extension Mobility it rings only where you "
            "are signed in."
        )
    return sentence % {"device": call.device, "name": name_of(phone_of) if phone_of else ""}


def _of_number(call: Call) -> str:
    try:
        number = numbers.read(call.number)
    except NotANumber:
        return ""
    if number.kind is Kind.EXTENSION:
        return _(
            "The phone system takes extensions that do not exist and wrong codes too, and the call "
            "fails on the phone."
        )
    if number.kind is Kind.DIGITS:
        return _(
            "These digits are no public number. "
            "The phone system takes wrong ones and wrong codes too."
        )
    if call.digits == number.digits:
        return _(
            "The number was sent with its +. Where the phone system wants a prefix, the call fails "
            "on the phone: the dial rules need one."
        )
    return _(
        "The phone system takes wrong numbers and wrong codes too, and the call fails on the "
        "phone. Check the digits above."
    )

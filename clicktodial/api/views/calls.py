"""Calls of the token's person: placed once per Idempotency-Key, looked at, hung up."""

import json
import re
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clicktodial.api.door import needs
from clicktodial.api.models import Scope
from clicktodial.api.problems import Problem, of_dialling
from clicktodial.dialing import bars, calls, plans, wording
from clicktodial.dialing.models import Call
from clicktodial.dialing.views.answers import name_of, own_call
from clicktodial.dialplan.number import NotANumber

CLICKS = UUID("5d1bb1c6-63a1-4d62-9d0c-4a1f4f3b8f0e")  # the name space of keys made into clicks
MOST_BYTES = 4096
_KEY = re.compile(r"[!-~]{1,64}")


@needs(Scope.DIAL)
def place(request: HttpRequest) -> HttpResponse:
    """The key's one call; asked again with the same key, that call as it stands."""
    click = _click_of(request)
    text = _number_in(request)
    dialler = plans.dialler_of(request.user)
    try:
        number = dialler.read(text)
    except NotANumber as problem:
        raise Problem(422, "not-a-number", str(problem), _("Nothing was dialled.")) from None
    try:
        call = calls.place(
            user=request.user,
            click=click,
            number=number,
            name=name_of(number, request.user),
            dialler=dialler,
        )
    except wording.CANNOT_BEGIN as error:
        raise of_dialling(error, number=number.written) from None
    if call.number != number.display:
        raise Problem(
            422,
            "key-used-before",
            _("This Idempotency-Key belongs to a call to another number. Nothing was dialled."),
            _("Make a new key for each call, and repeat one only with the same number."),
        )
    answer = _tell(request, call, status=201)
    answer.headers["Location"] = reverse("api:call", args=[call.click])
    return answer


@needs(Scope.DIAL)
def call(request: HttpRequest, click: UUID) -> HttpResponse:
    """A call as it stands."""
    return _tell(request, own_call(request, click))


@needs(Scope.DIAL)
def hang_up(request: HttpRequest, click: UUID) -> HttpResponse:
    """Hang up the latest call; one that was hung up already is left alone."""
    found = own_call(request, click)
    if found.ended_at:
        return _tell(request, found)
    if not bars.of(found).may_end:
        said = wording.of(found)
        raise Problem(409, "nothing-to-hang-up", said.says, said.next)
    try:
        return _tell(request, calls.end(found))
    except wording.CANNOT_BEGIN as error:
        raise of_dialling(error) from None


def _click_of(request: HttpRequest) -> UUID:
    """The key as a click token: the person's own, so that nobody can guess another's."""
    key = request.headers.get("Idempotency-Key", "")
    if not _KEY.fullmatch(key):
        raise Problem(
            400,
            "key-needed",
            _("A call wants an Idempotency-Key header: 1 to 64 visible ASCII characters."),
            _("Make a new one for each call, such as a UUID; repeat it when you ask again."),
        )
    return uuid5(CLICKS, f"{request.user.pk} {key}")


def _number_in(request: HttpRequest) -> str:
    """The number in a body that says nothing else: no phone, no user, no code."""
    if request.content_type != "application/json":
        raise Problem(415, "not-json", _("The body must be application/json."))
    try:
        text = request.body
    except RequestDataTooBig:
        text = b" " * (MOST_BYTES + 1)
    if len(text) > MOST_BYTES:
        raise Problem(413, "too-long", _("The body is too long for one number."))
    try:
        body: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise Problem(400, "not-json", _("The body is not JSON.")) from None
    number = body.get("number") if isinstance(body, dict) else None
    if not isinstance(number, str) or set(body) != {"number"}:
        raise Problem(
            422,
            "bad-body",
            _("The body is an object with one member: number, a text. Nothing was dialled."),
            _("From which phone and as whom is decided by whose token it is."),
        )
    return number


def _tell(request: HttpRequest, call: Call, *, status: int = 200) -> JsonResponse:
    """What is known of the call, and no more."""
    said = wording.of(call)
    bar = bars.of(call)
    page = "dialing:window" if bar.has_window else "dialing:call"
    told = {
        "id": str(call.click),
        "state": call.outcome,
        "is_settled": not call.is_in_flight,
        "says": said.says,
        "next": said.next,
        "code": call.code,
        "number": call.number,
        "digits": call.digits,
        "after": call.after,
        "name": call.name,
        "device": call.device,
        "line": call.line_number if call.line else "",
        "placed_at": call.placed_at,
        "settled_at": call.settled_at,
        "ended_at": call.ended_at,
        "may_hang_up": bar.may_end,
        "handle": bar.handle,
        "reference": call.reference,
        "page": request.build_absolute_uri(reverse(page, args=[call.click])),
    }
    return JsonResponse(told, status=status)

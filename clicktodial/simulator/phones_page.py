"""The page on which a person watches the desk phones: what rings, where to, since when."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from html import escape
from urllib.parse import quote

from clicktodial.simulator import templates
from clicktodial.simulator.phones import LIVE, PhoneSnapshot, PhoneState
from clicktodial.simulator.templates import Markup
from clicktodial.simulator.wire import Request, Response

IDLE_SHOWN = 24
_QUIET = (PhoneState.IDLE, PhoneState.UNREGISTERED)
_WORDS = {
    PhoneState.UNREGISTERED: "Not registered",
    PhoneState.IDLE: "Idle",
    PhoneState.IN_USE: "Off hook",
    PhoneState.DIALING: "Dialing",
    PhoneState.RINGING: "Ringing",
    PhoneState.CONNECTED: "In a call",
    PhoneState.BUSY: "Busy",
    PhoneState.FAILED: "Call failed",
    PhoneState.ENDED: "Call ended",
}
_HANDSET = (
    "M5 3h4l2 5-2.5 1.5a12 12 0 0 0 6 6L16 13l5 2v4a2 2 0 0 1-2 2A17 17 0 0 1 3 5a2 2 0 0 1 2-2z"
)
_CROSS = "M5 7l2-2 5 5 5-5 2 2-5 5 5 5-2 2-5-5-5 5-2-2 5-5z"
_DOT = "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z"
_ICONS = {
    PhoneState.UNREGISTERED: _CROSS,
    PhoneState.IDLE: _DOT,
    PhoneState.BUSY: _CROSS,
    PhoneState.FAILED: _CROSS,
    PhoneState.ENDED: _DOT,
}
_HEADERS = (
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
)


def show(request: Request, phones: Iterable[PhoneSnapshot]) -> Response:
    """The whole page; `?user=`, `?device=` and `?q=` narrow it down."""
    query = request.query
    kept = [(name, query[name]) for name in ("user", "device") if query.get(name)]
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in kept
    )
    body = templates.fill(
        "phones.html",
        hidden=Markup(hidden),
        q=query.get("q", ""),
        cards=cards(query, phones),
    )
    headers = (*_HEADERS, ("Cache-Control", "no-store"))
    return Response(200, body.encode("utf-8", "replace"), headers=headers)


def refresh(request: Request, phones: Iterable[PhoneSnapshot]) -> Response:
    """The cards alone, or 304 where nothing has changed since the client's last look."""
    body = cards(request.query, phones).encode("utf-8", "replace")
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = (*_HEADERS, ("ETag", tag), ("Cache-Control", "no-cache"))
    if request.headers.get("if-none-match") == tag:
        return Response(304, b"", "", headers)
    return Response(200, body, headers=headers)


def cards(query: Mapping[str, str], phones: Iterable[PhoneSnapshot]) -> Markup:
    """The phones that the query leaves, the active ones first."""
    found = [phone for phone in phones if _matches(phone, query)]
    active = [phone for phone in found if phone.state not in _QUIET]
    active.sort(key=lambda phone: (phone.state not in LIVE, -phone.since))
    idle = [phone for phone in found if phone.state in _QUIET]
    shown = [*active, *idle[:IDLE_SHOWN]]
    count = f"{len(active)} active of {len(found)} phones"
    if len(idle) > IDLE_SHOWN:
        count += f"; {len(idle) - IDLE_SHOWN} idle ones are not shown, find them by name"
    if not found:
        count = "No phone fits. Look for a name, a user id, a device or a number."
    return templates.fill(
        "phone_cards.html", count=count, cards=templates.join([_card(phone) for phone in shown])
    )


def _matches(phone: PhoneSnapshot, query: Mapping[str, str]) -> bool:
    if query.get("user") and query["user"] not in phone.owners:
        return False
    if query.get("device") and query["device"] != phone.name:
        return False
    words = query.get("q", "").casefold().split()
    parts = (
        phone.name,
        phone.description,
        phone.model,
        phone.cluster,
        phone.digits,
        *phone.owners,
        *phone.people,
        *phone.lines,
    )
    text = " ".join(parts).casefold()
    return all(word in text for word in words)


def _card(phone: PhoneSnapshot) -> Markup:
    state, words = phone.state, _WORDS[phone.state]
    people = ", ".join(phone.people) or phone.description or phone.name
    lines = Markup("".join(_line(text, phone) for text in phone.lines))
    label = ", ".join(filter(None, (people, phone.name, words, phone.digits)))
    when = datetime.fromtimestamp(phone.since, UTC)
    return templates.fill(
        "phone.html",
        name=phone.name,
        state=state.value.replace(" ", "-"),
        version=quote(f"{state}:{phone.digits}:{phone.since:.1f}"),
        label=label,
        own=(phone.line or (phone.lines or ("",))[0]).partition(" ;")[0],
        iso=when.isoformat(timespec="seconds"),
        since=int(phone.since * 1000),
        clock=when.astimezone().strftime("%H:%M:%S"),
        icon=_ICONS.get(state, _HANDSET),
        words=words,
        digits=phone.digits,
        reason=phone.reason,
        lines=lines,
        people=people,
        model=phone.model,
        where=" · ".join(filter(None, (phone.description, phone.cluster))),
    )


def _line(text: str, phone: PhoneSnapshot) -> str:
    dn, _, partition = text.partition(" ; ")
    lit = ' class="lit"' if phone.line == text else ""
    return f"<li{lit}><b>{escape(dn)}</b> <small>{escape(partition)}</small></li>"

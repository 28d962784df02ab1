"""How far a node is reached over the wire, without a password and without the database."""

import ipaddress
import time
from dataclasses import dataclass
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clicktodial.dialing import authority
from clicktodial.dialing.remedies import remedy_for
from clicktodial.webdialer import (
    Address,
    Generation,
    Limits,
    NotSent,
    Reason,
    Transport,
    WebDialer,
    WebDialerError,
    find_generation,
    looked_up,
    opens,
    shown,
)

SLOW = 1.0  # seconds; a node answers in a few thousandths
CLOCKS_APART = 30  # seconds


class Level(StrEnum):
    """How much a finding matters."""

    FINE = "fine"
    NOT_TRIED = "not tried"
    NOTICE = "notice"
    TROUBLE = "trouble"


@dataclass(frozen=True)
class Finding:
    """One step of a test: what was seen, and what to do unless it is fine."""

    subject: str
    level: Level
    says: str
    advice: str = ""


@dataclass(frozen=True)
class Door:
    """A node's address, what to trust there and how long to wait."""

    address: Address
    ca: str
    limits: Limits

    def transport(self) -> Transport:
        """A way of its own: kept-open connections would not notice a new certificate."""
        return Transport(self.address, ca=self.ca or None, limits=self.limits)


@dataclass(frozen=True)
class Sight:
    """The steps taken in `seconds`, and the generation that the node turned out to speak."""

    steps: tuple[Finding, ...]
    seconds: float
    generation: Generation | None = None


def see(door: Door, *, user_id: str = "") -> Sight:
    """Name, connection, certificate, generation and clock, as far as they go.

    With a `user_id` also whether the cluster is its home, which takes no password.
    """
    began = time.monotonic()
    generation = None
    steps = [_name(door)]
    if steps[-1].level is not Level.TROUBLE:
        steps.append(_connection(door))
    if steps[-1].level is not Level.TROUBLE:
        answered, generation = _answer(door, user_id)
        steps += answered
    return Sight(tuple(steps), time.monotonic() - began, generation)


def trouble(subject: str, error: WebDialerError) -> Finding:
    """The finding for an error of the client."""
    remedy = remedy_for(error)
    return Finding(subject, Level.TROUBLE, str(remedy.says), str(remedy.advice))


def _name(door: Door) -> Finding:
    subject, host = _("Name"), door.address.host
    try:
        found = looked_up(door.address, seconds=door.limits.connect)
    except NotSent as error:
        if error.reason is not Reason.TIMED_OUT:
            return trouble(subject, error)
        says = _("The name was not looked up in time.")
        advice = _("Check that this server reaches its DNS: whoever dials waits as long.")
        return Finding(subject, Level.TROUBLE, says, advice)
    try:
        ipaddress.ip_address(host)
    except ValueError:
        addresses = ", ".join(found)
        return Finding(subject, Level.FINE, _("known as %(addresses)s") % {"addresses": addresses})
    says = _("%(host)s is an IP address.") % {"host": host}
    advice = _("Enter the name in the node's certificate: browsers and TLS go by names.")
    return Finding(subject, Level.NOTICE, says, advice)


def _connection(door: Door) -> Finding:
    subject, began = _("Connection"), time.monotonic()
    try:
        opens(door.address, seconds=door.limits.connect)
    except NotSent as error:
        return trouble(subject, error)
    return Finding(
        subject, Level.FINE, _("open within %(time)s") % {"time": _ms(time.monotonic() - began)}
    )


def _answer(door: Door, user_id: str) -> tuple[list[Finding], Generation | None]:
    generation, failure, began = None, None, time.monotonic()
    more: list[Finding] = []
    with door.transport() as transport:
        try:
            generation = find_generation(transport)
        except WebDialerError as error:
            failure = error
        seconds = time.monotonic() - began
        if generation is not None and transport.ahead is not None:
            more.append(_clock(transport.ahead))
        if generation is not None and user_id:
            more.append(_home(transport, generation, user_id))
    encryption = _encryption(door, failure)
    if encryption.level is Level.TROUBLE:
        return [encryption], None
    return [encryption, _interface(generation, failure, seconds), *more], generation


def _clock(ahead: float) -> Finding:
    """A Date header tells whole seconds, and travels for a while."""
    subject, off = _("Clock"), round(abs(ahead))
    if off <= CLOCKS_APART:
        return Finding(subject, Level.FINE, _("goes with this server's"))
    says = (
        ngettext(
            "%(seconds)d second ahead of this server's",
            "%(seconds)d seconds ahead of this server's",
            off,
        )
        if ahead > 0
        else ngettext(
            "%(seconds)d second behind this server's",
            "%(seconds)d seconds behind this server's",
            off,
        )
    ) % {"seconds": off}
    advice = _("Check NTP on both: certificates and single sign-on go by the clock.")
    return Finding(subject, Level.NOTICE, says, advice)


def _home(transport: Transport, generation: Generation, user_id: str) -> Finding:
    subject, who = _("Home cluster"), {"user": user_id}
    try:
        at_home = WebDialer(transport, generation=generation).is_cluster_user(user_id)
    except WebDialerError as error:
        return trouble(subject, error)
    if at_home:
        return Finding(subject, Level.FINE, _("%(user)s is at home here") % who)
    advice = _("Fine if another cluster is. Else write the id exactly as Unified CM does.")
    return Finding(subject, Level.NOTICE, _("%(user)s is not at home here") % who, advice)


def _encryption(door: Door, failure: WebDialerError | None) -> Finding:
    """What the client made of the certificate, and what the certificate says of itself."""
    subject = _("Certificate")
    if not door.address.secure:
        says = _("none: the connection is not encrypted")
        advice = _("Use HTTPS on port 8443, so that nobody can read the password on its way.")
        return Finding(subject, Level.NOTICE, says, advice)
    links = _links(door, failure)
    if isinstance(failure, NotSent):
        says = _words_on(failure, links)
        return Finding(subject, Level.TROUBLE, says, str(remedy_for(failure).advice))
    if not links:
        return Finding(subject, Level.FINE, _("trusted"))
    told = "; ".join(map(_link, links))
    soonest = min(links, key=lambda one: one.expires)
    says = _("trusted: %(certificates)s") % {"certificates": told}
    if soonest.days_left >= authority.SOON:
        return Finding(subject, Level.FINE, says)
    advice = _("Have “%(subject)s” renewed before dialling stops.") % {"subject": soonest.subject}
    return Finding(subject, Level.NOTICE, says, advice)


def _link(certificate: authority.Certificate) -> str:
    return _("“%(subject)s” expires on %(date)s, %(days)s") % {
        "subject": certificate.subject,
        "date": date_format(localtime(certificate.expires)),
        "days": _days(certificate.days_left),
    }


def _links(door: Door, failure: WebDialerError | None) -> tuple[authority.Certificate, ...]:
    """The node's own certificate, its signer's and so on; unproven ones where they are not good."""
    if isinstance(failure, NotSent):
        chain = shown(door.address, seconds=door.limits.connect)
    else:
        try:
            with door.transport() as transport:
                chain = transport.chain()
        except NotSent:
            chain = ()
    return tuple(filter(None, map(authority.shown, chain)))


def _words_on(failure: NotSent, links: tuple[authority.Certificate, ...]) -> str:
    says = str(remedy_for(failure).says)
    if not links:
        return says
    own = links[0]
    if failure.reason is Reason.TLS_WRONG_NAME:
        good_for = ", ".join(own.names[:5]) or own.subject
        return _("%(says)s It is for %(names)s.") % {"says": says, "names": good_for}
    if failure.reason is Reason.TLS_UNTRUSTED:
        ended = [one for one in links if one.days_left < 0]
        if ended:
            facts = {"subject": ended[0].subject, "date": date_format(localtime(ended[0].expires))}
            return _("%(says)s “%(subject)s” expired on %(date)s.") % {"says": says, **facts}
        facts = {"says": says, "why": failure.detail, "issuer": links[-1].issuer}
        return _("%(says)s It was signed by “%(issuer)s” (%(why)s).") % facts
    return says


def _interface(
    generation: Generation | None, failure: WebDialerError | None, seconds: float
) -> Finding:
    subject = _("WebDialer")
    if failure is not None:
        return trouble(subject, failure)
    said = {
        Generation.AXIS: _("answers as before 15SU5 (Axis), %(time)s"),
        Generation.LITERAL: _("answers as since 15SU5 (document/literal), %(time)s"),
    }[generation or Generation.AXIS]
    if seconds > SLOW:
        advice = _("Whoever dials waits that long: look at the node's load and at the network.")
        return Finding(subject, Level.NOTICE, said % {"time": _slowly(seconds)}, advice)
    return Finding(subject, Level.FINE, said % {"time": _ms(seconds)})


def _days(days: int) -> str:
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}


def _slowly(seconds: float) -> str:
    return _("but slowly: %(time)s") % {"time": _ms(seconds)}


def _ms(seconds: float) -> str:
    return _("%(ms)d ms") % {"ms": max(1, round(seconds * 1000))}

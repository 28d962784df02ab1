"""What went wrong between this site and a node, and what an administrator can do about it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clicktodial.webdialer import (
    NoAnswer,
    NotSent,
    Problem,
    Reason,
    Refused,
    Unreadable,
    WebDialerError,
)


@dataclass(frozen=True)
class Remedy:
    """One sentence on the trouble, one on the way out of it."""

    says: str | Promise
    advice: str | Promise


_UNKNOWN = Remedy(_("Something unexpected went wrong."), _("See the site's log."))

_REASONS = {
    Reason.NAME_UNKNOWN: Remedy(
        _("The name is not known to this server."),
        _("Check the spelling of the host, and that this server asks the right DNS."),
    ),
    Reason.REFUSED: Remedy(
        _("The connection was refused."),
        _("Check the port (8443 with HTTPS, 8080 without) and that the node is running."),
    ),
    Reason.UNREACHABLE: Remedy(
        _("The host cannot be reached."),
        _("Check the network and the firewalls between this server and the node."),
    ),
    Reason.TIMED_OUT: Remedy(
        _("It took too long."),
        _("Often a firewall drops the packets. Otherwise the node is overloaded or down."),
    ),
    Reason.BROKEN: Remedy(
        _("The connection broke."), _("Check the firewalls, and that Cisco Tomcat is running.")
    ),
    Reason.TLS_UNTRUSTED: Remedy(
        _("The node's certificate is not trusted."),
        _("Paste the certificate of the CA that signed it at the cluster."),
    ),
    Reason.TLS_WRONG_NAME: Remedy(
        _("The node's certificate is for another name."),
        _("Enter the host as it is written in the certificate."),
    ),
    Reason.TLS_FAILED: Remedy(
        _("No secure connection could be made."),
        _("Check that this port speaks HTTPS (usually 8443), with TLS 1.2 or later."),
    ),
    Reason.UNUSABLE_CA: Remedy(
        _("The cluster's CA is not a usable certificate."),
        _("Paste it again as PEM text."),
    ),
    Reason.BUSY: Remedy(
        _("All connections to the node are in use."), _("Try again in a few seconds.")
    ),
    Reason.BAD_TEXT: Remedy(
        _("A text holds characters that cannot be sent."),
        _("Type the user id again, and the application user's password."),
    ),
}
_SILENT = Remedy(
    _("The node took the question and did not answer in time."),
    _("Is it overloaded? Restart Cisco Tomcat if it stays so."),
)
_CLOSED = Remedy(
    _("The node took the question and did not answer: the connection was closed."),
    _("Is Cisco Tomcat restarting? Otherwise a firewall on the way may cut connections."),
)
_UNREADABLE = Remedy(
    _("The node answers, but not as WebDialer."),
    _(
        "Activate Cisco WebDialer Web Service in Cisco Unified Serviceability under "
        "Tools, Service Activation; it is off by default."
    ),
)
_SEEN = {
    Problem.REDIRECT: _("it sends elsewhere, where no password may follow"),
    Problem.NOT_HTTP: _("it is not HTTP"),
    Problem.MEDIA_TYPE: _("it is not XML by its media type"),
    Problem.ENCODED: _("it is compressed, although nobody asked for that"),
    Problem.TOO_LARGE: _("it is too large"),
    Problem.TRUNCATED: _("it ends too early"),
    Problem.NOT_XML: _("it is not well-formed XML"),
    Problem.DOCTYPE: _("it holds a document type"),
    Problem.TOO_COMPLEX: _("it is nested or linked beyond measure"),
    Problem.NOT_SOAP: _("it is XML, but not SOAP"),
    Problem.FAULT: _("it is a SOAP fault"),
    Problem.NO_SERVICE: _("it knows no such service"),
    Problem.NOT_A_REPLY: _("it answers something else than was asked"),
    Problem.BAD_VALUE: _("a value is missing or malformed"),
}
_NOT_FOUND = frozenset((404, 405, 410))
_UNAVAILABLE = frozenset((500, 502, 503, 504))
_CODES = {
    2: Remedy(
        _("Unified CM refused the application user: its password is wrong, expired or locked."),
        _("Check it in Unified CM, then enter the password again at the cluster."),
    ),
    3: Remedy(
        _("Unified CM does not let the application user act for others."),
        _("Add it to the group “Standard EM Authentication Proxy Rights”."),
    ),
    4: Remedy(
        _("Unified CM does not know this user id, or its directory is down."),
        _("Write the user id exactly as Unified CM does, capitals included."),
    ),
    5: Remedy(
        _("Unified CM has no device for this user."),
        _("Associate a CTI-capable phone with the user in Unified CM."),
    ),
    6: Remedy(
        _("WebDialer is temporarily unavailable."),
        _("Check that Cisco CTIManager is running; if it is, try again in a minute."),
    ),
    8: Remedy(
        _("WebDialer had an error of its own (code 8)."),
        _("Look at its log with the Real-Time Monitoring Tool; restart the service if it stays."),
    ),
    9: Remedy(_("WebDialer is overloaded."), _("Try again in a few seconds.")),
}


def remedy_for(error: WebDialerError) -> Remedy:
    """The remedy for an error of the client."""
    if isinstance(error, Refused):
        return _for_code(error.code)
    if isinstance(error, NotSent):
        return _REASONS.get(error.reason, _UNKNOWN)
    if isinstance(error, NoAnswer):
        return _SILENT if error.reason is Reason.TIMED_OUT else _CLOSED
    return _for_answer(error) if isinstance(error, Unreadable) else _UNKNOWN


def _for_answer(error: Unreadable) -> Remedy:
    """What was wrong with an answer, in more words than can be remembered with a node."""
    seen = error.seen or error.problem
    why = _SEEN.get(seen) or _("HTTP %(status)s") % {"status": error.status}
    if seen in _SEEN and error.status not in (None, 200):
        why = f"{why} (HTTP {error.status})"
    says = _("The node answers, but not as WebDialer: %(why)s.") % {"why": why}
    if seen in (Problem.STATUS, Problem.MEDIA_TYPE) and error.status in _UNAVAILABLE:
        return Remedy(says, _("Wait some minutes if it was just started; else restart Tomcat."))
    if seen in (Problem.STATUS, Problem.NO_SERVICE) and error.status not in _NOT_FOUND:
        return Remedy(says, _("Look for a firewall or proxy on the way that answers instead."))
    return Remedy(says, _UNREADABLE.advice)


def remedy_for_trouble(word: str) -> Remedy:
    """The remedy for the one word that is remembered with a node."""
    if word.startswith("code_") and word[5:].isdecimal():
        return _for_code(int(word[5:]))
    if word in ("no_answer", "unreadable"):
        return _SILENT if word == "no_answer" else _UNREADABLE
    reason = Reason.__members__.get(word.upper())
    return _REASONS.get(reason, _UNKNOWN) if reason else _UNKNOWN


def _for_code(code: int) -> Remedy:
    return _CODES.get(
        code,
        Remedy(_("WebDialer answered with code %(code)d.") % {"code": code}, _UNKNOWN.advice),
    )

"""What went wrong between this site and a node, and what an administrator can do about it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clicktodial.webdialer import NoAnswer, NotSent, Reason, Refused, Unreadable, WebDialerError


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
    _("The node took the question and did not answer."),
    _("Is it overloaded? Restart Cisco Tomcat if it stays so."),
)
_UNREADABLE = Remedy(
    _("The node answers, but not as WebDialer."),
    _(
        "Activate Cisco WebDialer Web Service in Cisco Unified Serviceability under "
        "Tools, Service Activation; it is off by default."
    ),
)
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
    9: Remedy(_("WebDialer is overloaded."), _("Try again in a few seconds.")),
}


def remedy_for(error: WebDialerError) -> Remedy:
    """The remedy for an error of the client."""
    if isinstance(error, Refused):
        return _for_code(error.code)
    if isinstance(error, NotSent):
        return _REASONS.get(error.reason, _UNKNOWN)
    if isinstance(error, NoAnswer):
        return _SILENT
    return _UNREADABLE if isinstance(error, Unreadable) else _UNKNOWN


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

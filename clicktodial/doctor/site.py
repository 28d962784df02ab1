"""The site itself examined: what it keeps, where it runs and how it is set up."""

import time
from collections.abc import Callable

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from clicktodial.dialing.reach import Finding, Level
from clicktodial.doctor import ground, stores
from clicktodial.doctor.report import Part

# What Django says in four ways where HTTPS=false, and in its own settings' names.
_OF_HTTPS = frozenset(f"security.W0{number}" for number in ("04", "08", "12", "16"))

Examination = Callable[[], list[Finding]]


def examine() -> list[Part]:
    """What the site needs from its database, its host and its settings, as two parts."""
    return [
        _part(_("This site"), [*stores.EXAMINATIONS, *ground.EXAMINATIONS]),
        _part(_("Settings"), [settings_are_safe]),
    ]


def _part(title: str, examinations: list[Examination]) -> Part:
    began = time.monotonic()
    findings: list[Finding] = []
    for look in examinations:
        findings += _tried(look)
    return Part(title, tuple(findings), time.monotonic() - began)


def _tried(look: Examination) -> list[Finding]:
    """One thing out of order must not keep the doctor from the others."""
    subject = look.__name__.replace("_", " ")
    try:
        with transaction.atomic():
            return look()
    except (DatabaseError, OSError) as error:
        says = _("It could not be looked at: %(why)s.") % {"why": type(error).__name__}
        return [Finding(subject, Level.TROUBLE, says, _("See the findings above, and the log."))]


def settings_are_safe() -> list[Finding]:
    """What the system checks say, those for production included; clusters tell their own."""
    messages = checks.run_checks(include_deployment_checks=True)
    told = [message for message in messages if not message.is_silenced()]
    worse = [message for message in told if message.level >= checks.WARNING]
    found = [_as_finding(message) for message in worse if message.id not in _OF_HTTPS]
    if not settings.HTTPS:
        says = _("off: passwords and cookies travel in the open")
        advice = _("Set HTTPS=true, with PROXIES=1 where a reverse proxy ends HTTPS.")
        found.insert(0, Finding("HTTPS", Level.NOTICE, says, advice))
    return found or [Finding(_("Settings"), Level.FINE, _("fit for production"))]


def _as_finding(message: CheckMessage) -> Finding:
    level = Level.TROUBLE if message.level >= checks.ERROR else Level.NOTICE
    return Finding(message.id or _("Settings"), level, str(message.msg), str(message.hint or ""))

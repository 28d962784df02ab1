"""Notes for the audit trail: who did what, to whom or what, when.

trail.note(trail.Action.EXPORTED, by=request.user, about=plan, rows=120)

A note never stops what it tells of. It is written in the caller's transaction, so that what is
rolled back was not done either; if it cannot be written, the site's log says so and work goes on.
"""

import logging
import re
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from clicktodial import logs
from clicktodial.audit.models import Entry

logger = logging.getLogger(__name__)


class Action(models.TextChoices):
    """What can be noted; an action that is missed is simply added here."""

    SIGNED_IN = "signed_in", _("signed in")
    SIGN_IN_REFUSED = "sign_in_refused", _("sign-in refused")
    SIGNED_OUT = "signed_out", _("signed out")
    LET_IN_AGAIN = "let_in_again", _("let try to sign in again")
    NOT_TIED = "not_tied", _("found no entry to tie to")
    CLOSED = "closed", _("account closed by its source")
    REOPENED = "reopened", _("account opened again by its source")
    DIALLED = "dialled", _("dialled")
    HUNG_UP = "hung_up", _("hung up")
    LOOKED_UP = "looked_up", _("looked up a private number")
    ADDED = "added", _("added")
    CHANGED = "changed", _("changed")
    DELETED = "deleted", _("deleted")
    EXPORTED = "exported", _("exported")
    IMPORTED = "imported", _("imported")
    UNDONE = "undone", _("undone")
    GRANTED = "granted", _("granted")
    WITHDREW = "withdrew", _("withdrew")
    SECRET_REPLACED = "secret_replaced", _("secret replaced")
    REPORTED = "reported", _("reported")
    TESTED = "tested", _("tested")


HIDDEN = "…"
_SECRET = re.compile(r"password|passwd|secret|token|credential|cookie|\bfac\b|_fac$|^fac_", re.I)
_NUMBER = re.compile(r"(?!\d{4}-\d\d-\d\d)[+(]?\d[\d ()./\-]{5,}\d")
_LONGEST = 500


def note(action: Action, *, by: Any, about: Any = None, **facts: Any) -> None:
    """Keep that a user (None: nobody signed in) did something, about a model's instance if any.

    A fact whose name speaks of a secret, or that is a telephone number, is kept as “…”.
    """
    actor = by if getattr(by, "pk", None) is not None else None
    try:
        with transaction.atomic():
            Entry.objects.create(
                action=action,
                actor=actor,
                actor_name=actor.get_username()[:150] if actor else "",
                facts={name: _harmless(name, fact) for name, fact in facts.items()},
                request_id=logs.request_id(),
                **_subject(about),
            )
    except Exception as error:  # whatever it is, the call or the import goes on
        logger.error("lost a note for the audit trail (%s): %s", action, type(error).__name__)


def _subject(about: Any) -> dict[str, str]:
    """What a note is about; a model whose `str` would tell too much says its `audit_name`."""
    if about is None:
        return {}
    meta = about._meta
    return {
        "about_app": meta.app_label,
        "about_model": meta.model_name,
        "about_id": str(about.pk)[:64],
        "about_name": str(getattr(about, "audit_name", about))[:200],
    }


def _harmless(name: str, fact: Any) -> Any:
    if _SECRET.search(name):
        return HIDDEN
    if isinstance(fact, dict):
        return {str(key): _harmless(str(key), each) for key, each in fact.items()}
    if isinstance(fact, list | tuple | set | frozenset):
        return [_harmless("", each) for each in fact]
    if fact is None or isinstance(fact, bool | int | float):
        return fact
    text = str(fact)[:_LONGEST]
    return HIDDEN if _NUMBER.fullmatch(text.strip()) else text

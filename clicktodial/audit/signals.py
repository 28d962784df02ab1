"""What Django tells by itself: sign-ins, and every change made in the administration."""

import json
from typing import Any

from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_save
from django.dispatch import receiver

from clicktodial.audit import trail
from clicktodial.audit.trail import Action

_ACTIONS = {ADDITION: Action.ADDED, DELETION: Action.DELETED}


@receiver(user_logged_in)
def signed_in(user: Any, **_: Any) -> None:
    way = str(getattr(user, "backend", "")).rpartition(".")[2]
    trail.note(Action.SIGNED_IN, by=user, way=way)


@receiver(user_logged_out)
def signed_out(user: Any, **_: Any) -> None:
    if user is not None:
        trail.note(Action.SIGNED_OUT, by=user)


@receiver(user_login_failed)
def sign_in_refused(credentials: dict[str, Any], request: Any = None, **_: Any) -> None:
    """About the account, where there is one: what else was typed may be somebody's password."""
    users = get_user_model()
    name = str(credentials.get(users.USERNAME_FIELD) or credentials.get("username") or "")
    known = users._default_manager.filter(**{users.USERNAME_FIELD: name[:150]}).first()
    trail.note(Action.SIGN_IN_REFUSED, by=None, about=known, account_exists=known is not None)


@receiver(post_save, sender=LogEntry)
def changed_in_admin(instance: LogEntry, created: bool, **_: Any) -> None:
    if created:
        note_entry(instance)


def note_entry(entry: LogEntry) -> None:
    """The administration's own entry as a note; of related rows only their kind is kept."""
    action = _ACTIONS.get(entry.action_flag, Action.CHANGED)
    about = _Subject(entry, entry.content_type) if entry.content_type else None
    trail.note(action, by=entry.user, about=about, changes=_changes(entry.change_message))


def _changes(message: str) -> list[dict[str, Any]]:
    """`[{"changed": {"name": "number", "object": "+41 …", "fields": […]}}]` without the object."""
    try:
        told = json.loads(str(message)) if message else []
    except ValueError:  # a plain sentence, as some code writes it
        return []
    found = []
    for change in told if isinstance(told, list) else []:
        for done, what in change.items():
            kept = {key: what[key] for key in ("name", "fields") if key in what}
            found.append({"done": done, **{key: _words(each) for key, each in kept.items()}})
    return found


def _words(told: Any) -> Any:
    # A field whose name speaks of a secret is itself no secret.
    return ", ".join(map(str, told)) if isinstance(told, list) else str(told)


class _Subject:
    """What an entry of the administration is about, which may be gone by now."""

    def __init__(self, entry: LogEntry, kind: ContentType) -> None:
        self.pk = entry.object_id
        model = kind.model_class()
        self._meta = model._meta if model else ContentType._meta
        if model is not None and hasattr(model, "audit_name"):
            row = model._default_manager.filter(pk=entry.object_id).first()
            self.audit_name = row.audit_name if row else str(model._meta.verbose_name)
        else:
            self.audit_name = entry.object_repr

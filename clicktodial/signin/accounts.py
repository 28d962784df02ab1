"""The account of a person whom a source vouches for: found, made, kept up to date."""

from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone

from clicktodial.audit import trail
from clicktodial.signin import roles, ties
from clicktodial.signin.known import Known, Reason, Refused
from clicktodial.signin.models import Identity, Tie
from directory.accounts import OPEN

_NAME_LENGTH = 150  # of user names, given and family names alike


def admit(known: Known) -> Any:
    """The account of this person, made at the first sign-in; raises Refused, which is noted."""
    try:
        return _admit(known)
    except Refused as refused:
        name = known.username[:_NAME_LENGTH]
        facts = {"source": known.source.value, "user_name": name, "why": refused.reason.value}
        trail.note(trail.Action.SIGN_IN_REFUSED, by=None, **facts)
        raise


def _admit(known: Known) -> Any:
    if not known.subject or not known.username or len(known.username) > _NAME_LENGTH:
        raise Refused(Reason.NAMELESS)
    try:
        with transaction.atomic():
            identity = _identity_of(known)
    except IntegrityError:  # a second request of the same first sign-in was quicker
        with transaction.atomic():
            identity = _identity_of(known)
    user = identity.user
    if not get_user_model()._default_manager.filter(OPEN, pk=user.pk).exists():
        raise Refused(Reason.CLOSED)
    return user


def open_account(pk: Any) -> Any | None:
    """The account of a session, None where it is closed: by then its sessions end."""
    question, params = _open_account()
    accounts = get_user_model()._default_manager
    return next(
        iter(accounts.raw(question, [pk if each == _ANY else each for each in params])), None
    )


_ANY = -1  # stands for the account in a question that is written once


@cache
def _open_account() -> tuple[str, tuple[Any, ...]]:
    found = get_user_model()._default_manager.filter(OPEN, pk=_ANY).order_by()
    question, params = found.query.sql_with_params()
    return question, params


class OpenAccounts:
    """For authentication backends: a session lasts as long as its account is open."""

    def get_user(self, user_id: Any) -> Any | None:
        return open_account(user_id)


def close(identity: Identity) -> None:
    """The source has disabled or lost this account: it is closed until the source opens it."""
    with transaction.atomic():
        Identity.objects.filter(pk=identity.pk).update(closed_at=timezone.now())
        identity.user.is_active = False
        identity.user.save(update_fields=["is_active"])
        trail.note(trail.Action.CLOSED, by=None, about=identity.user, source=identity.source)


def reopen(identity: Identity) -> None:
    """What `close` closed is opened again; an account that an administrator closed is not."""
    if identity.closed_at is None:
        return
    with transaction.atomic():
        Identity.objects.filter(pk=identity.pk).update(closed_at=None)
        if not identity.user.identities.filter(closed_at__isnull=False).exists():
            identity.user.is_active = True
            identity.user.save(update_fields=["is_active"])
            trail.note(trail.Action.REOPENED, by=None, about=identity.user, source=identity.source)


def _identity_of(known: Known) -> Identity:
    """The identity, with everything that depends on it brought up to date."""
    identity = (
        Identity.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(source=known.source, subject=known.subject)
        .first()
    )
    if identity is None:
        user = _account_for(known)
        identity = Identity(user=user, source=known.source, subject=known.subject)
    reopen(identity)
    user = identity.user
    _refresh(user, known)
    roles.follow(user, known.groups)
    tie = ties.tie(user, known)
    if tie not in (Tie.TIED, identity.tie):
        trail.note(trail.Action.NOT_TIED, by=user, about=user, why=tie.value)
    ties.name_caller(user, tie)
    identity.username, identity.tie = known.username, tie
    identity.save()
    return identity


def _account_for(known: Known) -> Any:
    """A new account, or the one with this name where settings let accounts be joined."""
    users = get_user_model()
    same = list(users._default_manager.filter(username__iexact=known.username)[:2])
    if not same:
        user = users(username=known.username)
        user.set_unusable_password()
        user.save()
        return user
    user = same[0]
    # An account that the source knew by another id was somebody else's: names are given again.
    known_otherwise = user.identities.filter(source=known.source).exists()
    guarded = user.is_staff and user.has_usable_password()
    if len(same) > 1 or not settings.ACCOUNTS.join or known_otherwise or guarded:
        raise Refused(Reason.NAME_TAKEN)
    return user


def _refresh(user: Any, known: Known) -> None:
    told = {
        "first_name": known.given_name[:_NAME_LENGTH],
        "last_name": known.family_name[:_NAME_LENGTH],
        "email": known.email[:254],
    }
    changed = [name for name, text in told.items() if text and getattr(user, name) != text]
    for name in changed:
        setattr(user, name, told[name])
    if changed:
        user.save(update_fields=changed)

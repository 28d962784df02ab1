"""Which directory entry, and which user of Unified CM, an account belongs to.

An entry is given to an account once. Where several fit, or the one that fits has an account
already, the account stays without: a wrong entry would show somebody's own numbers to another.
"""

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from clicktodial.dialing.models import DialProfile
from clicktodial.signin.known import Known
from clicktodial.signin.models import Tie
from directory.models import Person


def tie(user: Any, known: Known) -> Tie:
    """Ties the account to its entry, unless it has one; how that ended."""
    if Person.objects.filter(account=user).exists():
        return Tie.TIED
    for rule in settings.ACCOUNTS.tie_by:
        found = _fitting(rule, known)
        if len(found) > 1:
            return Tie.AMBIGUOUS
        if found:
            return Tie.TIED if _take(found[0], user) else Tie.TAKEN
    return Tie.NONE


def name_caller(user: Any, tie: Tie) -> None:
    """Says as whom the account dials, at the first sign-in or when its entry is found later.

    Where that is unclear it dials as nobody. What stands there by then was somebody's decision.
    """
    profile = DialProfile.objects.filter(user=user).first()
    if profile and (profile.cucm_user_id or tie != Tie.TIED or _was_tied(user)):
        return
    cucm_user_id = _calling_user_id(user)
    if cucm_user_id and DialProfile.objects.filter(cucm_user_id__iexact=cucm_user_id).exists():
        cucm_user_id = ""  # two accounts would ring one phone
    if profile:
        DialProfile.objects.filter(pk=profile.pk, cucm_user_id="").update(cucm_user_id=cucm_user_id)
    else:
        DialProfile.objects.get_or_create(user=user, defaults={"cucm_user_id": cucm_user_id})


def _was_tied(user: Any) -> bool:
    """Whether the account had its entry before, by whichever of its sources."""
    return bool(user.identities.filter(tie=Tie.TIED).exists())


def _fitting(rule: str, known: Known) -> list[Person]:
    """The entries that a rule finds, at most two; people who have left count where nobody else
    fits, so that their account is known to be closed."""
    wanted = {
        "external_id": Q(external_id__in=known.external_ids),
        "user_id": Q(cucm_user_id__iexact=known.username) if known.username else None,
        "email": Q(email__iexact=known.email) if known.email else None,
    }[rule]
    if wanted is None:
        return []
    people = Person.objects.filter(wanted, kind=Person.Kind.PERSON).order_by("pk")
    return list(people.filter(is_active=True)[:2]) or list(people.filter(is_active=False)[:2])


def _take(person: Person, user: Any) -> bool:
    try:
        with transaction.atomic():
            free = Person.objects.filter(pk=person.pk, account=None)
            return bool(free.update(account=user))
    except IntegrityError:  # at the same moment, this account was given another entry
        return False


def _calling_user_id(user: Any) -> str:
    match settings.ACCOUNTS.calling_user_id:
        case "user_name":
            return str(user.get_username())
        case "email_name":
            return str(user.email.partition("@")[0])
    entry = Person.objects.filter(account=user).first()
    return entry.cucm_user_id if entry else ""

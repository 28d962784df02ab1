"""Who may see what: the one place that says so; pages, search and reverse lookup ask here.

A number says itself to whom it is shown, or else its kind does (KindVisibility), or else everybody
who is signed in sees it. “Own department” means what it means everywhere here: the department of
the number's person with all departments below it. People see their own numbers, administrators see
every one.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from clicktodial.prepared import fetch
from directory.models import KindVisibility, Number, Person

_EVERYONE, _DEPARTMENT, _GROUP = (
    Number.Visibility.EVERYONE,
    Number.Visibility.DEPARTMENT,
    Number.Visibility.GROUP,
)
_UNSAID = Q(visibility="")
_ME, _ABOVE, _MEMBER = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks; without a directory entry of their own, most fields are empty."""

    user_id: int | None = None
    person_id: int | None = None
    department_id: int | None = None
    location_id: int | None = None
    country: str = ""
    departments: tuple[int, ...] = ()
    """One's own department and those it belongs to."""
    groups: tuple[int, ...] = ()
    sees_hidden_numbers: bool = False
    sees_people_who_left: bool = False

    @property
    def region(self) -> str:
        """The country by whose habits this viewer writes numbers."""
        return self.country or settings.DEFAULT_COUNTRY


ANYBODY = Viewer()


def viewer_of(user: Any) -> Viewer:
    """How the signed-in user sees the directory; one query."""
    return replace(
        viewer_of_account(user.pk),
        sees_hidden_numbers=user.is_staff and user.has_perm("directory.view_number"),
        sees_people_who_left=user.is_staff and user.has_perm("directory.view_person"),
    )


def viewer_of_account(user_id: int | None) -> Viewer:
    """How an account sees the directory without the rights of an administrator; one query."""
    rows = fetch(_WHO, [user_id, user_id])
    person_id, department_id, location_id, country = next(
        (row[1:] for row in rows if row[0] == _ME), (None, None, None, None)
    )
    return Viewer(
        user_id=user_id,
        person_id=person_id,
        department_id=department_id,
        location_id=location_id,
        country=country or "",
        departments=tuple(row[1] for row in rows if row[0] == _ABOVE),
        groups=tuple(row[1] for row in rows if row[0] == _MEMBER),
    )


def people_shown_to(viewer: Viewer) -> Q:
    """The entries whose page this viewer may open; search shows active entries only."""
    return Q() if viewer.sees_people_who_left else Q(is_active=True)


def numbers_shown_to(viewer: Viewer) -> Q:
    """The condition on Number under which this viewer sees one."""
    if viewer.sees_hidden_numbers:
        return Q()
    restricted = KindVisibility.objects.exclude(visibility=_EVERYONE)
    shown = Q(visibility=_EVERYONE) | (_UNSAID & ~_of_kinds(restricted))
    if viewer.departments:
        # Asked person by person, since most numbers are shown to everybody and need not be.
        colleague = Person.objects.filter(pk=OuterRef("person"), department__in=viewer.departments)
        shown |= _either(visibility=_DEPARTMENT) & Q(Exists(colleague))
    if viewer.groups:
        shown |= _either(visibility=_GROUP, group_id__in=viewer.groups)
    if viewer.person_id is not None:
        shown |= Q(person_id=viewer.person_id)
    return shown


def numbers_dialled_unseen() -> Q:
    """The condition on Number under which whoever is signed in may dial one, shown or not."""
    return _either(may_be_dialled=True)


def _either(**said: Any) -> Q:
    """What a number says itself or, where it says nothing, what its kind says."""
    return Q(**said) | (_UNSAID & _of_kinds(KindVisibility.objects.filter(**said)))


def _of_kinds(rules: QuerySet[KindVisibility]) -> Q:
    return Q(kind__in=rules.values("kind"))


# One question for the entry of an account, the departments above it (in a circle, each once) and
# the groups: it is asked with every request.
_WHO = f"""
WITH RECURSIVE me AS (
  SELECT p.id, p.department_id, p.location_id, l.country FROM directory_person p
  LEFT JOIN directory_location l ON l.id = p.location_id WHERE p.account_id = %s
), line(id) AS (
  SELECT department_id FROM me WHERE department_id IS NOT NULL
  UNION SELECT d.parent_id FROM directory_department d JOIN line ON d.id = line.id
  WHERE d.parent_id IS NOT NULL
)
SELECT {_ME}, id, department_id, location_id, country FROM me
UNION ALL SELECT {_ABOVE}, id, NULL, NULL, NULL FROM line
UNION ALL SELECT {_MEMBER}, group_id, NULL, NULL, NULL FROM auth_user_groups WHERE user_id = %s
"""  # noqa: S608 — put together of our own words

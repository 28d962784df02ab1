"""Who may see what: the one place that says so; pages, search and reverse lookup ask here."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q

from directory.models import Number, Person


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks; without a directory entry of their own, most fields are None."""

    user_id: int | None = None
    person_id: int | None = None
    department_id: int | None = None
    location_id: int | None = None
    country: str = ""
    sees_hidden_numbers: bool = False
    sees_people_who_left: bool = False

    @property
    def region(self) -> str:
        """The country by whose habits this viewer writes numbers."""
        return self.country or settings.DEFAULT_COUNTRY


ANYBODY = Viewer()


def viewer_of(user: Any) -> Viewer:
    """How the signed-in user sees the directory; one query."""
    person = (
        Person.objects.filter(account_id=user.pk)
        .values_list("pk", "department_id", "location_id", "location__country")
        .first()
    )
    person_id, department_id, location_id, country = person or (None, None, None, None)
    return Viewer(
        user_id=user.pk,
        person_id=person_id,
        department_id=department_id,
        location_id=location_id,
        country=country or "",
        sees_hidden_numbers=user.is_staff and user.has_perm("directory.view_number"),
        sees_people_who_left=user.is_staff and user.has_perm("directory.view_person"),
    )


def people_shown_to(viewer: Viewer) -> Q:
    """The entries whose page this viewer may open; search shows active entries only."""
    return Q() if viewer.sees_people_who_left else Q(is_active=True)


def numbers_shown_to(viewer: Viewer) -> Q:
    """The condition on Number under which this viewer sees one."""
    if viewer.sees_hidden_numbers:
        return Q()
    shown = Q(visibility=Number.Visibility.EVERYONE)
    if viewer.person_id is not None:
        shown |= Q(person_id=viewer.person_id)
    if viewer.department_id is not None:
        shown |= Q(
            visibility=Number.Visibility.DEPARTMENT, person__department_id=viewer.department_id
        )
    return shown

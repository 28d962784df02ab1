"""A plan is done as it was shown, or not at all: not when the directory has changed meanwhile."""

from collections.abc import Callable

import pytest

from clicktodial.jobs.kinds import Failed
from directory.imports import works
from directory.models import Department, ImportRun, Number, Person
from tests.directory.imports.conftest import STAFF, Importer, directory_now

Staff = Callable[[], ImportRun]
NEXT = STAFF.replace("Head", "Queen").replace("044 668 18 01", "044 668 18 07")


def _change_title() -> None:
    Person.objects.filter(external_id="E1").update(title="Chief")


def _change_number() -> None:
    Number.objects.filter(e164="+41446681801").delete()


def _delete_person() -> None:
    Person.objects.get(external_id="E1").delete()


@pytest.mark.parametrize("meanwhile", [_change_title, _change_number, _delete_person])
def test_what_a_plan_touches_must_be_as_it_was(
    importer: Importer, staff: Staff, meanwhile: Callable[[], None]
) -> None:
    staff()
    run = importer.plan(NEXT)
    meanwhile()
    now = directory_now()
    with pytest.raises(Failed, match="was changed since the plan was made"):
        importer.confirm(run)
    assert directory_now() == now


def test_somebody_added_meanwhile_is_not_added_again(importer: Importer) -> None:
    run = importer.plan(STAFF)
    Person.objects.create(family_name="Early", source="Personnel", external_id="E2")
    with pytest.raises(Failed, match="E2"):
        importer.confirm(run)
    assert Person.objects.count() == 1


def test_a_department_deleted_meanwhile_stops_it(importer: Importer, staff: Staff) -> None:
    staff()
    sales = Department.objects.create(name="Sales")
    run = importer.plan(STAFF.replace("bruno,Finance / Treasury", "bruno,Sales"))
    sales.delete()
    now = directory_now()
    with pytest.raises(Failed, match="was changed since"):
        importer.confirm(run)
    assert directory_now() == now


def test_changes_elsewhere_do_not_matter(importer: Importer, staff: Staff) -> None:
    staff()
    run = importer.plan(NEXT)
    Person.objects.filter(external_id="E3").update(title="Chief")
    Person.objects.filter(external_id="E1").update(room="B12")
    importer.confirm(run)
    assert Person.objects.get(external_id="E1").title == "Queen"


def test_a_plan_is_done_once(importer: Importer, staff: Staff) -> None:
    run = staff()
    with pytest.raises(Failed, match="has been done or discarded"):
        importer.confirm(run)


def test_a_discarded_plan_is_not_done(importer: Importer) -> None:
    run = importer.plan(STAFF)
    works.discard(run)
    with pytest.raises(Failed, match="has been done or discarded"):
        importer.confirm(run)
    assert not run.items.exists()

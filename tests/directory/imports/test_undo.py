"""An import is taken back whole: exactly, or told where somebody has been at work since."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model

from clicktodial.audit.models import Entry
from clicktodial.jobs.kinds import Failed
from directory import search
from directory.models import Department, ImportRun, Location, Number, Person
from directory.visibility import ANYBODY
from tests.directory.imports.conftest import STAFF, Importer, directory_now

Staff = Callable[[], ImportRun]
NEXT = (
    STAFF.rsplit("E3", 1)[0]
    .replace("Ada,Frei", "Ada,Meier")
    .replace("044 668 18 01", "044 668 18 07")
    .replace("bruno,Finance / Treasury", "bruno,Sales")
    + "E4,Dora,Neu,Buyer,,,New department,Bern,E1,031 300 00 00,\n"
)


def test_everything_is_exactly_as_it_was(importer: Importer, staff: Staff) -> None:
    staff()
    Number.objects.filter(e164="+41446681801").update(visibility="nobody")
    before = directory_now()
    run = importer.do(NEXT)
    assert directory_now() != before
    importer.undo(run)
    assert directory_now() == before
    assert not Department.objects.filter(name__in=("Sales", "New department")).exists()
    assert not Location.objects.filter(name="Bern").exists()


def test_search_knows_what_was_done_and_what_was_undone(importer: Importer, staff: Staff) -> None:
    def found(text: str) -> list[str]:
        return [row.name for row in search.find(text, viewer=ANYBODY).people]

    staff()
    run = importer.do(NEXT)
    assert found("meier") == ["Ada Meier"]
    assert found("sales") == ["Bruno Graf"]
    assert found("dora") == ["Dora Neu"]
    assert found("ito") == []
    assert found("668 18 07") == ["Bruno Graf"]
    importer.undo(run)
    assert found("meier") == []
    assert found("frei") == ["Ada Frei"]
    assert found("dora") == []
    assert found("ito") == ["Chie Ito"]
    assert found("668 18 01") == ["Bruno Graf"]


def test_who_was_changed_since_stops_it(importer: Importer, staff: Staff) -> None:
    staff()
    run = importer.do(NEXT)
    Person.objects.filter(external_id="E1").update(family_name="Frei-Meier")
    now = directory_now()
    with pytest.raises(Failed, match="changed since: Ada Meier"):
        importer.undo(run)
    assert directory_now() == now
    run.refresh_from_db()
    assert run.state == "applied"


def test_who_was_changed_since_can_be_left_alone(importer: Importer, staff: Staff) -> None:
    staff()
    run = importer.do(NEXT)
    Person.objects.filter(external_id="E1").update(family_name="Frei-Meier")
    undone = importer.undo(run, partly=True)
    assert undone.left == ["Ada Meier"]
    assert Person.objects.get(external_id="E1").family_name == "Frei-Meier"
    assert Person.objects.get(external_id="E3").is_active
    assert not Person.objects.filter(external_id="E4").exists()


def test_a_newcomer_who_has_signed_in_since_is_not_deleted(
    importer: Importer, staff: Staff
) -> None:
    staff()
    run = importer.do(NEXT)
    dora = Person.objects.get(external_id="E4")
    dora.account = get_user_model().objects.create_user("dora")
    dora.save()
    assert importer.undo(run, partly=True).left == ["Dora Neu"]
    assert Person.objects.filter(pk=dora.pk).exists()


def test_nothing_is_undone_twice(importer: Importer, staff: Staff) -> None:
    run = staff()
    importer.undo(run)
    assert not Person.objects.exists()
    with pytest.raises(Failed, match="Only an import that was done"):
        importer.undo(run)


def test_the_audit_trail_knows_both(importer: Importer, staff: Staff) -> None:
    run = staff()
    importer.undo(run)
    notes = Entry.objects.filter(about_model="importrun").order_by("pk")
    assert [note.action for note in notes] == ["imported", "undone"]
    assert notes[0].facts["digest"] == run.digest
    assert notes[0].facts["new"] == 3

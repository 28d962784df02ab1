"""A plan tells who is new, changed, gone or refused, and changes nothing."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from clicktodial.jobs.kinds import Failed
from directory import owned
from directory.models import Department, ImportRun, Location, Number, Person
from tests.directory.imports.conftest import (
    STAFF,
    Importer,
    kinds,
    only,
    sheet,
)

Staff = Callable[[], ImportRun]


def test_a_plan_changes_nothing(importer: Importer) -> None:
    run = importer.plan(STAFF)
    assert kinds(run) == {"Ada Frei": "new", "Bruno Graf": "new", "Chie Ito": "new"}
    assert not Person.objects.exists()
    assert not Department.objects.exists()
    assert not Location.objects.exists()


def test_what_was_shown_is_what_is_done(importer: Importer, staff: Staff) -> None:
    staff()
    ada = Person.objects.get(external_id="E1")
    bruno = Person.objects.get(external_id="E2")
    assert (ada.name, ada.title, ada.source) == ("Ada Frei", "Head", "Personnel")
    assert bruno.manager == ada
    assert bruno.department
    assert bruno.department.parent == ada.department
    assert ada.location
    assert ada.location.name == "Zürich HQ"
    assert sorted(ada.numbers.values_list("kind", "e164")) == [
        ("mobile", "+41791234567"), ("work", "+41446681800"),
    ]  # fmt: skip


def test_the_same_again_changes_nothing(importer: Importer, staff: Staff) -> None:
    staff()
    again = importer.plan(STAFF)
    assert not again.items.exists()
    assert again.counts["unchanged"] == 3


def test_a_change_is_told_field_by_field(importer: Importer, staff: Staff) -> None:
    staff()
    run = importer.plan(STAFF.replace("Buyer", "Senior buyer"))
    item = only(run, "changed")
    assert (item.before, item.after) == ({"title": "Buyer"}, {"title": "Senior buyer"})
    assert item.line == 3


def test_a_rename_and_a_move_are_told_as_such(importer: Importer, staff: Staff) -> None:
    staff()
    run = importer.plan(
        STAFF.replace("Chie,Ito", "Chie,Sato").replace("bruno,Finance / Treasury", "bruno,Sales")
    )
    assert [run.counts[name] for name in ("renamed", "moved")] == [1, 1]
    assert run.items.get(renamed=True).label == "Chie Sato"
    assert run.items.get(moved=True).label == "Bruno Graf"


def test_a_number_that_stays_keeps_to_whom_it_is_shown(importer: Importer, staff: Staff) -> None:
    staff()
    number = Number.objects.get(e164="+41446681800")
    Number.objects.filter(pk=number.pk).update(visibility="nobody")
    importer.do(STAFF.replace("044 668 18 00", "+41 44 668 18 00"))
    same = Number.objects.get(pk=number.pk)
    assert (same.written, same.visibility) == ("+41 44 668 18 00", "nobody")


def test_several_numbers_in_one_field_are_several_numbers(importer: Importer) -> None:
    text = sheet("E1,Ada,Frei,,,,,,,044 668 18 00 / 044 668 18 01,")
    importer.do(text)
    ada = Person.objects.get()
    assert {n.e164 for n in ada.numbers.all()} == {"+41446681800", "+41446681801"}
    assert not importer.plan(text).items.exists()


def test_columns_of_one_kind_are_put_together(importer: Importer) -> None:
    importer.do('id,name,phone,phone 2\nE1,"Frei, Ada",044 668 18 00,044 668 18 01\n')
    ada = Person.objects.get()
    assert (ada.given_name, ada.family_name, ada.numbers.count()) == ("Ada", "Frei", 2)


def test_numbers_of_kinds_the_file_does_not_have_are_left_alone(
    importer: Importer, staff: Staff
) -> None:
    staff()
    ada = Person.objects.get(external_id="E1")
    Number.objects.create(person=ada, kind="home", written="044 111 22 33")
    importer.do(STAFF.replace("044 668 18 00", "044 668 18 09"))
    assert ada.numbers.filter(kind="home").exists()
    assert ada.numbers.get(kind="work").e164 == "+41446681809"


def test_a_number_that_cannot_be_read_is_told_and_left_out(
    importer: Importer, staff: Staff
) -> None:
    staff()
    run = importer.do(STAFF.replace("044 668 18 00", "see intranet"))
    assert "see intranet" in only(run, "doubtful").reason
    assert Number.objects.filter(e164="+41446681800").exists()


def test_a_doubtful_number_is_told_and_taken(importer: Importer) -> None:
    run = importer.do(sheet("E1,Ada,Frei,,,,,,,0041 44 668,"))
    assert "0041 44 668" in only(run, "doubtful").reason
    assert Number.objects.count() == 1


def test_what_people_keep_themselves_is_kept(importer: Importer, staff: Staff) -> None:
    staff()
    ada = Person.objects.get(external_id="E1")
    owned.keep(ada, fields=["mobile"])
    run = importer.plan(STAFF.replace("079 123 45 67", "079 999 99 99"))
    assert not run.items.exists()


def test_a_row_without_id_or_name_is_refused_with_its_line(importer: Importer) -> None:
    run = importer.plan(sheet(",Ada,Frei,,,,,,,,", "E2,,,,,,,,,,", "E3,Chie,Ito,,,,,,,,"))
    refused = run.items.filter(kind="refused").order_by("line")
    assert list(refused.values_list("line", "reason")) == [
        (2, "The id is missing."), (3, "There is no name."),
    ]  # fmt: skip
    assert only(run, "new").label == "Chie Ito"


def test_a_refused_row_does_not_make_its_person_gone(importer: Importer, staff: Staff) -> None:
    staff()
    run = importer.plan(STAFF.replace("E3,Chie,Ito", f"E3,Chie,{'o' * 200}"))
    assert [item.kind for item in run.items.all()] == ["refused"]


def test_an_id_that_stands_twice_is_a_conflict(importer: Importer, staff: Staff) -> None:
    staff()
    twice = STAFF + "E1,Ada,Other,,,,,,,,\nE9,New,Person,,,,,,,,\nE9,New,Double,,,,,,,,\n"
    run = importer.do(twice.replace("Head", "Queen"))
    assert set(run.items.values_list("kind", flat=True)) == {"conflict"}
    assert Person.objects.get(external_id="E1").title == "Head"
    assert not Person.objects.filter(external_id="E9").exists()


def test_an_address_that_is_none_is_told_and_left_as_it_is(
    importer: Importer, staff: Staff
) -> None:
    staff()
    run = importer.do(STAFF.replace("ada@example.com", "n/a"))
    assert "n/a" in only(run, "doubtful").reason
    assert Person.objects.get(external_id="E1").email == "ada@example.com"


# --- Managers and departments ---------------------------------------------------------------------


def test_managers_are_found_in_any_order(importer: Importer) -> None:
    importer.do(sheet("E2,Bruno,Graf,,,,,,E1,,", "E1,Ada,Frei,,,,,,,,"))
    assert Person.objects.get(external_id="E2").manager.name == "Ada Frei"  # type: ignore[union-attr]


def test_managers_are_found_by_email(importer: Importer) -> None:
    importer.do("id,name,email,manager email\n1,A B,a@example.com,c@example.com\n"
                "2,C D,c@example.com,\n")  # fmt: skip
    assert Person.objects.get(external_id="1").manager == Person.objects.get(external_id="2")


def test_a_manager_nobody_knows_is_told(importer: Importer) -> None:
    run = importer.do(sheet("E2,Bruno,Graf,,,,,,E77,,"))
    assert "E77" in only(run, "doubtful").reason
    assert Person.objects.get().manager is None


def test_people_who_would_report_to_each_other_are_told_and_nobody_hangs(
    importer: Importer, staff: Staff
) -> None:
    staff()
    circle = (
        STAFF.replace("Zürich HQ,,044", "Zürich HQ,E2,044") + "E8,X,Y,,,,,,E9,,\nE9,Z,Y,,,,,,E8,,\n"
    )
    run = importer.do(circle)
    conflicts = run.items.filter(kind="conflict").values_list("label", flat=True)
    assert set(conflicts) == {"Ada Frei", "X Y", "Z Y"}
    assert Person.objects.get(external_id="E1").manager is None
    assert Person.objects.get(external_id="E8").manager is None


def test_a_swap_of_managers_is_no_circle(importer: Importer) -> None:
    importer.do(sheet("E1,A,A,,,,,,,,", "E2,B,B,,,,,,E1,,"))
    run = importer.do(sheet("E1,A,A,,,,,,E2,,", "E2,B,B,,,,,,,,"))
    assert set(run.items.values_list("kind", flat=True)) == {"changed"}
    assert Person.objects.get(external_id="E1").manager == Person.objects.get(external_id="E2")


def test_departments_are_matched_by_path_and_made_once(importer: Importer) -> None:
    finance = Department.objects.create(name="Finance")
    importer.do(STAFF)
    treasury = Department.objects.get(name="Treasury")
    assert treasury.parent == finance
    assert Department.objects.count() == 2


def test_departments_are_matched_by_code_first(importer: Importer) -> None:
    it = Department.objects.create(name="Information Technology", code="IT1")
    importer.do("id,name,department,department code\n1,A B,IT,IT1\n2,C D,Sales,S1\n")
    assert Person.objects.get(external_id="1").department == it
    assert Person.objects.get(external_id="2").department == Department.objects.get(code="S1")


def test_a_department_that_several_are_called_is_told(importer: Importer) -> None:
    for name in ("North", "South"):
        above = Department.objects.create(name=name)
        Department.objects.create(name="Sales", parent=above)
    run = importer.do("id,name,department\n1,A B,Sales\n2,C D,North / Sales\n")
    assert "Sales" in only(run, "doubtful").reason
    assert Person.objects.get(external_id="2").department.parent.name == "North"  # type: ignore[union-attr]


# --- Gone and back --------------------------------------------------------------------------------


def test_who_is_gone_is_no_longer_shown_and_not_deleted(importer: Importer, staff: Staff) -> None:
    staff()
    run = importer.do(STAFF.rsplit("E3", 1)[0])
    assert only(run, "gone").label == "Chie Ito"
    chie = Person.objects.get(external_id="E3")
    assert not chie.is_active


def test_with_days_of_grace_who_is_gone_is_still_shown(importer: Importer, staff: Staff) -> None:
    staff()
    importer.source.grace_days = 7
    importer.source.save()
    without = STAFF.rsplit("E3", 1)[0]
    assert only(importer.do(without), "missing").label == "Chie Ito"
    chie = Person.objects.get(external_id="E3")
    assert chie.is_active
    assert chie.missing_since == timezone.localdate()
    assert not importer.plan(without).items.exists()
    Person.objects.filter(pk=chie.pk).update(missing_since="2020-01-01")
    assert only(importer.do(without), "gone").label == "Chie Ito"
    assert not Person.objects.get(pk=chie.pk).is_active


def test_who_comes_back_is_shown_again(importer: Importer, staff: Staff) -> None:
    staff()
    importer.do(STAFF.rsplit("E3", 1)[0])
    run = importer.do(STAFF)
    assert only(run, "back").label == "Chie Ito"
    chie = Person.objects.get(external_id="E3")
    assert chie.is_active
    assert chie.missing_since is None


def test_people_of_other_sources_are_never_gone(importer: Importer, staff: Staff) -> None:
    staff()
    by_hand = Person.objects.create(given_name="By", family_name="Hand")
    other = Person.objects.create(family_name="Other", source="Branch", external_id="E1")
    importer.do(STAFF)
    assert {by_hand.pk, other.pk} <= set(
        Person.objects.filter(is_active=True).values_list("pk", flat=True)
    )


def test_too_many_gone_stop_an_import_until_somebody_says_it_is_right(
    importer: Importer, staff: Staff
) -> None:
    staff()
    importer.source.most_gone = 10
    importer.source.save()
    run = importer.plan(STAFF.rsplit("E3", 1)[0])
    assert run.shrinks
    with pytest.raises(Failed, match="More people"):
        importer.confirm(run)
    assert Person.objects.filter(is_active=True).count() == 3
    importer.do(STAFF.rsplit("E3", 1)[0], shrink=True)
    assert Person.objects.filter(is_active=True).count() == 2


def test_people_who_are_here_are_tied_by_what_the_source_says(importer: Importer) -> None:
    ada = Person.objects.create(given_name="Ada", family_name="Frei", email="Ada@Example.com")
    importer.source.match_by = "email"
    importer.source.save()
    run = importer.do(STAFF)
    assert only(run, "tied").label == "Ada Frei"
    ada.refresh_from_db()
    assert (ada.external_id, ada.source, ada.title) == ("E1", "Personnel", "Head")
    assert Person.objects.count() == 3


def test_a_heading_for_two_things_is_refused(importer: Importer) -> None:
    with pytest.raises(Failed, match="which column holds the id"):
        importer.plan("first name,last name\nAda,Frei\n")


def test_what_was_kept_from_being_a_formula_comes_back_as_it_was(importer: Importer) -> None:
    text = sheet("E1,Ada,Frei,'=Head,,,,,,'+41 44 668 18 00,", "E2,Tim,'t Hooft,,,,,,,,")
    importer.do(text)
    ada = Person.objects.get(external_id="E1")
    assert (ada.title, ada.numbers.get().written) == ("=Head", "+41 44 668 18 00")
    assert Person.objects.get(external_id="E2").family_name == "'t Hooft"
    assert not importer.plan(text).items.exists()

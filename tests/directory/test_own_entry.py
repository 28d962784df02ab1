"""People change what administrators let them change, and everybody concerned sees what changed."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from clicktodial.audit.models import Entry
from directory import owned
from directory.models import Change, Number, Person, SelfService
from tests.directory.conftest import Company
from tests.directory.test_photos import picture


@pytest.fixture
def eva(company: Company, user: Any, settings: Any, tmp_path: Path) -> Person:
    settings.MEDIA_ROOT = tmp_path
    return company.add(
        "Eva", "Own", ("work", "+41 44 668 18 00"), ("mobile", "+41 79 123 45 67"), account=user,
        department=company.it, location=company.zurich, title="Engineer", source="hr",
    )  # fmt: skip


def fields(page: Client, **changed: Any) -> dict[str, Any]:
    """What a browser sends when only these fields are changed."""
    form = page.get("/me/").context["form"]
    sent = {}
    for each in form:
        value = each.value()
        if value not in (None, False):
            sent[each.html_name] = "on" if value is True else value
    return {name: value for name, value in (sent | changed).items() if value is not None}


def test_what_is_allowed_is_saved_shown_and_kept_from_imports(page: Client, eva: Person) -> None:
    answer = page.post(
        "/me/",
        fields(
            page, preferred_name="Evi", pronunciation="EH-vee", languages="German", about="Hi.",
            working_hours="mon-wed 8-12", upload=picture(300, 300), title="Chief",
        ),
        follow=True,
    )  # fmt: skip
    eva.refresh_from_db()
    assert (eva.preferred_name, eva.working_hours) == ("Evi", "Mon-Wed 08:00-12:00")
    assert (eva.title, bool(eva.photo)) == ("Engineer", True)
    text = answer.content.decode()
    assert "Saved." in text
    assert "Mon–Wed 08:00–12:00" in text
    assert owned.fields_of(eva) == {
        "preferred_name", "pronunciation", "languages", "about", "working_hours", "photo",
    }  # fmt: skip
    assert "Evi Own" in page.get("/?q=evi").content.decode()


def test_nothing_changed_is_nothing_kept(page: Client, eva: Person) -> None:
    assert "Nothing was changed." in page.post("/me/", fields(page), follow=True).content.decode()
    assert not Change.objects.exists()
    assert owned.fields_of(eva) == frozenset()


@pytest.mark.parametrize(
    ("written", "stands"),
    [("079 999 88 77", "+41 79 999 88 77"), ("", None), ("+41 79 123 45 67", "+41 79 123 45 67")],
)
def test_a_mobile_number_is_read_by_the_dial_plan(
    page: Client, eva: Person, written: str, stands: str | None
) -> None:
    page.post("/me/", fields(page, mobile=written))
    assert [str(row) for row in eva.numbers.filter(kind="mobile")] == [stands] * bool(stands)
    assert ("mobile" in owned.fields_of(eva)) == (stands != "+41 79 123 45 67")
    assert eva.numbers.filter(kind="work").exists()


@pytest.mark.parametrize(
    ("field", "written", "why"),
    [
        ("mobile", "call me", "digits"),
        ("mobile", "737 5", "whole number"),
        ("working_hours", "Moonday", "not a day"),
        ("working_hours", "Mon 17-8", "ends before"),
        ("visibility-{mobile}", "group", "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_saved(
    page: Client, eva: Person, field: str, written: str, why: str
) -> None:
    field = field.format(mobile=eva.numbers.get(kind="mobile").pk)
    answer = page.post("/me/", fields(page, about="Kept?", **{field: written}))
    assert answer.status_code == 422
    assert why in answer.content.decode()
    eva.refresh_from_db()
    assert (eva.about, eva.working_hours) == ("", "")


def test_a_second_mobile_number_like_the_first_is_refused(page: Client, eva: Person) -> None:
    Number.objects.create(person=eva, kind="mobile", written="+41 79 999 88 77", order=9)
    answer = page.post("/me/", fields(page, mobile="079 999 88 77"))
    assert answer.status_code == 422
    assert "listed twice" in answer.content.decode()


def test_people_say_who_sees_their_numbers(
    page: Client, eva: Person, boss: Any, client: Client
) -> None:
    mobile = eva.numbers.get(kind="mobile")
    said = {f"visibility-{mobile.pk}": "nobody", f"dialled-{mobile.pk}": "on"}
    page.post("/me/", fields(page, **said))
    mobile.refresh_from_db()
    assert (mobile.visibility, mobile.may_be_dialled) == ("nobody", True)
    history = page.get("/me/history/").content.decode()
    assert "Mobile: Nobody else, may be dialled without being shown" in history


def test_a_group_that_an_administrator_chose_may_stay_or_go(page: Client, eva: Person) -> None:
    group = Group.objects.create(name="Reception")
    mobile = eva.numbers.get(kind="mobile")
    eva.numbers.filter(pk=mobile.pk).update(visibility="group", group=group)
    page.post("/me/", fields(page, about="Hi."))
    mobile.refresh_from_db()
    assert (mobile.visibility, mobile.group) == ("group", group)
    page.post("/me/", fields(page, **{f"visibility-{mobile.pk}": "everyone"}))
    mobile.refresh_from_db()
    assert (mobile.visibility, mobile.group) == ("everyone", None)


def test_what_administrators_do_not_allow_is_neither_offered_nor_taken(
    page: Client, eva: Person
) -> None:
    names = [field.name for field in SelfService._meta.fields if field.name != "id"]
    SelfService.objects.create(pk=1, **dict.fromkeys(names, False))
    answer = page.get("/me/")
    assert "keep every part of your entry" in answer.content.decode()
    mobile = eva.numbers.get(kind="mobile")
    sent = dict.fromkeys([*names, f"visibility-{mobile.pk}"], "nobody")
    page.post("/me/", sent | {"upload": picture(300, 300), "remove_photo": "on"})
    eva.refresh_from_db()
    assert (eva.about, eva.preferred_name, bool(eva.photo)) == ("", "", False)
    assert eva.numbers.get(kind="mobile").visibility == ""


def test_an_administrator_finds_the_one_form_in_place_of_a_list(boss: Any, client: Client) -> None:
    client.force_login(boss)
    for stands in (True, False):
        form = client.get("/admin/directory/selfservice/", follow=True)
        assert form.context["adminform"].form["photo"].value() is stands
        sent = {"pronunciation": "on"}
        answer = client.post(form.request["PATH_INFO"], sent, follow=True)
        assert "adminform" in answer.context
        assert "successfully" in answer.content.decode()
        assert not SelfService.current().photo


def test_the_history_tells_before_after_and_who(
    page: Client, eva: Person, user: Any, boss: Any, client: Client
) -> None:
    page.post("/me/", fields(page, about="First."))
    page.post("/me/", fields(page, about="Second.", mobile=""))
    newest = Change.objects.filter(field="about").first()
    assert newest is not None
    assert (newest.old, newest.new, newest.by) == ("First.", "Second.", user)
    gone = Change.objects.get(field="number")
    assert (gone.old, gone.new) == ("Mobile: +41 79 123 45 67", "")
    history = page.get("/me/history/").content.decode()
    for text in ("First.", "Second.", "+41 79 123 45 67", "you"):
        assert text in history
    noted = Entry.objects.filter(action="changed").first()
    assert noted is not None
    assert "about, number" in str(noted.facts)
    assert "123 45 67" not in str(noted.facts)
    client.force_login(boss)
    assert "Second." in client.get("/admin/directory/change/").content.decode()


def test_a_photo_can_be_taken_off_again(page: Client, eva: Person) -> None:
    page.post("/me/", fields(page, upload=picture(300, 300)))
    page.post("/me/", fields(page, remove_photo="on"))
    eva.refresh_from_db()
    assert not eva.photo
    assert Change.objects.filter(field="photo").count() == 2
    assert ".webp" not in page.get("/me/history/").content.decode()


def test_who_has_no_entry_is_told_whom_to_ask(page: Client) -> None:
    for path in ("/me/", "/me/history/"):
        answer = page.get(path)
        assert answer.status_code == 404
        assert "tied to your account" in answer.content.decode()


def test_somebody_elses_history_is_not_to_be_had(
    page: Client, eva: Person, company: Company
) -> None:
    bo = company.add("Bo", "Li")
    Change.objects.create(person=bo, field="about", old="", new="Canary")
    assert "Canary" not in page.get("/me/history/").content.decode()


def test_what_administrators_change_stands_in_the_history(
    client: Client, eva: Person, boss: Any
) -> None:
    client.force_login(boss)
    path = f"/admin/directory/person/{eva.pk}/change/"
    form = client.get(path).context["adminform"].form
    sent = {name: form[name].value() or "" for name in form.fields if name != "upload"}
    for inline, rows in (("numbers", 2), ("own_fields", 0)):
        sent |= {f"{inline}-TOTAL_FORMS": rows, f"{inline}-INITIAL_FORMS": rows}
    for place, row in enumerate(eva.numbers.all()):
        sent |= {
            f"numbers-{place}-{name}": value for name, value in (
                ("id", row.pk), ("person", eva.pk), ("kind", row.kind), ("written", row.written),
                ("visibility", "department"), ("order", row.order),
            )
        }  # fmt: skip
    sent["remove_photo"] = ""
    answer = client.post(path, sent | {"title": "Chief", "assistants": []})
    assert answer.status_code == 302, answer.context["errors"]
    told = {change.field: change.new for change in Change.objects.all()}
    assert told["title"] == "Chief"
    assert "Own department" in told["shown"]


def test_old_history_is_forgotten(eva: Person, settings: Any) -> None:
    from datetime import timedelta

    from django.core.management import call_command
    from django.utils import timezone

    old = Change.objects.create(person=eva, field="about", new="Old")
    Change.objects.create(person=eva, field="about", new="New")
    Change.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=400))
    call_command("prune_history")
    assert [change.new for change in Change.objects.all()] == ["New"]

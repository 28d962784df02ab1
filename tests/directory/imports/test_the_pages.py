"""The administration's import pages, without a script; the work itself is run by the test."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from clicktodial.jobs import runs
from clicktodial.jobs.models import Job
from directory.imports import works
from directory.models import ImportRun, ImportSource, Person
from tests.directory.imports.conftest import STAFF, Importer

LIST = "/admin/directory/importrun/"


@pytest.fixture
def admin(client: Client, db: None) -> Client:
    client.force_login(get_user_model().objects.create_superuser("boss", password="x"))
    return client


def upload(client: Client, text: str = STAFF, **given: Any) -> Any:
    file = SimpleUploadedFile("people.csv", text.encode())
    return client.post(f"{LIST}add/", {"name": "Personnel", "file": file, **given})


def work() -> Job:
    """Does what a page has begun; its process would start once the request is committed."""
    return runs.run(Job.objects.filter(state="waiting").latest("pk"))


def columns(client: Client, run: ImportRun) -> dict[str, Any]:
    form = client.get(f"{LIST}{run.pk}/columns/").context["form"]
    return {"match_by": "", **{name: form.initial.get(name, "") for name in form.fields}}


def test_a_file_becomes_a_plan_and_is_done_and_undone(admin: Client) -> None:
    assert upload(admin).status_code == 302
    run = ImportRun.objects.get()
    page = f"{LIST}{run.pk}/change/"
    assertContains(admin.get(f"{LIST}{run.pk}/columns/"), "Ada · Bruno · Chie")
    assert admin.post(f"{LIST}{run.pk}/columns/", columns(admin, run)).headers["Location"] == page
    assertContains(admin.get(page), "You can leave this page and come back to it")
    work()
    planned = admin.get(page)
    assertContains(planned, "Nothing is changed yet")
    assertContains(planned, "Bruno Graf")
    assert not Person.objects.exists()
    admin.post(f"{LIST}{run.pk}/apply/")
    work()
    done = admin.get(page)
    assertContains(done, "Undo the whole import")
    assertContains(done, "boss")
    assert Person.objects.count() == 3
    run.refresh_from_db()
    assert (run.applied_by.username, bool(run.upload)) == ("boss", False)  # type: ignore[union-attr]
    admin.post(f"{LIST}{run.pk}/undo/")
    work()
    assertContains(admin.get(page), "The import was undone.")
    assert not Person.objects.exists()
    assertContains(admin.get(LIST), "people.csv")


def test_a_change_is_shown_from_what_to_what(admin: Client) -> None:
    importer = Importer()
    importer.do(STAFF)
    run = importer.plan(
        STAFF.replace("Buyer", "Senior <b>buyer</b>").replace("668 18 00", "668 18 09")
    )
    page = admin.get(f"{LIST}{run.pk}/change/?kind=changed")
    assertContains(page, "<del><bdi>Buyer</bdi></del> → ", html=False)
    assertContains(page, "Senior &lt;b&gt;buyer")
    assertContains(page, "<ins><bdi>044 668 18 09</bdi></ins>", html=False)


def test_what_cannot_be_read_is_told_beside_the_file(admin: Client) -> None:
    answer = upload(admin, "id,name\n1,A\0da\n")
    assertContains(answer, "The file is no text", status_code=422)
    assert not ImportRun.objects.exists()
    assertContains(upload(admin, name=""), "Choose a source, or name a new one", status_code=422)


def test_columns_that_cannot_be_used_are_told(admin: Client) -> None:
    upload(admin)
    run = ImportRun.objects.get()
    given = columns(admin, run) | {"column_0": ""}
    answer = admin.post(f"{LIST}{run.pk}/columns/", given)
    assertContains(answer, "Say which column holds the id", status_code=422)


def test_too_many_gone_take_a_tick(admin: Client) -> None:
    importer = Importer()
    importer.do(STAFF)
    ImportSource.objects.update(most_gone=10)
    importer.source.refresh_from_db()
    run = importer.plan(STAFF.rsplit("E3", 1)[0])
    page = f"{LIST}{run.pk}/"
    assertContains(admin.get(f"{page}change/"), "1 of 3 people (33 %) would be gone")
    assertContains(admin.post(f"{page}apply/", follow=True), "Say that it is right")
    assert not Job.objects.exists()
    admin.post(f"{page}apply/", {"shrink": "on"})
    assert work().state == "done"
    assert Person.objects.filter(is_active=True).count() == 2


def test_a_second_import_has_to_wait(admin: Client) -> None:
    runs.begin(works.PLAN, alone=works.ALONE, about="another")
    run = Importer().plan(STAFF)
    answer = admin.post(f"{LIST}{run.pk}/apply/", follow=True)
    assertContains(answer, "goes on already")
    assert not Person.objects.exists()


def test_a_plan_is_discarded(admin: Client) -> None:
    run = Importer().plan(STAFF)
    admin.post(f"{LIST}{run.pk}/discard/")
    run.refresh_from_db()
    assert run.state == "discarded"
    assertNotContains(admin.get(f"{LIST}{run.pk}/change/"), "Do it")


def test_only_who_may_import_imports(client: Client, db: None) -> None:
    user = get_user_model().objects.create_user("looker", password="x", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_importrun"))
    client.force_login(user)
    run = Importer().plan(STAFF)
    page = client.get(f"{LIST}{run.pk}/change/")
    assertContains(page, "Ada Frei")
    assertNotContains(page, "Do it")
    assert upload(client).status_code == 403
    for verb in ("apply", "undo", "discard"):
        assert client.post(f"{LIST}{run.pk}/{verb}/").status_code == 403
    assert client.get(f"{LIST}{run.pk}/columns/").status_code == 403


def test_looking_changes_nothing(admin: Client) -> None:
    run = Importer().plan(STAFF)
    for verb in ("apply", "undo", "discard"):
        assert admin.get(f"{LIST}{run.pk}/{verb}/").status_code == 405


def test_lines_stand_as_in_the_file_and_columns_are_told_in_words(
    admin: Client, importer: Importer
) -> None:
    run = importer.plan(STAFF + ",No,Id,,,,,,,,\nE9,Eve,Last,,,,,,,see intranet,\n")
    answer = admin.get(f"{LIST}{run.pk}/change/")
    assert [line.item.line for line in answer.context["lines"]] == [2, 3, 4, 5, 6, 6]
    assertContains(answer, "given name → given name")
    assertNotContains(answer, "given_name")


def test_a_long_writing_on_sqlite_is_told_before_it_is_begun(
    admin: Client, importer: Importer
) -> None:
    run = importer.plan(STAFF)
    told = "nobody can dial from the site"
    page = f"{LIST}{run.pk}/change/"
    assertNotContains(admin.get(page), told)
    run.counts |= {"new": 5000}
    run.save()
    if connection.vendor == "sqlite":
        assertContains(admin.get(page), told)
    else:
        assertNotContains(admin.get(page), told)

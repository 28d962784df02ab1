"""“This number is wrong” reaches administrators once, and their answer everybody who said so."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from directory import unlisted
from directory.models import Person, Report, WrongNumber
from directory.visibility import viewer_of
from tests.directory.conftest import Company

NUMBER = "+41 44 668 18 00"


@pytest.fixture(autouse=True)
def nobody_has_reported() -> None:
    cache.clear()


@pytest.fixture
def anna(company: Company) -> Person:
    return company.add("Anna", "Frei", ("work", NUMBER), ("home", "+41 44 333 33 33", "nobody"),
                       source="hr")  # fmt: skip


def report(page: Client, anna: Person, note: str = "Somebody else answers") -> Any:
    number = anna.numbers.get(kind="work")
    return page.post("/wrong/", {"number": NUMBER, "entry": number.pk, "note": note}, follow=True)


def answer(client: Client, boss: Any, **said: str) -> None:
    client.force_login(boss)
    doubt = WrongNumber.objects.get()
    path = f"/admin/directory/wrongnumber/{doubt.pk}/change/"
    forms = {"reports-TOTAL_FORMS": 0, "reports-INITIAL_FORMS": 0}
    assert client.post(path, said | forms).status_code == 302


def test_the_page_leads_there_and_a_report_stands_in_the_queue(
    page: Client, anna: Person, user: Any
) -> None:
    link = page.get(f"/people/{anna.pk}/").content.decode()
    assert f"/wrong/?person={anna.pk}&amp;number=%2B41446681800" in link
    asked = page.get(f"/wrong/?person={anna.pk}&number=%2B41446681800").content.decode()
    assert "Anna Frei" in asked
    assert "Thank you." in report(page, anna).content.decode()
    doubt = WrongNumber.objects.get()
    assert (doubt.written, doubt.kind, doubt.source, doubt.state) == (NUMBER, "work", "hr", "open")
    assert [(each.reporter, each.note) for each in doubt.reports.all()] == [
        (user, "Somebody else answers")
    ]


def test_the_same_number_is_in_the_queue_once(page: Client, anna: Person, user: Any) -> None:
    report(page, anna)
    report(page, anna, "Still")
    page.force_login(get_user_model().objects.create_user("bo"))
    report(page, anna)
    assert WrongNumber.objects.count() == 1
    assert sorted(each.note for each in Report.objects.all()) == ["Somebody else answers", "Still"]


def test_everybody_who_said_so_is_told_the_answer_until_they_have_read_it(
    page: Client, anna: Person, user: Any, boss: Any
) -> None:
    report(page, anna)
    assert "you reported" not in page.get("/").content.decode()
    answer(Client(), boss, state="corrected", answer="The new one is 18 01.")
    text = page.get("/").content.decode()
    assert "is corrected" in text
    assert "The new one is 18 01." in text
    told = Report.objects.get()
    page.post(f"/wrong/{told.pk}/told/")
    assert "you reported" not in page.get("/").content.decode()
    doubt = WrongNumber.objects.get()
    assert (doubt.answered_by, doubt.answered_at is not None) == (boss, True)


def test_an_answered_number_can_be_reported_again(page: Client, anna: Person, boss: Any) -> None:
    report(page, anna)
    answer(Client(), boss, state="not_wrong", answer="")
    assert "is not wrong" in page.get("/").content.decode()
    report(page, anna)
    assert sorted(each.state for each in WrongNumber.objects.all()) == ["not_wrong", "open"]


def test_nobody_takes_the_answer_of_another(page: Client, anna: Person, boss: Any) -> None:
    report(page, anna)
    answer(Client(), boss, state="not_wrong")
    page.force_login(get_user_model().objects.create_user("bo"))
    page.post(f"/wrong/{Report.objects.get().pk}/told/")
    assert Report.objects.get().told_at is None


def test_a_number_that_is_not_shown_cannot_be_asked_about(page: Client, anna: Person) -> None:
    hidden = anna.numbers.get(kind="home")
    assert page.get("/wrong/?number=044+333+33+33").status_code == 404
    answer = page.post("/wrong/", {"number": "044 333 33 33", "entry": hidden.pk})
    assert answer.status_code == 422
    both = page.post("/wrong/", {"number": NUMBER, "entry": hidden.pk})
    assert both.status_code == 422
    assert not WrongNumber.objects.exists()


def test_one_that_may_be_dialled_can_without_being_shown(
    page: Client, anna: Person, user: Any
) -> None:
    anna.numbers.filter(kind="home").update(may_be_dialled=True)
    [row] = unlisted.of([anna.pk], viewer=viewer_of(user))[anna.pk]
    asked = page.get("/wrong/", {"number": row.text})
    assert "Home" in asked.content.decode()
    assert "333 33 33" not in asked.content.decode()
    number = anna.numbers.get(kind="home")
    page.post("/wrong/", {"number": row.text, "entry": number.pk})
    assert WrongNumber.objects.get().number == number


def test_where_several_have_it_one_says_whose_is_wrong(
    page: Client, anna: Person, company: Company
) -> None:
    bo = company.add("Bo", "Li", ("main", NUMBER))
    text = page.get("/wrong/", {"number": NUMBER}).content.decode()
    assert "Anna Frei" in text
    assert "Bo Li" in text
    assert page.post("/wrong/", {"number": NUMBER}).status_code == 422
    page.post("/wrong/", {"number": NUMBER, "entry": bo.numbers.get().pk})
    assert WrongNumber.objects.get().person == bo


@pytest.mark.usefixtures("standing_clock")
def test_reports_are_few_a_minute(page: Client, anna: Person, settings: Any) -> None:
    settings.REPORTS_A_MINUTE = 2
    assert [report(page, anna).status_code for _ in range(3)] == [200, 200, 429]


def test_a_number_that_is_gone_leaves_its_report(page: Client, anna: Person, boss: Any) -> None:
    report(page, anna)
    anna.numbers.get(kind="work").delete()
    page.force_login(boss)
    row = WrongNumber.objects.get()
    text = page.get(f"/admin/directory/wrongnumber/{row.pk}/change/").content.decode()
    assert NUMBER in text
    assert "No number stands there any more." in text


def test_answers_of_long_ago_are_forgotten(page: Client, anna: Person, boss: Any) -> None:
    report(page, anna)
    answer(Client(), boss, state="not_wrong")
    WrongNumber.objects.update(answered_at=timezone.now() - timedelta(days=400))
    call_command("prune_history")
    assert not WrongNumber.objects.exists()

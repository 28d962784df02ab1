"""My calls: one's own, a page at a time, with a note, to be called again or erased."""

from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from clicktodial.dialing import calls
from clicktodial.dialing.models import Call, ClientMatter, MatterUse, Outcome
from clicktodial.dialing.models.claims import ERASED
from clicktodial.dialplan.number import read
from clicktodial.simulator import Simulator

MINE = "/dial/calls/"


def _kept(user: Any, *, count: int = 1, **facts: Any) -> list[Call]:
    now = timezone.now()
    standard: dict[str, Any] = {
        "mode": "desk",
        "name": "Nora Keller",
        "number": "+41 44 668 18 00",
        "digits": "00041446681800",
        "dialled_as": "0 0041 44 668 18 00",
        "outcome": Outcome.ACCEPTED,
        "settled_at": now,
        "settle_by": now,
    }
    facts = standard | facts
    return [Call.objects.create(user=user, click=uuid4(), **facts) for _ in range(count)]


def test_a_call_is_listed_with_name_outcome_and_a_link_that_dials_again(
    ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    browser = browser_of(ada)
    browser.post("/dial/", {"number": "4567", "click": uuid4()})
    shown = browser.get(MINE).content.decode()
    assert 'data-number="ext. 4567"' in shown
    assert "Taken by the phone system" in shown


def test_nobody_sees_notes_or_erases_another_persons_calls(
    ada: Any, bruno: Any, browser_of: Any
) -> None:
    [call] = _kept(ada)
    browser = browser_of(bruno)
    assert "Nora Keller" not in browser.get(MINE).content.decode()
    for address in ("note", "erase"):
        answer = browser.post(f"{MINE}{call.click}/{address}/", {"note": "mine"})
        assert answer.status_code == 404
    browser.post(f"{MINE}erase/")
    call.refresh_from_db()
    assert (call.name, call.note, call.erased_at) == ("Nora Keller", "", None)


def test_older_calls_are_reached_by_a_cursor_and_none_is_shown_twice(
    ada: Any, browser_of: Any
) -> None:
    kept = _kept(ada, count=60)
    browser, seen, before = browser_of(ada), [], ""
    for _ in range(4):
        page = browser.get(MINE, {"before": before}).context["page"]
        seen += [recent.call.pk for recent in page.recents]
        before = page.before
        if not before:
            break
    assert seen == sorted((call.pk for call in kept), reverse=True)


@pytest.mark.parametrize("cursor", ["x", "-1", "9" * 30, "²", "\x00", "1;drop"])
def test_a_cursor_that_is_none_shows_the_latest(cursor: str, ada: Any, browser_of: Any) -> None:
    _kept(ada)
    page = browser_of(ada).get(MINE, {"before": cursor})
    assert page.status_code == 200
    assert "Nora Keller" in page.content.decode()


def test_a_note_is_kept_and_shown(ada: Any, browser_of: Any) -> None:
    [call] = _kept(ada)
    browser = browser_of(ada)
    browser.post(f"{MINE}{call.click}/note/", {"note": "<b>back</b> on Monday"})
    shown = browser.get(MINE).content.decode()
    assert "&lt;b&gt;back&lt;/b&gt; on Monday" in shown


def test_a_note_that_is_too_long_is_told(ada: Any, browser_of: Any) -> None:
    [call] = _kept(ada)
    answer = browser_of(ada).post(f"{MINE}{call.click}/note/", {"note": "x" * 501}, follow=True)
    assert "at most 500 characters" in answer.content.decode()
    call.refresh_from_db()
    assert call.note == ""


def test_opening_the_page_that_erases_erases_nothing(ada: Any, browser_of: Any) -> None:
    [call] = _kept(ada)
    browser = browser_of(ada)
    assert "Erase this call?" in browser.get(f"{MINE}{call.click}/erase/").content.decode()
    assert "1 call is in your list" in browser.get(f"{MINE}erase/").content.decode()
    assert Call.objects.recents_of(ada).count() == 1


def test_an_erased_call_tells_nobody_whom_it_went_to(ada: Any, browser_of: Any) -> None:
    first, second = _kept(ada, count=2, note="secret love")
    browser = browser_of(ada)
    browser.post(f"{MINE}{first.click}/erase/")
    first.refresh_from_db()
    assert {getattr(first, field) for field in ERASED} == {""}
    assert [recent.call for recent in browser.get(MINE).context["page"].recents] == [second]
    browser.post(f"{MINE}erase/")
    assert not Call.objects.recents_of(ada).exists()


def test_erasing_all_forgets_which_client_matter_was_used_for_whom(
    ada: Any, bruno: Any, browser_of: Any
) -> None:
    matter = ClientMatter.objects.create(code="2718", name="Harbour light")
    for person in (ada, bruno):
        matter.use(person, "41446681800")
    _kept(ada)
    browser_of(ada).post(f"{MINE}erase/")
    assert list(MatterUse.objects.values_list("user", flat=True)) == [bruno.pk]


def test_the_click_of_an_erased_call_places_no_second_one(
    ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    browser, form = browser_of(ada), {"number": "4567", "click": uuid4()}
    browser.post("/dial/", form)
    browser.post(f"{MINE}{form['click']}/erase/")
    answer = browser.post("/dial/", form, follow=True)
    assert "Nothing was dialled again" in answer.content.decode()
    assert len(simulator.calls) == 1


def test_a_call_that_is_being_placed_stays(ada: Any, browser_of: Any) -> None:
    later = timezone.now() + timedelta(minutes=1)
    [call] = _kept(ada, outcome=Outcome.PLACING, settled_at=None, settle_by=later)
    answer = browser_of(ada).post(f"{MINE}{call.click}/erase/", follow=True)
    assert "still being placed" in answer.content.decode()
    browser_of(ada).post(f"{MINE}erase/")
    call.refresh_from_db()
    assert call.number


def test_an_erased_call_is_in_no_call_bar(ada: Any, browser_of: Any) -> None:
    call = calls.place(user=ada, click=uuid4(), number=read("4567"))
    browser = browser_of(ada)
    assert 'aria-label="Call"' in browser.get(MINE).content.decode()
    browser.post(f"{MINE}{call.click}/erase/")
    assert 'data-state="accepted"' not in browser.get(MINE).content.decode()


def test_prune_calls_forgets_what_is_older_than_the_setting(ada: Any, settings: Any) -> None:
    old, young, ancient = _kept(ada, count=3)
    settings.CALL_DAYS = 30
    now = timezone.now()
    Call.objects.filter(pk=old.pk).update(placed_at=now - timedelta(days=31))
    Call.objects.filter(pk=young.pk).update(placed_at=now - timedelta(days=29))
    Call.objects.filter(pk=ancient.pk).update(placed_at=now - timedelta(days=400))
    said = StringIO()
    call_command("prune_calls", stdout=said)
    assert said.getvalue().strip() == "2 calls erased."
    assert list(Call.objects.recents_of(ada)) == [young]
    assert set(Call.objects.values_list("pk", flat=True)) == {old.pk, young.pk}


def test_the_database_refuses_an_erased_call_that_tells(ada: Any) -> None:
    [call] = _kept(ada)
    with pytest.raises(IntegrityError, match="tells_nobody_whom"), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(erased_at=timezone.now())


@pytest.mark.parametrize("own", [0, 1])
def test_who_has_called_from_other_phones_alone_is_offered_no_erasing_of_all(
    own: int, ada: Any, bruno: Any, browser_of: Any
) -> None:
    _kept(ada, count=own)
    _kept(ada, count=30, owner=bruno)
    browser = browser_of(ada)
    assert (f'href="{MINE}erase/"' in browser.get(MINE).content.decode()) is bool(own)
    page = browser.get(f"{MINE}erase/").content.decode()
    assert "they are for its owner to erase" in page
    assert ("No call in your list is yours to erase." in page) is (not own)
    assert ('<button class="button danger"' in page) is bool(own)


def test_who_has_called_from_other_phones_alone_may_forget_their_client_matters(
    ada: Any, bruno: Any, browser_of: Any
) -> None:
    ClientMatter.objects.create(code="2718", name="Harbour light").use(ada, "41446681800")
    _kept(ada, owner=bruno)
    browser = browser_of(ada)
    assert f'href="{MINE}erase/"' in browser.get(MINE).content.decode()
    assert '<button class="button danger"' in browser.get(f"{MINE}erase/").content.decode()
    told = browser.post(f"{MINE}erase/", follow=True).content.decode()
    assert "Which client matters you used is forgotten." in told
    assert not MatterUse.objects.exists()
    assert Call.objects.recents_of(ada).count() == 1

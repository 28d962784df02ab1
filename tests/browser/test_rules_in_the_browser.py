"""Codes picked, digits shown, plans tried, as employees and administrators do it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from clicktodial.dialing.models import ClientMatter, Cluster, ProtectedNumber
from clicktodial.simulator import Simulator
from directory.models import Person
from tests.browser.test_accessibility import _check as check_accessibility
from tests.dialing import planning
from tests.dialing.scene import ADA_DESK, CMC, FAC, PROTECTED

LINK = re.compile(r"^Call Nora Keller.* 5 5 5 5\b")
TOOK = "The phone system took the call."


@pytest.fixture
def codes(clusters: dict[str, Cluster], nora: Person) -> None:
    """Nora's test line asks for both codes; there are many client matters."""
    ProtectedNumber.objects.create(
        cluster=clusters["west"], begins_with=PROTECTED, asks_fac=True, asks_cmc=True
    )
    nora.numbers.create(kind="other", written=PROTECTED, order=9)
    matters = [ClientMatter(code=f"{7000 + n}", name=f"Bridge {n}") for n in range(300)]
    ClientMatter.objects.bulk_create([*matters, ClientMatter(code=CMC, name="Harbour light")])


@pytest.fixture
def boss(db: None) -> Any:
    return get_user_model().objects.create_superuser("boss", password="boss-pass")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_protected_number_is_called_with_a_matter_found_by_name(
    page_of: Callable[..., Page],
    ada: Any,
    nora: Person,
    codes: None,
    simulator: Simulator,
    script: bool,
) -> None:
    page = page_of(ada, java_script_enabled=script)
    page.goto(f"/people/{nora.pk}/")
    page.get_by_role("link", name=LINK).click()
    expect(page.get_by_role("heading", name="Call Nora Keller?")).to_be_visible()
    assert simulator.calls == ()
    page.get_by_role("searchbox", name="Search by name or code").fill("harbour")
    page.get_by_role("button", name="Search", exact=True).last.click()
    page.get_by_role("radio", name="Harbour light").check()
    page.get_by_label("Authorisation code (FAC)").fill(FAC)
    if script:
        check_accessibility(page)
    page.get_by_role("button", name="Call", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text(TOOK)
    assert simulator.calls[0].destination == f"{PROTECTED}{FAC}{CMC}#"
    assert simulator.phone(ADA_DESK).state == "ringing"
    assert FAC not in page.url

    page.goto(f"/dial/?number={PROTECTED}")
    expect(page.get_by_role("radio", name="Harbour light")).to_be_checked()
    expect(page.get_by_label("Authorisation code (FAC)")).to_have_value("")


def test_going_back_does_not_bring_the_code_again(
    page_of: Callable[..., Page], ada: Any, codes: None, simulator: Simulator
) -> None:
    page = page_of(ada)
    page.goto(f"/dial/?number={PROTECTED}")
    page.get_by_label("Authorisation code (FAC)").fill(FAC)
    page.get_by_label("Another code").fill(CMC)
    page.get_by_role("button", name="Call", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text(TOOK)
    page.go_back()
    expect(page.get_by_label("Authorisation code (FAC)")).to_have_value("")
    assert len(simulator.calls) == 1


def test_an_emergency_number_is_dialled_only_when_it_is_said_twice(
    page_of: Callable[..., Page], ada: Any, nora: Person, simulator: Simulator
) -> None:
    nora.numbers.create(kind="other", written="117", order=9)
    page = page_of(ada)
    page.goto(f"/people/{nora.pk}/")
    page.get_by_role("link", name=re.compile(r"^Call Nora Keller.* 1 1 7\b")).click()
    warning = page.get_by_role("alert")
    expect(warning).to_contain_text("This is an emergency number.")
    expect(warning).to_contain_text(f"…{ADA_DESK[-4:]}, line 1001")
    check_accessibility(page)
    assert simulator.calls == ()
    page.get_by_role("button", name="Call all the same").click()
    expect(page.get_by_role("main")).to_contain_text(TOOK)
    assert [call.destination for call in simulator.calls] == ["117"]


def test_what_is_shown_on_page_and_bar_is_what_the_phone_dials(
    page_of: Callable[..., Page],
    ada: Any,
    nora: Person,
    clusters: dict[str, Cluster],
    simulator: Simulator,
) -> None:
    planning.keep(clusters["west"], **planning.OUTSIDE)
    page = page_of(ada)
    page.goto(f"/people/{nora.pk}/")
    expect(page.get_by_text("dialled as 0 0041 44 668 18 00")).to_be_visible()
    page.get_by_role("link", name=re.compile(r"^Call Nora Keller.* 1 8, 0 0")).click()
    expect(page.get_by_role("region", name="Call")).to_contain_text(
        "dialled as 0 0041 44 668 18 00"
    )
    assert simulator.phone(ADA_DESK).digits == "00041446681800"


def test_an_administrator_tries_a_number_and_a_change_before_saving(
    page_of: Callable[..., Page], boss: Any, nora: Person, clusters: dict[str, Cluster]
) -> None:
    plan = planning.keep(clusters["west"], name="West", **planning.OUTSIDE)
    page = page_of(boss)
    page.goto("/admin/dialing/dialplan/")
    page.get_by_role("link", name="Try a number").click()
    page.get_by_label("Number:").fill("044 668 18 00")
    page.get_by_role("button", name="Try").click()
    tried = page.get_by_role("status", name="What would be dialled")
    expect(tried).to_contain_text("0 0041 44 668 18 00")
    expect(tried).to_contain_text("It leaves the house: 0 goes in front.")

    page.goto(f"/admin/dialing/dialplan/{plan.pk}/change/")
    page.get_by_label("Outside prefix").fill("9")
    page.get_by_role("button", name="Show what changes").click()
    changes = page.get_by_role("status", name="What changes")
    expect(changes).to_contain_text("numbers of the directory would be dialled in another way")
    expect(changes.get_by_role("row", name=re.compile("Nora Keller"))).to_contain_text(
        "9 0041 44 668 18 00"
    )
    plan.refresh_from_db()
    assert plan.outside_prefix == "0"
    expect(page.get_by_label("Outside prefix")).to_have_value("9")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    plan.refresh_from_db()
    assert plan.outside_prefix == "9"

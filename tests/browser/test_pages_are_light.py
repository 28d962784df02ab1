"""Bytes, requests and layout shifts of the search page, counted in Chromium."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from directory.models import Department, Location, Number, Person
from tests.browser.traffic import counted

FIRST_VISIT = 25_000  # bytes, in all
NEXT_VISIT = 8_000
REQUESTS = 6
SHIFTS = """() => new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => {
        for (const it of list.getEntries()) sum += it.hadRecentInput ? 0 : it.value;
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(sum), 300);
})"""


@pytest.fixture
def twenty_people(transactional_db: None) -> None:
    finance = Department.objects.create(name="Finance and Controlling")
    zurich = Location.objects.create(name="Zürich", city="Zürich", country="CH")
    for n in range(24):
        person = Person.objects.create(
            given_name=f"Nora {chr(65 + n)}",
            family_name=f"Kel{chr(97 + n)}er",
            title="Senior Analyst",
            department=finance,
            location=zurich,
        )
        written = (("work", f"+41 44 668 18 {n:02}"), ("extension", f"45{n:02}"))
        for order, (kind, text) in enumerate(written):
            Number.objects.create(person=person, kind=kind, written=text, order=order)


def test_a_page_of_twenty_results_is_light(
    page_of: Callable[..., Page], ada: Any, twenty_people: None, site: str
) -> None:
    page = page_of(ada)
    first = counted(page, lambda: page.goto("/?q=nora"))
    assert page.locator("#found .person").count() == 20
    assert first.total <= FIRST_VISIT, first.received
    assert len(first.requests) <= REQUESTS, first.requests
    assert page.evaluate(SHIFTS) == 0

    following = counted(page, lambda: page.goto("/?q=nora+finance"))
    assert page.locator("#found .person").count() == 20
    assert following.total <= NEXT_VISIT, following.received
    assert len(following.requests) <= REQUESTS, following.requests

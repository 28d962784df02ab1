"""Emergency and premium numbers, and calls at night, are asked about before they are dialled."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from clicktodial.dialing import whereabouts
from clicktodial.dialing.models import (
    Call,
    Cluster,
    Contact,
    Delegation,
    DialProfile,
    Outcome,
    SpeedDial,
)
from clicktodial.dialplan.number import read
from clicktodial.simulator import Simulator
from directory.models import Location, Person
from tests.dialing import planning
from tests.dialing.scene import ADA_DESK

BAR = {"X-Fragment": "callbar"}
PREMIUM = "+41 900 123 456"
NIGHT_IN_SINGAPORE = datetime(2026, 3, 4, 18, 40, tzinfo=UTC)  # 02:40 there, 19:40 in Zurich
SUNDAY_IN_SINGAPORE = datetime(2026, 3, 8, 6, 40, tzinfo=UTC)  # 14:40 there
MORNING_IN_SINGAPORE = datetime(2026, 3, 4, 2, 5, tzinfo=UTC)


def click(browser: Any, number: str) -> str:
    bar = browser.post("/dial/", {"number": number, "click": uuid4()}, headers=BAR)
    return str(bar.content.decode())


def agree(browser: Any, number: str, **fields: Any) -> Any:
    form = {"number": number, "click": uuid4(), "agreed": "on", **fields}
    return browser.post("/dial/", form, follow=True)


def sits_in(user: Any, name: str, **location: Any) -> Person:
    place = Location.objects.create(name=name, **location)
    return Person.objects.create(given_name=user.username, account=user, location=place)


@pytest.mark.parametrize("number", ["112", "117", "0117", "+41 900 123 456", "0900 123 456"])
def test_one_click_is_not_enough(
    ada: Any, clusters: dict[str, Cluster], browser_of: Any, simulator: Simulator, number: str
) -> None:
    planning.keep(clusters["west"], **planning.OUTSIDE)
    bar = click(browser_of(ada), number)
    assert "data-go" in bar
    assert "Nothing was dialled: confirm it first." in bar
    assert simulator.calls == ()


@pytest.mark.parametrize("number", ["4567", "1121", "+41 44 668 18 00", "+41 800 123 456"])
def test_ordinary_numbers_are_dialled_at_one_click(
    ada: Any, browser_of: Any, simulator: Simulator, number: str
) -> None:
    click(browser_of(ada), number)
    assert len(simulator.calls) == 1


def test_what_the_rules_turn_into_an_emergency_number_is_one(
    ada: Any, clusters: dict[str, Cluster], browser_of: Any, simulator: Simulator
) -> None:
    planning.keep(clusters["west"], rules=[{"begins_with": "4567", "remove": 3, "prefix": "11"}])
    assert "emergency" in click(browser_of(ada), "4567")
    assert simulator.calls == ()


def test_the_page_says_where_the_phone_is_registered_to_be(
    ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    sits_in(ada, "Zurich HQ", country="CH")
    page = browser_of(ada).get("/dial/", {"number": "117"}).content.decode()
    assert "This is an emergency number." in page
    assert (
        f"As far as this site knows, Desk phone, …{ADA_DESK[-4:]}, line 1001, stands at Zurich HQ"
        in page
    )
    assert "Its cluster is west." in page
    assert simulator.calls == ()


def test_where_the_place_is_unknown_the_page_says_so(ada: Any, browser_of: Any) -> None:
    page = browser_of(ada).get("/dial/", {"number": "117"}).content.decode()
    assert "This site does not know where" in page


def test_the_confirmed_call_is_dialled(ada: Any, browser_of: Any, simulator: Simulator) -> None:
    browser = browser_of(ada)
    assert "costs extra" in browser.get("/dial/", {"number": PREMIUM}).content.decode()
    agree(browser, PREMIUM, shown="+41900123456")
    assert [call.destination for call in simulator.calls] == ["+41900123456"]


def test_a_link_cannot_confirm(ada: Any, browser_of: Any, simulator: Simulator) -> None:
    browser_of(ada).get("/dial/", {"number": "117", "agreed": "on", "click": uuid4()})
    assert simulator.calls == ()


def test_the_country_of_the_phone_decides_what_an_emergency_is(
    ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    sits_in(ada, "New York", country="US")
    assert "emergency" in click(browser_of(ada), "911")
    assert "emergency" not in click(browser_of(ada), "117")


def test_the_late_hour_stands_at_the_button(ada: Any, browser_of: Any) -> None:
    with time_machine.travel(NIGHT_IN_SINGAPORE, tick=False):
        page = browser_of(ada).get("/dial/", {"number": "+65 6123 4567"}).content.decode()
    assert "02:40 in Singapore" in page
    assert "Call all the same" not in page


def test_in_working_hours_the_time_stands_there_without_a_warning(
    ada: Any, browser_of: Any
) -> None:
    with time_machine.travel(MORNING_IN_SINGAPORE, tick=False):
        page = browser_of(ada).get("/dial/", {"number": "+65 6123 4567"}).content.decode()
    assert "in Singapore" in page
    assert "badge warn" not in page


def test_the_persons_location_counts_before_the_numbers_country(ada: Any) -> None:
    lima = Location.objects.create(name="Branch", city="Lima", time_zone="America/Lima")
    person = Person.objects.create(given_name="Luz", location=lima)
    person.numbers.create(written="+41 44 668 18 00")
    clock = whereabouts.clock_of(read("+41 44 668 18 00"), now=NIGHT_IN_SINGAPORE)
    assert clock is not None
    assert (f"{clock.time:%H:%M}", clock.town) == ("13:40", "Lima")


def test_a_country_with_several_times_tells_none(ada: Any) -> None:
    assert whereabouts.clock_of(read("+1 212 555 0123"), now=NIGHT_IN_SINGAPORE) is None


def test_who_wants_it_is_asked_at_night_and_only_then(
    ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    browser, number = browser_of(ada), "+65 6123 4567"
    form = {"mode": "desk", "asks_outside_hours": "on"}
    browser.post("/dial/profile/", form)
    with time_machine.travel(NIGHT_IN_SINGAPORE, tick=False):
        bar = click(browser, number)
        assert "It is 02:40 in Singapore." in bar
        assert "data-go" in bar
        assert "Call all the same" in browser.get("/dial/", {"number": number}).content.decode()
    assert simulator.calls == ()
    with time_machine.travel(MORNING_IN_SINGAPORE, tick=False):
        click(browser, number)
    assert len(simulator.calls) == 1


@pytest.mark.parametrize("who", ["delegate", "owner"])
def test_from_somebody_elses_phone_the_delegates_wish_counts(
    who: str, ada: Any, bruno: Any, browser_of: Any, simulator: Simulator
) -> None:
    """The owner is not there to be asked."""
    ends_at = NIGHT_IN_SINGAPORE + timedelta(days=1)
    began = {"begins_at": ends_at - timedelta(days=9), "ends_at": ends_at}
    granted = Delegation.objects.create(owner=bruno, delegate=ada, **began)
    wishes = DialProfile.objects.filter(user=ada if who == "delegate" else bruno)
    assert wishes.update(asks_outside_hours=True)
    form = {"number": "+65 6123 4567", "behalf": granted.pk}
    with time_machine.travel(NIGHT_IN_SINGAPORE, tick=False):
        page = browser_of(ada).get("/dial/", form).content.decode()
        browser_of(ada).post("/dial/", form | {"click": uuid4()}, headers=BAR)
    is_asked = who == "delegate"
    assert ("Call all the same" in page) is is_asked
    assert len(simulator.calls) == (0 if is_asked else 1)


def test_who_wants_it_is_asked_on_a_day_off(
    ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    browser = browser_of(ada)
    browser.post("/dial/profile/", {"mode": "desk", "asks_outside_hours": "on"})
    with time_machine.travel(SUNDAY_IN_SINGAPORE, tick=False):
        assert "It is Sunday, 14:40 in Singapore." in click(browser, "+65 6123 4567")
    assert simulator.calls == ()


@pytest.mark.parametrize("path", ["/dial/calls/", "/dial/speed/", "/dial/contacts/", "/?q=boss"])
def test_the_time_stands_at_ones_own_numbers(ada: Any, browser_of: Any, path: str) -> None:
    number = read("+65 6123 4567")
    lima = Location.objects.create(name="Branch", city="Lima", time_zone="America/Lima")
    person = Person.objects.create(given_name="Luz", location=lima)
    person.numbers.create(written="+65 8123 4567")
    for text in ("+65 6123 4567", "+65 8123 4567"):
        SpeedDial.objects.add(ada, "Boss", read(text))
        Contact.objects.add(ada, "Boss", read(text))
        now = timezone.now()
        Call.objects.create(
            user=ada, click=uuid4(), number=read(text).display, outcome=Outcome.NOT_SENT,
            mode="desk", settle_by=now, settled_at=now,
        )  # fmt: skip
    with time_machine.travel(NIGHT_IN_SINGAPORE, tick=False):
        page = browser_of(ada).get(path).content.decode()
    assert f'{number.spoken}, 02:40 in Singapore"' in page
    assert page.count("dial-off") == 1  # in Lima, where Luz is, it is early in the afternoon


def test_who_has_not_asked_for_it_is_not_asked(
    ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    with time_machine.travel(NIGHT_IN_SINGAPORE, tick=False):
        click(browser_of(ada), "+65 6123 4567")
    assert len(simulator.calls) == 1

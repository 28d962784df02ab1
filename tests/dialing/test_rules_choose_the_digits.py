"""The plan of a person's cluster and location makes the digits, for page, bar and wire alike."""

from typing import Any
from uuid import uuid4

import pytest

from clicktodial.dialing import plans
from clicktodial.dialing.models import Call, Cluster, DialPlan, DialRule, Mode
from clicktodial.simulator import Simulator
from directory.models import Location, Person
from tests.dialing import planning

BAR = {"X-Fragment": "callbar"}
ZURICH = "+41 44 668 18 00"


@pytest.fixture
def west(clusters: dict[str, Cluster]) -> Cluster:
    return clusters["west"]


def settle(user: Any, **location: Any) -> None:
    """Give the user an entry in the directory, at this location."""
    place = Location.objects.create(**{"name": "Office", **location})
    Person.objects.create(given_name="Ada", location=place, account=user)


def dial(browser: Any, number: str, **fields: Any) -> Any:
    return browser.post("/dial/", {"number": number, "click": uuid4(), **fields}, headers=BAR)


def test_without_a_plan_a_number_is_sent_as_it_is_read(
    ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    dial(browser_of(ada), ZURICH)
    assert simulator.calls[0].destination == "+41446681800"


def test_the_cluster_is_sent_what_the_plan_makes(
    ada: Any, west: Cluster, browser_of: Any, simulator: Simulator
) -> None:
    planning.keep(west, **planning.OUTSIDE)
    bar = dial(browser_of(ada), ZURICH).content.decode()
    assert simulator.calls[0].destination == "00041446681800"
    assert Call.objects.get().digits == "00041446681800"
    assert 'dialled as <bdi class="number" dir="ltr">0 0041 44 668 18 00<' in bar


def test_the_page_shows_the_same_digits_and_why(
    ada: Any, west: Cluster, browser_of: Any, simulator: Simulator
) -> None:
    planning.keep(west, **planning.OUTSIDE)
    shown = browser_of(ada).get("/dial/", {"number": ZURICH}).content.decode()
    assert "will be dialled as" in shown
    assert "0 0041 44 668 18 00" in shown
    assert "It leaves the house: 0 goes in front." in shown
    assert simulator.calls == ()


def test_a_location_of_its_own_counts_before_the_whole_cluster(
    ada: Any, west: Cluster, browser_of: Any, simulator: Simulator
) -> None:
    settle(ada, code="SIN", country="SG")
    planning.keep(west, **planning.OUTSIDE)
    planning.keep(west, name="Singapore", location="SIN", plus="replace", outside_prefix="9")
    dial(browser_of(ada), ZURICH)
    assert simulator.calls[0].destination == "90041446681800"


def test_the_plan_of_another_cluster_or_location_is_left_alone(
    ada: Any, clusters: dict[str, Cluster], browser_of: Any, simulator: Simulator
) -> None:
    planning.keep(clusters["east"], **planning.OUTSIDE)
    planning.keep(clusters["west"], location="SIN", **planning.OUTSIDE)
    dial(browser_of(ada), ZURICH)
    assert simulator.calls[0].destination == "+41446681800"


def test_a_typed_number_is_read_by_the_country_where_the_person_is(
    ada: Any, west: Cluster, browser_of: Any, simulator: Simulator
) -> None:
    settle(ada, country="GB")
    shown = browser_of(ada).get("/dial/", {"number": "020 7946 0123"}).content.decode()
    assert "+44 20 7946 0123" in shown


def test_a_plan_says_how_long_an_extension_is(
    ada: Any, west: Cluster, browser_of: Any, simulator: Simulator
) -> None:
    planning.keep(west, extension_lengths="7", rules=[{"kinds": "extension", "prefix": "8"}])
    dial(browser_of(ada), "7123456")
    assert simulator.calls[0].destination == "87123456"


def test_a_colleagues_public_number_is_called_inside(
    ada: Any, west: Cluster, browser_of: Any, simulator: Simulator
) -> None:
    own = {"first": "+41446681000", "last": "+41446681999", "keep": 4}
    planning.keep(west, ranges=[own], **planning.OUTSIDE)
    dial(browser_of(ada), ZURICH)
    assert simulator.calls[0].destination == "1800"


def test_a_changed_rule_counts_from_the_next_click(
    ada: Any, west: Cluster, browser_of: Any, simulator: Simulator
) -> None:
    plan = planning.keep(west, rules=[{"begins_with": "+41", "remove": 1, "prefix": "00"}])
    browser = browser_of(ada)
    dial(browser, ZURICH)
    DialRule.objects.update(prefix="000")
    plan.rules.get().save()
    dial(browser, ZURICH)
    plan.delete()
    dial(browser, ZURICH)
    sent = [call.destination for call in simulator.calls]
    assert sent == ["0041446681800", "00041446681800", "+41446681800"]


def test_digits_that_were_not_shown_are_not_dialled(
    ada: Any, west: Cluster, browser_of: Any, simulator: Simulator
) -> None:
    browser = browser_of(ada)
    form = {"number": ZURICH, "click": uuid4(), "shown": "+41446681800"}
    planning.keep(west, **planning.OUTSIDE)
    page = browser.post("/dial/", form)
    assert page.status_code == 409
    assert "other digits of this number than were shown" in page.content.decode()
    assert 'name="shown" value="00041446681800"' in page.content.decode()
    assert simulator.calls == ()
    browser.post("/dial/", form | {"shown": "00041446681800"})
    assert simulator.calls[0].destination == "00041446681800"


def test_while_the_home_is_unknown_the_first_call_shows_the_rules_digits_before_it_dials(
    newcomer: Any, west: Cluster, browser_of: Any, simulator: Simulator
) -> None:
    planning.keep(west, **planning.OUTSIDE)
    browser = browser_of(newcomer)
    page = browser.post("/dial/", {"number": ZURICH, "click": uuid4()}, follow=True)
    assert "0 0041 44 668 18 00" in page.content.decode()
    assert simulator.calls == ()


def test_the_pop_up_gets_the_plans_digits_too(
    ada: Any, west: Cluster, browser_of: Any, simulator: Simulator
) -> None:
    planning.keep(west, **planning.OUTSIDE)
    ada.dial_profile.mode = Mode.POPUP
    ada.dial_profile.save()
    dial(browser_of(ada), ZURICH)
    assert Call.objects.get().digits == "00041446681800"


def test_a_persons_page_tells_the_digits_where_they_differ(
    ada: Any, west: Cluster, browser_of: Any
) -> None:
    nora = Person.objects.create(given_name="Nora")
    nora.numbers.create(written=ZURICH, order=0)
    nora.numbers.create(written="4567", kind="extension", order=1)
    planning.keep(west, **planning.OUTSIDE)
    shown = browser_of(ada).get(f"/people/{nora.pk}/").content.decode()
    assert shown.count("dialled as") == 1
    assert "0 0041 44 668 18 00" in shown


def test_plans_are_remembered_between_clicks(
    ada: Any, west: Cluster, django_assert_num_queries: Any
) -> None:
    planning.keep(west, rules=[{"begins_with": "+41"}] * 1, **planning.OUTSIDE)
    home = Cluster.objects.get(pk=west.pk)
    plans.at(home, plans.Place())
    with django_assert_num_queries(0):
        assert plans.at(home, plans.Place()).kept.plan.name == "Plan"


def test_a_plan_is_there_once_per_cluster_and_location(west: Cluster) -> None:
    plan = planning.keep(west)
    twin = DialPlan(name="Twin", cluster=west, location=plan.location)
    assert "has a plan for this location already" in str(_faults(twin))


def _faults(row: Any) -> Any:
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    return refused.value

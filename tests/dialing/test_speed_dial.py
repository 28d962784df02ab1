"""Speed dial: the numbers somebody calls most, in an order of their own."""

from typing import Any

import pytest

from clicktodial.dialing.models import Contact, SpeedDial
from clicktodial.dialplan.number import read
from directory.models import Favourite, Number, Person

MINE = "/dial/speed/"


def _names(user: Any) -> list[str]:
    return [str(each) for each in SpeedDial.objects.of(user)]


@pytest.fixture
def three(ada: Any) -> list[SpeedDial]:
    return [SpeedDial.objects.add(ada, name, read(f"456{name}")) for name in "123"]


def test_a_number_is_added_under_the_name_it_is_known_by(ada: Any, browser_of: Any) -> None:
    Contact.objects.add(ada, "Doctor Ito", read("4567"))
    browser = browser_of(ada)
    for _ in range(2):
        browser.post(f"{MINE}add/", {"number": "4567"})
    assert _names(ada) == ["Doctor Ito"]
    shown = browser.get(MINE).content.decode()
    assert 'data-key="1"' in shown
    assert 'data-number="ext. 4567"' in shown


def test_only_the_first_nine_have_a_key(ada: Any, browser_of: Any) -> None:
    for n in range(11):
        SpeedDial.objects.add(ada, f"N{n}", read(f"45{n:02}"))
    shown = browser_of(ada).get(MINE).content.decode()
    assert shown.count("data-key=") == 9
    assert "N10" in shown


@pytest.mark.parametrize(
    ("name", "direction", "order"),
    [("3", "up", "132"), ("1", "up", "123"), ("1", "down", "213"), ("1", "sideways", "123")],
)
def test_the_order_is_ones_own(
    name: str, direction: str, order: str, three: list[SpeedDial], ada: Any, browser_of: Any
) -> None:
    entry = SpeedDial.objects.get(name=name)
    browser_of(ada).post(f"{MINE}{entry.pk}/move/", {"direction": direction})
    assert "".join(_names(ada)) == order


def test_one_is_taken_off(three: list[SpeedDial], ada: Any, browser_of: Any) -> None:
    browser_of(ada).post(f"{MINE}{three[1].pk}/remove/")
    assert _names(ada) == ["1", "3"]


def test_nobody_touches_another_persons(
    three: list[SpeedDial], ada: Any, bruno: Any, browser_of: Any
) -> None:
    browser = browser_of(bruno)
    for verb in ("move", "remove"):
        assert browser.post(f"{MINE}{three[0].pk}/{verb}/").status_code == 404
    assert "data-key" not in browser.get(MINE).content.decode()


def test_what_is_no_number_is_told(ada: Any, browser_of: Any) -> None:
    answer = browser_of(ada).post(f"{MINE}add/", {"number": "nonsense"}, follow=True)
    assert "notice error" in answer.content.decode()
    assert not SpeedDial.objects.exists()


def test_favourites_of_the_directory_are_offered_and_taken(ada: Any, browser_of: Any) -> None:
    for order, name in enumerate(("Nora", "Bo"), start=1):
        person = Person.objects.create(given_name=name, family_name="Keller")
        Number.objects.create(person=person, kind="fax", written="+41 44 668 18 99", order=0)
        Number.objects.create(person=person, kind="extension", written=f"456{order}", order=1)
        Favourite.objects.create(user=ada, person=person, order=3 - order)
    browser = browser_of(ada)
    assert "Bo Keller" in browser.get(MINE).content.decode()
    browser.post(f"{MINE}favourites/")
    assert _names(ada) == ["Bo Keller", "Nora Keller"]
    assert "From my favourites" not in browser.get(MINE).content.decode()

"""My contacts: names beside the directory that only their owner sees."""

from typing import Any
from uuid import uuid4

import pytest

from clicktodial.dialing.models import Call, Contact
from clicktodial.dialplan.number import read
from clicktodial.simulator import Simulator

MINE = "/dial/contacts/"


def _add(user: Any, name: str = "Doctor Ito", number: str = "+81 3 1234 5678") -> Contact:
    return Contact.objects.add(user, name, read(number))


def test_a_contact_is_added_and_its_number_read_by_the_plan(ada: Any, browser_of: Any) -> None:
    form = {"name": " Doctor  Ito ", "number": "044 668 18 00", "note": "ask for Eva"}
    page = browser_of(ada).post(f"{MINE}add/", form, follow=True)
    assert 'data-number="+41 44 668 18 00"' in page.content.decode()
    assert Contact.objects.get().name == "Doctor Ito"


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"name": "", "number": "4567"}, "This field is required."),
        ({"name": "Eva", "number": "nonsense"}, "number"),
        ({"name": "x" * 201, "number": "4567"}, "at most 200 characters"),
        ({"name": "E\x00va", "number": "4567"}, "Null characters"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_kept(
    form: dict[str, str], sentence: str, ada: Any, browser_of: Any
) -> None:
    answer = browser_of(ada).post(f"{MINE}add/", form)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Contact.objects.exists()


def test_the_same_name_and_number_are_kept_once(ada: Any, browser_of: Any) -> None:
    _add(ada)
    form = {"name": "Doctor Ito", "number": "0081312345678"}
    answer = browser_of(ada).post(f"{MINE}add/", form)
    assert "You have this name with this number already." in answer.content.decode()


def test_nobody_reaches_another_persons_contacts(ada: Any, bruno: Any, browser_of: Any) -> None:
    contact, browser = _add(ada), browser_of(bruno)
    assert browser.get(f"{MINE}{contact.pk}/").status_code == 404
    assert browser.post(f"{MINE}{contact.pk}/delete/").status_code == 404
    for page in (MINE, f"{MINE}mine.csv", f"{MINE}mine.vcf", "/?q=ito", "/?q=12345678"):
        assert "Doctor Ito" not in browser.get(page).content.decode(), page


def test_a_contact_is_changed_and_deleted_after_a_question(ada: Any, browser_of: Any) -> None:
    contact, browser = _add(ada), browser_of(ada)
    browser.post(f"{MINE}{contact.pk}/", {"name": "Dr Ito", "number": "4567"})
    contact.refresh_from_db()
    assert (contact.name, contact.key) == ("Dr Ito", "4567")
    assert "Delete Dr Ito?" in browser.get(f"{MINE}{contact.pk}/delete/").content.decode()
    assert Contact.objects.exists()
    browser.post(f"{MINE}{contact.pk}/delete/")
    assert not Contact.objects.exists()


@pytest.mark.parametrize("text", ["ito", "DOCTOR I", "dr ö", "12345", "0312345678"])
def test_the_search_page_finds_ones_own_contacts(text: str, ada: Any, browser_of: Any) -> None:
    _add(ada)
    _add(ada, name="Dr. Öhler", number="4599")
    expected = "Öhler" if "ö" in text else "Doctor Ito"
    if text.startswith("dr"):
        _add(ada, name="Dr Öhler", number="4598")
    page = browser_of(ada).get("/", {"q": text}, headers={"X-Fragment": "results"})
    assert expected in page.content.decode()


def test_their_names_stand_in_call_bar_and_recents(
    ada: Any, bruno: Any, browser_of: Any, simulator: Simulator
) -> None:
    _add(ada)
    for user in (ada, bruno):
        browser_of(user).post("/dial/", {"number": "+81312345678", "click": uuid4()})
    names = dict(Call.objects.values_list("user__username", "name"))
    assert names == {"ada": "Doctor Ito", "bruno": ""}

"""Menus, questions and lists as phones show them, with the digits that this phone dials."""

from typing import Any

import pytest

from clicktodial.phones.models import Service
from directory.models import Favourite, Person
from tests.phones.conftest import DEVICE, Phone, add, entries, keys


def test_the_menu_leads_to_questions_and_they_to_people(service: Service, phone: Phone) -> None:
    add("Anna", "Frei", ("work", "+41 44 668 18 00"), ("extension", "4567"))
    menu = phone.get("/phone/", device=DEVICE)
    assert [item.findtext("Name") for item in menu.findall("MenuItem")] == [
        "Search by name",
        "Search by number",
    ]
    for item, flags, q in zip(menu.findall("MenuItem"), "AT", ["fre ann", "4567"], strict=True):
        question = phone.follow(item.findtext("URL"))
        assert question.findtext("InputItem/InputFlags") == flags
        parameter = question.findtext("InputItem/QueryStringParam")
        found = phone.follow(f"{question.findtext('URL')}&{parameter}={q}")
        assert entries(found)[0][0] == "Anna Frei"


def test_the_digits_are_those_of_the_dial_plan_where_the_phone_stands(
    service: Service, phone: Phone
) -> None:
    add("Anna", "Frei", ("work", "+41 44 668 18 00"), ("mobile", "+44 7400 123456"),
        ("extension", "4567"), ("fax", "+41 44 668 18 99"))  # fmt: skip
    found = phone.get("/phone/people/", q="frei")
    assert entries(found) == [
        ("Anna Frei", "00446681800"),
        ("Anna Frei (Mobile)", "000447400123456"),
        ("Anna Frei (Extension)", "4567"),
    ]


def test_an_extension_behind_a_main_number_is_told_beside_the_name(
    service: Service, phone: Phone
) -> None:
    add("Anna", "Frei", ("work", "+41 44 668 18 00 ext. 12"))
    assert entries(phone.get("/phone/people/", q="frei")) == [("Anna Frei x12", "00446681800")]


def test_lists_come_in_pages_of_32_with_next_and_prev(service: Service, phone: Phone) -> None:
    for number in range(70):
        add("Anna", f"Frei{number:02}", ("work", f"+41 44 668 18 {number:02}"))
    page = phone.get("/phone/people/", q="frei", device=DEVICE)
    assert list(keys(page)) == ["Dial", "Edit", "Exit", "Next"]
    seen = [entries(page)]
    while "Next" in keys(page):
        page = phone.key(page, "Next")
        seen.append(entries(page))
    assert list(map(len, seen)) == [32, 32, 6]
    assert len({name for each in seen for name, _ in each}) == 70
    assert entries(phone.key(page, "Prev")) == seen[1]
    assert keys(page)["Dial"] == "SoftKey:Dial"


def _hire(people: int) -> None:
    """So many people with two numbers each."""
    for number in range(people):
        add("Anna", f"Frei{number:02}", ("work", f"+41 44 668 18 {number:02}"),
            ("extension", f"45{number:02}"))  # fmt: skip


def test_everybodys_first_number_comes_before_anybodys_second(
    service: Service, phone: Phone
) -> None:
    _hire(32)
    found = entries(phone.get("/phone/people/", q="frei"))
    assert len({name for name, _ in found}) == len(found) == 32


def test_where_not_all_numbers_fit_a_key_leads_by_the_name_to_each_of_them(
    service: Service, phone: Phone
) -> None:
    _hire(40)
    page = phone.key(phone.get("/phone/people/", q="frei", device=DEVICE), "Next")
    assert "More" not in keys(page)  # sixteen lines for eight people
    page = phone.key(page, "Prev")
    names = phone.key(page, "More")
    assert list(keys(names)) == ["Select", "Exit", "Next"]
    items = names.findall("MenuItem")
    assert [item.findtext("Name") for item in items[:2]] == ["Anna Frei00", "Anna Frei01"]
    chosen = phone.follow(items[1].findtext("URL"))
    assert entries(chosen) == [("Work", "00446681801"), ("Extension", "4501")]
    further = phone.key(names, "Next")
    assert further.findtext("MenuItem/Name") == "Anna Frei32"


def test_names_are_cut_where_phones_would_refuse_them(service: Service, phone: Phone) -> None:
    person = add("Wolfeschlegelsteinhausenbergerdorff" * 2, "<&>\x07]]>", ("work", "+41446681800"),
                 title="x" * 150)  # fmt: skip
    found = phone.get("/phone/people/", q="wolfe")
    assert entries(found)[0][0].endswith("...")
    assert phone.get(f"/phone/people/{person.pk}/").findtext("Prompt").endswith("...")


def test_nobody_found_and_nothing_asked_are_told_as_a_text(service: Service, phone: Phone) -> None:
    assert "Nobody found." in phone.get("/phone/people/", q="zork").findtext("Text")
    assert "at least one" in phone.get("/phone/people/", q="  ").findtext("Text")
    add("Anna", "Frei")
    assert "number to dial" in phone.get("/phone/people/", q="frei").findtext("Text")
    assert "not in the directory" in phone.get("/phone/people/99/").findtext("Text")


@pytest.mark.parametrize("page", ["0", "-1", "x", "99", "9" * 30, "\u0663"])
def test_a_bad_page_is_no_error(service: Service, phone: Phone, page: str) -> None:
    add("Anna", "Frei", ("work", "+41446681800"))
    assert phone.get("/phone/people/", q="frei", page=page).tag.startswith("CiscoIPPhone")


def test_one_entry_shows_each_of_its_numbers(service: Service, phone: Phone) -> None:
    anna = add("Anna", "Frei", ("work", "+41 44 668 18 00"), ("mobile", "+41 79 222 33 44"),
               title="Treasurer")  # fmt: skip
    shown = phone.get(f"/phone/people/{anna.pk}/")
    assert (shown.findtext("Title"), shown.findtext("Prompt")) == ("Anna Frei", "Treasurer")
    assert entries(shown) == [("Work", "00446681800"), ("Mobile", "00792223344")]


def test_favourites_are_known_by_the_phones_name_where_that_is_allowed(
    service: Service, phone: Phone, eva: Any
) -> None:
    Favourite.objects.create(user=eva, person=add("Bo", "Li", ("extension", "4567")))
    assert "not in" in phone.get("/phone/favourites/", device=DEVICE).findtext("Text")
    Service.objects.update(knows_devices=True)
    menu = phone.get("/phone/", device=DEVICE)
    names = [item.findtext("Name") for item in menu.findall("MenuItem")]
    assert names[2:] == ["My favourites", "My department"]
    shown = phone.follow(menu.findall("MenuItem")[2].findtext("URL"))
    assert entries(shown) == [("Bo Li", "4567")]
    assert "not in" in phone.get("/phone/favourites/", device="SEP0").findtext("Text")


def test_numbers_of_the_department_want_a_phone_that_proves_itself(
    service: Service, phone: Phone, eva: Any
) -> None:
    own = Person.objects.get(account=eva).department
    add("Anna", "Frei", ("work", "+41 44 111 11 11", "department"),
        ("home", "+41 44 333 33 33", "nobody"), ("extension", "4567"), department=own)  # fmt: skip
    Service.objects.update(knows_devices=True)
    open_ones = [("Anna Frei", "4567")]
    assert entries(phone.get("/phone/people/", q="frei", device=DEVICE)) == open_ones
    service.refresh_from_db()
    service.device = DEVICE
    token = service.make_token()
    service.save()
    eva.is_staff = eva.is_superuser = True  # not with the eyes of an administrator
    eva.save()
    known = phone.get("/phone/people/", q="frei", device=DEVICE, token=token)
    assert entries(known) == [("Anna Frei", "00441111111"), ("Anna Frei (Extension)", "4567")]


def test_people_who_left_are_on_no_phone(service: Service, phone: Phone) -> None:
    gone = add("Anna", "Frei", ("work", "+41446681800"), is_active=False)
    assert "Nobody" in phone.get("/phone/people/", q="frei").findtext("Text")
    assert phone.get(f"/phone/people/{gone.pk}/").tag == "CiscoIPPhoneText"


def test_more_people_cost_no_more_queries(
    service: Service, phone: Phone, django_assert_max_num_queries: Any
) -> None:
    for number in range(40):
        add("Anna", f"Frei{number:02}", ("work", f"+41 44 668 18 {number:02}"))
    phone.get("/phone/people/", q="frei")
    with django_assert_max_num_queries(12):
        phone.get("/phone/people/", q="frei")

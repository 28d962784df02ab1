"""Where nobody is found, phones offer the nearest people as the page does, and call them so."""

from clicktodial.phones.models import Service
from directory.models import Person
from tests.phones.conftest import DEVICE, Phone, add, entries, keys

ANNA = ("work", "+41 44 668 18 00")


def test_a_part_of_what_was_asked_finds_the_nearest(service: Service, phone: Phone) -> None:
    add("Anna", "Frei", ANNA)
    shown = phone.get("/phone/people/", q="anna zork")
    assert (shown.findtext("Title"), shown.findtext("Prompt")) == ("anna zork", "Nearest: “anna”")
    assert entries(shown) == [("Anna Frei", "00446681800")]


def test_a_word_taken_for_another_is_told(service: Service, phone: Phone) -> None:
    add("Anna", "Doctorow", ANNA)
    shown = phone.get("/phone/people/", q="doctorw")
    assert shown.findtext("Prompt") == "Instead: doctorow"
    assert entries(shown) == [("Anna Doctorow", "00446681800")]


def test_who_was_found_by_what_was_asked_is_not_called_so(service: Service, phone: Phone) -> None:
    add("Anna", "Frei", ANNA)
    assert phone.get("/phone/people/", q="anna").findtext("Prompt") == "1 entry"


def test_the_nearest_without_a_number_are_not_offered(service: Service, phone: Phone) -> None:
    add("Anna", "Frei", ("fax", "+41 44 668 18 99"))
    said = phone.get("/phone/people/", q="anna zork").findtext("Text")
    assert said.startswith("Nobody found.")


def test_where_not_all_their_numbers_fit_the_names_lead_to_them(
    service: Service, phone: Phone
) -> None:
    for number in range(5):
        extensions = [("extension", f"45{number}{each}") for each in range(8)]
        add("Anna", f"Frei{number}", *extensions)
    shown = phone.get("/phone/people/", q="anna zork", device=DEVICE)
    assert len(entries(shown)) == 32
    names = phone.key(shown, "More")
    assert names.findtext("Prompt") == "Nearest: “anna”"
    assert len(names.findall("MenuItem")) == 5
    assert "Next" not in keys(shown)


def test_old_phones_are_told_in_letters_they_have(service: Service, phone: Phone) -> None:
    add("Анна", "Иванова", ANNA)
    phone.headers = {"Accept-Charset": "iso-8859-1"}
    assert phone.get("/phone/people/", q="иванова zork").findtext("Prompt").startswith("Nearest: ")


def test_who_left_is_not_among_the_nearest(service: Service, phone: Phone) -> None:
    add("Anna", "Frei", ANNA)
    Person.objects.update(is_active=False)
    assert phone.get("/phone/people/", q="anna zork").findtext("Text").startswith("Nobody found.")

"""Contacts as CSV and vCard: out without formulas, in whole or not at all."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clicktodial.dialing import contact_file, vcards
from clicktodial.dialing.models import Contact
from clicktodial.dialing.plans import at
from clicktodial.dialing.vcards import Card
from clicktodial.dialing.whereabouts import Place
from clicktodial.dialplan.number import read

RULES = at(None, Place(country="CH"))
WILD = [
    ("=HYPERLINK(1)", "+41 44 668 18 00", "@note"),
    ("'t Hooft; \\ Söhne, 日本の会社 株式会社 とても長い名前の会社です", "4567", "a, b; c"),
    ("-Minus", "*100#", ""),
]


@pytest.fixture
def wild(ada: Any) -> list[tuple[str, str, str]]:
    for name, number, note in WILD:
        Contact.objects.add(ada, name, read(number, region="CH"), note=note)
    return sorted(WILD)


def _kept(user: Any) -> list[tuple[str, str, str]]:
    rows = Contact.objects.of(user).values_list("name", "number", "note")
    return sorted((name, number.removeprefix("ext. "), note) for name, number, note in rows)


def _send(browser: Any, content: bytes, name: str = "contacts.csv") -> Any:
    file = SimpleUploadedFile(name, content)
    return browser.post("/dial/contacts/file/", {"file": file}, follow=True)


@pytest.mark.parametrize("form", ["csv", "vcf"])
def test_what_goes_out_comes_in_again(
    form: str, wild: list[tuple[str, str, str]], ada: Any, browser_of: Any
) -> None:
    browser = browser_of(ada)
    saved = browser.get(f"/dial/contacts/mine.{form}")
    assert "attachment" in saved.headers["Content-Disposition"]
    Contact.objects.all().delete()
    assert "3 contacts are added." in _send(browser, saved.content).content.decode()
    assert _kept(ada) == wild
    assert "3 you had already." in _send(browser, saved.content).content.decode()


def test_no_cell_is_a_formula(wild: list[tuple[str, str, str]], ada: Any) -> None:
    text = contact_file.to_csv(Contact.objects.of(ada))
    cells = [cell for line in text.splitlines()[1:] for cell in line.split(",")]
    assert not [cell for cell in cells if cell.strip('"')[:1] in ("=", "+", "-", "@")]


def test_vcards_are_folded_at_75_octets_and_between_characters() -> None:
    text = vcards.write([Card(0, "日本" * 60, ["+41446681800"], "x\ny")])
    lines = text.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)
    assert "TEL;VALUE=uri:tel:+41446681800\r\n" in text
    assert "NOTE:x\\ny\r\n" in text


def test_cards_of_telephones_are_read() -> None:
    text = (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Ito;Eva;;;\r\nitem1.TEL;type=CELL:+81 3 1234 5678\r\n"
        'TEL;TYPE="work,voice";VALUE=uri:tel:+41-44-668-18-00;ext=12\r\n'
        "PHOTO;ENCODING=b:AAAA\r\n AAAA\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:2.1\r\nFN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:M=C3=BC=\r\n"
        "ller\r\nTEL;FAX:044 668 18 99\r\nEND:VCARD\r\n"
    )
    eva, mueller = vcards.read(text)
    assert (eva.name, eva.numbers) == ("Eva Ito", ["+81 3 1234 5678", "+41-44-668-18-00 ext. 12"])
    assert (mueller.name, mueller.numbers) == ("Müller", [])
    contacts, numberless = contact_file.read(text.encode(), rules=RULES)
    assert [contact.number for contact in contacts] == [
        "+81 3-1234-5678",
        "+41 44 668 18 00 ext. 12",
    ]
    assert numberless == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"name,number\nEva,4567\nBo,nonsense\n", "Line 3: “nonsense”"),
        (b"Eva,4567\n,4568\n", "Line 2: a name is missing."),
        (b"Eva\n", "Line 1: name, number and note must stand on it"),
        (b'Eva,"4567\n', "it cannot be read"),
        (b"", "The file is empty."),
        (b"\n\n", "no contact with a number"),
        (b"Eva,4567\n\xff\xfe", "not UTF-8"),
        (b"Eva,45\x0067\n", "no text"),
        (b"Eva," + b"4" * 1_000_001, "too large"),
        (b"x" * 201 + b",4567", "more than 200 signs"),
        (b"BEGIN:VCARD\nFN:Eva\nTEL:4567\n", "Line 1: the card that begins here has no END"),
        (b"BEGIN:VCARD\nFN:Eva\nnonsense\nEND:VCARD\n", "Line 3: this is no line of a vCard."),
        (b"BEGIN:VCARD\nBEGIN:VCARD\n", "Line 2: a card begins before"),
        (b"BEGIN:VCARD\nTEL:4567\nEND:VCARD\n", "Line 1: a name is missing."),
    ],
)
def test_a_file_that_is_wrong_adds_nothing_and_says_where(
    content: bytes, sentence: str, ada: Any, browser_of: Any
) -> None:
    answer = _send(browser_of(ada), content)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Contact.objects.exists()


def test_the_limit_of_contacts_holds(ada: Any, browser_of: Any) -> None:
    rows = "".join(f"Contact {n},+41446{n:06}\n" for n in range(2001))
    answer = _send(browser_of(ada), rows.encode())
    assert "more than 2000 contacts" in answer.content.decode()
    assert not Contact.objects.exists()

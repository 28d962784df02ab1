"""Rows are put together by hand, so that what is in the data has to be shown to stay text."""

from django.template import engines

from clicktodial.hours import Hours
from directory.search import NumberRow, Row

CANARY = "<b>\"'&{{ 7 }}"


def rows(*people: Row, path: str = "/people/") -> str:
    template = engines["django"].from_string("{% load people %}{% people_rows people path %}")
    return template.render({"people": people, "path": path})


def row(**fields: object) -> Row:
    empty = dict.fromkeys(Row._fields, "")
    return Row(**{**empty, "pk": 7, "is_favourite": False, "numbers": (), "hours": None, **fields})


def test_nothing_in_any_field_becomes_markup() -> None:
    numbers = tuple(
        NumberRow(kind, CANARY, e164, CANARY)
        for kind in ("work", "fax", CANARY)
        for e164 in ("", "+41446681800")
    )
    for number in numbers:
        fields = dict.fromkeys(
            set(Row._fields) - {"pk", "is_favourite", "numbers", "hours"}, CANARY
        )
        hours = Hours("Etc/UTC", CANARY, days="")
        made = rows(row(**fields, numbers=(number,), hours=hours), path=CANARY)
        assert "<b>" not in made
        assert "{{" in made
        assert "\"'&{{" not in made


def test_a_remembered_link_has_the_name_of_whom_it_calls() -> None:
    number = NumberRow("mobile", "", "+41791234567", "+41 79 123 45 67")
    for name in ("Anna <Frei>", "Bo Li"):
        made = rows(row(name=name, numbers=(number,)))
        label = name.replace("<", "&lt;").replace(">", "&gt;")
        assert f'aria-label="Call {label}, Mobile, ' in made
        assert 'data-number="+41791234567"' in made


def test_a_favourite_is_pressed() -> None:
    assert 'value="no" aria-pressed="true"' in rows(row(name="Bo", is_favourite=True))
    assert 'value="yes" aria-pressed="false"' in rows(row(name="Bo"))

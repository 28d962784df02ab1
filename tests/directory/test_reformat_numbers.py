"""Numbers kept by an older reading are read anew, on request, and the doubtful are listed."""

import io
from typing import Any

import pytest
from django.core.management import call_command

from directory.models import Number
from tests.directory.conftest import Company


def run(**options: Any) -> str:
    out = io.StringIO()
    call_command("reformat_numbers", stdout=out, stderr=out, **options)
    return out.getvalue()


@pytest.fixture
def stale(company: Company) -> Number:
    """A number whose reading was kept wrong."""
    anna = company.add("Anna", "Frei", ("work", "044 668 18 00"), location=company.zurich)
    anna.numbers.update(e164="", display="0446681800", key="0446681800", reversed_key="")
    return anna.numbers.get()


def test_without_apply_it_tells_and_changes_nothing(stale: Number) -> None:
    told = run()
    assert "Anna Frei" in told
    assert "0446681800 becomes +41 44 668 18 00" in told
    assert "1 numbers: 1 read otherwise, 0 are doubtful. Nothing was changed" in told
    stale.refresh_from_db()
    assert stale.e164 == ""


def test_with_apply_the_new_reading_is_kept_and_what_was_written_stays(stale: Number) -> None:
    assert "1 were kept anew." in run(apply=True)
    stale.refresh_from_db()
    assert (stale.written, stale.e164) == ("044 668 18 00", "+41446681800")
    assert stale.reversed_key == "00818664414"
    assert "0 read otherwise" in run(apply=True)


def test_the_doubtful_are_listed_with_the_reason(company: Company) -> None:
    person = company.add("Anna", "Frei", ("work", "044 668 18"), ("home", "+41 44 668 18 00"))
    person.numbers.filter(kind="home").update(written="call me")
    told = run()
    assert "“044 668 18” is doubtful." in told
    assert "“call me” is doubtful." in told
    assert "2 are doubtful" in told


def test_a_number_that_would_stand_there_twice_is_told_and_the_others_are_kept(
    company: Company,
) -> None:
    person = company.add("Anna", "Frei", ("work", "+41 44 668 18 00"), ("work", "+41 44 668 18 01"))
    Number.objects.filter(key="41446681801").update(key="x", written="044 668 18 00")
    other = company.add("Ben", "Frei", ("work", "+41 44 668 18 02"))
    other.numbers.update(display="")
    told = run(apply=True)
    assert "has this number already" in told
    assert "1 were kept anew." in told
    assert other.numbers.get().display == "+41 44 668 18 02"
    assert person.numbers.count() == 2

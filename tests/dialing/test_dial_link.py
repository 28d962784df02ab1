"""`{% dial %}` renders any number as a link, without asking the database."""

import pytest
from django.template import Context, Template

from clicktodial.dialplan.number import read


def _render(number: str, rest: str = "") -> str:
    template = Template("{% load dial %}{% dial number " + rest + " %}")
    return template.render(Context({"number": number}))


def test_the_link_leads_to_the_dial_page_with_the_whole_number() -> None:
    assert 'href="/dial/?number=%2B41441234567"' in _render("+41441234567")


def test_its_name_says_who_and_the_number_digit_by_digit() -> None:
    shown = _render("+41441234567", 'name="Ada Keller" kind="work" off_hours=""')
    spoken = read("+41441234567").spoken
    assert f'aria-label="Call Ada Keller, work, {spoken}"' in shown


def test_the_number_is_shown_grouped() -> None:
    assert '<bdi dir="ltr">+41 44 123 45 67</bdi>' in _render("+41441234567")


def test_what_is_no_number_is_shown_as_text() -> None:
    assert _render("<b>sip:x@y</b>") == '<span class="number">&lt;b&gt;sip:x@y&lt;/b&gt;</span>'


def test_where_dialling_is_off_it_is_a_tel_link(settings: pytest.FixtureRequest) -> None:
    settings.DIALING = False  # type: ignore[attr-defined]
    shown = _render("+41 44 123 45 67")
    assert 'href="tel:+41441234567"' in shown
    assert "data-number" not in shown

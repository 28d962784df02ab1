"""`{% people_rows people path %}`: a list of people, put together by hand because it is the one
piece of markup that is made with every letter somebody types.

Everything that comes from the data goes through `escape`; tests/directory/test_search_rows.py
holds it to that.
"""

from collections.abc import Iterable
from functools import lru_cache
from html import escape  # as Django's, without a wrapper around each piece

from django import template
from django.conf import settings
from django.template import engines
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clicktodial import hours
from clicktodial.brand import icons
from directory.search import NumberRow, Row

register = template.Library()

MOST_NUMBERS = 3
_shared = lru_cache(maxsize=10_000)(escape)  # of what many people have in common
# These stand for the name and the time of day in a link that is remembered without them.
_NAME, _TIME = "\ue000", "\ue001"
_ROW = (
    '\n<li class="person">%(face)s\n'
    '  <div class="person-about"><a class="person-name" href="%(path)s%(pk)d/">%(name)s</a>'
    "%(title)s<p>%(place)s</p></div>\n"
    '  <div class="person-numbers%(apart)s">%(numbers)s</div>\n'
    '  <button class="icon-button" form="star" formaction="%(path)s%(pk)d/favourite/" name="keep" '
    'value="%(keep)s" aria-pressed="%(pressed)s" aria-label="%(favourite)s: %(name)s">'
    "%(star)s</button></li>"
)


@register.simple_tag
def people_rows(people: Iterable[Row], path: str) -> SafeString:
    """The list of these people; `path` is the address of people without their ids."""
    favourite = escape(_("Favourite"))
    where = (get_language(), settings.DIALING)
    rows = "".join(_row(person, escape(path), favourite, where) for person in people)
    return mark_safe(f'<ul class="results" role="list">{rows}\n</ul>')  # noqa: S308 — escaped piece by piece


def _row(person: Row, path: str, favourite: str, where: tuple[object, ...]) -> str:
    name = escape(person.name)
    numbers = person.numbers[:MOST_NUMBERS]
    off_hours = person.off_hours
    return _ROW % {
        "face": _face(person, path),
        "path": path,
        "pk": person.pk,
        "name": name,
        "title": f"<p>{_shared(person.title)}</p>" if person.title else "",
        "place": " · ".join(_shared(each) for each in (person.department, person.location) if each),
        "numbers": "".join(_number(number, name, off_hours, where) for number in numbers),
        # Without a place, each number has the time of its own country.
        "apart": "" if person.hours else " apart",
        "keep": "no" if person.is_favourite else "yes",
        "pressed": "true" if person.is_favourite else "false",
        "favourite": favourite,
        "star": icons.drawn("star"),
    }


def _face(person: Row, path: str) -> str:
    if person.photo_version:
        source = f"{path}{person.pk}/photo/?v={escape(person.photo_version)}"
        return (
            f'<span class="avatar"><img src="{source}" alt="" width="44" height="44" '
            'loading="lazy"></span>'
        )
    square = "" if person.kind == "person" else " square"
    tint = f" tint-{person.tint}" if person.tint else ""
    return f'<span class="avatar{square}{tint}" aria-hidden="true">{escape(person.initials)}</span>'


def _number(number: NumberRow, name: str, off_hours: str | None, where: tuple[object, ...]) -> str:
    if off_hours is None:
        there = hours.of_text(number.e164) if number.dialable else None
        off_hours = there.off if there else ""
    is_off = bool(off_hours)
    link = name.join(_link(number, is_off, where))
    return link.replace(_TIME, escape(off_hours)) if is_off else link


@lru_cache(maxsize=20_000)
def _link(number: NumberRow, is_off: bool, _where: tuple[object, ...]) -> tuple[str, ...]:
    """The link that dials, in the parts between which the name stands."""
    if not number.dialable:
        shown = f"{escape(number.label)} {escape(number.display)}"
        return (f'<span class="number">{shown}</span>',)
    fields = {
        "number": number.e164_or_written,
        "name": _NAME,
        "kind": number.note,
        "text": number.display,
        "off_hours": _TIME if is_off else "",
    }
    return tuple(_template().render(fields).split(_NAME))


@lru_cache(maxsize=1)
def _template() -> template.backends.django.Template:  # type: ignore[name-defined]
    # What dials is another app's; the two meet in templates.
    return engines["django"].from_string(
        "{% load dial %}{% dial number name=name kind=kind text=text off_hours=off_hours %}"
    )

"""Which column of a source fills in what: guessed, shown, corrected and kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from directory.imports import fields
from directory.imports.fields import MANAGERS, NUMBER, PLACES, TEXTS


class NotAMapping(ValueError):
    """Nothing can be imported by it; the text is a sentence for the administrator."""


@dataclass(frozen=True)
class Columns:
    """A mapping read once: the headings that fill in each thing."""

    external_id: str
    texts: Mapping[str, str]
    """Column of Person by its heading's name: {"title": "Funktion"}."""
    whole_name: str = ""
    places: Mapping[str, str] = field(default_factory=dict)
    manager: str = ""
    manager_by: str = ""
    """The manager's own column that stands there: external_id, email or cucm_user_id."""
    numbers: tuple[tuple[str, str], ...] = ()
    """Kind and heading, the kinds in the order of their letters."""
    photo: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of number this mapping says something about."""
        return tuple(dict.fromkeys(kind for kind, _heading in self.numbers))

    @property
    def has_department(self) -> bool:
        return "department" in self.places or "department_code" in self.places

    @property
    def has_location(self) -> bool:
        return bool({"location", "location_code", "location_city"} & self.places.keys())


def chosen(saved: Mapping[str, str], columns: Sequence[str]) -> dict[str, str]:
    """What the last import of the source said of these columns, and a guess for new ones."""
    guessed = fields.guess(columns)
    taken = {saved[column] for column in columns if saved.get(column)}
    found = {}
    for column in columns:
        name = saved[column] if column in saved else guessed.get(column, "")
        if column not in saved and name in taken and not fields.ALL[name].several:
            name = ""
        if name in fields.ALL:
            found[column] = name
    return found


def read(mapping: Mapping[str, str], *, columns: Iterable[str]) -> Columns:
    """The mapping as an import uses it; NotAMapping says what is missing or said twice."""
    there = set(columns)
    headings: dict[str, str] = {}
    numbers = []
    for heading, name in mapping.items():
        if heading not in there:
            text = _("The column “%(heading)s” is not in the file.")
            raise NotAMapping(text % {"heading": heading})
        if name.startswith(NUMBER):
            numbers.append((name.removeprefix(NUMBER), heading))
        elif name in headings:
            text = _("“%(one)s” and “%(other)s” cannot both be the %(what)s.")
            other = headings[name]
            raise NotAMapping(
                text % {"one": other, "other": heading, "what": fields.ALL[name].title}
            )
        elif name in fields.ALL:
            headings[name] = heading
    _check(headings)
    manager = next((name for name in MANAGERS if name in headings), "")
    return Columns(
        external_id=headings["external_id"],
        texts={name: headings[name] for name in TEXTS if name in headings},
        whole_name=headings.get("name", ""),
        places={name: headings[name] for name in PLACES if name in headings},
        manager=headings.get(manager, ""),
        manager_by=MANAGERS[manager][0] if manager else "",
        numbers=tuple(sorted(numbers, key=lambda each: each[0])),
        photo=headings.get("photo", ""),
    )


def _check(headings: Mapping[str, str]) -> None:
    if "external_id" not in headings:
        raise NotAMapping(
            _(
                "Say which column holds the id of each person: a number or word that stays the "
                "same when somebody marries or moves."
            )
        )
    if not headings.keys() & {"name", "family_name", "given_name"}:
        raise NotAMapping(_("Say which column holds the name."))
    if "name" in headings and headings.keys() & {"family_name", "given_name"}:
        raise NotAMapping(_("Take the whole name or its parts, not both."))
    if len(headings.keys() & MANAGERS.keys()) > 1:
        raise NotAMapping(_("Say in one way only who the manager is."))

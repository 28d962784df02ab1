"""Who works at the invented company: the same four hundred people every time."""

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import count

from clicktodial.demo import company, names
from clicktodial.demo.company import DOMAIN, SITE, SITES, Site
from clicktodial.demo.names import Name

SEED = 20261123
TEAM = (6, 11)
"""The fewest and the most people of a team, without whoever leads it."""

_LATIN = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "đ": "d", "þ": "th", "ð": "d"})


@dataclass(frozen=True)
class Telephone:
    """A number as the directory's Number keeps it."""

    kind: str
    written: str
    visibility: str = ""


@dataclass(frozen=True)
class Department:
    code: str
    name: str
    parent: str
    """The code of the department above; empty for a division."""


@dataclass(frozen=True)
class Entry:
    """A person, a service or a room."""

    id: str
    kind: str
    name: Name
    site: Site
    title: str = ""
    department: str = ""
    """A department's code."""
    leads: str = ""
    """The code of the department this person is the head of."""
    manager: str = ""
    """The id of the person this one reports to."""
    room: str = ""
    email: str = ""
    user_id: str = ""
    """At Unified CM; empty for services and rooms."""
    extension: str = ""
    numbers: tuple[Telephone, ...] = ()
    has_softphone: bool = False
    has_photo: bool = False
    about: str = ""
    languages: str = ""


@dataclass(frozen=True)
class Staff:
    """Everybody, and the departments they belong to; managers stand before their reports."""

    departments: tuple[Department, ...]
    people: tuple[Entry, ...]


@dataclass(frozen=True)
class Hero:
    """One of those whom visitors sign in as, at a fixed place in the company."""

    user_id: str
    name: Name
    department: str
    title: str
    site: str
    has_photo: bool


HEROES = (
    Hero("ada", Name("Ada", "Keller"), "Treasury", "Treasury Analyst", "ZRH", True),
    Hero("bruno", Name("Bruno", "Tavares"), "Americas", "Account Manager", "AUS", False),
    Hero("chie", Name("千恵", "Nakagawa", "Chie"), "Calibration", "Physicist", "OSA", True),
    Hero("admin", Name("Greta", "Lindegren"), "Networks & Telephony", "Telephony Engineer", "ZRH",
         False),
)  # fmt: skip


@cache
def everybody() -> Staff:
    """The company's people; the same at every call."""
    return _Hiring().staff()


@dataclass
class _Hiring:
    """One run through the departments, top down, that fills every post."""

    chance: random.Random = field(default_factory=lambda: random.Random(SEED))
    departments: list[Department] = field(default_factory=list)
    people: list[Entry] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.places = {site.code: count(11) for site in SITES}
        self.awkward = {code: list(several) for code, several in names.AWKWARD.items()}
        self.taken: set[str] = {hero.user_id for hero in HEROES}
        self.used: set[tuple[str, str]] = set()

    def staff(self) -> Staff:
        chief = self._hire("Chief Executive", site=SITE["ZRH"])
        for division, below in company.STRUCTURE.items():
            top = self._department(division, parent="", above=chief.id, title="Director,")
            for name, teams in below.items():
                middle = self._department(name, parent=top.department, above=top.id)
                for team in teams:
                    leader = self._department(
                        team, parent=middle.department, above=middle.id, title="Team Lead,"
                    )
                    self._fill(leader, division=division, team=team)
                if not teams:
                    self._fill(middle, division=division, team=name)
        return Staff(tuple(self.departments), tuple(self.people))

    def _department(self, name: str, *, parent: str, above: str, title: str = "Head of") -> Entry:
        code = f"{parent or 'D'}{1 + sum(each.parent == parent for each in self.departments)}"
        self.departments.append(Department(code, name, parent))
        return self._hire(
            f"{title} {name}", site=self._site(), department=code, leads=code, manager=above
        )

    def _fill(self, leader: Entry, *, division: str, team: str) -> None:
        """Posts of a team: three of four sit with whoever leads it."""
        for hero in HEROES:
            if hero.department == team:
                self._hire_hero(hero, leader)
        for _ in range(self.chance.randint(*TEAM)):
            near = self.chance.random() < 0.75
            self._hire(
                self.chance.choice(company.TITLES[division]),
                site=leader.site if near else self._site(),
                department=leader.department,
                manager=leader.id,
            )

    def _hire_hero(self, hero: Hero, leader: Entry) -> None:
        hired = self._hire(
            hero.title,
            site=SITE[hero.site],
            department=leader.department,
            manager=leader.id,
            name=hero.name,
        )
        self.taken.discard(hired.user_id)
        self.people[-1] = replace(
            hired,
            user_id=hero.user_id,
            has_photo=hero.has_photo,
            has_softphone=hero.user_id == "ada",
        )

    def _hire(
        self,
        title: str,
        *,
        site: Site,
        department: str = "",
        leads: str = "",
        manager: str = "",
        name: Name | None = None,
    ) -> Entry:
        while (n := next(self.places[site.code])) > site.most - 20:  # the rest is for services
            site = SITE["ZRH"]
        ordinary = name is None and not leads
        name = name or self._name(site, ordinary=ordinary)
        user_id = self._user_id(name)
        entry = Entry(
            id=f"A{1001 + len(self.people)}",
            kind="person",
            name=name,
            site=site,
            title=title,
            department=department,
            leads=leads,
            manager=manager,
            room=f"{self.chance.randint(1, 6)}.{self.chance.randint(1, 40):02}",
            email=f"{self._mailbox(name)}@{DOMAIN}",
            user_id=user_id,
            extension=site.extension_of(n),
            numbers=tuple(self._numbers(site, n)),
            has_softphone=self.chance.random() < 0.3,
            has_photo=self.chance.random() < 0.35,
            languages=company.LANGUAGES[site.country],
        )
        self.people.append(entry)
        return entry

    def _site(self) -> Site:
        return self.chance.choices(SITES, [site.weight for site in SITES])[0]

    def _name(self, site: Site, *, ordinary: bool) -> Name:
        if ordinary and self.awkward[site.code] and self.chance.random() < 0.25:
            return self.awkward[site.code].pop(0)
        while True:
            near = self.chance.random() < 0.8
            country = site.country if near else self.chance.choice(list(names.GIVEN))
            given = self.chance.choice(names.GIVEN[country])
            family = self.chance.choice(names.FAMILY[country])
            if (given, family) not in self.used:
                self.used.add((given, family))
                return Name(given, family)

    def _user_id(self, name: Name) -> str:
        first, last = latin(name.preferred or name.given), latin(name.family)
        wanted = (first[:1] + last[:9]) or f"user{1001 + len(self.people)}"
        return self._free(wanted)

    def _mailbox(self, name: Name) -> str:
        parts = [latin(part) for part in (name.preferred or name.given, name.family)]
        wanted = ".".join(part[:24] for part in parts if part)
        return self._free(wanted or f"staff.{1001 + len(self.people)}", apart="@")

    def _free(self, wanted: str, *, apart: str = "") -> str:
        for number in count(1):
            text = wanted if number == 1 else f"{wanted}{number}"
            if apart + text not in self.taken:
                self.taken.add(apart + text)
                return text
        raise AssertionError

    def _numbers(self, site: Site, n: int) -> Iterator[Telephone]:
        """Work and extension for everybody, written as people write them, and some others."""
        habit, work = self.chance.random(), site.work_number(n)
        if site.code == "LIS" and habit < 0.3:
            yield Telephone("main", f"{site.work_number(0)} ext. {site.extension_of(n)}")
        elif site.country == "CH" and habit < 0.2:
            yield Telephone("work", work.replace("+41 ", "+41 (0)"))
        elif site.country == "CH" and habit < 0.35:
            yield Telephone("work", work.replace("+41 ", "0"))
        else:
            yield Telephone("work", work)
        yield Telephone("extension", site.extension_of(n))
        if self.chance.random() < 0.6:
            shown = "department" if self.chance.random() < 0.15 else ""
            yield Telephone("mobile", site.mobile_number(n), shown)
        if self.chance.random() < 0.06:
            yield Telephone("fax", site.work_number(site.most - 3))
        if self.chance.random() < 0.06 and site.most > 99:
            yield Telephone("home", site.mobile_number(500 + n))


def latin(text: str) -> str:
    """The small latin letters of a name, for user ids and mailboxes; empty where it has none."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LATIN))
    return "".join(sign for sign in plain if sign.isascii() and sign.isalpha())

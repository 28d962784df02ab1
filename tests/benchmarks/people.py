"""Invented people for measuring, and the questions one would ask to find them.

The same count gives the same people and the same questions, on every machine and database.
"""

# ruff: noqa: SIM905 - lists of words are read more easily as words

import random
import string
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

SYLLABLES = (
    "an ba bel bor cha dal dor el fa fer gar gol ha hen il jan ka kel kor la len lo ma mar men mi "
    "mor na nel no ol or pa per ra ren ri ro sa sen sha so ta tor ul va ven vi vo wal wen ya yor za"
).split()
ACCENTED = str.maketrans("aeou", "áéöü")
DEPARTMENTS = (
    "Finance Treasury Controlling Procurement Engineering Research Logistics Marketing Sales Legal "
    "Compliance Facilities Security Networks Payroll Recruiting Training Quality Production Service"
).split()
TITLES = (
    "Engineer,Senior Engineer,Head of Team,Assistant,Accountant,Analyst,Technician,Buyer,Planner,"
    "Developer,Architect,Consultant,Trainer,Driver,Chemist,Nurse,Lawyer,Director,Clerk,Designer"
).split(",")
CITIES = (
    "Zürich Bern Basel Genève Lausanne Luzern Winterthur Lugano Chur Sion Thun Aarau Olten Zug "
    "Baar Davos Arosa Visp Brig Spiez Uster Wil Bülach Horgen Meilen Dietikon Kloten Wetzikon "
    "Liestal Delémont"
).split()
KINDS = (
    "one letter,two letters,three letters,four letters,six letters,eight letters,first la,fi la,"
    "last, fi,typing error,extension,last four,last seven,E.164 written,department word,"
    "department and place,name and department,accented,unaccented,email,title word"
)


@dataclass(frozen=True)
class Person:
    pk: int
    given: str
    family: str
    title: str
    department: int
    location: int
    room: str
    email: str
    user_id: str
    work: str
    mobile: str
    extension: str


@dataclass(frozen=True)
class Question:
    kind: str
    text: str
    target: int


def _words(count: int, *, dice: random.Random, syllables: tuple[int, ...]) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        word = "".join(dice.choices(SYLLABLES, k=dice.choice(syllables)))
        if dice.random() < 0.06:
            word = word.translate(ACCENTED)
        found[word.capitalize()] = None
    return list(found)


def departments(count: int) -> list[tuple[int, str, int | None]]:
    """Id, name and parent: every tenth of a hundred people's departments stands above nine."""
    number = max(20, min(count // 150, 4000))
    rows = []
    for pk in range(1, number + 1):
        name = f"{DEPARTMENTS[pk % len(DEPARTMENTS)]} {CITIES[pk // 20 % len(CITIES)]} {pk}"
        rows.append((pk, name, (pk - 1) // 10 * 10 + 1 if (pk - 1) % 10 else None))
    return rows


def locations() -> list[tuple[int, str]]:
    return list(enumerate(CITIES, start=1))


def people(count: int) -> Iterator[Person]:
    dice = random.Random(1)
    given = _words(max(300, count // 200), dice=dice, syllables=(2, 2, 3))
    family = _words(max(1000, count * 6 // 100), dice=dice, syllables=(2, 3, 3, 4))
    places = len(departments(count))
    for pk in range(1, count + 1):
        # A few names are frequent and most are rare, as names are.
        first = given[int(len(given) * dice.random() ** 2.5)]
        last = family[int(len(family) * dice.random() ** 1.6)]
        local = "".join(sign for sign in f"{first}.{last}".lower() if sign in _ASCII)
        yield Person(
            pk, first, last, dice.choice(TITLES), dice.randint(1, places),
            dice.randint(1, len(CITIES)), f"{dice.choice('ABCD')}{dice.randint(100, 999)}",
            f"{local}{pk % 97}@example.com", f"u{pk:07}", f"+4144{2_000_000 + pk}",
            f"+4179{1_000_000 + (pk * 7919) % 8_999_999:07}", f"{10_000 + pk % 90_000}",
        )  # fmt: skip


_ASCII = frozenset(string.ascii_lowercase + ".")


def questions(sample: list[Person], *, names: dict[int, str], count: int = 420) -> list[Question]:
    """As many questions, spread evenly over the kinds; `names` are the departments'."""
    dice = random.Random(2)
    kinds = [kind.strip() for kind in KINDS.replace("last, fi", "last; fi").split(",")]
    asked = []
    for number in range(count):
        person = sample[dice.randrange(len(sample))]
        kind = kinds[number % len(kinds)]
        asked.append(Question(kind, _text(kind, person, names, dice), person.pk))
    return asked


def _text(kind: str, person: Person, names: dict[int, str], dice: random.Random) -> str:
    name = dice.choice((person.given, person.family))
    place = CITIES[person.location - 1]
    lengths = {"one": 1, "two": 2, "three": 3, "four": 4, "six": 6, "eight": 8}
    ways: dict[str, Any] = {
        "first la": f"{person.given} {person.family[:2]}",
        "fi la": f"{person.given[:2]} {person.family[:2]}",
        "last; fi": f"{person.family}, {person.given[:2]}",
        "extension": person.extension,
        "last four": person.work[-4:],
        "last seven": f"{person.work[-7:-4]} {person.work[-4:-2]} {person.work[-2:]}",
        "E.164 written": f"+41 44 {person.work[5:8]} {person.work[8:10]} {person.work[10:]}",
        "department word": names[person.department].split()[0],
        "department and place": f"{names[person.department].split()[0]} {place}",
        "name and department": f"{person.family} {names[person.department].split()[0]}",
        "accented": f"{person.given} {person.family}",
        "unaccented": f"{person.given} {person.family}".translate(str.maketrans("áéöü", "aeou")),
        "email": person.email[: max(6, len(person.email) - 14)],
        "title word": person.title.split()[-1],
    }
    if kind == "typing error":
        return _mistyped(person.family, dice)
    return ways.get(kind) or name[: lengths[kind.split()[0]]]


def _mistyped(word: str, dice: random.Random) -> str:
    place = dice.randrange(1, len(word))
    letter = dice.choice(string.ascii_lowercase)
    return dice.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + letter + word[place:],
            word[:place] + letter + word[place + 1 :],
            word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :],
        )
    )

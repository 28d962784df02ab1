"""How good the answers are: a fixed directory in many languages, and who is expected to be found.

A question's first people must come first, in any order among themselves; `also` must follow among
the first five. The same file is scored on SQLite and on PostgreSQL, which must answer alike.
"""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from directory import search
from directory.models import Department, Location, Number, Person
from directory.visibility import ANYBODY
from tests import migrated

FOLDER = Path(__file__).parent / "golden"
COUNTRIES = {
    "Zürich": "CH", "Bern": "CH", "Basel": "CH", "Genève": "CH", "Lugano": "CH", "Berlin": "DE",
    "London": "GB", "Singapore": "SG",
}  # fmt: skip
PARENTS = {"Treasury": "Finance", "Controlling": "Finance", "Accounting": "Finance"}
ELSEWHERE = """
import json, pathlib, sys
import django

django.setup()
from tests.directory.test_search_golden import answers

pathlib.Path(sys.argv[1]).write_text(json.dumps(answers()), "utf-8")
"""
FEWEST_FIRST, FEWEST_IN_FIVE = 0.98, 0.99


def read(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def fill() -> dict[int, str]:
    """Writes the people as anybody would; their short names by id."""
    departments = {name: Department.objects.create(name=name) for name in ("Finance",)}
    locations: dict[str, Location] = {}
    people = {}
    for each in read("people.csv"):
        name, city = each["department"], each["location"]
        if name not in departments:
            parent = departments.get(PARENTS.get(name, ""))
            departments[name] = Department.objects.create(name=name, parent=parent)
        if city not in locations:
            country = COUNTRIES.get(city, "")
            locations[city] = Location.objects.create(name=city, city=city, country=country)
        person = Person.objects.create(
            kind={"reception": "service", "boardroom": "room"}.get(each["id"], "person"),
            given_name=each["given"], preferred_name=each["preferred"], family_name=each["family"],
            title=each["title"], department=departments[name], location=locations[city],
            room=each["room"], email=f"{each['email']}@example.com", cucm_user_id=each["user_id"],
        )  # fmt: skip
        for kind in ("work", "extension"):
            if each[kind]:
                Number.objects.create(person=person, kind=kind, written=each[kind])
        people[person.pk] = each["id"]
    return people


def answers() -> dict[str, list[str]]:
    names = fill()
    return {
        each["text"]: [names[row.pk] for row in search.find(each["text"], viewer=ANYBODY).people]
        for each in read("questions.csv")
    }


def score(answered: dict[str, list[str]]) -> tuple[float, float, list[str]]:
    """The share of questions answered rightly first, and within five; and what went wrong."""
    first = in_five = 0
    wrong = []
    questions = read("questions.csv")
    for each in questions:
        expected, also = each["first"].split(), each["also"].split()
        found = answered[each["text"]]
        is_first = set(found[: len(expected)]) == set(expected)
        is_in_five = set(expected + also) <= set(found[:5])
        first, in_five = first + is_first, in_five + is_in_five
        if not (is_first and is_in_five):
            wrong.append(f"{each['text']}: {' '.join(expected + also)}, not {' '.join(found[:5])}")
    return first / len(questions), in_five / len(questions), wrong


@pytest.fixture
def answered(db: None) -> dict[str, list[str]]:
    return answers()


def test_the_questions_are_many_and_in_many_languages() -> None:
    questions = read("questions.csv")
    assert len({each["text"] for each in questions}) == len(questions) >= 150
    known = {each["id"] for each in read("people.csv")}
    asked = {name for each in questions for name in (each["first"] + " " + each["also"]).split()}
    assert asked <= known


def test_the_right_people_come_first(answered: dict[str, list[str]]) -> None:
    first, in_five, wrong = score(answered)
    print(f"first = {first:.3f}, in the first five = {in_five:.3f}")
    assert (first >= FEWEST_FIRST, in_five >= FEWEST_IN_FIVE) == (True, True), "\n".join(wrong)


def test_both_databases_answer_alike(answered: dict[str, list[str]], tmp_path: Path) -> None:
    out = tmp_path / "answers.json"
    with migrated.postgres() as url:
        command = [sys.executable, "-c", ELSEWHERE, str(out)]
        subprocess.run(command, env={**os.environ, "TEST_DATABASE_URL": url}, check=True)
    assert json.loads(out.read_text("utf-8")) == answered

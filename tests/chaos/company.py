"""Who works where: every cluster has two nodes, and everybody two phones but one choice."""

from dataclasses import dataclass
from itertools import product
from typing import Any

APPLICATION_USER = "clicktodial"
PASSWORD = "storm-&<proxy>-word"
RATE = 8  # calls a second and cluster: the most that Unified CM allows
CLUSTERS = 16
PEOPLE = 12  # at each cluster

# Phones are free again at once: the storm is about the way to them.
SETTINGS = {
    "calls_a_second": RATE,
    "answer_seconds": 0.05,
    "talk_seconds": 0.05,
    "ended_seconds": 0,
    "lockout_after": 0,
}


@dataclass(frozen=True)
class Person:
    """Somebody, and the phone that he or she has chosen to dial from."""

    user_id: str
    cluster: str
    device: str
    line: str


def everybody() -> list[Person]:
    """People of all clusters, neighbours at different ones."""
    return [_person(c, p) for p, c in product(range(PEOPLE), range(CLUSTERS))]


def _person(cluster: int, place: int) -> Person:
    number = cluster * 100 + place
    partition = "Internal" if place % 3 else "no partition"
    return Person(
        f"person{number}", f"c{cluster}", f"SEP{number:012d}", f"{10_000 + number} ; {partition}"
    )


def scene() -> dict[str, Any]:
    """The simulator's scene: half of the clusters before 15SU5, half since, two in between."""
    return scene_of(everybody(), CLUSTERS)


def scene_of(people: list[Person], clusters: int) -> dict[str, Any]:
    """A scene of so many clusters for these people."""
    return {"clusters": [_cluster(number, people) for number in range(clusters)]}


def _cluster(number: int, people: list[Person]) -> dict[str, Any]:
    name = f"c{number}"
    mine = [person for person in people if person.cluster == name]
    first = "axis" if number % 2 else "literal"
    second = {"axis": "literal", "literal": "axis"}[first] if number < 2 else first
    return {
        "name": name,
        "nodes": [
            {"name": f"{name}-1", "generation": first},
            {"name": f"{name}-2", "generation": second},
        ],
        "users": [
            {"id": person.user_id, "devices": [f"CSF{person.user_id}", person.device]}
            for person in mine
        ],
        "application_users": [{"id": APPLICATION_USER, "password": PASSWORD}],
        "devices": [device for person in mine for device in _devices(person)],
        "settings": SETTINGS,
    }


def _devices(person: Person) -> list[dict[str, Any]]:
    dn, _, partition = person.line.partition(" ; ")
    lines = [{"dn": dn, "partition": "" if partition == "no partition" else partition}]
    other = [*lines, {"dn": "9" + dn, "partition": "Internal"}]
    return [
        {"name": person.device, "lines": other},
        {"name": f"CSF{person.user_id}", "lines": lines},
    ]

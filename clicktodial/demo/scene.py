"""The two simulated clusters, peopled with the staff: phones, and what each number does."""

import secrets
from collections.abc import Sequence
from typing import Any

from clicktodial.demo.company import EUROPE, OVERSEAS
from clicktodial.demo.services import BUSY, CMC, FAC, NOWHERE, PROTECTED, UNANSWERED
from clicktodial.demo.staff import HEROES, Entry, everybody

APPLICATION_USER = "clicktodial"
PARTITION = "Internal"
GENERATIONS = {EUROPE: "literal", OVERSEAS: "axis"}
NODES = {
    EUROPE: ("europe-pub", "europe-sub"),
    OVERSEAS: ("overseas-pub", "overseas-sub"),
}

_DESTINATIONS = (
    {"pattern": BUSY, "behaviour": "busy"},
    {"pattern": UNANSWERED, "behaviour": "rings"},
    {"pattern": PROTECTED, "fac": [FAC], "cmc": [CMC]},
    {"pattern": NOWHERE, "behaviour": "no route"},
)


def scene(
    *, password: str, proxy_password: str, ports: Sequence[int] = (0, 0, 0, 0)
) -> dict[str, Any]:
    """What the simulator plays. The four demo people sign in to Unified CM with `password`."""
    free = iter(ports)
    return {
        "clusters": [
            _cluster(
                name,
                ports={node: next(free) for node in NODES[name]},
                password=password,
                proxy_password=proxy_password,
            )
            for name in (EUROPE, OVERSEAS)
        ],
        "redirector": [EUROPE, OVERSEAS],
    }


def desk_phone(person: Entry) -> str:
    """The name of a person's desk phone: SEP and a MAC address that nobody owns."""
    return f"SEP02{int(person.id[1:]):010X}"


def desk_line(person: Entry) -> str:
    """The line of a person's own number, as WebDialer lists it."""
    return f"{person.extension} ; {PARTITION}"


def _cluster(
    name: str, *, ports: dict[str, int], password: str, proxy_password: str
) -> dict[str, Any]:
    heroes = {hero.user_id for hero in HEROES}
    mine = [person for person in everybody().people if person.site.cluster == name]
    mine.sort(key=lambda person: person.user_id not in heroes)  # first on the page of phones
    return {
        "name": name,
        "nodes": [
            {"name": node, "port": port, "secure": True, "generation": GENERATIONS[name]}
            for node, port in ports.items()
        ],
        "application_users": [{"id": APPLICATION_USER, "password": proxy_password, "proxy": True}],
        "users": [
            _user(person, password=password if person.user_id in heroes else "") for person in mine
        ],
        "devices": [device for person in mine for device in _devices(person)],
        "destinations": list(_DESTINATIONS),
    }


def _user(person: Entry, *, password: str) -> dict[str, Any]:
    return {
        "id": person.user_id,
        "password": password or secrets.token_urlsafe(),
        "name": shown(person),
        "devices": [device["name"] for device in _devices(person)],
        "primary_line": person.extension,
    }


def _devices(person: Entry) -> list[dict[str, Any]]:
    own = {"dn": person.extension, "partition": PARTITION}
    lines = [own]
    if person.user_id == "ada":
        lines.append({"dn": "4890", "partition": PARTITION})  # the treasury's shared line
    devices = [
        {
            "name": desk_phone(person),
            "model": "Cisco 8845" if int(person.id[1:]) % 3 else "Cisco 7841",
            "description": f"{shown(person)}, {person.site.name} {person.room}",
            "lines": lines,
        }
    ]
    if person.has_softphone:
        devices.append(
            {
                "name": f"CSF{person.user_id.upper()}",
                "model": "Cisco Unified Client Services Framework",
                "description": f"{shown(person)}, computer",
                "lines": [own],
            }
        )
    return devices


def shown(person: Entry) -> str:
    """The name as the directory shows it."""
    return f"{person.name.preferred or person.name.given} {person.name.family}".strip()

"""What has a number and is nobody: receptions, help desks, rooms, bridges and test lines."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from clicktodial.demo.company import DOMAIN, SITES, Site
from clicktodial.demo.names import Name
from clicktodial.demo.staff import Entry, Telephone, everybody

ROOMS = ("Cumulus", "Nimbus", "Cirrus", "Stratus")
BUSY, UNANSWERED, PROTECTED, NOWHERE = "4991", "4992", "4993", "4994"
FAC, CMC = "135790", "2718"

_HELP = (
    ("IT Service Desk", "Service Desk", 901, "Laptops, passwords and phones; all day and night."),
    ("Payroll questions", "Payroll", 902, "Tuesdays and Thursdays."),
    ("Facilities hotline", "Buildings", 903, "Heating, light, doors, coffee machines."),
    ("Travel desk", "Facilities", 904, ""),
    ("Press office", "Marketing", 905, ""),
    ("Customer hotline", "Support Europe", 906, "The number that customers are given."),
)
_TESTS = (
    ("Test line: always busy", BUSY, "Shows what a busy line looks like."),
    ("Test line: nobody answers", UNANSWERED, "Rings for as long as you let it."),
    (
        "Test line: asks for a code",
        PROTECTED,
        f"Protected. The authorisation code is {FAC}, the client matter code {CMC}.",
    ),
    ("Test line: leads nowhere", NOWHERE, "Unified CM has no route to it."),
)


@cache
def every_service() -> tuple[Entry, ...]:
    """Services and rooms of every site."""
    found = [*_of_headquarters(SITES[0])]
    for site in SITES:
        found += _of_site(site)
    return tuple(found)


def _of_headquarters(site: Site) -> Iterator[Entry]:
    codes = {department.name: department.code for department in everybody().departments}
    for name, department, n, about in _HELP:
        yield _entry("service", name, site, n, department=codes[department], about=about)
    bridge = _entry("service", "Conference bridge: all hands", site, 900)
    yield _with(
        bridge,
        Telephone("work", f"{site.work_number(900)},,1234#"),
        about="Mondays at ten. The PIN is keyed in once the bridge answers.",
    )
    for name, extension, about in _TESTS:
        line = _entry("service", name, site, 0, department=codes["Networks & Telephony"])
        yield _with(line, Telephone("extension", extension), about=about)


def _of_site(site: Site) -> Iterator[Entry]:
    yield _entry(
        "service", f"Reception {site.name}", site, 0, email=f"reception.{site.code}@{DOMAIN}"
    )
    for place, room in enumerate(ROOMS[: 2 + site.weight // 8]):
        name = f"Meeting room {room}, {site.name}"
        n = site.most - 10 - place
        yield _entry("room", name, site, n, room=f"{place + 1}.00", about="Ten seats, one screen.")


def _entry(
    kind: str,
    name: str,
    site: Site,
    n: int,
    *,
    department: str = "",
    email: str = "",
    room: str = "",
    about: str = "",
) -> Entry:
    return Entry(
        id=f"{site.code}-{name}",
        kind=kind,
        name=Name("", name),
        site=site,
        department=department,
        email=email.lower(),
        room=room,
        about=about,
        numbers=(
            Telephone("work", site.work_number(n)),
            Telephone("extension", site.extension_of(n)),
        ),
    )


def _with(entry: Entry, *numbers: Telephone, about: str) -> Entry:
    return replace(entry, numbers=numbers, about=about)

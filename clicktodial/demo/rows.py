"""The invented company in the database, and the clusters as they stand at this start."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from clicktodial.demo import portraits
from clicktodial.demo.company import EUROPE, SITES
from clicktodial.demo.scene import APPLICATION_USER, NODES, desk_line, desk_phone
from clicktodial.demo.services import CMC, PROTECTED, every_service
from clicktodial.demo.staff import HEROES, Entry, everybody
from clicktodial.dialing.models import (
    ClientMatter,
    Cluster,
    DialPlan,
    DialProfile,
    Mode,
    Node,
    NumberRange,
    ProtectedNumber,
)
from clicktodial.dialplan.plan import Plus
from clicktodial.sealed import Sealed
from clicktodial.simulator import Simulator
from clicktodial.webdialer import Secret
from directory import photos
from directory.models import (
    Department,
    Favourite,
    KindVisibility,
    Location,
    Number,
    Person,
)
from directory.search import index

SOURCE = "demo"
RELEASES = {"literal": "15SU5", "axis": "12.5(1)SU9"}

_WEEKS = ("", "Mon-Fri 08:00-17:00", "", "Mon-Thu 08:30-17:30; Fri 08:30-12:00", "Tue-Thu")
_FAVOURITES = ("IT Service Desk", "Conference bridge: all hands", "Test line: always busy")


def are_missing() -> bool:
    """Whether the database is new."""
    return not Person.objects.exists()


@transaction.atomic
def write(*, password: str) -> int:
    """Writes the whole company; how many entries that were."""
    locations = _write_locations()
    departments = _write_departments()
    entries = (*everybody().people, *every_service())
    people = _write_people(entries, locations, departments)
    _write_numbers(entries, people)
    _write_leaders(entries, people, departments)
    _write_accounts(people, password=password)
    index.refresh(person.pk for person in people.values())
    return len(people)


@transaction.atomic
def connect_clusters(simulator: Simulator, *, proxy_password: str) -> None:
    """Points the clusters and their nodes at the running simulator, rested and trusted."""
    secret = Sealed.around(Secret(proxy_password))
    Node.objects.filter(cluster__name__in=NODES).update(port=1, host=_unique_host())
    for place, (name, nodes) in enumerate(NODES.items()):
        state: dict[str, Any] = {
            "order": place,
            "application_user": APPLICATION_USER,
            "proxy_password": secret,
            "ca": simulator.ca_pem,
            "stopped_at": None,
            "stopped_code": None,
        }
        cluster, _ = Cluster.objects.update_or_create(name=name, defaults=state)
        for order, node in enumerate(nodes):
            address = simulator.node(node)
            Node.objects.update_or_create(
                cluster=cluster,
                order=order,
                defaults={
                    "host": address.host,
                    "port": address.port,
                    "secure": address.secure,
                    "release": RELEASES[address.generation.value],
                    "failures": 0,
                    "resting_until": None,
                    "trouble": "",
                },
            )


def write_dial_plans() -> None:
    """Zurich dials colleagues inside and takes a 0 for a line; one test line asks for codes."""
    europe = Cluster.objects.get(name=EUROPE)
    if europe.dial_plans.exists():
        return
    plan = DialPlan.objects.create(
        cluster=europe,
        name="Zurich",
        location="ZRH",
        plus=Plus.REPLACE.value,
        home_code="41",
        outside_prefix="0",
    )
    NumberRange.objects.create(
        plan=plan, name="Zurich, direct", first="+41440004000", last="+41440004999", keep=4
    )
    ProtectedNumber.objects.create(
        cluster=europe,
        begins_with=PROTECTED,
        is_whole=True,
        asks_fac=True,
        asks_cmc=True,
        note="A test line; its page in the directory tells the codes.",
    )
    for code, name in ((CMC, "Tunnel inspection"), ("315", "Harbour crane"), ("316", "Trade fair")):
        ClientMatter.objects.create(code=code, name=name)


def write_profiles() -> None:
    """How the demo people dial: ada has yet to choose a phone, chie dials by the pop-up."""
    people = {person.user_id: person for person in everybody().people}
    clusters = {cluster.name: cluster for cluster in Cluster.objects.all()}
    for user in get_user_model().objects.filter(username__in=[hero.user_id for hero in HEROES]):
        person = people[user.get_username()]
        chosen = person.user_id == "bruno"
        DialProfile.objects.get_or_create(
            user=user,
            defaults={
                "cucm_user_id": person.user_id,
                "mode": Mode.POPUP if person.user_id == "chie" else Mode.DESK_PHONE,
                "home_cluster": clusters[person.site.cluster] if chosen else None,
                "device": desk_phone(person) if chosen else "",
                "line": desk_line(person) if chosen else "",
                "chosen_at": timezone.now() if chosen else None,
            },
        )


def _write_locations() -> dict[str, Location]:
    rows = Location.objects.bulk_create(
        Location(
            name=site.name,
            code=site.code,
            street=site.street,
            postal_code=site.postal_code,
            city=site.city,
            country=site.country,
            time_zone=site.time_zone,
        )
        for site in SITES
    )
    index.refresh_locations(row.pk for row in rows)
    return {row.code: row for row in rows}


def _write_departments() -> dict[str, Department]:
    rows: dict[str, Department] = {}
    for each in everybody().departments:  # a department stands before those below it
        rows[each.code] = Department(name=each.name, code=each.code)
    Department.objects.bulk_create(rows.values())
    for each in everybody().departments:
        rows[each.code].parent = rows.get(each.parent)
    Department.objects.bulk_update(rows.values(), ["parent"], batch_size=100)
    index.refresh_departments(row.pk for row in rows.values())
    return rows


def _write_people(
    entries: Sequence[Entry], locations: dict[str, Location], departments: dict[str, Department]
) -> dict[str, Person]:
    rows: dict[str, Person] = {}
    for entry in entries:
        rows[entry.id] = row = Person(
            kind=entry.kind,
            given_name=entry.name.given,
            family_name=entry.name.family,
            preferred_name=entry.name.preferred,
            pronunciation=entry.name.pronunciation,
            title=entry.title,
            department=departments.get(entry.department),
            location=locations[entry.site.code],
            room=entry.room,
            email=entry.email,
            cucm_user_id=entry.user_id,
            about=entry.about,
            languages=entry.languages,
            working_hours=_WEEKS[len(rows) % len(_WEEKS)] if entry.kind == "person" else "",
            source=SOURCE,
            external_id=entry.id,
        )
        if entry.has_photo:
            photos.put(row, photos.prepare(BytesIO(portraits.draw(entry.id))))
    Person.objects.bulk_create(rows.values(), batch_size=100)
    return rows


def _write_numbers(entries: Sequence[Entry], people: dict[str, Person]) -> None:
    numbers = [
        Number(
            person=people[entry.id],
            kind=telephone.kind,
            written=telephone.written,
            visibility=telephone.visibility,
            order=order,
        )
        for entry in entries
        for order, telephone in enumerate(entry.numbers)
    ]
    for number in numbers:
        number.read()
    Number.objects.bulk_create(numbers, batch_size=100)
    KindVisibility.objects.get_or_create(
        kind=Number.Kind.HOME, defaults={"visibility": "nobody", "may_be_dialled": True}
    )


def _write_leaders(
    entries: Sequence[Entry], people: dict[str, Person], departments: dict[str, Department]
) -> None:
    """The org chart, once everybody has a row to point at; leaders have deputies and assistants."""
    reports: dict[str, list[Person]] = {}
    for entry in entries:
        people[entry.id].manager = people.get(entry.manager)
        reports.setdefault(entry.manager, []).append(people[entry.id])
        if entry.leads:
            departments[entry.leads].head = people[entry.id]
    assists = Person.assistants.through
    helping = []
    for entry in entries:
        if entry.leads and (below := reports.get(entry.id)):
            people[entry.id].deputy = below[0]
            helping.append(assists(from_person=people[entry.id], to_person=below[-1]))
    Person.objects.bulk_update(people.values(), ["manager", "deputy"], batch_size=100)
    assists.objects.bulk_create(helping)
    Department.objects.bulk_update(departments.values(), ["head"], batch_size=100)


def _write_accounts(people: dict[str, Person], *, password: str) -> None:
    sealed = make_password(password)  # slow by design, so once for all four
    for entry in everybody().people:
        if entry.user_id not in {hero.user_id for hero in HEROES}:
            continue
        is_admin = entry.user_id == "admin"
        person = people[entry.id]
        person.account = get_user_model().objects.create(
            username=entry.user_id,
            password=sealed,
            first_name=entry.name.preferred or entry.name.given,
            last_name=entry.name.family,
            email=entry.email,
            is_staff=is_admin,
            is_superuser=is_admin,
        )
        person.save(update_fields=["account"])
        Favourite.objects.bulk_create(
            Favourite(user=person.account, person=favourite, order=order)
            for order, favourite in enumerate(
                row for row in people.values() if row.family_name in _FAVOURITES
            )
        )


def _unique_host() -> Concat:
    """Frees the ports of the last start: the new ones may be the same in another order."""
    return Concat(Value("node-"), Cast(F("pk"), CharField()))

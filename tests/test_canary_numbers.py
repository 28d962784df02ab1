"""Who finds which digits, on every route of the site, whatever way they are written.

Each canary is a number of its own visibility. tests/routes.py says what is asked of each route; a
route that is missing there fails tests/test_house.py. In the administration every page that can be
opened without a choice is opened, and of every model its first object.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import quote, unquote
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from clicktodial.api.models import Scope, Token
from clicktodial.dialing.models import Call, Contact, DialProfile, Mode, Outcome, SpeedDial
from clicktodial.dialplan.number import read
from clicktodial.phones.models import Service
from directory import unlisted
from directory.models import Department, Favourite, KindVisibility, Location, Number, Person
from directory.visibility import viewer_of
from tests.routes import ROUTES, Ask, walk

CANARIES = {
    "everyone": "7319046",
    "department": "8240157",
    "group": "9351268",
    "nobody": "6172803",
    "unlisted": "5283914",
    "kind": "8462095",
}
EVERY = frozenset(CANARIES)
TAGS = re.compile(r"<[^<>]*>")


def _anyhow(digits: str) -> re.Pattern[str]:
    between = r"[\W_]{0,12}"
    return re.compile(f"{between.join(digits)}|{between.join(reversed(digits))}")


PATTERNS = {name: _anyhow(digits) for name, digits in CANARIES.items()}
OWNER = "Canarysson"
SEES = {
    "nobody": frozenset[str](),
    "colleague": frozenset({"everyone", "department", "kind"}),
    "below": frozenset({"everyone", "department", "kind"}),
    "elsewhere": frozenset({"everyone"}),
    "member": frozenset({"everyone", "group"}),
    "owner": EVERY,
    "helpdesk": frozenset({"everyone"}),
    "administrator": EVERY,
}
# Who helps people with their calls sees in the log of calls what was dialled.
SEES_IN_ADMIN = {"helpdesk": frozenset({"unlisted"}), "administrator": EVERY}


@dataclass
class World:
    users: dict[str, Any]
    tokens: dict[str, str]
    facts: dict[str, dict[str, Any]]
    """What stands for the braces of tests/routes.py, for each viewer."""


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Any) -> World:
    settings.MEDIA_ROOT = tmp_path
    settings.LOOKUPS_A_MINUTE = settings.API_REQUESTS_A_MINUTE = settings.CALLS_A_MINUTE = 10_000
    settings.EXPORTS_A_MINUTE = settings.PHONE_REQUESTS_A_MINUTE = 10_000
    finance = Department.objects.create(name="Finance")
    treasury = Department.objects.create(name="Treasury", parent=finance)
    sales = Department.objects.create(name="Sales")
    zurich = Location.objects.create(name="Zürich", country="CH", time_zone="Europe/Zurich")
    reception = Group.objects.create(name="Reception")
    users = {
        name: get_user_model().objects.create_user(name, email=f"{name}@example.com")
        for name in SEES
        if name != "nobody"
    }
    users["administrator"].is_superuser = True
    for name in ("administrator", "helpdesk"):
        users[name].is_staff = True
        users[name].save()
    exporting = Permission.objects.get(codename="export_people")
    for user in users.values():
        user.user_permissions.add(exporting)
    seen = Permission.objects.filter(codename__startswith="view_")
    users["helpdesk"].user_permissions.add(*seen.exclude(codename="view_number"))
    users["member"].groups.add(reception)
    anna = Person.objects.create(
        given_name="Anna", family_name=OWNER, department=finance, location=zurich,
        account=users["owner"], email="anna@example.com",
    )  # fmt: skip
    _numbers(anna, reception)
    departments = {"colleague": finance, "below": treasury, "elsewhere": sales}
    for name, user in users.items():
        if name != "owner":
            Person.objects.create(
                given_name="Eva", family_name=name, account=user,
                department=departments.get(name), manager=anna,
            )  # fmt: skip
    facts = {name: _facts(user, anna) for name, user in users.items()}
    facts["nobody"] = facts["elsewhere"] | {"phone": "device=SEP0&token=none"}
    tokens = {name: _token(user) for name, user in users.items()}
    return World(users, tokens, facts)


def _numbers(anna: Person, reception: Group) -> None:
    KindVisibility.objects.create(kind="home", visibility="department")
    for order, (name, digits) in enumerate(CANARIES.items()):
        visibility = {"unlisted": "nobody", "kind": ""}.get(name, name)
        Number.objects.create(
            person=anna,
            kind="home" if name == "kind" else "other",
            written=f"+41 44 {digits[:3]} {digits[3:5]} {digits[5:]}",
            visibility=visibility,
            group=reception if name == "group" else None,
            may_be_dialled=name == "unlisted",
            order=order,
        )


def _facts(user: Any, anna: Person) -> dict[str, Any]:
    """Also gives the user something to be walked: a favourite, a call, a contact, a speed dial."""
    Favourite.objects.create(user=user, person=anna)
    rows = unlisted.of([anna.pk], viewer=viewer_of(user)).get(anna.pk, ())
    reference = rows[0].text if rows else "unlisted:none"
    other = read("+41 44 111 22 33")
    now = timezone.now()
    call = Call.objects.create(
        click=uuid4(), user=user, mode=Mode.DESK_PHONE, name="Somebody", number=reference,
        unlisted_digits=f"+4144{CANARIES['unlisted']}", outcome=Outcome.ACCEPTED, code=0,
        settled_at=now, settle_by=now,
    )  # fmt: skip
    numbers = {f"n_{name}": quote(f"+4144{digits}") for name, digits in CANARIES.items()}
    ends = {f"l_{name}": digits[-4:] for name, digits in CANARIES.items()}
    return {
        "anna": anna.pk,
        "other": Person.objects.exclude(pk=anna.pk).first().pk,  # type: ignore[union-attr]
        "department": anna.department_id,
        "location": anna.location_id,
        "reference": reference,
        "click": call.click,
        "contact": Contact.objects.create(user=user, name="Bo", **Contact.columns_of(other)).pk,
        "speed": SpeedDial.objects.add(user, "Bo", other).pk,
        "phone": _phone(user),
        **numbers,
        **ends,
    }


def _phone(user: Any) -> str:
    """What the user's desk phone says, which is known by a token of its own."""
    device = f"SEP{user.pk:012}"
    DialProfile.objects.create(user=user, device=device, line="1001")
    service = Service(name=device, enabled=True, device=device)
    token = service.make_token()
    service.save()
    return f"device={device}&token={token}"


def _token(user: Any) -> str:
    _row, text = Token.objects.issue(
        user=user, name="walk", scopes=[Scope.SEARCH, Scope.DIAL], days=1
    )
    return text


def texts(answer: Any, ask: Ask) -> Iterator[str]:
    """All that an answer says, also what is escaped or packed."""
    yield " ".join(f"{name}: {value}" for name, value in answer.items())
    content = answer.getvalue()
    if ask.read:
        yield ask.read(content)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b" ".join(packed.read(name) for name in packed.namelist())
    if answer.get("Content-Type", "").startswith(("image/png", "image/webp")):
        return
    text = content.decode(errors="replace")
    yield from (text, unescape(text), unquote(text))


def seen(said: Iterable[str]) -> set[str]:
    """The canaries in what was said, also backwards, spaced, spoken or with markup between.

    Words and letters end a number: a random token beside a shown one is not a third.
    """
    found = set()
    for text in said:
        for plain in (text, TAGS.sub("", text)):
            found |= {name for name, pattern in PATTERNS.items() if pattern.search(plain)}
    return found


@pytest.mark.parametrize(
    "said",
    ["+41 44 528 39 14", "5 2 8, 3 9, 1 4", "4193825", "<b>528</b><i>39</i>14", "528%2039%2014"],
)
def test_a_canary_is_noticed_however_it_is_written(said: str) -> None:
    assert seen([said, unquote(said)]) == {"unlisted"}


def test_a_token_beside_a_number_is_no_canary() -> None:
    assert seen(['<input value="x9f528"> <input value="3914">']) == set()


def ask_of(client: Client, ask: Ask, *, facts: dict[str, Any], token: str) -> Any:
    facts = facts | {"fresh": uuid4()}
    path = ask.path.format(**facts)
    headers = dict(ask.headers)
    if path.startswith("/api/") and token:
        headers |= {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid4())}
    if ask.data is None:
        return client.get(path, headers=headers)
    data = {name: unquote(value.format(**facts)) for name, value in ask.data.items()}
    kind = {"content_type": "application/json"} if ask.are_json else {}
    return client.post(path, data, headers=headers, **kind)


def test_every_question_reaches_its_route(world: World) -> None:
    facts = world.facts["elsewhere"] | {"fresh": uuid4()}
    for name, asks in ROUTES.items():
        for ask in asks:
            path = unquote(ask.path.format(**facts).partition("?")[0])
            assert resolve(path).view_name.removeprefix("directory:directory:") == name, path


@pytest.mark.parametrize("name", list(SEES))
def test_only_who_may_see_a_number_finds_its_digits(world: World, name: str) -> None:
    client = Client(raise_request_exception=True)
    if name in world.users:
        client.force_login(world.users[name])
    facts, token = world.facts[name], world.tokens.get(name, "")
    allowed = SEES[name]
    found: set[str] = set()
    for ask in (ask for asks in ROUTES.values() for ask in asks):
        answer = ask_of(client, ask, facts=facts, token=token)
        assert answer.status_code < 500, (ask, answer.status_code)
        said = list(texts(answer, ask))  # once: a stream is read only once
        here = seen(said) - ({ask.tells} if "{n_" in ask.path else set())
        assert here <= allowed, (ask.path, here - allowed)
        found |= here
        if ask.tells and answer.status_code == 200:
            names = any(OWNER in text for text in said)
            assert ask.tells in allowed or not names, ask.path
            assert names or ask.may_be_silent or ask.tells not in allowed, ask.path
    assert found == allowed


@pytest.mark.parametrize("name", list(SEES_IN_ADMIN))
def test_in_the_administration_numbers_are_for_who_may_view_them(world: World, name: str) -> None:
    client = Client()
    client.force_login(world.users[name])
    found: set[str] = set()
    for path in admin_pages():
        answer = client.get(path)
        assert answer.status_code < 500, path
        here = seen(texts(answer, Ask(path)))
        assert here <= SEES_IN_ADMIN[name], (path, here)
        found |= here
    assert found == SEES_IN_ADMIN[name]


def admin_pages() -> Iterator[str]:
    """Every page of the administration, with the first object of a model where one is needed."""
    for name, pattern in walk():
        parts = pattern.split("/")
        if not name.startswith("admin:") or "(" in pattern or name == "admin:view_on_site":
            continue
        wanted = re.findall(r"<[^>]+>", pattern)
        if not wanted:
            yield f"/{pattern}"
        elif len(wanted) == 1:
            model = apps.get_model(parts[1], parts[2])
            for row in model._default_manager.order_by("pk")[:1]:
                yield f"/{pattern.replace(wanted[0], str(row.pk))}"


def test_strangers_are_led_to_the_sign_in_from_every_page_of_the_administration(
    world: World, client: Client
) -> None:
    client.force_login(world.users["elsewhere"])
    for path in admin_pages():
        answer = client.get(path)
        open_to_all = path in ("/admin/login/", "/admin/jsi18n/")
        assert open_to_all or answer.status_code in (302, 403, 404, 405), path
        assert seen(texts(answer, Ask(path))) == set()

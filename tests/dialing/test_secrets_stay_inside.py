"""Canaries are planted wherever a secret can be entered; nothing that comes out may hold one.

The site is driven through success and through every fault of the simulator with DEBUG logging for
everything, and it crashes on purpose; then all that came out is searched. That the canaries were
really used is told by the simulator, which takes no other password.
"""

import base64
import io
import logging
import pickle
import traceback
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import django
import pytest
from django.conf import settings as django_settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.log import AdminEmailHandler

from clicktodial.dialing import clusters as doors
from clicktodial.dialing.models import Call, Cluster, DialProfile, ProtectedNumber
from clicktodial.dialplan.codes import Fac
from clicktodial.sealed import Sealed
from clicktodial.simulator import Simulator
from clicktodial.simulator.faults import KINDS
from clicktodial.webdialer import OwnCredential, ProxyCredential, Secret, TokenCredential
from tests.dialing import scene
from tests.dialing.paperwork import change_url, cluster_form

CANARIES = {
    "proxy password": "canary-proxy-Zx93-singt",
    "own password": "canary-own-Qw71-pfeift",
    "token": "canary-token-Lk55-zwitschert",
    "sign-in password": "canary-door-Vb28-trillert",
    "wrong password": "canary-wrong-Rt64-krächzt",
    "FAC": "8642097531",
}
PROTECTED = "4567"  # what asks for the FAC
TIMES = {"late": 0.4, "slow": 0.05, "drips": 0.02, "drips_body": 0.02}
CODES = [
    f"code:{number}" for number in (1, 3, 4, 5, 6, 7, 8, 9, 42, 2)
]  # after 2, own secrets are gone


class Everything(logging.Handler):
    """All that came out, by where it came out: logs, pages, mails, tables."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))
        self.texts: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.add("log", self.format(record))
        self.add("log record", repr(vars(record)))

    def add(self, where: str, text: str) -> None:
        self.texts.append((where, text))

    def keep(self, response: Any) -> Any:
        """Note an answer, its headers and cookies, and pass it on."""
        for each in (*(step for step, _ in getattr(response, "redirect_chain", ())), response):
            is_page = isinstance(each, HttpResponse)
            self.add("page", each.content.decode("utf-8", "replace") if is_page else str(each))
        self.add("header", f"{dict(response.headers)} {response.cookies}")
        return response

    def leaks(self, secrets: dict[str, str]) -> list[str]:
        """Where which secret came out, in the clear or thinly disguised."""
        found = []
        for name, secret in secrets.items():
            for disguise in _disguises(secret):
                found += [f"{name} in a {where}" for where, text in self.texts if disguise in text]
        return sorted(set(found))


def _disguises(secret: str) -> set[str]:
    raw = secret.encode()
    hidden = {secret, quote(secret), escape(secret), raw.hex(), repr(raw)[2:-1], repr(secret)[1:-1]}
    hidden.add(secret.encode("ascii", "xmlcharrefreplace").decode())
    for shift in range(3):  # base64, wherever the secret begins within it
        whole = base64.b64encode(b"\0" * shift + raw).decode().rstrip("=")
        middle = whole[4 if shift else 0 : -2]
        hidden |= {middle, middle.translate(str.maketrans("+/", "-_"))}
    return hidden


@pytest.fixture
def everything() -> Iterator[Everything]:
    """Hears every logger at DEBUG, those of the libraries included."""
    heard = Everything()
    loggers = [logging.getLogger(), *map(logging.getLogger, list(logging.root.manager.loggerDict))]
    before = [(logger, logger.level, logger.disabled) for logger in loggers]
    mailing = AdminEmailHandler(include_html=True)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
        logger.disabled = False
    logging.getLogger().addHandler(heard)
    logging.getLogger("django.request").addHandler(mailing)
    yield heard
    logging.getLogger("django.request").removeHandler(mailing)
    logging.getLogger().removeHandler(heard)
    for logger, level, disabled in before:
        logger.setLevel(level)
        logger.disabled = disabled


@pytest.fixture(scope="module")
def guarded() -> Iterator[Simulator]:
    """A Unified CM that takes the canaries and no other password."""
    play = deepcopy(scene.SCENE)
    for cluster in play["clusters"]:
        cluster["application_users"] = [
            {"id": "clicktodial", "password": CANARIES["proxy password"]}
        ]
        cluster["settings"] = {**cluster["settings"], "answer_seconds": 0, "talk_seconds": 0}
        cluster["settings"] |= {"ended_seconds": 0, "lockout_after": 0, "calls_a_second": 0}
    ada = play["clusters"][0]["users"][0]
    ada |= {"password": CANARIES["own password"], "tokens": [CANARIES["token"]]}
    with Simulator(play) as simulator:
        yield simulator


@pytest.fixture
def site(
    transactional_db: None, guarded: Simulator, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Simulator]:
    """Clusters without a password yet, whose nodes are given up on quickly."""
    admin = "admin@example.com"
    settings.ADMINS = [admin if django.VERSION >= (6,) else ("Admin", admin)]
    settings.CALLS_A_MINUTE = 10_000
    monkeypatch.setattr("clicktodial.dialing.sending.BUSY_PAUSE", 0.0)
    monkeypatch.setattr("clicktodial.dialing.pacing.WINDOW", 0.0)
    guarded.reset()
    for cluster in scene.enter(guarded).values():
        Cluster.objects.filter(pk=cluster.pk).update(
            proxy_password="", answer_seconds=0.15, connect_seconds=1
        )
        ProtectedNumber.objects.create(cluster=cluster, begins_with=PROTECTED, asks_fac=True)
    yield guarded
    doors.close_all()


@pytest.fixture
def ada(site: Simulator) -> Any:
    user = get_user_model().objects.create_superuser("ada", password=CANARIES["sign-in password"])
    home = Cluster.objects.get(name="west")
    scene.choose(user, device=scene.ADA_DESK, line="1001 ; Internal", home=home)
    return user


def _sign_in(everything: Everything) -> Client:
    browser = Client(raise_request_exception=False)
    for name in ("wrong password", "sign-in password"):
        data = {"username": "ada", "password": CANARIES[name]}
        answer = everything.keep(browser.post("/sign-in/", data))
    assert answer.status_code == 302
    return browser


def _enter_proxy_password(browser: Client, everything: Everything) -> None:
    """As an administrator does: with a mistake, rightly, then looking at it beside the doctor."""
    for cluster in Cluster.objects.all():
        url, secret = change_url(cluster), CANARIES["proxy password"]
        for changes in ({"name": ""}, {}):
            data = cluster_form(cluster, new_password=secret, **changes)
            everything.keep(browser.post(url, data, follow=True))
        history = url.replace("/change/", "/history/")
        for path in (url, history, "/admin/dialing/cluster/", "/admin/"):
            everything.keep(browser.get(path))
        doctor = reverse("doctor:cluster", args=[cluster.pk])
        for headers in ({}, {"X-Fragment": "part"}):
            told = everything.keep(browser.post(doctor, {"user_id": "ada"}, headers=headers))
            assert told.status_code == 200
            assert "application user" in told.content.decode().lower()


def _make_whole_again(user: Any) -> None:
    """What faults have taught the site about the person and the clusters is forgotten."""
    Cluster.objects.update(stopped_at=None, stopped_code=None)
    west = Cluster.objects.get(name="west")
    west.nodes.update(resting_until=None, failures=0)
    DialProfile.objects.filter(user=user).update(
        device=scene.ADA_DESK, line="1001 ; Internal", home_cluster=west
    )


def _dial(browser: Client, everything: Everything, **headers: str) -> Any:
    """Dial the protected number, from the page or by the script, and look at the call."""
    fields = {
        "number": PROTECTED,
        "click": uuid4(),
        "fac": CANARIES["FAC"],
        "shown": PROTECTED,
        "agreed": "on",
    }
    answer = everything.keep(browser.post("/dial/", fields, follow=True, headers=headers))
    everything.keep(browser.get(f"/dial/calls/{fields['click']}/"))
    return answer


def _through_every_fault(
    browser: Client,
    everything: Everything,
    simulator: Simulator,
    *,
    generation: str,
    operation: str | None = None,
) -> int:
    names = [name for name in KINDS if name not in ("code:N", "refuses")] + CODES
    user = get_user_model().objects.get(username="ada")
    for name in ("", *names):
        simulator.mend()
        for node in ("west-1", "west-2"):
            simulator.set_generation(node, generation)
            if name:
                simulator.fault(node, name, operation=operation, seconds=TIMES.get(name))
        _make_whole_again(user)
        _dial(browser, everything, **({"X-Fragment": "callbar"} if len(name) % 2 else {}))
    simulator.mend()
    _make_whole_again(user)
    return len(names)


def _everything_stored(everything: Everything) -> None:
    dump = io.StringIO()
    call_command("dumpdata", stdout=dump)
    everything.add("dump", dump.getvalue())
    for entry in LogEntry.objects.all():
        everything.add("history", f"{entry.object_repr} {entry.change_message}")
    for session in Session.objects.all():
        everything.add("session", repr(session.get_decoded()))
    if connection.vendor == "sqlite":
        connection.close()
        for part in Path(connection.settings_dict["NAME"]).parent.rglob("*"):
            if part.is_file() and ".sqlite3" in str(part):
                everything.add("database file", part.read_bytes().decode("latin-1"))
    for message in mail.outbox:
        everything.add("mail", str(message.message()))


def _used(simulator: Simulator) -> set[str]:
    """The canaries that reached the node: it rings for no other password, token or code."""
    rung = simulator.rung
    used = {"proxy password": "clicktodial", "own password": "ada", "token": "ada"}
    names = {name for name, by in used.items() if any(call.by == by for call in rung)}
    coded = f"{PROTECTED}{CANARIES['FAC']}"
    return names | ({"FAC"} if any(coded in call.destination for call in rung) else set())


def _site_secrets() -> dict[str, str]:
    return CANARIES | {
        "SECRET_KEY": str(django_settings.SECRET_KEY),
        "encryption key": str(django_settings.ENCRYPTION_KEYS[0]),
    }


def test_no_secret_comes_out_in_success_or_in_any_fault(
    site: Simulator, ada: Any, everything: Everything, capsys: pytest.CaptureFixture[str]
) -> None:
    browser = _sign_in(everything)
    _enter_proxy_password(browser, everything)
    faults = 0
    for generation in ("axis", "literal"):
        faults += _through_every_fault(browser, everything, site, generation=generation)
    proxy = _used(site)
    assert proxy >= {"proxy password", "FAC"}
    Cluster.objects.update(
        offers_proxy=False, offers_password=True, offers_token=True, sso_client_id="C0ffee"
    )
    for way in ("password", "token"):
        site.reset()
        _sign_on(browser, everything, way)
        assert _dial(browser, everything).status_code == 200
        assert [call.by for call in site.rung] == ["ada"]
        faults += _through_every_fault(
            browser, everything, site, generation="axis", operation="makeCallSoap"
        )
    _everything_stored(everything)
    told = capsys.readouterr()
    everything.add("standard output", told.out)
    everything.add("standard error", told.err)
    secrets = _site_secrets()
    assert everything.leaks(secrets) == []
    assert _hears_everything(everything)
    with capsys.disabled():
        size = sum(len(text) for _, text in everything.texts)
        print(
            f"\ncanaries: {len(secrets)} secrets, {faults} faults, {Call.objects.count()} calls, "
            f"{len(everything.texts)} outputs of {size / 1e6:.0f} MB searched, 0 leaks"
        )


def _sign_on(browser: Client, everything: Everything, way: str) -> None:
    """Sign in to Unified CM oneself, by password or by the token that single sign-on brings."""
    if way == "password":
        data = {"password": CANARIES["wrong password"]}
        everything.keep(browser.post("/dial/identity/", data))
        data = {"password": CANARIES["own password"]}
        everything.keep(browser.post("/dial/identity/", data, follow=True))
        return
    state = browser.get("/dial/identity/sign-on/").headers["Location"].split("state=")[1]
    data = {"token": CANARIES["token"], "state": state}
    everything.keep(browser.post("/dial/token/", data, follow=True))


def _hears_everything(everything: Everything) -> bool:
    """Whether what was searched would have held a leak: the calls are told there, by DEBUG too."""
    places = {where for where, _ in everything.texts}
    logged = "\n".join(text for where, text in everything.texts if where == "log")
    assert {"log", "page", "header", "dump", "history", "session"} <= places
    assert "clicktodial.webdialer INFO" in logged
    assert "makeCallSoap" in logged
    assert "DEBUG" in logged
    return True


# --- Crashes -------------------------------------------------------------------------------------

# Where a bug of our own would strike while the secret is at hand.
BUGS = (
    "clicktodial.dialing.identity.credential_for",
    "clicktodial.dialing.clusters.client_of",
    "clicktodial.dialing.models.Call.settle",
    "clicktodial.webdialer.client.Message",
    "clicktodial.webdialer.client.decode",
    "clicktodial.webdialer.dialects.writer.envelope",
    "clicktodial.webdialer.dialects.writer.profile",
    "clicktodial.webdialer.transport.read_reply",
    "clicktodial.webdialer.stream.memoryview",
)


def _bug(*_: object, **__: object) -> None:
    raise RuntimeError("a bug")


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize("where", BUGS)
def test_no_secret_stands_on_an_error_page_or_in_an_error_mail(
    where: str,
    debug: bool,
    site: Simulator,
    ada: Any,
    everything: Everything,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.DEBUG = debug
    browser = _sign_in(everything)
    _enter_proxy_password(browser, everything)
    monkeypatch.setattr(where, _bug, raising=False)
    crashed = _dial(browser, everything)
    _everything_stored(everything)
    assert crashed.status_code == 500
    assert "a bug" in "".join(text for place, text in everything.texts if place == "mail")
    if debug:
        assert "a bug" in crashed.content.decode()
    assert everything.leaks(_site_secrets()) == []


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize(
    ("path", "name", "fields"),
    [
        ("/sign-in/", "sign-in password", {"username": "ada"}),
        ("/dial/identity/", "own password", {}),
        ("/dial/token/", "token", {"state": "x"}),
        ("/dial/", "FAC", {"number": PROTECTED, "click": str(uuid4())}),
    ],
)
def test_no_crash_repeats_what_was_typed_in(
    path: str,
    name: str,
    fields: dict[str, str],
    debug: bool,
    site: Simulator,
    ada: Any,
    everything: Everything,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.DEBUG = debug
    browser = Client(raise_request_exception=False)
    if path != "/sign-in/":
        browser.force_login(ada)
    column = {"FAC": "fac", "token": "token"}.get(name, "password")
    monkeypatch.setattr("django.forms.forms.BaseForm.full_clean", _bug)
    crashed = everything.keep(browser.post(path, {**fields, column: CANARIES[name]}))
    _everything_stored(everything)
    assert crashed.status_code == 500
    assert everything.leaks(_site_secrets()) == []


@pytest.mark.parametrize("bug", BUGS[3:])
@pytest.mark.parametrize("generation", ["axis", "literal"])
def test_no_traceback_with_its_variables_holds_a_secret(
    bug: str, generation: str, site: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As error trackers send it: every frame with its variables."""
    from clicktodial.webdialer import Caller, Generation, WebDialer

    site.set_generation("west-1", generation)
    node = Cluster.objects.get(name="west").nodes.get(order=0)
    credential = ProxyCredential("clicktodial", Secret(CANARIES["proxy password"]))
    monkeypatch.setattr(bug, _bug, raising=False)
    client = WebDialer(
        doors.transport_to(node), generation=Generation(generation), credential=credential
    )
    with pytest.raises(RuntimeError) as caught:
        client.make_call(Secret(CANARIES["FAC"]), caller=Caller("ada", "SEP1", "1"))
    told = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    text = "".join(told.format())
    assert "a bug" in text
    assert CANARIES["proxy password"] not in text
    assert CANARIES["FAC"] not in text


@pytest.mark.parametrize(
    "holder",
    [
        Secret(CANARIES["token"]),
        ProxyCredential("app", Secret(CANARIES["token"])),
        OwnCredential("ada", Secret(CANARIES["token"])),
        TokenCredential(Secret(CANARIES["token"])),
        Fac(CANARIES["FAC"]),
    ],
)
def test_what_holds_a_secret_neither_prints_nor_pickles(holder: object) -> None:
    shown = f"{holder} {holder!r} {[holder]} {vars(holder) if hasattr(holder, '__dict__') else ''}"
    with suppress(TypeError):
        shown += pickle.dumps(holder).decode("latin-1")
    assert not any(canary in shown for canary in CANARIES.values())


def test_a_sealed_secret_lies_in_the_database_unreadable(site: Simulator) -> None:
    sealed = Sealed.around(Secret(CANARIES["proxy password"]))
    heard = Everything()
    heard.add("token", f"{sealed} {sealed!r} {sealed.token}")
    assert heard.leaks(CANARIES) == []


@pytest.mark.parametrize("disguise", [str, quote, escape, lambda text: text.encode().hex()])
def test_the_search_finds_a_leak(disguise: Any) -> None:
    heard = Everything()
    for name, canary in CANARIES.items():
        heard.add(name, f"before {disguise(canary)} after")
        heard.add(name, base64.b64encode(b"ab" + canary.encode() + b"c").decode())
    assert len(heard.leaks(CANARIES)) == len(CANARIES)

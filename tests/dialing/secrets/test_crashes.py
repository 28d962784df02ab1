"""The site crashes on purpose where a secret is at hand: no page, mail or traceback repeats it."""

import traceback
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from clicktodial.dialing import clusters as doors
from clicktodial.dialing.models import Cluster
from clicktodial.simulator import Simulator
from clicktodial.webdialer import Caller, Generation, ProxyCredential, Secret, WebDialer
from tests.dialing.secrets.canaries import (
    CANARIES,
    PROTECTED,
    Everything,
    dial,
    enter_proxy_password,
    everything_stored,
    sign_in,
    site_secrets,
)

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
    browser = sign_in(everything)
    enter_proxy_password(browser, everything)
    monkeypatch.setattr(where, _bug, raising=False)
    crashed = dial(browser, everything)
    everything_stored(everything)
    assert crashed.status_code == 500
    assert "a bug" in "".join(text for place, text in everything.texts if place == "mail")
    if debug:
        assert "a bug" in crashed.content.decode()
    assert everything.leaks(site_secrets()) == []


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
    everything_stored(everything)
    assert crashed.status_code == 500
    assert everything.leaks(site_secrets()) == []


@pytest.mark.parametrize("bug", BUGS[3:])
@pytest.mark.parametrize("generation", ["axis", "literal"])
def test_no_traceback_with_its_variables_holds_a_secret(
    bug: str, generation: str, site: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As error trackers send it: every frame with its variables."""
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

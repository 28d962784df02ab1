"""Canaries are planted wherever a secret can be entered; nothing that comes out may hold one.

The site is driven through success and through every fault of the simulator with DEBUG logging for
everything; then all that came out is searched. That the canaries were really used is told by the
simulator, which takes no other password.
"""

import base64
from html import escape
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from clicktodial.dialing.models import Call, Cluster, DialProfile
from clicktodial.simulator import Simulator
from clicktodial.simulator.faults import KINDS
from tests.dialing import scene
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

TIMES = {"late": 0.4, "slow": 0.05, "drips": 0.02, "drips_body": 0.02}
CODES = [
    f"code:{number}" for number in (1, 3, 4, 5, 6, 7, 8, 9, 42, 2)
]  # after 2, own secrets are gone


def _make_whole_again(user: Any) -> None:
    """What faults have taught the site about the person and the clusters is forgotten."""
    Cluster.objects.update(stopped_at=None, stopped_code=None)
    west = Cluster.objects.get(name="west")
    west.nodes.update(resting_until=None, failures=0)
    DialProfile.objects.filter(user=user).update(
        device=scene.ADA_DESK, line="1001 ; Internal", home_cluster=west
    )


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
        dial(browser, everything, **({"X-Fragment": "callbar"} if len(name) % 2 else {}))
    simulator.mend()
    _make_whole_again(user)
    return len(names)


def _used(simulator: Simulator) -> set[str]:
    """The canaries that reached the node: it rings for no other password, token or code."""
    rung = simulator.rung
    used = {"proxy password": "clicktodial", "own password": "ada", "token": "ada"}
    names = {name for name, by in used.items() if any(call.by == by for call in rung)}
    coded = f"{PROTECTED}{CANARIES['FAC']}"
    return names | ({"FAC"} if any(coded in call.destination for call in rung) else set())


def test_no_secret_comes_out_in_success_or_in_any_fault(
    site: Simulator, ada: Any, everything: Everything, capsys: pytest.CaptureFixture[str]
) -> None:
    browser = sign_in(everything)
    enter_proxy_password(browser, everything)
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
        assert dial(browser, everything).status_code == 200
        assert [call.by for call in site.rung] == ["ada"]
        faults += _through_every_fault(
            browser, everything, site, generation="axis", operation="makeCallSoap"
        )
    everything_stored(everything)
    told = capsys.readouterr()
    everything.add("standard output", told.out)
    everything.add("standard error", told.err)
    secrets = site_secrets()
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
    assert ("database file" in places) is (connection.vendor == "sqlite")
    assert "clicktodial.webdialer INFO" in logged
    assert "makeCallSoap" in logged
    assert "DEBUG" in logged
    return True


@pytest.mark.parametrize("disguise", [str, quote, escape, lambda text: text.encode().hex()])
def test_the_search_finds_a_leak(disguise: Any) -> None:
    heard = Everything()
    for name, canary in CANARIES.items():
        heard.add(name, f"before {disguise(canary)} after")
        heard.add(name, base64.b64encode(b"ab" + canary.encode() + b"c").decode())
    assert len(heard.leaks(CANARIES)) == len(CANARIES)

"""makeCallProxy: an application user opens the pop-up in the place of an end user."""

import pytest

from clicktodial.simulator import Simulator

from .browser_of_forms import Browser
from .conftest import Wire, scene

PROXY = {"destination": "4711", "uid": "eva", "appid": "proxy", "pwd": "proxy's word"}


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_proxy_stands_in_for_the_login(sim: Simulator, old: Wire, method: str) -> None:
    browser = Browser(old)
    getattr(browser, method)(**PROXY)
    assert browser.title == "Preferences"
    browser.choose()
    browser.submit(cmd="dial", destination="4711")
    (call,) = sim.rung
    assert (call.user, call.by, call.via) == ("eva", "proxy", "html")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"pwd": "wrong"}, "(2)"),
        ({"appid": "ghost"}, "(2)"),
        ({"appid": "weak", "pwd": "weak's word"}, "(3)"),
        ({"uid": "ghost"}, "(4)"),
    ],
)
def test_what_does_not_hold_is_told(old: Wire, changes: dict[str, str], code: str) -> None:
    browser = Browser(old)
    browser.post(**(PROXY | changes))
    assert code in browser.page.text
    assert not browser.cookies


def test_secure_methods_refuse_a_get() -> None:
    with Simulator(scene(make_call_proxy_methods="Secure")) as sim:
        browser = Browser(Wire(sim.node("old")))
        assert browser.get(**PROXY).status == 405
        browser.post(**PROXY)
        assert browser.title == "Preferences"


def test_the_password_is_on_no_page(old: Wire) -> None:
    browser = Browser(old)
    assert "proxy's word" not in browser.post(**PROXY).text

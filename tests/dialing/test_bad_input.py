"""Bad input gets a clear answer, places no call and loses nothing."""

from typing import Any
from uuid import uuid4

import pytest
import trustme
from cryptography.fernet import Fernet
from django.test import Client

from clicktodial.dialing import calls
from clicktodial.dialing.models import Call, Cluster, DialProfile
from clicktodial.dialplan.number import read
from clicktodial.simulator import Simulator
from tests.dialing import scene

BAR = {"X-Fragment": "callbar"}


def _post(browser: Client, **fields: Any) -> Any:
    return browser.post("/dial/", {"click": uuid4(), **fields}, headers=BAR)


@pytest.mark.parametrize(
    "number",
    [
        "",
        "   ",
        "sip:ada@example.com",
        "ada@example.com",
        "call me",
        "1-800-FLOWERS",
        "4" * 500,
        "45\x0067",
        "45\n67\r\nX: y",
        "<script>alert(1)</script>",
        "+",
        "😀",
    ],
)
def test_what_is_no_number_is_refused_with_a_sentence(
    number: str, ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    answer = _post(browser_of(ada), number=number)
    assert answer.status_code == 422
    assert "Nothing was dialled." in answer.content.decode()
    assert "<script>" not in answer.content.decode()
    assert simulator.calls == ()
    assert not Call.objects.exists()


@pytest.mark.parametrize("number", ["4" * 500, "sip:ada@example.com"])
def test_a_hostile_link_is_shown_as_wrong_and_dials_nothing(
    number: str, ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    page = browser_of(ada).get("/dial/", {"number": number})
    assert page.status_code == 400
    assert 'class="errorlist"' in page.content.decode()


@pytest.mark.parametrize("click", ["", "not-a-token", "1" * 4000])
def test_a_page_without_a_proper_click_token_is_out_of_date(
    click: str, ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    answer = browser_of(ada).post("/dial/", {"number": "4567", "click": click})
    assert answer.status_code == 422
    assert "This page is out of date" in answer.content.decode()
    assert simulator.calls == ()


@pytest.mark.parametrize("field", ["way", "phone", "shown"])
def test_what_our_pages_never_send_is_refused_and_the_page_says_so(
    field: str, ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    form = {"number": "4567", "click": uuid4(), field: "x" * 500}
    answer = browser_of(ada).post("/dial/", form)
    assert answer.status_code == 422
    told = "This page is out of date. Open it again, then call. Nothing was dialled."
    assert told in answer.content.decode()
    assert told.partition(" Nothing")[0] in _post(browser_of(ada), **form).content.decode()
    assert simulator.calls == ()


def test_a_foreign_call_is_not_shown_nor_hung_up(
    ada: Any, bruno: Any, browser_of: Any, simulator: Simulator
) -> None:
    call = calls.place(user=ada, click=uuid4(), number=read("4567"))
    stranger = browser_of(bruno)
    assert stranger.get(f"/dial/calls/{call.click}/").status_code == 404
    assert stranger.post(f"/dial/calls/{call.click}/end/").status_code == 404
    assert simulator.ends == ()


def test_a_foreign_click_token_is_told_and_dials_nothing(
    ada: Any, bruno: Any, browser_of: Any, simulator: Simulator
) -> None:
    call = calls.place(user=ada, click=uuid4(), number=read("4567"))
    answer = _post(browser_of(bruno), number="4567", click=call.click)
    assert answer.status_code == 409
    assert len(simulator.calls) == 1


def test_a_forged_user_id_device_or_line_changes_nothing(
    ada: Any, bruno: Any, browser_of: Any, simulator: Simulator
) -> None:
    forged = {"user": "bruno", "cucm_user_id": "bruno", "device": scene.BRUNO_DESK, "line": "1"}
    _post(browser_of(ada), number="4567", **forged)
    (rung,) = simulator.rung
    assert (rung.user, rung.device) == ("ada", scene.ADA_DESK)


def test_a_forged_device_is_not_taken_as_the_choice(
    ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    answer = browser_of(ada).post(
        "/dial/device/", {"phone": f"{scene.BRUNO_DESK}|2001 ; Global E164"}
    )
    assert answer.status_code == 422
    assert "That phone is not listed." in answer.content.decode()
    assert DialProfile.objects.get(user=ada).device == scene.ADA_DESK


def test_a_wrong_csrf_token_dials_nothing(ada: Any, browser_of: Any, simulator: Simulator) -> None:
    browser = browser_of(ada, enforce_csrf_checks=True)
    answer = browser.post(
        "/dial/", {"number": "4567", "click": uuid4(), "csrfmiddlewaretoken": "x" * 64}
    )
    assert answer.status_code == 403
    assert simulator.calls == ()


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "patch"])
def test_nothing_but_a_post_dials(
    method: str, ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    getattr(browser_of(ada), method)(f"/dial/?number=4567&click={uuid4()}")
    assert simulator.calls == ()


def test_a_wrong_key_is_told_and_keeps_the_sealed_password(
    ada: Any, clusters: dict[str, Cluster], browser_of: Any, settings: Any, simulator: Simulator
) -> None:
    before = Cluster.objects.get(pk=clusters["west"].pk).proxy_password
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    answer = _post(browser_of(ada), number="4567")
    assert answer.status_code == 409
    assert "needs an administrator" in answer.content.decode()
    assert Cluster.objects.get(pk=clusters["west"].pk).proxy_password == before


def test_a_wrong_ca_stops_before_anything_is_sent(ada: Any, browser_of: Any) -> None:
    ca = trustme.CA()
    with Simulator(
        {
            "clusters": [
                {
                    "name": "safe",
                    "nodes": [{"name": "safe-1", "secure": True, "generation": "literal"}],
                    "users": [{"id": "ada", "devices": []}],
                }
            ]
        }
    ) as simulator:
        home = scene.enter(simulator)["safe"]
        home.ca = ca.cert_pem.bytes().decode()
        home.save()
        DialProfile.objects.filter(user=ada).update(home_cluster=home)
        answer = _post(browser_of(ada), number="4567")
        assert "not safe. No call was placed." in answer.content.decode()
        assert simulator.requests == ()

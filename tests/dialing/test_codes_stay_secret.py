"""A FAC is sent once and found nowhere else: a canary is looked for in all that came out."""

import io
import logging
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from clicktodial.dialing import calls
from clicktodial.dialing.models import Call, Cluster, ProtectedNumber
from clicktodial.simulator import Simulator
from tests.dialing.scene import CMC, FAC, PROTECTED

BAR = {"X-Fragment": "callbar"}


@pytest.fixture
def protected(clusters: dict[str, Cluster]) -> None:
    ProtectedNumber.objects.create(
        cluster=clusters["west"], begins_with=PROTECTED, asks_fac=True, asks_cmc=True
    )


def form(**fields: Any) -> dict[str, Any]:
    codes = {"fac": FAC, "other_cmc": CMC}
    return {"number": PROTECTED, "click": uuid4(), "shown": PROTECTED, **codes, **fields}


def told(answer: Any) -> list[str]:
    return [answer.content.decode(), str(answer.headers), answer.request["QUERY_STRING"]]


def test_the_code_is_in_no_page_log_row_session_or_address(
    ada: Any,
    protected: None,
    browser_of: Any,
    admin_client: Client,
    simulator: Simulator,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("zeep", "urllib3", "django.db.backends"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    browser, seen = browser_of(ada), []
    for faults in ("", "drops", "garbage", "slow"):
        if faults:
            simulator.fault("west-1", faults, operation="makeCallSoap", times=1)
        sent = form()
        for answer in (
            browser.post("/dial/", sent, headers=BAR),
            browser.post("/dial/", sent),
            browser.get(f"/dial/calls/{sent['click']}/"),
            browser.get("/dial/", {"number": PROTECTED}),
        ):
            seen += told(answer)
    seen += told(browser.post("/dial/", form(other_cmc="x")))
    seen += told(browser.post("/dial/", form(number="sip:x", shown="")))
    seen += told(browser.post("/dial/", form(click="no token")))
    call = Call.objects.filter(outcome="accepted").first()
    assert call is not None
    seen += told(admin_client.get(reverse("admin:dialing_call_change", args=[call.pk])))
    dump = io.StringIO()
    call_command("dumpdata", stdout=dump)
    seen += [dump.getvalue(), caplog.text, *capsys.readouterr()]
    seen += [str(session.get_decoded()) for session in Session.objects.all()]

    assert any(FAC in call.destination for call in simulator.calls)
    assert not [text for text in seen if FAC in text]


@pytest.mark.parametrize("debug", [False, True])
def test_the_code_is_in_no_error_page_or_log(
    ada: Any,
    protected: None,
    browser_of: Any,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
    debug: bool,
) -> None:
    settings.DEBUG = debug

    def fail(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(calls.Call.objects, "claim", fail)
    browser = browser_of(ada, raise_request_exception=False)
    answer = browser.post("/dial/", form())
    assert answer.status_code == 500
    assert FAC not in answer.content.decode()
    assert FAC not in caplog.text

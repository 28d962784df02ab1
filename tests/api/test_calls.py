"""A program dials from its person's phone: once per key, and no more is claimed than is known."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from clicktodial.dialing.models import Call, Cluster, DialProfile, Mode, ProtectedNumber
from clicktodial.simulator import Simulator
from tests.api.conftest import Program
from tests.dialing.scene import ADA_DESK, BRUNO_DESK, PROTECTED

NORA = "+41446681800"


@pytest.fixture
def program(program_of: Callable[..., Program], ada: Any) -> Program:
    return program_of(ada)


def test_the_persons_own_phone_dials(program: Program, simulator: Simulator) -> None:
    answer = program.dial("044 668 18 00")
    told = answer.json()
    assert answer.status_code == 201
    assert (told["state"], told["digits"], told["device"]) == ("accepted", NORA, ADA_DESK)
    assert told["says"] == "The phone system took the call. Your phone should be dialling."
    assert answer.headers["Location"] == f"/api/v1/calls/{told['id']}"
    assert simulator.phone(ADA_DESK).digits == NORA


def test_a_repeated_key_makes_no_second_call(program: Program, simulator: Simulator) -> None:
    first = program.dial(NORA, key="order-17").json()
    again = program.dial("044 668 18 00", key="order-17")
    assert again.status_code == 201
    assert again.json()["id"] == first["id"]
    assert len(simulator.calls) == 1


def test_many_at_once_with_one_key_make_one_call(program: Program, simulator: Simulator) -> None:
    def ask(_place: int) -> int:
        try:
            return Program(program.token).dial(NORA, key="order-17").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        assert set(threads.map(ask, range(6))) == {201}
    assert len(simulator.calls) == 1


def test_a_lost_reply_is_not_dialled_again(program: Program, simulator: Simulator) -> None:
    simulator.fault("west-1", "drops", operation="makeCallSoap")
    told = program.dial(NORA, key="order-17").json()
    assert told["state"] == "unknown"
    assert program.dial(NORA, key="order-17").json()["state"] == "unknown"
    assert len(simulator.calls) == 1


def test_a_key_belongs_to_one_number(program: Program, simulator: Simulator) -> None:
    program.dial(NORA, key="order-17")
    other = program.dial("4567", key="order-17")
    assert other.status_code == 422
    assert other.json()["type"] == "urn:clicktodial:problem:key-used-before"
    assert [call.destination for call in simulator.calls] == [NORA]


def test_two_people_may_use_the_same_key(
    program: Program, program_of: Callable[..., Program], bruno: Any, simulator: Simulator
) -> None:
    program.dial(NORA, key="order-17")
    assert program_of(bruno).dial("4567", key="order-17").status_code == 201
    assert [call.device for call in simulator.calls] == [ADA_DESK, BRUNO_DESK]


@pytest.mark.parametrize("key", ["", "x" * 65, "with space", "é"])
def test_without_a_proper_key_nothing_is_dialled(
    key: str, program: Program, simulator: Simulator
) -> None:
    answer = program.post("calls", {"number": NORA}, headers={"Idempotency-Key": key})
    assert answer.status_code == 400
    assert answer.json()["type"] == "urn:clicktodial:problem:key-needed"
    assert simulator.calls == ()


@pytest.mark.parametrize(
    "forged",
    [
        {"user": "bruno"},
        {"user_id": 2},
        {"cucm_user_id": "bruno"},
        {"device": BRUNO_DESK},
        {"fac": "864209753"},
        {"agreed": True},
    ],
)
def test_a_body_that_says_more_than_the_number_is_refused(
    forged: dict[str, Any], program: Program, bruno: Any, simulator: Simulator
) -> None:
    answer = program.dial(NORA, **forged)
    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:clicktodial:problem:bad-body"
    assert simulator.calls == ()
    assert not Call.objects.exists()


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("number=4567", "application/x-www-form-urlencoded", 415),
        ("{", "application/json", 400),
        ("[" * 4000, "application/json", 400),
        (b"\xff", "application/json", 400),
        ("[]", "application/json", 422),
        ('{"number": 4567}', "application/json", 422),
        ('{"number": "\\ud800"}', "application/json", 422),
        ('{"number": "nobody"}', "application/json", 422),
        ('{"number": "%s"}' % ("1" * 5000), "application/json", 413),
        ('{"number": "%s"}' % ("1" * 3_000_000), "application/json", 413),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_bad_body_is_refused(
    body: Any, content_type: str, status: int, program: Program, simulator: Simulator
) -> None:
    answer = program.post(
        "calls", body, content_type=content_type, headers={"Idempotency-Key": "order-17"}
    )
    assert answer.status_code == status
    assert simulator.calls == ()


def test_who_has_no_phone_is_told_where_to_choose_one(
    newcomer: Any, program_of: Callable[..., Program], simulator: Simulator
) -> None:
    answer = program_of(newcomer).dial(NORA)
    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:clicktodial:problem:no-phone-chosen"
    assert answer.json()["page"] == "http://testserver/dial/device/"
    assert simulator.calls == ()


@pytest.mark.parametrize("number", ["112", "0900 123 456"])
def test_what_a_person_must_confirm_is_not_dialled(
    number: str, program: Program, simulator: Simulator
) -> None:
    answer = program.dial(number)
    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:clicktodial:problem:a-person-must-confirm"
    assert answer.json()["page"].startswith("http://testserver/dial/?number=")
    assert simulator.calls == ()


def test_codes_are_entered_by_a_person_on_the_page(
    program: Program, clusters: dict[str, Cluster], simulator: Simulator
) -> None:
    ProtectedNumber.objects.create(cluster=clusters["west"], begins_with=PROTECTED, asks_fac=True)
    answer = program.dial(PROTECTED)
    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:clicktodial:problem:codes-needed"
    assert answer.json()["page"] == f"http://testserver/dial/?number={PROTECTED}"
    assert simulator.calls == ()


def test_more_calls_than_by_hand_are_refused(
    program: Program, simulator: Simulator, settings: Any
) -> None:
    settings.CALLS_A_MINUTE = 1
    program.dial(NORA)
    answer = program.dial(NORA)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "60"
    assert len(simulator.calls) == 1


def test_a_person_with_the_pop_up_is_led_to_its_window(
    program: Program, ada: Any, simulator: Simulator
) -> None:
    DialProfile.objects.filter(user=ada).update(mode=Mode.POPUP)
    told = program.dial(NORA).json()
    assert told["state"] == "handed_over"
    assert told["page"] == f"http://testserver/dial/calls/{told['id']}/window/"
    assert simulator.calls == ()


def test_a_person_with_a_softphone_gets_the_link_that_opens_it(
    program: Program, ada: Any, simulator: Simulator
) -> None:
    Cluster.objects.update(offers_tel=True)
    DialProfile.objects.filter(user=ada).update(mode=Mode.TEL)
    told = program.dial(NORA).json()
    assert (told["state"], told["handle"]) == ("handed_over", f"tel:{NORA}")
    assert told["page"] == f"http://testserver/dial/calls/{told['id']}/"
    assert simulator.calls == ()


def test_a_key_whose_call_was_erased_is_not_dialled_again(
    program: Program, ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    call = program.dial(NORA, key="order-17").json()["id"]
    browser_of(ada).post(f"/dial/calls/{call}/erase/")
    assert program.dial(NORA, key="order-17").status_code == 422
    assert len(simulator.calls) == 1


def test_a_call_is_looked_at_and_hung_up_once(program: Program, simulator: Simulator) -> None:
    call = program.dial(NORA).json()["id"]
    assert program.get(f"calls/{call}").json()["may_hang_up"] is True
    ended = program.post(f"calls/{call}/hang-up").json()
    assert ended["says"] == "The phone system was told to hang up."
    assert ended["ended_at"]
    assert program.post(f"calls/{call}/hang-up").json()["ended_at"] == ended["ended_at"]
    assert len(simulator.ends) == 1
    assert simulator.phone(ADA_DESK).state == "ended"


def test_only_the_latest_call_is_hung_up(program: Program, simulator: Simulator) -> None:
    first = program.dial(NORA).json()["id"]
    simulator.hang_up(ADA_DESK)
    program.dial("4567")
    answer = program.post(f"calls/{first}/hang-up")
    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:clicktodial:problem:not-the-latest-call"
    assert simulator.ends == ()


def test_a_refused_call_has_nothing_to_hang_up(program: Program, simulator: Simulator) -> None:
    told = program.dial("7777").json()
    assert (told["state"], told["code"]) == ("refused", 7)
    answer = program.post(f"calls/{told['id']}/hang-up")
    assert answer.json()["type"] == "urn:clicktodial:problem:nothing-to-hang-up"
    assert simulator.ends == ()


def test_anothers_call_is_not_there(
    program: Program, program_of: Callable[..., Program], bruno: Any, simulator: Simulator
) -> None:
    call = program.dial(NORA).json()["id"]
    other = program_of(bruno)
    assert other.get(f"calls/{call}").status_code == 404
    assert other.post(f"calls/{call}/hang-up").status_code == 404
    assert simulator.ends == ()


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete", "options"])
def test_only_a_post_dials(method: str, program: Program, simulator: Simulator) -> None:
    headers = {"Authorization": f"Bearer {program.token}", "Idempotency-Key": "order-17"}
    answer = program.client.generic(
        method.upper(), "/api/v1/calls?number=4567", '{"number": "4567"}', headers=headers
    )
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert simulator.calls == ()

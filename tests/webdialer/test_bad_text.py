"""Text that XML cannot carry is refused before anything is sent."""

import pytest

from clicktodial.webdialer import (
    BadText,
    Caller,
    Generation,
    NotSent,
    ProxyCredential,
    Reason,
    Secret,
    TokenCredential,
)
from tests.webdialer.misbehaving import CALLER, CREDENTIAL, hangs

BAD = [
    "1002\x00",
    "\x1b[2J",
    "10\n02",
    "10\r02",
    "10\t02",
    "\x7f",
    "\x85",
    "\ud800",
    "1\udfff",
    "\uffff",
]


@pytest.mark.parametrize("generation", Generation)
@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize(
    "place", ["destination", "user", "device", "line", "id", "password", "token"]
)
def test_a_control_character_is_refused_everywhere(node, generation, bad, place):
    listener = node(hangs)
    caller = {
        "user": Caller(bad, "SEP1", "1"),
        "device": Caller("johndoe", bad, "1"),
        "line": Caller("johndoe", "SEP1", bad),
    }.get(place, CALLER)
    credential = {
        "id": ProxyCredential(bad, Secret("a password")),
        "password": ProxyCredential("app", Secret(bad)),
        "token": TokenCredential(Secret(bad)),
    }.get(place, CREDENTIAL)
    dialer = listener.dialer(generation, credential=credential)
    with pytest.raises(BadText) as caught:
        dialer.make_call(bad if place == "destination" else "1002", caller=caller)
    assert isinstance(caught.value, NotSent)
    assert isinstance(caught.value, ValueError)
    assert caught.value.reason is Reason.BAD_TEXT
    assert not caught.value.try_another_node
    assert not caught.value.maybe_acted
    assert bad not in str(caught.value)
    assert listener.connections == 0


@pytest.mark.parametrize("missing", [None, 1002, b"1002"])
def test_what_is_no_text_is_a_mistake_of_the_programmer(node, missing):
    listener = node(hangs)
    with pytest.raises(TypeError):
        listener.dialer().make_call(missing, caller=CALLER)
    assert listener.connections == 0


def test_an_operation_without_its_credential_is_a_mistake_of_the_programmer(node):
    listener = node(hangs)
    with pytest.raises(ValueError, match="needs a credential"):
        listener.dialer(credential=None).make_call("1002", caller=CALLER)
    assert listener.connections == 0


@pytest.mark.parametrize("act", ["get_profile_detail", "get_primary_line"])
def test_what_does_not_work_by_proxy_is_a_mistake_of_the_programmer(node, act):
    listener = node(hangs)
    with pytest.raises(ValueError, match="does not work by proxy"):
        getattr(listener.dialer(), act)()
    assert listener.connections == 0

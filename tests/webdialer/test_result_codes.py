"""Result codes are judged by their number and the operation, never by their words."""

import pickle

import pytest

from clicktodial.webdialer import (
    BadCredentials,
    CallFailed,
    DirectoryFailed,
    Generation,
    NoAnswer,
    NoDevice,
    NoProxyRights,
    NoRoute,
    NotSent,
    Operation,
    Overloaded,
    OwnCredential,
    Problem,
    Reason,
    Refused,
    Secret,
    ServiceFailed,
    Unavailable,
    Unreadable,
    WebDialerError,
)
from tests.webdialer.misbehaving import CALLER, golden, http, says

KINDS = {
    1: CallFailed,
    2: BadCredentials,
    3: NoProxyRights,
    4: DirectoryFailed,
    5: NoDevice,
    6: Unavailable,
    7: NoRoute,
    8: ServiceFailed,
    9: Overloaded,
}


def answering(node, generation: str, code: int):
    reply = golden(generation, "makeCallSoap-refused")
    given = b"7" if generation == "axis" else b"9"
    changed = reply.replace(b">" + given + b"<", b">%d<" % code)
    return node(says(http(changed))).dialer(Generation(generation))


@pytest.mark.parametrize("generation", ["axis", "literal"])
@pytest.mark.parametrize(("code", "kind"), KINDS.items())
def test_every_code_has_its_error(node, generation, code, kind):
    with pytest.raises(Refused) as caught:
        answering(node, generation, code).make_call("1002", caller=CALLER)
    assert type(caught.value) is kind
    assert (caught.value.code, caught.value.operation) == (code, Operation.MAKE_CALL)
    assert not caught.value.maybe_acted
    assert not caught.value.probe_again
    assert caught.value.try_another_node is (code in (6, 9))


@pytest.mark.parametrize("code", [10, 42, -1, 2_147_483_647])
def test_an_unknown_code_is_kept_and_proves_nothing(node, code):
    with pytest.raises(Refused) as caught:
        answering(node, "literal", code).make_call("1002", caller=CALLER)
    assert type(caught.value) is Refused
    assert caught.value.code == code
    assert caught.value.maybe_acted
    assert not caught.value.try_another_node


@pytest.mark.parametrize("generation", ["axis", "literal"])
def test_code_one_of_the_detailed_profile_means_no_device(node, generation):
    own = OwnCredential("johndoe", Secret("a password"))
    reply = http(golden(generation, "getProfileDetailSoap-no-device"))
    dialer = node(says(reply)).dialer(Generation(generation), credential=own)
    with pytest.raises(NoDevice) as caught:
        dialer.get_profile_detail()
    assert caught.value.code == 1


def test_words_of_success_do_not_mend_a_code(node):
    reply = golden("axis", "makeCallSoap").replace(b">0<", b">8<")
    with pytest.raises(ServiceFailed):
        node(says(http(reply))).dialer().make_call("1002", caller=CALLER)


@pytest.mark.parametrize(
    "error",
    [
        NotSent(Reason.TLS_FAILED, "wrong version number"),
        NoAnswer(Reason.TIMED_OUT),
        Unreadable(404, Problem.STATUS),
        NoRoute(7, Operation.MAKE_CALL, "Destination cannot be reached"),
    ],
)
def test_an_error_survives_the_way_to_another_process(error):
    error.at("https://cucm.example.com:8443", operation=Operation.MAKE_CALL)
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert isinstance(copy, WebDialerError)
    assert (str(copy), vars(copy)) == (str(error), vars(error))

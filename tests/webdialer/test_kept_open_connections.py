"""Connections are kept open and used again, and a call never goes out twice because of it."""

import os
import threading
import time

import pytest

from clicktodial.webdialer import Generation, Limits, NoAnswer, Unreadable, WebDialer
from tests.webdialer.misbehaving import (
    CALLER,
    CREDENTIAL,
    Conversation,
    drops,
    golden,
    http,
    resets,
    says,
)

ANSWER = http(golden("axis", "makeCallSoap"))
MEMBER = http(golden("axis", "isClusterUserSoap"))


class Closes:
    """Answers, then closes the connection and says so to the test."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.closed = threading.Event()

    def __call__(self, conversation: Conversation) -> None:
        conversation.send(self.data)
        conversation.sock.close()
        self.closed.set()


def asked(listener) -> list[str]:
    marks = {b"makeCallSoap ": "call", b"isClusterUserSoap ": "read", b"endCallSoap ": "end"}
    return [name for each in listener.requests for mark, name in marks.items() if mark in each]


@pytest.mark.parametrize("secure", [False, True])
def test_one_connection_serves_many_calls(node, authority, secure):
    listener = node(says(ANSWER), tls=authority.server("127.0.0.1") if secure else None)
    dialer = listener.dialer(ca=authority.pem)
    for _ in range(20):
        dialer.make_call("1002", caller=CALLER)
    assert (listener.connections, len(listener.requests)) == (1, 20)


@pytest.mark.parametrize("secure", [False, True])
def test_a_call_goes_out_once_although_the_kept_connection_was_closed(node, authority, secure):
    closes = Closes(ANSWER)
    listener = node(closes, says(ANSWER), tls=authority.server("127.0.0.1") if secure else None)
    dialer = listener.dialer(ca=authority.pem)
    dialer.make_call("1001", caller=CALLER)
    assert closes.closed.wait(20)
    dialer.make_call("1002", caller=CALLER)
    assert listener.connections == 2
    assert asked(listener) == ["call", "call"]


@pytest.mark.parametrize("ends", [drops, resets])
@pytest.mark.parametrize("act", ["make_call", "end_call"])
def test_a_call_is_never_repeated_when_a_kept_connection_ends_under_it(node, ends, act):
    listener = node(says(MEMBER), ends, says(ANSWER))
    dialer = listener.dialer()
    dialer.is_cluster_user("johndoe")
    with pytest.raises(NoAnswer):
        dialer.make_call("1002", caller=CALLER) if act == "make_call" else dialer.end_call(
            caller=CALLER
        )
    assert listener.connections == 1
    assert asked(listener) == ["read", "call" if act == "make_call" else "end"]


@pytest.mark.parametrize("ends", [drops, resets])
def test_a_read_is_repeated_once_when_a_kept_connection_ends_under_it(node, ends):
    listener = node(says(MEMBER), ends, says(MEMBER))
    dialer = listener.dialer()
    dialer.is_cluster_user("johndoe")
    assert dialer.is_cluster_user("johndoe")
    assert (listener.connections, asked(listener)) == (2, ["read"] * 3)


def test_a_read_is_repeated_no_more_than_once(node):
    listener = node(says(MEMBER), drops)
    dialer = listener.dialer()
    dialer.is_cluster_user("johndoe")
    with pytest.raises(NoAnswer):
        dialer.is_cluster_user("johndoe")
    assert len(listener.requests) == 3


def test_a_read_on_a_fresh_connection_is_not_repeated(node):
    listener = node(drops)
    with pytest.raises(NoAnswer):
        listener.dialer().is_cluster_user("johndoe")
    assert len(listener.requests) == 1


def test_a_connection_idle_for_too_long_is_not_used_again(node):
    listener = node(says(ANSWER))
    dialer = listener.dialer(limits=Limits(idle=0.001))
    dialer.make_call("1001", caller=CALLER)
    time.sleep(0.01)
    dialer.make_call("1002", caller=CALLER)
    assert listener.connections == 2


@pytest.mark.parametrize(
    "answer",
    [
        http(golden("axis", "makeCallSoap"), headers=["Connection: close"]),
        http(golden("axis", "makeCallSoap"), headers=["Connection: Upgrade, CLOSE"]),
        ANSWER.replace(b"HTTP/1.1", b"HTTP/1.0"),
        ANSWER + b"HTTP/1.1 200 OK\r\n",
    ],
)
def test_a_connection_that_is_at_its_end_is_not_used_again(node, answer):
    listener = node(says(answer))
    dialer = listener.dialer()
    dialer.make_call("1001", caller=CALLER)
    dialer.make_call("1002", caller=CALLER)
    assert listener.connections == 2


def test_an_answer_nobody_asked_for_is_never_taken_for_the_next_one(node):
    sent_late = threading.Event()

    def answers_twice(conversation: Conversation) -> bool:
        conversation.send(http(golden("axis", "makeCallSoap-refused")))
        conversation.send(ANSWER)
        sent_late.set()
        return True

    listener = node(answers_twice, says(http(status="404 Not Found")))
    dialer = listener.dialer()
    with pytest.raises(Exception, match="code 7"):
        dialer.make_call("1001", caller=CALLER)
    assert sent_late.wait(20)
    with pytest.raises(Unreadable):
        dialer.make_call("1002", caller=CALLER)


def test_an_unreadable_answer_ends_its_connection(node):
    listener = node(says(http(b"x", media_type="text/html")), says(ANSWER))
    dialer = listener.dialer()
    with pytest.raises(Unreadable):
        dialer.make_call("1001", caller=CALLER)
    dialer.make_call("1002", caller=CALLER)
    assert listener.connections == 2


def test_a_forked_process_opens_connections_of_its_own(node):
    listener = node(says(ANSWER))
    transport = listener.transport()
    dialer = WebDialer(transport, generation=Generation.AXIS, credential=CREDENTIAL)
    dialer.make_call("1001", caller=CALLER)
    transport._owner = os.getpid() + 1  # as a child would find it
    dialer.make_call("1002", caller=CALLER)
    assert listener.connections == 2


def test_a_transport_that_is_forgotten_closes_what_it_kept(node):
    closed = threading.Event()

    def answers(conversation: Conversation) -> None:
        conversation.send(ANSWER)
        if not conversation.sock.recv(1):
            closed.set()

    listener = node(answers)
    dialer = listener.dialer()
    dialer.make_call("1001", caller=CALLER)
    listener._transports.clear()
    del dialer
    assert closed.wait(20)

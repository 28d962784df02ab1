"""NoAnswer: the request was handed over, and what became of it nobody can say."""

import time

import pytest

from clicktodial.webdialer import Limits, NoAnswer, Problem, Reason, Unreadable
from tests.webdialer.misbehaving import (
    CALLER,
    PASSWORD,
    Conversation,
    drips,
    drops,
    golden,
    hangs,
    http,
    resets,
    says,
)

SHORT = Limits(answer=0.4)
REPLY = http(golden("axis", "makeCallSoap"))


def no_answer(listener, **kwargs):
    started = time.monotonic()
    with pytest.raises(NoAnswer) as caught:
        listener.dialer(**kwargs).make_call("+41441234567", caller=CALLER)
    assert time.monotonic() - started < 10
    assert caught.value.maybe_acted
    assert not caught.value.try_another_node
    assert len(listener.requests) == 1
    assert b"+41441234567" in listener.requests[0]
    return caught.value


def test_a_connection_closed_before_any_reply_leaves_the_fate_unknown(node):
    assert no_answer(node(drops)).reason is Reason.BROKEN


def test_a_connection_reset_before_any_reply_leaves_the_fate_unknown(node):
    assert no_answer(node(resets)).reason is Reason.BROKEN


def test_a_connection_closed_in_the_middle_of_the_head_leaves_the_fate_unknown(node):
    listener = node(says(b"HTTP/1.1 200 OK\r\nContent-Ty", keep=False))
    assert no_answer(listener).reason is Reason.BROKEN


def test_a_node_that_says_nothing_is_waited_for_no_longer_than_the_limit(node):
    assert no_answer(node(hangs), limits=SHORT).reason is Reason.TIMED_OUT


def test_a_head_that_drips_is_bounded_as_a_whole(node):
    assert no_answer(node(drips(REPLY)), limits=SHORT).reason is Reason.TIMED_OUT


def test_a_body_that_drips_is_bounded_as_a_whole(node):
    head, mark, body = REPLY.partition(b"\r\n\r\n")

    def answer(conversation: Conversation):
        conversation.send(head + mark)
        conversation.drip(body)

    assert no_answer(node(answer), limits=SHORT).reason is Reason.TIMED_OUT


def test_the_limit_of_the_whole_call_holds_where_others_are_longer(node):
    limits = Limits(connect=30, answer=30, total=0.4)
    assert no_answer(node(drips(REPLY)), limits=limits).reason is Reason.TIMED_OUT


def test_a_dripping_node_is_bounded_over_tls_too(node, authority):
    listener = node(drips(REPLY), tls=authority.server("127.0.0.1"))
    assert no_answer(listener, ca=authority.pem, limits=SHORT).reason is Reason.TIMED_OUT


def test_endless_interim_answers_are_bounded(node):
    listener = node(says(b"HTTP/1.1 100 Continue\r\n\r\n" * 50))
    with pytest.raises(Unreadable) as caught:
        listener.dialer().make_call("1002", caller=CALLER)
    assert caught.value.problem is Problem.STATUS


def test_an_interim_answer_is_passed_over(node):
    listener = node(says(b"HTTP/1.1 100 Continue\r\n\r\n" + REPLY))
    assert listener.dialer().make_call("1002", caller=CALLER).description == "Success"


def test_a_read_that_got_no_answer_may_be_asked_elsewhere(node):
    with pytest.raises(NoAnswer) as caught:
        node(drops).dialer().is_cluster_user("johndoe")
    assert caught.value.try_another_node
    assert not caught.value.maybe_acted


def test_the_error_names_node_and_operation_and_no_more(node):
    listener = node(drops)
    error = no_answer(listener)
    assert str(error) == f"{listener.address} makeCallSoap: no answer: the connection broke"
    assert PASSWORD not in repr(error)

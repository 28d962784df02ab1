"""Which generation a node speaks is found without credentials and without any effect."""

import pytest

from clicktodial.webdialer import (
    Generation,
    NoAnswer,
    NotSent,
    Operation,
    Problem,
    Unreadable,
    find_generation,
)
from tests.webdialer.misbehaving import drops, golden, http, says

LITERAL = http(golden("literal", "isClusterUserSoap-no"))
AXIS = http(golden("axis", "isClusterUserSoap-stock"))
NOT_FOUND = http(b"<html/>", status="404 Not Found", media_type="text/html")


def test_a_node_of_the_new_generation_is_asked_once(node):
    listener = node(says(LITERAL))
    assert find_generation(listener.transport()) is Generation.LITERAL
    assert len(listener.requests) == 1


@pytest.mark.parametrize(
    "first",
    [
        NOT_FOUND,
        http(golden("axis", "fault-no-service"), status="500 Error"),
        http(golden("literal", "fault"), status="500 Error"),
        http(b"<html>please log in</html>", media_type="text/html"),
        http(b"not xml"),
        http(status="302 Found", headers=["Location: /"]),
        AXIS,
    ],
)
def test_a_node_that_does_not_know_the_new_one_is_asked_in_the_old(node, first):
    listener = node(says(first, keep=False), says(AXIS))
    assert find_generation(listener.transport()) is Generation.AXIS
    assert len(listener.requests) == 2


def test_only_the_harmless_operation_is_used_and_no_credential(node):
    listener = node(says(NOT_FOUND))
    with pytest.raises(Unreadable):
        find_generation(listener.transport(), user_id="johndoe")
    assert len(listener.requests) == 2
    for request in listener.requests:
        assert b"isClusterUserSoap" in request
        assert b"johndoe" in request
        assert b"makeCall" not in request
        assert b"assword" not in request


def test_a_node_that_speaks_neither_has_webdialer_not_activated(node):
    with pytest.raises(Unreadable) as caught:
        find_generation(node(says(NOT_FOUND)).transport())
    assert caught.value.problem is Problem.NOT_ACTIVATED
    assert caught.value.status == 404
    assert caught.value.operation is Operation.IS_CLUSTER_USER
    assert not caught.value.maybe_acted
    assert "does not seem to be activated" in str(caught.value)


def test_a_node_that_answers_neither_way_in_its_own_words_is_not_taken(node):
    other = golden("literal", "isClusterUserSoap").replace(b":return>", b":other>")
    listener = node(says(http(other)))
    with pytest.raises(Unreadable):
        find_generation(listener.transport())


def test_silence_says_nothing_about_the_generation(node):
    listener = node(drops)
    with pytest.raises(NoAnswer):
        find_generation(listener.transport())
    assert len(listener.requests) == 1


def test_a_dead_node_is_not_sent(node):
    listener = node(drops)
    transport = listener.transport()
    listener.close()
    with pytest.raises(NotSent):
        find_generation(transport)

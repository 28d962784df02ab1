"""What a socket's failure while writing proves about the bytes handed over."""

import socket
import time

import pytest

from clicktodial.webdialer import NoAnswer, NotSent, Reason
from clicktodial.webdialer.stream import Stream


@pytest.fixture
def pair():
    near, far = socket.socketpair()
    with near, far:
        yield Stream(near), far


def soon() -> float:
    return time.monotonic() + 0.2


def test_a_write_of_which_no_byte_left_is_not_sent(pair):
    stream, far = pair
    far.close()
    with pytest.raises(NotSent) as caught:
        stream.write(b"POST", deadline=soon())
    assert caught.value.reason is Reason.BROKEN


def test_a_write_whose_time_is_up_before_it_begins_is_not_sent(pair):
    stream, far = pair
    with pytest.raises(NotSent) as caught:
        stream.write(b"POST", deadline=time.monotonic() - 1)
    far.setblocking(False)
    with pytest.raises(BlockingIOError):
        far.recv(1)
    assert caught.value.reason is Reason.TIMED_OUT


def test_a_write_that_got_stuck_half_way_has_an_unknown_fate(pair):
    stream, far = pair
    with pytest.raises(NoAnswer) as caught:
        stream.write(b"x" * 50_000_000, deadline=soon())
    assert caught.value.reason is Reason.TIMED_OUT
    assert far.recv(1) == b"x"


def test_an_idle_stream_is_alive_until_there_is_anything_to_read(pair):
    stream, far = pair
    assert stream.is_alive()
    far.send(b"x")
    assert not stream.is_alive()


@pytest.mark.parametrize("end", ["far", "near"])
def test_a_stream_closed_at_either_end_is_not_alive(pair, end):
    stream, far = pair
    far.close() if end == "far" else stream.close()
    assert not stream.is_alive()

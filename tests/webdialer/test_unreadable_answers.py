"""HTTP answers that are not WebDialer's: refused fast, bounded, and judged for what they prove."""

import gzip
import time

import pytest

from clicktodial.webdialer import Generation, Limits, Problem, Unreadable
from tests.webdialer.misbehaving import (
    CALLER,
    Conversation,
    golden,
    hangs,
    http,
    says,
)

REPLY = golden("axis", "makeCallSoap")
HTML = b"<html><head><title>Error</title></head><body>Sorry<br></body></html>"
XHTML = b"<html><body><p>well-formed</p></body></html>"


def unreadable(listener, **kwargs):
    started = time.monotonic()
    with pytest.raises(Unreadable) as caught:
        listener.dialer(**kwargs).make_call("1002", caller=CALLER)
    assert time.monotonic() - started < 10
    assert len(listener.requests) == 1
    return caught.value


@pytest.mark.parametrize(
    ("status", "placed"),
    [
        (400, False),
        (401, False),
        (403, False),
        (404, False),
        (405, False),
        (408, True),
        (429, False),
        (501, False),
        (502, True),
        (503, True),
        (504, True),
        (201, True),
        (202, True),
        (204, True),
    ],
)
@pytest.mark.parametrize("body", [b"", HTML, XHTML])
def test_a_status_is_kept_and_tells_whether_a_call_is_possible(node, status, placed, body):
    error = unreadable(node(says(http(body, status=f"{status} Said", media_type="text/html"))))
    assert (error.status, error.problem) == (status, Problem.STATUS)
    assert error.maybe_acted is placed
    assert error.try_another_node is not placed


@pytest.mark.parametrize("status", [200, 202])
def test_an_accepted_request_without_a_body_is_no_answer_of_webdialer(node, status):
    error = unreadable(node(says(http(status=f"{status} Accepted"))))
    assert error.status == status
    assert error.maybe_acted


def test_a_missing_service_asks_for_another_probe(node):
    assert unreadable(node(says(http(status="404 Not Found")))).probe_again


def test_an_overloaded_gateway_asks_for_no_other_probe(node):
    assert not unreadable(node(says(http(status="503 Unavailable")))).probe_again


@pytest.mark.parametrize(
    ("status", "placed"), [(301, False), (302, True), (303, True), (307, False), (308, False)]
)
@pytest.mark.parametrize("same_host", [True, False])
def test_a_redirect_is_never_followed(node, status, placed, same_host):
    target = node(says(http(REPLY)))
    listener = node(hangs)
    host = f"127.0.0.1:{(listener if same_host else target).port}"
    where = f"Location: http://{host}/webdialer/services/x"
    listener._answers[:] = [says(http(status=f"{status} Elsewhere", headers=[where]))]
    error = unreadable(listener)
    assert (error.status, error.problem) == (status, Problem.REDIRECT)
    assert error.maybe_acted is placed
    assert "Location" not in str(error)
    assert "services/x" not in str(error)
    assert target.connections == 0
    assert target.received == 0


@pytest.mark.parametrize("status", ["200 OK", "500 Error"])
@pytest.mark.parametrize("body", [HTML, XHTML])
def test_a_page_for_people_is_no_answer(node, status, body):
    error = unreadable(node(says(http(body, status=status, media_type="text/html"))))
    assert error.problem is Problem.MEDIA_TYPE
    assert error.maybe_acted
    assert error.probe_again


@pytest.mark.parametrize("body", [HTML, XHTML, b"Success", b"", b"\x00\xff\xfe"])
def test_a_page_that_calls_itself_xml_is_no_answer(node, body):
    error = unreadable(node(says(http(body))))
    assert error.problem in (Problem.NOT_XML, Problem.NOT_SOAP)
    assert error.maybe_acted


@pytest.mark.parametrize("media_type", [None, "", "application/json", "multipart/related; a=b"])
def test_another_media_type_is_refused_whatever_it_holds(node, media_type):
    error = unreadable(node(says(http(REPLY, media_type=media_type))))
    assert error.problem is Problem.MEDIA_TYPE


@pytest.mark.parametrize("media_type", ["application/xml", "Application/SOAP+XML; charset=x"])
def test_the_other_media_types_of_xml_are_read(node, media_type):
    listener = node(says(http(REPLY, media_type=media_type)))
    assert listener.dialer().make_call("1002", caller=CALLER).description == "Success"


def test_a_compressed_answer_is_refused_before_it_can_grow(node):
    bomb = gzip.compress(b" " * 50_000_000)
    error = unreadable(node(says(http(bomb, headers=["Content-Encoding: gzip"]))))
    assert error.problem is Problem.ENCODED
    assert error.maybe_acted


def flood(head: bytes, piece: bytes, sent: list[int]):
    def answer(conversation: Conversation):
        conversation.send(head)
        for _ in range(300):
            conversation.send(piece)
            sent.append(len(piece))

    return answer


@pytest.mark.parametrize("framing", ["Content-Length: 314572800", "Transfer-Encoding: chunked", ""])
def test_three_hundred_megabytes_are_not_read(node, framing):
    megabyte = b" " * 1_048_576
    piece = b"100000\r\n" + megabyte + b"\r\n" if "chunked" in framing else megabyte
    headers = [framing] if framing else []
    sent: list[int] = []
    listener = node(flood(http(headers=headers, length=False), piece, sent))
    error = unreadable(listener)
    assert error.problem is Problem.TOO_LARGE
    assert error.maybe_acted
    assert len(str(error)) < 300
    listener.close()
    assert sum(sent) < 30_000_000  # what fits into the buffers between the two, and no more


def test_a_head_without_end_is_not_read(node):
    sent: list[int] = []
    listener = node(flood(b"HTTP/1.1 200 OK\r\n", b"X-More: " + b"y" * 1_048_576, sent))
    assert unreadable(listener).problem is Problem.TOO_LARGE


def test_too_many_headers_are_refused(node):
    listener = node(says(http(REPLY, headers=[f"X-{each}: y" for each in range(200)])))
    assert unreadable(listener).problem is Problem.TOO_LARGE


@pytest.mark.parametrize("share", [0, 0.1, 0.6, 0.9, 0.999])
def test_a_body_that_ends_too_early_is_half_an_answer(node, share):
    cut = int(len(REPLY) * share)
    listener = node(says(http(REPLY)[: cut - len(REPLY)], keep=False))
    error = unreadable(listener)
    assert (error.status, error.problem) == (200, Problem.TRUNCATED)
    assert error.maybe_acted


def test_a_body_without_length_that_ends_too_early_is_refused(node):
    listener = node(says(http(REPLY[:-20], length=False), keep=False))
    assert unreadable(listener).problem is Problem.NOT_XML


def test_a_body_without_length_is_read_to_its_end(node):
    listener = node(says(http(REPLY, length=False), keep=False))
    assert listener.dialer().make_call("1002", caller=CALLER).description == "Success"


def chunked(*chunks: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    framed = b"".join(b"%x;ext=1\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)
    head = http(headers=["Transfer-Encoding: chunked"], length=False)
    return head + framed + end


@pytest.mark.parametrize("end", [b"0\r\n\r\n", b"0\r\nX-Trailer: 1\r\n\r\n"])
def test_a_chunked_answer_is_read(node, end):
    listener = node(says(chunked(REPLY[:100], REPLY[100:101], REPLY[101:], end=end)))
    assert listener.dialer().make_call("1002", caller=CALLER).description == "Success"


@pytest.mark.parametrize("end", [b"", b"fff", b"fff\r\nabc", b"5\r\nab"])
def test_a_chunk_cut_short_is_half_an_answer(node, end):
    listener = node(says(chunked(REPLY, end=end), keep=False))
    assert unreadable(listener).problem is Problem.TRUNCATED


@pytest.mark.parametrize("end", [b"-5\r\nabcde\r\n", b"xyz\r\n", b"2\r\nabcde\r\n0\r\n\r\n"])
def test_broken_chunks_are_refused(node, end):
    listener = node(says(chunked(REPLY, end=end), keep=False))
    assert unreadable(listener).problem is Problem.NOT_HTTP


@pytest.mark.parametrize(
    "answer",
    [
        b"220 mail.example.com ESMTP ready\r\n",
        b"SSH-2.0-OpenSSH_9.9",
        b"\x15\x03\x03\x00\x02\x02\x28",
        b"HTTP/2 200\r\n\r\n",
        b"HTTP/1.1 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        http(REPLY, headers=["Content-Length: 5"]),
        http(REPLY, headers=["Transfer-Encoding: chunked"]),
        http(REPLY, headers=["Transfer-Encoding: gzip"], length=False),
        http(REPLY, headers=["Content-Length: -1"], length=False),
        http(REPLY, headers=["Content-Length: 0x10"], length=False),
    ],
)
def test_what_is_not_http_is_refused(node, answer):
    error = unreadable(node(says(answer, keep=False)))
    assert error.problem is Problem.NOT_HTTP
    assert error.maybe_acted


def test_a_page_is_refused_in_the_other_generation_too(node):
    listener = node(says(http(HTML, media_type="text/html")))
    with pytest.raises(Unreadable):
        listener.dialer(Generation.LITERAL).make_call("1002", caller=CALLER)


def test_the_limit_of_a_reply_can_be_set(node):
    listener = node(says(http(REPLY)))
    error = unreadable(listener, limits=Limits(reply_bytes=len(REPLY) - 1))
    assert error.problem is Problem.TOO_LARGE

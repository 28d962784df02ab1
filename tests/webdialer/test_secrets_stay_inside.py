"""Passwords, tokens and destinations reach the node and nothing else."""

import contextlib
import copy
import logging
import pickle
import traceback

import pytest

from clicktodial.webdialer import (
    Generation,
    OwnCredential,
    ProxyCredential,
    Secret,
    TokenCredential,
    WebDialerError,
)
from clicktodial.webdialer.dialects import writer
from clicktodial.webdialer.transport import Message
from tests.webdialer.misbehaving import CALLER, drops, golden, http, says

WORD = "correct-horse-battery"
NUMBER = "5555111#"
GOOD = says(http(golden("axis", "makeCallSoap")))


@pytest.mark.parametrize(
    "show",
    [repr, str, "{}".format, "{:>40}".format, lambda it: "%s %r" % (it, it)],  # noqa: UP031
)
@pytest.mark.parametrize("kind", [OwnCredential, ProxyCredential, TokenCredential])
def test_a_credential_does_not_print(show, kind):
    secret = Secret(WORD)
    credential = kind(secret) if kind is TokenCredential else kind("johndoe", secret)
    assert WORD not in show(secret)
    assert WORD not in repr(credential)
    assert WORD not in repr(vars(credential))


def test_a_secret_is_not_pickled():
    with pytest.raises(TypeError):
        pickle.dumps(Secret(WORD))


def test_a_secret_stays_one_when_copied():
    secret = Secret(WORD)
    assert copy.deepcopy([secret])[0] is secret
    assert copy.copy(secret) is secret


def test_secrets_are_compared_by_what_they_hold():
    assert Secret(WORD) == Secret(WORD)
    assert hash(Secret(WORD)) == hash(Secret(WORD))
    assert Secret(WORD) != Secret(WORD[:-1])
    assert Secret(WORD) != WORD
    assert Secret("é\ud800") != Secret("e")
    assert not Secret("")


@pytest.mark.parametrize(
    ("secret", "text", "expected"),
    [
        ("1234", "a 1234 b", "a *** b"),
        ("abcdefgh", "xx ABCDEF yy", "xx *** yy"),
        ("ab", "cabbage", "c***bage"),
        ("", "as it is", "as it is"),
        ("long-enough", "other words", "other words"),
        ("abcd", "", ""),
    ],
)
def test_a_secret_is_masked_in_a_text(secret, text, expected):
    assert Secret(secret).masked(text) == expected


@pytest.mark.parametrize("answer", [GOOD, drops, says(http(status="404 Not Found"))])
@pytest.mark.parametrize("generation", Generation)
def test_no_logger_hears_a_secret(node, caplog, monkeypatch, generation, answer):
    monkeypatch.setattr(writer, "_bindings", {})  # so that zeep reads its WSDL under our eyes
    dialer = node(answer).dialer(generation, credential=ProxyCredential("app", Secret(WORD)))
    with caplog.at_level(logging.DEBUG), contextlib.suppress(WebDialerError):
        dialer.make_call(NUMBER, caller=CALLER)
    heard = "\n".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
    assert "makeCallSoap" in heard
    assert WORD not in heard
    assert NUMBER not in heard
    assert "Envelope" not in heard


def test_a_call_is_logged_with_node_code_and_time(node, caplog):
    listener = node(says(http(golden("axis", "makeCallSoap-refused"))))
    with caplog.at_level(logging.INFO, "clicktodial.webdialer"), pytest.raises(WebDialerError):
        listener.dialer().make_call(NUMBER, caller=CALLER)
    [record] = caplog.records
    assert record.getMessage().startswith(f"{listener.address} makeCallSoap: NoRoute (7), ")
    assert record.getMessage().endswith(" ms")


def test_a_traceback_with_its_variables_holds_no_secret(node):
    """Error pages and trackers print the variables of every frame."""
    listener = node(says(http(b"<html/>")))
    dialer = listener.dialer(credential=ProxyCredential("app", Secret(WORD)))
    with pytest.raises(WebDialerError) as caught:
        dialer.make_call(Secret(NUMBER), caller=CALLER)
    told = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    shown = "".join(told.format())
    assert "_ask" in shown
    assert WORD not in shown
    assert "Envelope" not in shown
    mine = [frame for frame in told.stack if "clicktodial" in frame.filename]
    assert NUMBER not in repr([frame.locals for frame in mine])
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_message_does_not_print_its_content():
    assert WORD not in repr(Message("/path", "", WORD.encode()))


def test_the_words_beside_a_code_repeat_nothing_that_was_sent(node):
    reply = golden("axis", "makeCallSoap").replace(b"Success", f"{WORD} {NUMBER} ok".encode())
    dialer = node(says(http(reply))).dialer(credential=ProxyCredential("app", Secret(WORD)))
    assert dialer.make_call(NUMBER, caller=CALLER).description == "*** *** ok"

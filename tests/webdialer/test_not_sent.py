"""NotSent is said only when no byte of a request left; the listening side counts them."""

import contextlib
import socket
import ssl
import threading
import time
from datetime import UTC, datetime

import pytest
import trustme

from clicktodial.webdialer import (
    Address,
    Generation,
    Limits,
    NotSent,
    Reason,
    Transport,
    WebDialer,
)
from tests.webdialer.misbehaving import (
    CALLER,
    CREDENTIAL,
    PATIENT,
    golden,
    hangs,
    http,
    says,
)


def make_call(address, *, ca=None, limits=PATIENT):
    with Transport(address, ca=ca, limits=limits) as transport:
        dialer = WebDialer(transport, generation=Generation.AXIS, credential=CREDENTIAL)
        dialer.make_call("1002", caller=CALLER)


def not_sent(address, **kwargs):
    with pytest.raises(NotSent) as caught:
        make_call(address, **kwargs)
    assert not caught.value.maybe_acted
    assert caught.value.try_another_node
    return caught.value


def test_a_refused_port_is_not_sent():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert not_sent(Address("127.0.0.1", port, secure=False)).reason is Reason.REFUSED


@pytest.mark.parametrize("host", ["x" * 64 + ".example", "two..dots"])
def test_a_name_no_resolver_can_know_is_not_sent(host):
    assert not_sent(Address(host)).reason is Reason.NAME_UNKNOWN


def test_a_name_the_resolver_does_not_know_is_not_sent(monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert not_sent(Address("cucm.example.com")).reason is Reason.NAME_UNKNOWN


def test_a_resolver_that_says_nothing_in_time_is_not_sent(monkeypatch):
    released, real = threading.Event(), socket.getaddrinfo

    def slow(*place, flags=0, **kwargs):
        if flags & socket.AI_NUMERICHOST:
            return real(*place, flags=flags, **kwargs)
        released.wait(30)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    began = time.monotonic()
    try:
        error = not_sent(Address("cucm.example.com"), limits=Limits(connect=0.3))
    finally:
        released.set()
    assert error.reason is Reason.TIMED_OUT
    assert time.monotonic() - began < 3


def test_a_node_that_swallows_connections_is_not_sent():
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        place = listener.getsockname()
        while True:  # fill the backlog, so that the kernel answers no more
            filler = stack.enter_context(socket.socket())
            filler.settimeout(0.2)
            try:
                filler.connect(place)
            except TimeoutError:
                break
        limits = Limits(connect=0.3)
        error = not_sent(Address("127.0.0.1", place[1], secure=False), limits=limits)
    assert error.reason is Reason.TIMED_OUT


def test_an_untrusted_certificate_is_not_sent(node, authority):
    listener = node(hangs, tls=authority.server("127.0.0.1"))
    stranger = trustme.CA().cert_pem.bytes().decode()
    error = not_sent(listener.address, ca=stranger)
    assert error.reason is Reason.TLS_UNTRUSTED
    assert listener.received == 0


def test_a_private_authority_is_not_trusted_unless_it_is_given(node, authority):
    listener = node(hangs, tls=authority.server("127.0.0.1"))
    assert not_sent(listener.address).reason is Reason.TLS_UNTRUSTED
    assert listener.received == 0


def test_an_expired_certificate_is_not_sent(node, authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    old = authority.ca.issue_cert("127.0.0.1", not_after=datetime(2020, 1, 2, tzinfo=UTC))
    old.configure_cert(context)
    listener = node(hangs, tls=context)
    error = not_sent(listener.address, ca=authority.pem)
    assert error.reason is Reason.TLS_UNTRUSTED
    assert "expired" in str(error)
    assert listener.received == 0


@pytest.mark.parametrize("name", ["cucm.example.com", "127.0.0.2"])
def test_a_certificate_for_another_name_is_not_sent(node, authority, name):
    listener = node(hangs, tls=authority.server(name))
    error = not_sent(listener.address, ca=authority.pem)
    assert error.reason is Reason.TLS_WRONG_NAME
    assert listener.received == 0


def test_a_node_without_tls_gets_no_request(authority):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(20)
        address = Address("127.0.0.1", listener.getsockname()[1])
        greeting = TalksFirst(listener)
        error = not_sent(address, ca=authority.pem)
        heard = greeting.heard()
    assert error.reason is Reason.TLS_FAILED
    assert b"POST" not in heard


def test_a_node_of_an_old_tls_gets_no_request(node, authority):
    context = authority.server("127.0.0.1")
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    listener = node(hangs, tls=context)
    assert not_sent(listener.address, ca=authority.pem).reason is Reason.TLS_FAILED
    assert listener.received == 0


def test_a_handshake_that_never_ends_is_not_sent(authority):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = Address("127.0.0.1", listener.getsockname()[1])
        error = not_sent(address, ca=authority.pem, limits=Limits(connect=0.3))
    assert error.reason is Reason.TIMED_OUT


@pytest.mark.parametrize(
    "ca", ["", "not a certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n", "é"]
)
def test_an_unusable_ca_is_not_sent(node, authority, ca):
    listener = node(hangs, tls=authority.server("127.0.0.1"))
    assert not_sent(listener.address, ca=ca).reason is Reason.UNUSABLE_CA
    assert listener.connections == 0


def test_a_closed_transport_is_not_sent(node):
    listener = node(hangs)
    transport = listener.transport()
    transport.close()
    dialer = WebDialer(transport, generation=Generation.LITERAL, credential=CREDENTIAL)
    with pytest.raises(NotSent) as caught:
        dialer.make_call("1002", caller=CALLER)
    assert caught.value.reason is Reason.CLOSED
    assert listener.connections == 0


def test_a_node_whose_connections_are_all_in_use_is_not_sent(node):
    listener = node(hangs)
    transport = listener.transport(limits=Limits(total=0.3, connections=1))
    with transport._place(time.monotonic() + 1), pytest.raises(NotSent) as caught:
        WebDialer(transport, generation=Generation.AXIS).is_cluster_user("johndoe")
    assert caught.value.reason is Reason.BUSY
    assert listener.connections == 0


def test_a_trusted_node_is_asked_over_tls(node, authority):
    reply = says(http(golden("axis", "makeCallSoap")))
    listener = node(reply, tls=authority.server("127.0.0.1"))
    make_call(listener.address, ca=authority.pem)
    assert len(listener.requests) == 1


def test_a_certificate_given_itself_is_trusted(node, authority):
    leaf = authority.ca.issue_cert("127.0.0.1")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf.configure_cert(context)
    listener = node(says(http(golden("axis", "makeCallSoap"))), tls=context)
    make_call(listener.address, ca=leaf.cert_chain_pems[0].bytes().decode())
    assert len(listener.requests) == 1


def test_the_environment_has_no_say(node, authority, monkeypatch, tmp_path):
    spy = node(hangs)
    (tmp_path / ".netrc").write_text("default login spy password spy")
    (tmp_path / "ca.pem").write_text(trustme.CA().cert_pem.bytes().decode())
    keys = tmp_path / "keys"
    for name, value in {
        "HOME": str(tmp_path),
        "NETRC": str(tmp_path / ".netrc"),
        "REQUESTS_CA_BUNDLE": str(tmp_path / "ca.pem"),
        "CURL_CA_BUNDLE": str(tmp_path / "ca.pem"),
        "SSLKEYLOGFILE": str(keys),
        "SSL_CERT_FILE": str(tmp_path / "ca.pem"),
        "SSL_CERT_DIR": str(tmp_path),
        **{
            f"{scheme}_proxy": f"http://127.0.0.1:{spy.port}" for scheme in ("http", "https", "all")
        },
        **{
            f"{scheme}_PROXY": f"http://127.0.0.1:{spy.port}" for scheme in ("HTTP", "HTTPS", "ALL")
        },
    }.items():
        monkeypatch.setenv(name, value)
    reply = says(http(golden("axis", "makeCallSoap")))
    listener = node(reply, tls=authority.server("127.0.0.1"))
    make_call(listener.address, ca=authority.pem)
    assert spy.connections == 0
    assert b"uthorization" not in listener.requests[0]
    assert not keys.exists()


class TalksFirst:
    """Greets one connection in plain words and keeps what it hears."""

    def __init__(self, listener):
        self._listener = listener
        self._heard = b""
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self):
        sock, _ = self._listener.accept()
        with sock, contextlib.suppress(OSError):
            sock.settimeout(20)
            self._heard += sock.recv(65_536)
            sock.sendall(http(b"<html/>", status="400 Bad Request"))
            while piece := sock.recv(65_536):
                self._heard += piece

    def heard(self):
        self._thread.join(20)
        return self._heard

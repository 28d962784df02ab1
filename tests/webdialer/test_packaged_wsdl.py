"""zeep reads the two WSDLs of the package and cannot reach for anything else."""

import socket

import pytest
import zeep

from clicktodial.webdialer import Generation, Operation
from clicktodial.webdialer.dialects import writer


@pytest.fixture
def offline(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("the network was reached for")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.parametrize("generation", Generation)
def test_a_wsdl_is_loaded_without_any_network(offline, generation):
    binding = writer._loaded(f"{generation}.wsdl")
    assert set(binding.all()) == set(Operation)


@pytest.mark.parametrize("generation", Generation)
def test_a_wsdl_is_loaded_once_for_the_process(generation):
    assert writer._binding(generation) is writer._binding(generation)


@pytest.mark.parametrize(
    "url",
    [
        "http://schemas.xmlsoap.org/soap/encoding/",
        "https://example.com/axis.wsdl",
        "file:///etc/passwd",
        "/etc/passwd",
        "axis.wsdl",
    ],
)
def test_every_other_place_is_refused(offline, url):
    transport = writer._loaded("axis.wsdl").wsdl.transport
    assert isinstance(transport, zeep.Transport)
    with pytest.raises(LookupError):
        transport.load(url)
    with pytest.raises(LookupError):
        transport.post(url, b"", {})

"""The values at the client's border."""

import dataclasses

import pytest

from clicktodial.webdialer import Address, Limits, Line


@pytest.mark.parametrize(
    ("text", "number", "partition"),
    [
        ("1002 ; no partition", "1002", None),
        ("1000 ; Global Learned E164 Numbers", "1000", "Global Learned E164 Numbers"),
        ("5814; null", "5814", None),
        ("1002", "1002", None),
        (r"\+41441234567 ; PT;odd", r"\+41441234567", "PT;odd"),
        (" 7 ;", "7", None),
        ("", "", None),
    ],
)
def test_a_line_tells_number_and_partition_and_keeps_its_text(text, number, partition):
    line = Line(text)
    assert (line.text, line.number, line.partition) == (text, number, partition)


@pytest.mark.parametrize(
    ("address", "text"),
    [
        (Address("cucm.example.com"), "https://cucm.example.com:8443"),
        (Address("10.0.0.1", 8080, secure=False), "http://10.0.0.1:8080"),
        (Address("cucm", 443), "https://cucm"),
        (Address("fe80::1", 80, secure=False), "http://[fe80::1]"),
    ],
)
def test_an_address_writes_itself_as_a_url(address, text):
    assert str(address) == text
    assert address.url("/webdialer") == text + "/webdialer"


@pytest.mark.parametrize(
    "host",
    ["", "https://cucm", "cucm/x", "user@cucm", "cucm:8443", "a b", "a\r\nX: y", "-x", "ü.example"],
)
def test_a_host_is_only_a_host(host):
    with pytest.raises(ValueError, match="host"):
        Address(host)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_is_a_port(port):
    with pytest.raises(ValueError, match="port"):
        Address("cucm", port)


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(Limits)])
@pytest.mark.parametrize("value", [0, -1, float("inf"), float("nan")])
def test_every_limit_is_finite_and_above_nought(name, value):
    with pytest.raises(ValueError, match=name):
        Limits(**{name: value})

"""The page of desk phones shows who rings where, and needs no script for it."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from clicktodial.simulator import Simulator

from .conftest import Reply, Wire, scene


class Watcher:
    """Reads the phones page of a simulator."""

    def __init__(self, sim: Simulator) -> None:
        port = urlsplit(sim.control_url).port
        assert port is not None
        self.wire = Wire(replace(sim.node("old"), port=port))

    def get(self, path: str = "/phones", **headers: str) -> Reply:
        return self.wire.send("GET", path, headers=headers)

    def cards(self, path: str = "/phones") -> list[str]:
        return [part.split('"')[0] for part in self.get(path).text.split('id="phone-')[1:]]


@pytest.fixture
def watcher(sim: Simulator) -> Watcher:
    return Watcher(sim)


def test_a_ringing_phone_stands_first_with_its_digits(watcher: Watcher, old: Wire) -> None:
    old.call("0441234567", user="noah", device="SEP02", line="2001 ; Internal")
    text = watcher.get().text
    assert watcher.cards()[0] == "SEP02"
    assert 'aria-label="noah, SEP02, Ringing, 0441234567"' in text
    assert "1 active of 3 phones" in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("user=eva", ["SEP01", "CSFeva"]),
        ("device=SEP02", ["SEP02"]),
        ("q=ito+8861", ["SEP01"]),
        ("q=2001", ["SEP02"]),
        ("q=nothing", []),
        ("user=eva&device=SEP02", []),
    ],
)
def test_phones_are_found(watcher: Watcher, query: str, found: list[str]) -> None:
    assert watcher.cards(f"/phones?{query}") == found


def test_what_the_scene_says_is_escaped(watcher: Watcher) -> None:
    text = watcher.get("/phones?q=%22%3E%3Cscript%3E").text
    assert "<script>" not in text
    assert "<desk>" not in watcher.get().text


def test_the_page_is_strict_and_works_without_script(watcher: Watcher) -> None:
    page = watcher.get("/")
    policy = page.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert "<noscript><meta" in page.text
    assert " style=" not in page.text
    assert watcher.get("/phones.css").status == watcher.get("/phones.js").status == 200


def test_nothing_new_costs_nothing(watcher: Watcher, old: Wire) -> None:
    first = watcher.get("/phones/cards")
    tag = first.headers["ETag"]
    assert watcher.get("/phones/cards", **{"If-None-Match": tag}).status == 304
    old.call()
    assert watcher.get("/phones/cards", **{"If-None-Match": tag}).status == 200


@pytest.fixture
def crowd() -> Iterator[Simulator]:
    many = scene()
    for number in range(300):
        name = f"SEP1{number:03}"
        many["clusters"][0]["devices"].append({"name": name, "lines": [f"3{number:03}"]})
        many["clusters"][0]["users"].append({"id": f"u{number}", "devices": [name]})
    with Simulator(many) as running:
        yield running


def test_in_a_crowd_the_active_come_first_and_the_idle_are_found(crowd: Simulator) -> None:
    Wire(crowd.node("old")).call("4711", user="u299", device="SEP1299", line="3299")
    watcher = Watcher(crowd)
    shown = watcher.cards()
    assert shown[0] == "SEP1299"
    assert len(shown) == 25
    assert "278 idle ones are not shown" in watcher.get().text
    assert watcher.cards("/phones?q=u298") == ["SEP1298"]

"""The Redirector takes a browser to the user's home cluster, with the parameters."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from clicktodial.simulator import Simulator

from .browser_of_forms import Browser
from .conftest import Wire, scene


@pytest.fixture
def two() -> Iterator[Simulator]:
    world = scene()
    world["clusters"].append(
        {
            "name": "tokyo",
            "nodes": [{"name": "tokyo-1"}, {"name": "tokyo-2"}],
            "users": [{"id": "ren", "password": "ren's word"}],
        }
    )
    with Simulator(world) as running:
        yield running


def redirector(sim: Simulator, path: str = "/webdialer/WebdialerRedirector") -> Browser:
    return Browser(Wire(sim.node("old")), address=path)


@pytest.mark.parametrize("path", ["/webdialer/WebdialerRedirector", "/webdialer/Redirector"])
def test_a_user_is_asked_once_and_taken_home(two: Simulator, path: str) -> None:
    browser = redirector(two, path)
    browser.post(destination="+41 44#")
    assert browser.title == "WebDialer Redirector"
    reply = browser.submit(uid="ren")
    assert reply.status == 302
    place = urlsplit(reply.headers["Location"])
    assert f"{place.scheme}://{place.netloc}" == two.node("tokyo-1").url
    assert parse_qs(place.query) == {"destination": ["+41 44#"], "user": ["ren"]}
    assert browser.get(destination="5").status == 302


def test_a_stopped_node_is_passed_over(two: Simulator) -> None:
    two.stop_node("tokyo-1")
    reply = redirector(two).post(destination="5", uid="ren")
    assert reply.headers["Location"].startswith(two.node("tokyo-2").url)


def test_an_unknown_user_is_told(two: Simulator) -> None:
    assert "No cluster knows the user ghost." in redirector(two).post(uid="ghost").text


def test_a_posted_proxy_password_stays_out_of_the_address(two: Simulator) -> None:
    reply = redirector(two).post(destination="5", uid="ren", appid="proxy", pwd="word")
    assert (reply.status, "word" in reply.headers["Location"]) == (307, False)


def test_only_listed_clusters_are_known_to_it() -> None:
    world = scene() | {"redirector": ["zurich"]}
    world["clusters"].append(
        {"name": "tokyo", "nodes": [{"name": "tokyo-1"}], "users": [{"id": "ren"}]}
    )
    with Simulator(world) as sim:
        assert redirector(sim).post(uid="ren", destination="5").status == 200
        assert redirector(sim).post(uid="eva", destination="5").status == 302


def test_a_line_break_in_a_parameter_stays_in_its_header(two: Simulator) -> None:
    reply = redirector(two).post(destination="5\r\nX-Evil: 1", uid="ren")
    assert "X-Evil" not in reply.headers

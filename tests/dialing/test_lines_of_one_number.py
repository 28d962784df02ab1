"""Two lines with one number on one phone are told apart by their partitions; others are not."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from clicktodial.dialing import clusters as doors
from clicktodial.dialing.models import Cluster
from clicktodial.simulator import Simulator
from directory.models import Person
from tests.dialing import scene

LINES = [
    {"dn": "1001", "partition": "Internal"},
    {"dn": "1001", "partition": "Hotline"},
    {"dn": "1001", "partition": ""},
    {"dn": "1002", "partition": "Internal"},
]


@pytest.fixture(scope="module")
def crowded() -> Iterator[Simulator]:
    """A Unified CM where Ada's desk phone has one number in three partitions."""
    shown = deepcopy(scene.SCENE)
    desk, soft = shown["clusters"][0]["devices"]
    desk["lines"] = LINES
    soft["lines"] *= 2
    shown["clusters"][0]["users"][0]["primary_line"] = "1001"
    with Simulator(shown) as simulator:
        yield simulator
    doors.close_all()


@pytest.fixture
def clusters(transactional_db: None, crowded: Simulator) -> dict[str, Cluster]:
    return scene.enter(crowded)


@pytest.fixture
def ada(clusters: dict[str, Cluster]) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_user("ada"))
    return client


def _key(clusters: dict[str, Cluster], line: str) -> str:
    return f"{clusters['west'].pk}|{scene.ADA_DESK}|{line}"


def _titles(page: str) -> list[str]:
    """The title of each choice without what only screen readers hear."""
    parts = page.split('class="choice-title">')[1:]
    return [part.split("</span>")[0] + part.split("</span>")[2] for part in parts]


def test_the_choice_names_the_partition_where_the_number_does_not_do(ada: Client) -> None:
    titles = _titles(ada.get("/dial/device/").content.decode())
    assert [title.partition(">")[2] for title in titles] == [
        "Line 1001 (partition Internal)",
        "Line 1001 (partition Hotline)",
        "Line 1001 (no partition)",
        "Line 1002",
        "Line 1001",
    ]


def test_the_partition_is_said_once(ada: Client) -> None:
    page = ada.get("/dial/device/").content.decode()
    assert page.count("Hotline") == 2  # in the value that is sent, and in the title


def test_what_was_chosen_is_told_with_its_partition(
    ada: Client, clusters: dict[str, Cluster]
) -> None:
    form = {"phone": _key(clusters, "1001 ; Hotline")}
    page = ada.post("/dial/device/", form, follow=True).content.decode()
    assert f"From now on {scene.ADA_DESK} dials, line 1001 (partition Hotline)." in page


@pytest.mark.parametrize("path", ["/dial/phones/", "/dial/delegations/add/?name=eva"])
def test_names_and_delegations_tell_them_apart_too(path: str, ada: Client) -> None:
    account = get_user_model().objects.create_user("eva")
    Person.objects.create(given_name="Eva", family_name="Meier", account=account)
    page = ada.get(path).content.decode()
    for told in ("1001 (partition Internal)", "1001 (partition Hotline)", "1001 (no partition)"):
        assert told in page
    assert "1002 (" not in page


def test_a_line_listed_twice_word_for_word_is_offered_once(ada: Client) -> None:
    page = ada.get("/dial/device/").content.decode()
    assert page.count(f"|{scene.ADA_SOFT}|1001 ; Internal") == 1


def test_the_primary_line_is_not_guessed_among_them(ada: Client) -> None:
    Cluster.objects.update(offers_proxy=False, offers_password=True)
    ada.post("/dial/identity/", {"password": scene.OWN_PASSWORD})
    page = ada.get("/dial/device/").content.decode()
    assert page.count("Primary line") == page.count(" checked") == 1  # the softphone's

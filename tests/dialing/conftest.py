"""A running Unified CM, its clusters in the database, and people with phones."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from clicktodial.dialing import clusters as doors
from clicktodial.dialing.models import Cluster, Delegation
from clicktodial.simulator import Simulator
from tests.dialing import scene
from tests.dialing.lending import grant


@pytest.fixture(scope="session")
def running_simulator() -> Iterator[Simulator]:
    with Simulator(scene.SCENE) as simulator:
        yield simulator


@pytest.fixture
def simulator(running_simulator: Simulator) -> Iterator[Simulator]:
    running_simulator.reset()
    yield running_simulator
    running_simulator.reset()
    doors.close_all()


@pytest.fixture
def clusters(transactional_db: None, simulator: Simulator) -> dict[str, Cluster]:
    return scene.enter(simulator)


@pytest.fixture
def ada(clusters: dict[str, Cluster]) -> Any:
    """Lives on west (Axis), has chosen the first line of her desk phone."""
    user = get_user_model().objects.create_user("ada", password="ada-pass")
    scene.choose(user, device=scene.ADA_DESK, line="1001 ; Internal", home=clusters["west"])
    return user


@pytest.fixture
def bruno(clusters: dict[str, Cluster]) -> Any:
    """Lives on east (document/literal), has chosen the line of his desk phone."""
    user = get_user_model().objects.create_user("bruno", password="bruno-pass")
    scene.choose(user, device=scene.BRUNO_DESK, line="2001 ; Global E164", home=clusters["east"])
    return user


@pytest.fixture
def granted(ada: Any, bruno: Any) -> Delegation:
    """Ada may dial from Bruno's phones."""
    return grant(bruno, ada)


@pytest.fixture
def newcomer(clusters: dict[str, Cluster]) -> Any:
    """Ada's Unified CM user, who has chosen no phone yet."""
    return get_user_model().objects.create_user("ada", password="ada-pass")


@pytest.fixture
def browser_of() -> Any:
    """A signed-in test client for a user."""

    def sign_in(user: Any, **options: Any) -> Client:
        client = Client(**options)
        client.force_login(user)
        return client

    return sign_in

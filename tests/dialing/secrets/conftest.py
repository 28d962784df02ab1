"""A Unified CM that takes the canaries alone, and a site that is given them."""

import logging
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import django
import pytest
from django.contrib.auth import get_user_model
from django.utils.log import AdminEmailHandler

from clicktodial.dialing import clusters as doors
from clicktodial.dialing.models import Cluster, ProtectedNumber
from clicktodial.simulator import Simulator
from tests.dialing import scene
from tests.dialing.secrets.canaries import CANARIES, PROTECTED, Everything


@pytest.fixture
def everything() -> Iterator[Everything]:
    """Hears every logger at DEBUG, those of the libraries included."""
    heard = Everything()
    loggers = [logging.getLogger(), *map(logging.getLogger, list(logging.root.manager.loggerDict))]
    before = [(logger, logger.level, logger.disabled) for logger in loggers]
    mailing = AdminEmailHandler(include_html=True)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
        logger.disabled = False
    logging.getLogger().addHandler(heard)
    logging.getLogger("django.request").addHandler(mailing)
    yield heard
    logging.getLogger("django.request").removeHandler(mailing)
    logging.getLogger().removeHandler(heard)
    for logger, level, disabled in before:
        logger.setLevel(level)
        logger.disabled = disabled


@pytest.fixture(scope="module")
def guarded() -> Iterator[Simulator]:
    """A Unified CM that takes the canaries and no other password."""
    play = deepcopy(scene.SCENE)
    for cluster in play["clusters"]:
        cluster["application_users"] = [
            {"id": "clicktodial", "password": CANARIES["proxy password"]}
        ]
        cluster["settings"] = {**cluster["settings"], "answer_seconds": 0, "talk_seconds": 0}
        cluster["settings"] |= {"ended_seconds": 0, "lockout_after": 0, "calls_a_second": 0}
    ada = play["clusters"][0]["users"][0]
    ada |= {"password": CANARIES["own password"], "tokens": [CANARIES["token"]]}
    with Simulator(play) as simulator:
        yield simulator


@pytest.fixture
def site(
    transactional_db: None, guarded: Simulator, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Simulator]:
    """Clusters without a password yet, whose nodes are given up on quickly."""
    admin = "admin@example.com"
    settings.ADMINS = [admin if django.VERSION >= (6,) else ("Admin", admin)]
    settings.CALLS_A_MINUTE = 10_000
    monkeypatch.setattr("clicktodial.dialing.sending.BUSY_PAUSE", 0.0)
    monkeypatch.setattr("clicktodial.dialing.pacing.WINDOW", 0.0)
    guarded.reset()
    for cluster in scene.enter(guarded).values():
        Cluster.objects.filter(pk=cluster.pk).update(
            proxy_password="", answer_seconds=0.15, connect_seconds=1
        )
        ProtectedNumber.objects.create(cluster=cluster, begins_with=PROTECTED, asks_fac=True)
    yield guarded
    doors.close_all()


@pytest.fixture
def ada(site: Simulator) -> Any:
    user = get_user_model().objects.create_superuser("ada", password=CANARIES["sign-in password"])
    home = Cluster.objects.get(name="west")
    scene.choose(user, device=scene.ADA_DESK, line="1001 ; Internal", home=home)
    return user

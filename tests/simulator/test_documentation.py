"""docs/simulator.md is true: its scenes play, its faults are those that there are."""

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from clicktodial.simulator import Scene, Simulator
from clicktodial.simulator.faults import KINDS
from clicktodial.simulator.scene import (
    ApplicationUser,
    Cluster,
    Destination,
    Device,
    DialRule,
    Settings,
    User,
)

from .conftest import Wire, profile

TEXT = Path(__file__, "../../../docs/simulator.md").resolve().read_text("utf-8")
SCENES = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)]


def test_both_scenes_play() -> None:
    smallest, full = SCENES
    who = "<userID>eva</userID><password>change-me</password>"
    for scene, node in ((smallest, "zurich-1"), (full, "zurich-2")):
        with Simulator(scene) as sim:
            inside = profile("eva", "SEP001", "1001 ; Internal")
            reply = Wire(sim.node(node)).ask("makeCallSoap", who, "1002", inside)
            assert reply.code == 0
            assert sim.phone("SEP001").state == "ringing"


@pytest.mark.parametrize(
    ("kind", "members"),
    [
        (Cluster, "clusters"),
        (User, "users"),
        (ApplicationUser, "application_users"),
        (Device, "devices"),
        (Destination, "destinations"),
        (DialRule, "dial_rules"),
        (Settings, "settings"),
    ],
)
def test_the_full_scene_shows_every_member(kind: Any, members: str) -> None:
    shown: set[str] = set()
    cluster = SCENES[1]["clusters"][0]
    found = SCENES[1]["clusters"] if members == "clusters" else cluster[members]
    for item in [found] if isinstance(found, dict) else found:
        shown |= set(item)
    assert {item.name for item in fields(kind)} <= shown


def test_the_settings_of_the_full_scene_are_the_defaults() -> None:
    assert Scene.of(SCENES[1]).clusters[0].settings == Settings()


def test_every_fault_is_listed_with_its_effect() -> None:
    listed = re.findall(r"^\| `([a-z0-9_:N]+)` \| (yes|no) \|", TEXT, re.MULTILINE)
    assert dict(listed) == {k.name: "yes" if k.acts else "no" for k in KINDS.values()}


def test_the_python_example_runs() -> None:
    (example,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    exec(example, {})  # noqa: S102 - our own documentation

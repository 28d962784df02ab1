"""A scene comes from a mapping, a file or values, and a mistake in it is named by its place."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clicktodial.simulator import Scene, SceneError, Simulator

from .conftest import SCENE

Change = Callable[[dict[str, Any]], object]


def test_a_scene_comes_from_a_file_and_from_values(tmp_path: Path) -> None:
    file = tmp_path / "scene.json"
    file.write_text(json.dumps(SCENE))
    from_file = Scene.of(file)
    assert from_file == Scene.of(SCENE) == Scene.of(from_file) == Scene.of(str(file))
    with Simulator(from_file) as sim:
        assert [node.name for node in sim.nodes] == ["old", "stock", "new", "both"]


def test_no_secret_shows_in_its_text() -> None:
    text = repr(Scene.of(SCENE))
    for secret in ("eva's word", "proxy's word", "token-of-eva", "stale-token", "'111'"):
        assert secret not in text


def first(scene: dict[str, Any]) -> dict[str, Any]:
    cluster: dict[str, Any] = scene["clusters"][0]
    return cluster


MISTAKES: list[tuple[Change, str]] = [
    (lambda s: s.update(clusters=[]), r"^clusters: there must be at least one"),
    (lambda s: s.update(clusters={}), r"^clusters: must be a list, not an object"),
    (lambda s: s.update(cluster=[]), r"^the scene: 'cluster' is not known.*'clusters'"),
    (lambda s: first(s).pop("name"), r"^clusters\[0\]: 'name' is missing"),
    (lambda s: first(s)["nodes"][1].update(port="80"), r"^clusters\[0\]\.nodes\[1\]\.port: "),
    (lambda s: first(s)["nodes"][0].update(genration=1), r"Did you mean 'generation'"),
    (lambda s: first(s)["nodes"][0].update(generation="soap"), r"one of 'axis', 'literal', 'both'"),
    (lambda s: first(s)["nodes"][1].update(name="old"), r"^nodes: the node 'old' appears twice"),
    (lambda s: first(s)["nodes"][0].update(key_file="x"), r"node 'old': .* go together"),
    (lambda s: first(s).update(nodes=[]), r"^cluster 'zurich': nodes: there must be"),
    (lambda s: first(s)["users"][0].update(devices=["SEP9"]), r"user 'eva': .* no device 'SEP9'"),
    (lambda s: first(s)["users"][1].update(id="proxy"), r"the user id 'proxy' appears twice"),
    (lambda s: first(s)["users"][0].update(password=7), r"users\[0\]\.password: must be text"),
    (lambda s: first(s)["users"][0].update(tokens=[{}]), r"tokens\[0\]: 'text' is missing"),
    (lambda s: first(s)["devices"][0].update(lines=[" ; P"]), r"lines\[0\]: must not be empty"),
    (lambda s: first(s)["devices"][1].update(name="SEP01"), r"the device 'SEP01' appears twice"),
    (lambda s: first(s)["devices"][0].update(state="lost"), r"devices\[0\]\.state: must be one of"),
    (lambda s: first(s)["destinations"][0].update(pattern="(7)"), r"pattern '\(7\)' has '\('"),
    (lambda s: first(s)["destinations"][0].update(after=-1), r"after: must be a number of sec"),
    (lambda s: first(s)["settings"].update(limit_code=7), r"limit_code: must be one of '6', '9'"),
    (lambda s: first(s)["settings"].update(calls_a_second=True), r"must be a whole number"),
    (lambda s: first(s)["settings"].update(talk_seconds="long"), r"talk_seconds: must be a number"),
    (lambda s: first(s)["application_users"][0].update(proxy="yes"), r"must be true or false"),
    (lambda s: s.update(redirector=["paris"]), r"^redirector: there is no cluster 'paris'"),
]


@pytest.mark.parametrize(("change", "words"), MISTAKES)
def test_a_mistake_is_named_by_its_place(change: Change, words: str) -> None:
    wrong = copy.deepcopy(SCENE)
    change(wrong)
    with pytest.raises(SceneError, match=words):
        Scene.of(wrong)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "line 1, column 2"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[]", "the scene: must be an object, not a list"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_a_file_that_is_no_scene_is_told(tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "scene.json"
    file.write_bytes(content)
    with pytest.raises(SceneError, match=words):
        Scene.of(file)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SceneError, match="cannot be read"):
        Scene.of(tmp_path / "none.json")

"""The dialling tests' Unified CM over HTTPS, with phones that ring until somebody hangs up."""

from copy import deepcopy
from typing import Any

from tests.dialing import scene

SCENE: dict[str, Any] = deepcopy(scene.SCENE)
for _cluster in SCENE["clusters"]:
    _cluster["settings"]["answer_seconds"] = 300
    for _node in _cluster["nodes"]:
        _node["secure"] = True

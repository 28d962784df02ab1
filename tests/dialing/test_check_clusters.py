"""`manage.py check_clusters` tells of every node, and by its status whether something is wrong."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from clicktodial.dialing.models import Cluster
from clicktodial.simulator import Simulator


def run(**options: Any) -> tuple[int, str]:
    """The command's status and what it printed."""
    out = StringIO()
    try:
        call_command("check_clusters", stdout=out, **options)
    except CommandError as error:
        return error.returncode, out.getvalue() + str(error)
    return 0, out.getvalue()


def test_sound_clusters_end_with_status_0_and_a_line_for_each_node(
    clusters: dict[str, Cluster], simulator: Simulator
) -> None:
    status, printed = run()
    assert status == 0
    assert len(printed.splitlines()) == 4
    # The one without a name is the question for a generation that the node does not speak.
    assert {request.operation for request in simulator.requests} <= {"isClusterUserSoap", ""}


def test_a_dead_node_ends_with_status_1_and_what_to_do(
    clusters: dict[str, Cluster], simulator: Simulator
) -> None:
    simulator.fault("east-2", "refuses")
    status, printed = run()
    assert status == 1
    line = next(line for line in printed.splitlines() if line.startswith("TROUBLE"))
    assert "(east)" in line
    assert "8443" in line
    assert "1 node has trouble." in printed


def test_a_stopped_application_user_ends_with_status_1(clusters: dict[str, Cluster]) -> None:
    Cluster.objects.filter(name="west").update(stopped_at=timezone.now(), stopped_code=2)
    status, printed = run(user="ada")
    assert status == 1
    assert "stopped since Unified CM refused it" in printed


def test_a_user_id_has_the_rights_tried(clusters: dict[str, Cluster], simulator: Simulator) -> None:
    clusters["east"].delete()
    status, printed = run(user="ada", json=True)
    assert status == 0
    assert "may act for others" in printed


def test_json_holds_every_step(clusters: dict[str, Cluster], simulator: Simulator) -> None:
    simulator.fault("west-1", "http_404")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("check_clusters", json=True, stdout=out)
    nodes = json.loads(out.getvalue())
    assert [node["level"] for node in nodes] == ["trouble", "notice", "notice", "notice"]
    assert nodes[0]["cluster"] == "west"
    webdialer = next(step for step in nodes[0]["steps"] if step["subject"] == "WebDialer")
    assert webdialer["advice"]


def test_what_is_switched_off_is_not_tested(
    clusters: dict[str, Cluster], simulator: Simulator
) -> None:
    Cluster.objects.filter(name="west").update(enabled=False)
    clusters["east"].nodes.filter(pk=clusters["east"].nodes.last().pk).update(enabled=False)
    run()
    assert {request.node for request in simulator.requests} == {"east-1"}


def test_no_node_at_all_is_wrong(db: None) -> None:
    assert run() == (1, "There is no enabled node.")

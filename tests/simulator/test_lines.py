"""The line text goes back as it was listed; a bare number must be unambiguous."""

import pytest

from clicktodial.simulator import Simulator

from .conftest import Wire, known, scene


@pytest.mark.parametrize(
    ("device", "line", "code"),
    [
        ("SEP01", "1001 ; Internal", 0),
        ("SEP01", "1001", 0),
        ("SEP01", "1002 ; Secret", 0),
        ("SEP01", "1002", 5),
        ("SEP01", "1001 ; Elsewhere", 5),
        ("SEP01", "1001 ; internal", 5),
        ("SEP01", "?", 5),
        ("CSFeva", "1001 ; no partition", 0),
        ("CSFeva", "1001 ; null", 0),
        ("CSFeva", "1001 ; Internal", 5),
    ],
)
def test_a_line_is_found_or_refused(any_node: Wire, device: str, line: str, code: int) -> None:
    assert any_node.call(device=device, line=line).code == code


def test_a_lenient_cluster_takes_what_clients_in_the_field_send() -> None:
    with Simulator(scene(lenient_lines=True, talk_seconds=0, answer_seconds=0)) as sim:
        wire = Wire(sim.node("old"))
        for line, used in (("?", "1001"), ("", "1001"), ("2", "1002")):
            assert wire.call(line=line).code == 0
            assert sim.phone("SEP01").line.startswith(used)


def test_the_profile_lists_lines_with_their_partition(any_node: Wire) -> None:
    reply = any_node.ask("getProfileSoap", known("proxy"), "eva")
    for text in ("1001 ; Internal", "1002 ; Secret", "1001 ; no partition"):
        assert f">{text}<" in reply.text

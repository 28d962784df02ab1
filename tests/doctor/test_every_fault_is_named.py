"""Whatever is wrong with a node, the doctor names it, says what to do, and places no call."""

from typing import Any

import pytest

from clicktodial.dialing.models import Cluster
from clicktodial.dialing.reach import Finding, Level
from clicktodial.doctor import clusters as doctor
from clicktodial.sealed import Sealed
from clicktodial.simulator import Simulator
from clicktodial.simulator.faults import KINDS
from clicktodial.webdialer import Secret

NAMED = {
    "refuses": "connection was refused",
    "resets": "connection was closed",
    "hangs": "in time",
    "drops_before": "connection was closed",
    "html_error": "not XML by its media type",
    "http_401": "HTTP 401",
    "http_404": "HTTP 404",
    "http_500": "HTTP 500",
    "http_503": "HTTP 503",
    "soap_fault": "SOAP fault",
    "redirect": "sends elsewhere",
    "redirect_307": "HTTP 307",
    "accepted": "HTTP 202",
    "overloaded": "overloaded",
    "unavailable": "temporarily unavailable",
    "code:N": "code 8",
    "drops": "connection was closed",
    "hangs_after": "in time",
    "late": "slowly",
    "wrong_clock": "seconds ahead",
    "drips": "in time",
    "drips_body": "in time",
    "truncated": "ends too early",
    "truncated_xml": "not well-formed",
    "garbage": "not well-formed",
    "empty": "not well-formed",
    "wrong_type": "media type",
    "wrong_operation": "something else than was asked",
    "soap_fault_after": "SOAP fault",
    "html_error_after": "media type",
    "http_503_after": "HTTP 503",
    "no_code": "missing or malformed",
    "bad_code": "missing or malformed",
    "huge": "too large",
    "gzip": "compressed",
    "gzip_bomb": "",  # compressed, or too slow to be packed
    "doctype": "document type",
    "entity_bomb": "not well-formed",
    "multiref_bomb": "something else than was asked",
    "multiref_cycle": "something else than was asked",
    "deep": "not well-formed",
    "slow": "slowly",
}
SLOW = {"late": 1.2, "slow": 1.2}
STANDING = ("Name", "Certificate", "Release", "Settings")  # what the loopback is told anyway


def examine(cluster: Cluster) -> list[Finding]:
    parts = doctor.examine([cluster], user_id="ada")
    bad = (Level.TROUBLE, Level.NOTICE)
    node = parts[1]
    return [each for each in node.findings if each.level in bad and each.subject not in STANDING]


@pytest.fixture
def west(clusters: dict[str, Cluster]) -> Cluster:
    Cluster.objects.filter(name="west").update(answer_seconds=0.6)
    return clusters["west"]


@pytest.mark.parametrize("fault", sorted(KINDS))
def test_a_fault_gives_a_line_that_names_it(
    west: Cluster, simulator: Simulator, fault: str
) -> None:
    options: dict[str, Any] = {}
    if fault in SLOW:
        Cluster.objects.filter(pk=west.pk).update(answer_seconds=8)
        options["seconds"] = SLOW[fault]
    simulator.fault("west-1", fault.replace("N", "8"), **options)
    found = examine(west)
    assert found
    assert NAMED[fault] in " ".join(finding.says for finding in found)
    assert all(finding.advice for finding in found)
    assert simulator.calls == ()
    assert simulator.ends == ()


def test_a_sound_node_has_nothing_to_be_told_of(west: Cluster, simulator: Simulator) -> None:
    assert examine(west) == []
    assert {each.operation for each in simulator.requests} - {""} == {
        "isClusterUserSoap",
        "getProfileSoap",
    }
    assert simulator.calls == ()


def test_rights_are_tried_once_a_cluster(west: Cluster, simulator: Simulator) -> None:
    parts = doctor.examine([west], user_id="ada")
    asked = [each.operation for each in simulator.requests].count("getProfileSoap")
    assert (len(parts), asked) == (3, 1)
    second = next(each for each in parts[2].findings if each.subject == "Application user")
    assert "the same here" in second.says


def test_a_stopped_application_user_is_told_and_not_tried(
    west: Cluster, simulator: Simulator
) -> None:
    Cluster.objects.filter(pk=west.pk).update(stopped_at="2026-01-01T00:00Z", stopped_code=2)
    parts = doctor.examine([west], user_id="ada")
    assert parts[0].level is Level.TROUBLE
    assert "stopped" in parts[0].findings[0].says
    assert "getProfileSoap" not in {each.operation for each in simulator.requests}


def test_a_wrong_password_is_shown_to_the_node_once(west: Cluster, simulator: Simulator) -> None:
    Cluster.objects.filter(pk=west.pk).update(proxy_password=Sealed.around(Secret("wrong")))
    parts = doctor.examine([west], user_id="ada")
    asked = [each.operation for each in simulator.requests].count("getProfileSoap")
    assert asked == 1
    assert "stopped" in parts[0].findings[0].says  # and says so at once


def test_whether_the_cluster_is_home_is_told(clusters: dict[str, Cluster]) -> None:
    said = {
        name: next(
            each.says
            for each in doctor.examine([cluster], user_id="ada")[1].findings
            if each.subject == "Home cluster"
        )
        for name, cluster in clusters.items()
    }
    assert said == {"west": "ada is at home here", "east": "ada is not at home here"}


def test_a_release_that_cannot_be_judged_is_told(west: Cluster) -> None:
    node = west.nodes.first()
    assert node is not None
    node.release = ""
    node.save()
    findings = doctor.examine([west])[1].findings
    release = next(each for each in findings if each.subject == "Release")
    assert release.level is Level.NOTICE
    assert "CVE" in release.says


def test_without_a_cluster_the_doctor_says_so(db: None) -> None:
    (part,) = doctor.examine(doctor.enabled())
    assert part.level is Level.TROUBLE

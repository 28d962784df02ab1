"""Secure nodes show a certificate of the simulator's own authority, or a wrong one on purpose."""

import ssl
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from clicktodial.simulator import SceneError, Simulator

from .conftest import Wire, scene


def secure(**changes: str) -> dict[str, object]:
    changed = scene()
    changed["clusters"][0]["nodes"] = [{"name": "safe", "secure": True, **changes}]
    return changed


def test_a_client_that_trusts_the_authority_is_served() -> None:
    with Simulator(secure()) as sim:
        node = sim.node("safe")
        assert node.url.startswith("https://127.0.0.1:")
        assert node.ca_pem == sim.ca_pem
        assert Wire(node).call().code == 0


@pytest.mark.parametrize(
    ("certificate", "words"),
    [
        ("expired", "expired"),
        ("wrong name", "IP address mismatch"),
        ("untrusted", "(unable to get|self.signed)"),
    ],
)
def test_a_wrong_certificate_is_refused_by_a_careful_client(certificate: str, words: str) -> None:
    with Simulator(secure(certificate=certificate)) as sim:
        with pytest.raises(ssl.SSLCertVerificationError, match=words):
            Wire(sim.node("safe")).call()
        assert not sim.requests


def test_a_client_without_the_authority_refuses() -> None:
    with Simulator(secure()) as sim, Simulator(secure()) as other:
        wire = Wire(replace(sim.node("safe"), ca_pem=other.ca_pem))
        with pytest.raises(ssl.SSLCertVerificationError):
            wire.call()


def test_certificates_may_come_from_files(tmp_path: Path) -> None:
    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1")
    issued.private_key_pem.write_to_path(tmp_path / "key.pem")
    issued.cert_chain_pems[0].write_to_path(tmp_path / "cert.pem")
    files = {
        "certificate_file": str(tmp_path / "cert.pem"),
        "key_file": str(tmp_path / "key.pem"),
    }
    with Simulator(secure(**files)) as sim:
        wire = Wire(replace(sim.node("safe"), ca_pem=authority.cert_pem.bytes().decode()))
        assert wire.call().code == 0


def test_a_certificate_file_that_is_none_is_an_error_of_the_scene(tmp_path: Path) -> None:
    (tmp_path / "cert.pem").write_text("hello")
    files = {"certificate_file": str(tmp_path / "cert.pem"), "key_file": str(tmp_path / "x")}
    with pytest.raises(SceneError, match="node 'safe'"):
        Simulator(secure(**files)).start()

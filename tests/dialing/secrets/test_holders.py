"""What holds a secret shows it to nobody: neither printed, nor pickled, nor in the database."""

import pickle
from contextlib import suppress

import pytest

from clicktodial.dialplan.codes import Fac
from clicktodial.sealed import Sealed
from clicktodial.simulator import Simulator
from clicktodial.webdialer import OwnCredential, ProxyCredential, Secret, TokenCredential
from tests.dialing.secrets.canaries import CANARIES, Everything


@pytest.mark.parametrize(
    "holder",
    [
        Secret(CANARIES["token"]),
        ProxyCredential("app", Secret(CANARIES["token"])),
        OwnCredential("ada", Secret(CANARIES["token"])),
        TokenCredential(Secret(CANARIES["token"])),
        Fac(CANARIES["FAC"]),
    ],
)
def test_what_holds_a_secret_neither_prints_nor_pickles(holder: object) -> None:
    shown = f"{holder} {holder!r} {[holder]} {vars(holder) if hasattr(holder, '__dict__') else ''}"
    with suppress(TypeError):
        shown += pickle.dumps(holder).decode("latin-1")
    assert not any(canary in shown for canary in CANARIES.values())


def test_a_sealed_secret_lies_in_the_database_unreadable(site: Simulator) -> None:
    sealed = Sealed.around(Secret(CANARIES["proxy password"]))
    heard = Everything()
    heard.add("token", f"{sealed} {sealed!r} {sealed.token}")
    assert heard.leaks(CANARIES) == []

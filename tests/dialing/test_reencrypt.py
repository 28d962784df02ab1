"""`manage.py reencrypt` seals every secret with the newest key, or changes nothing."""

from io import StringIO
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command

from clicktodial.dialing.models import Cluster
from clicktodial.sealed import Sealed, WrongKey
from clicktodial.webdialer import Secret

OLD, NEW, LOST = (Fernet.generate_key().decode() for _ in range(3))


def seal(settings: Any, *, key: str, name: str) -> None:
    settings.ENCRYPTION_KEYS = [key]
    Cluster.objects.create(
        name=name, application_user="app", proxy_password=Sealed.around(Secret(f"word of {name}"))
    )


def run() -> str:
    out = StringIO()
    call_command("reencrypt", stdout=out)
    return out.getvalue()


def test_afterwards_the_newest_key_alone_opens_everything(db: None, settings: Any) -> None:
    seal(settings, key=OLD, name="west")
    seal(settings, key=NEW, name="east")
    Cluster.objects.create(name="without")
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    assert run() == "2 secrets are sealed with the newest key.\n"
    settings.ENCRYPTION_KEYS = [NEW]
    for name in ("west", "east"):
        assert Cluster.objects.get(name=name).proxy.password == Secret(f"word of {name}")
    assert not Cluster.objects.get(name="without").proxy_password


def test_one_lost_key_is_told_and_nothing_is_changed(db: None, settings: Any) -> None:
    seal(settings, key=OLD, name="first")
    seal(settings, key=LOST, name="second")
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    before = set(Cluster.objects.values_list("name", "proxy_password"))
    with pytest.raises(CommandError, match=r"the cluster “second”. Nothing was changed."):
        run()
    assert set(Cluster.objects.values_list("name", "proxy_password")) == before
    settings.ENCRYPTION_KEYS = [NEW]
    with pytest.raises(WrongKey):
        Cluster.objects.get(name="first").proxy_password.open()


def test_nothing_to_seal_is_told(db: None) -> None:
    assert run() == "0 secrets are sealed with the newest key.\n"

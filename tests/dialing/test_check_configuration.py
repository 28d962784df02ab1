"""`manage.py check` names what is unsafe or broken, by id, with a hint."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.checks import ERROR, CheckMessage, run_checks
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from clicktodial.dialing.models import Cluster, Node
from clicktodial.sealed import Sealed
from clicktodial.webdialer import Secret
from tests.dialing.chains import authority


def found() -> dict[str, CheckMessage]:
    """The messages of dialing, by their number."""
    messages = run_checks(databases=["default"])
    mine = [message for message in messages if str(message.id).startswith("dialing.")]
    return {str(message.id).removeprefix("dialing."): message for message in mine}


@pytest.fixture
def sound(db: None) -> Cluster:
    """A cluster that no check finds fault with."""
    cluster = Cluster.objects.create(
        name="Zürich",
        application_user="clicktodial",
        proxy_password=Sealed.around(Secret("word")),
        ca=authority(),
    )
    Node.objects.create(cluster=cluster, host="cucm1.example.com", release="15SU5")
    return cluster


def test_a_sound_configuration_is_told_nothing(sound: Cluster) -> None:
    assert found() == {}


def test_no_enabled_cluster_is_told(db: None) -> None:
    Cluster.objects.create(name="off", enabled=False)
    assert set(found()) == {"W001"}


def columns(**values: Any) -> Callable[[], None]:
    def change() -> None:
        Cluster.objects.update(**values)

    return change


def node_columns(**values: Any) -> Callable[[], None]:
    def change() -> None:
        Node.objects.update(**values)

    return change


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("W002", node_columns(enabled=False)),
        ("W003", columns(application_user="")),
        ("W003", columns(proxy_password="")),
        ("W004", columns(stopped_at=timezone.now(), stopped_code=2)),
        ("W005", columns(proxy_password=Sealed("sealed-elsewhere"))),
        ("W006", columns(offers_desk_phone=False)),
        ("W006", columns(offers_proxy=False, offers_password=True)),
        (
            "W013",
            columns(offers_proxy=False, application_user="", proxy_password=""),
        ),
        ("W014", columns(offers_token=True)),
        ("I001", columns(ca="")),
        ("W007", columns(ca="nonsense")),
        ("W009", columns(popup_method="get")),
        ("W010", node_columns(secure=False)),
        ("W011", node_columns(host="10.1.2.3")),
        ("W011", node_columns(host="fd00::7")),
        ("W012", node_columns(release="14SU5")),
        ("W012", node_columns(release="15SU4a")),
        ("I002", node_columns(release="")),
        ("I002", node_columns(release="newest")),
    ],
)
def test_one_fault_is_told_by_its_id_with_a_hint(
    sound: Cluster, name: str, change: Callable[[], None]
) -> None:
    change()
    messages = found()
    assert set(messages) == {name}
    assert messages[name].hint
    assert messages[name].obj is not None


@pytest.mark.parametrize(
    ("site", "node", "method", "told"),
    [
        ("directory.example.com", "cucm1.example.net", "post", {"W016"}),
        ("directory.example.com", "cucm1.example.net", "get", set()),
        ("directory.example.com", "cucm1.example.com", "post", set()),
        (".example.com", "CUCM1.Example.com", "post", set()),
        ("directory", "cucm1.example.net", "post", set()),
        ("*", "cucm1.example.net", "post", set()),
        ("directory.example.com", "cucm1", "post", set()),
        ("10.1.2.4", "cucm1.example.net", "post", set()),
    ],
)
def test_why_people_sign_in_at_every_click_is_told_where_unified_cm_is_another_site(
    sound: Cluster, settings: Any, site: str, node: str, method: str, told: set[str]
) -> None:
    settings.ALLOWED_HOSTS = ["localhost", site]
    Cluster.objects.update(popup_method=method)
    Node.objects.update(host=node)
    assert set(found()) == told
    for message in found().values():
        assert "Choose GET" in message.hint


def test_a_ca_that_ends_soon_is_told(sound: Cluster) -> None:
    Cluster.objects.update(ca=authority(days=5))
    assert set(found()) == {"W008"}
    assert "expires in" in found()["W008"].msg


def test_no_fault_in_the_database_keeps_migrations_from_running(sound: Cluster) -> None:
    Cluster.objects.update(
        application_user="", ca="nonsense", proxy_password=Sealed("sealed-elsewhere")
    )
    assert all(message.level < ERROR for message in found().values())
    call_command("check", databases=["default"])


def test_a_disabled_cluster_is_left_alone(sound: Cluster) -> None:
    broken = Cluster.objects.create(name="off", enabled=False, ca="nonsense")
    Node.objects.create(cluster=broken, host="10.0.0.1", secure=False)
    assert found() == {}


def test_without_dialling_nothing_is_told(db: None, settings: Any) -> None:
    settings.DIALING = False
    assert found() == {}


def test_missing_tables_are_passed_over_in_silence(transactional_db: None) -> None:
    with connection.schema_editor() as editor:
        editor.alter_db_table(Cluster, "dialing_cluster", "elsewhere")
    try:
        assert found() == {}
    finally:
        with connection.schema_editor() as editor:
            editor.alter_db_table(Cluster, "elsewhere", "dialing_cluster")


def test_without_databases_no_cluster_is_read(sound: Cluster) -> None:
    Cluster.objects.update(ca="nonsense")
    assert not [m for m in run_checks() if str(m.id).startswith("dialing.")]

"""The application user's password goes in and never comes out again."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.log import AdminEmailHandler

from clicktodial.dialing.models import Cluster
from clicktodial.simulator import Simulator
from tests.dialing.paperwork import change_url, cluster_form
from tests.dialing.scene import PASSWORD

CANARY = "canary-Zx93-singt"


@pytest.fixture
def west_with_the_canary(simulator: Simulator) -> Iterator[Simulator]:
    """The simulator, where west's application user has the canary for its password."""
    simulator.set_password("clicktodial", CANARY, cluster="west")
    yield simulator
    simulator.set_password("clicktodial", PASSWORD, cluster="west")


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG)
    return caplog


def test_the_password_appears_on_no_page_in_no_log_history_or_dump(
    clusters: dict[str, Cluster],
    west_with_the_canary: Simulator,
    admin_client: Client,
    everything_logged: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    cluster = clusters["west"]
    url = change_url(cluster)
    pages = [
        admin_client.post(url, cluster_form(cluster, new_password=CANARY, name="")),
        admin_client.post(url, cluster_form(cluster, new_password=CANARY), follow=True),
        admin_client.get(url),
        admin_client.get(reverse("admin:dialing_cluster_history", args=[cluster.pk])),
        admin_client.get(reverse("admin:dialing_cluster_changelist")),
        admin_client.get(reverse("admin:index")),
    ]
    test_url = reverse("admin:dialing_cluster_test", args=[cluster.pk])
    pages.append(admin_client.post(test_url, {"user_id": "ada"}))
    assert "may act for others" in pages[-1].content.decode()
    west_with_the_canary.set_password("clicktodial", "changed", cluster="west")
    pages.append(admin_client.post(test_url, {"user_id": "ada"}))
    assert "wrong, expired or locked" in pages[-1].content.decode()
    pages.append(admin_client.get(reverse("admin:index")))
    dump = io.StringIO()
    call_command("dumpdata", stdout=dump)

    assert Cluster.objects.get(pk=cluster.pk).proxy_password.open().reveal() == CANARY
    assert LogEntry.objects.exists()
    told = [page.content.decode() for page in pages]
    told += [entry.change_message + entry.object_repr for entry in LogEntry.objects.all()]
    told += [everything_logged.text, dump.getvalue(), *capsys.readouterr()]
    assert not [text for text in told if CANARY in text]


@pytest.mark.parametrize("debug", [False, True])
def test_the_password_appears_in_no_error_page_or_mail(
    clusters: dict[str, Cluster],
    admin_client: Client,
    everything_logged: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    settings: object,
    debug: bool,
) -> None:
    settings.DEBUG = debug  # type: ignore[attr-defined]
    settings.ADMINS = [("Ada", "ada@example.com")]  # type: ignore[attr-defined]
    mailing = AdminEmailHandler(include_html=True)
    logging.getLogger("django.request").addHandler(mailing)

    def fail(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(Cluster, "save", fail)
    admin_client.raise_request_exception = False
    cluster = clusters["west"]
    try:
        answer = admin_client.post(change_url(cluster), cluster_form(cluster, new_password=CANARY))
    finally:
        logging.getLogger("django.request").removeHandler(mailing)
    assert answer.status_code == 500
    sent = [str(message.message()) for message in mail.outbox]
    assert sent
    assert not [text for text in (answer.content.decode(), *sent) if CANARY in text]
    assert CANARY not in everything_logged.text

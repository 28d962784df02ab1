"""The application user's password goes in and never comes out again."""

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.views.debug import ExceptionReporter

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
    test_url = reverse("doctor:cluster", args=[cluster.pk])
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


class Mails(logging.Handler):
    """What Django would mail to the administrators about each error, page and text."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.sent: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        assert record.exc_info
        report = ExceptionReporter(record.request, *record.exc_info, is_email=True)  # type: ignore[attr-defined]
        self.sent += [report.get_traceback_html(), report.get_traceback_text()]


@pytest.fixture
def mails() -> Iterator[Mails]:
    handler = Mails()
    logging.getLogger("django.request").addHandler(handler)
    yield handler
    logging.getLogger("django.request").removeHandler(handler)


@pytest.mark.parametrize("debug", [False, True])
def test_the_password_appears_in_no_error_page_or_mail(
    clusters: dict[str, Cluster],
    admin_client: Client,
    everything_logged: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    mails: Mails,
    settings: Any,
    debug: bool,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    settings.DEBUG = debug
    monkeypatch.setattr(Cluster, "save", fail)
    admin_client.raise_request_exception = False
    cluster = clusters["west"]
    answer = admin_client.post(change_url(cluster), cluster_form(cluster, new_password=CANARY))
    assert answer.status_code == 500
    assert len(mails.sent) == 2
    assert "the disk is full" in mails.sent[0]
    assert not [text for text in (answer.content.decode(), *mails.sent) if CANARY in text]
    assert CANARY not in everything_logged.text

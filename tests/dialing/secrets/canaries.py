"""Canaries, and an ear for everything that comes out of the site."""

import base64
import io
import logging
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from django.conf import settings as django_settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from clicktodial.dialing.models import Cluster
from tests.dialing.paperwork import change_url, cluster_form

CANARIES = {
    "proxy password": "canary-proxy-Zx93-singt",
    "own password": "canary-own-Qw71-pfeift",
    "token": "canary-token-Lk55-zwitschert",
    "sign-in password": "canary-door-Vb28-trillert",
    "wrong password": "canary-wrong-Rt64-krächzt",
    "FAC": "8642097531",
}
PROTECTED = "4567"  # what asks for the FAC


class Everything(logging.Handler):
    """All that came out, by where it came out: logs, pages, mails, tables."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))
        self.texts: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.add("log", self.format(record))
        self.add("log record", repr(vars(record)))

    def add(self, where: str, text: str) -> None:
        self.texts.append((where, text))

    def keep(self, response: Any) -> Any:
        """Note an answer, its headers and cookies, and pass it on."""
        for each in (*(step for step, _ in getattr(response, "redirect_chain", ())), response):
            is_page = isinstance(each, HttpResponse)
            self.add("page", each.content.decode("utf-8", "replace") if is_page else str(each))
        self.add("header", f"{dict(response.headers)} {response.cookies}")
        return response

    def leaks(self, secrets: dict[str, str]) -> list[str]:
        """Where which secret came out, in the clear or thinly disguised."""
        found = []
        for name, secret in secrets.items():
            for disguise in _disguises(secret):
                found += [f"{name} in a {where}" for where, text in self.texts if disguise in text]
        return sorted(set(found))


def _disguises(secret: str) -> set[str]:
    raw = secret.encode()
    hidden = {secret, quote(secret), escape(secret), raw.hex(), repr(raw)[2:-1], repr(secret)[1:-1]}
    hidden.add(secret.encode("ascii", "xmlcharrefreplace").decode())
    for shift in range(3):  # base64, wherever the secret begins within it
        whole = base64.b64encode(b"\0" * shift + raw).decode().rstrip("=")
        middle = whole[4 if shift else 0 : -2]
        hidden |= {middle, middle.translate(str.maketrans("+/", "-_"))}
    return hidden


def sign_in(everything: Everything) -> Client:
    browser = Client(raise_request_exception=False)
    for name in ("wrong password", "sign-in password"):
        data = {"username": "ada", "password": CANARIES[name]}
        answer = everything.keep(browser.post("/sign-in/", data))
    assert answer.status_code == 302
    return browser


def enter_proxy_password(browser: Client, everything: Everything) -> None:
    """As an administrator does: with a mistake, rightly, then looking at it beside the doctor."""
    for cluster in Cluster.objects.all():
        url, secret = change_url(cluster), CANARIES["proxy password"]
        for changes in ({"name": ""}, {}):
            data = cluster_form(cluster, new_password=secret, **changes)
            everything.keep(browser.post(url, data, follow=True))
        history = url.replace("/change/", "/history/")
        for path in (url, history, "/admin/dialing/cluster/", "/admin/"):
            everything.keep(browser.get(path))
        doctor = reverse("doctor:cluster", args=[cluster.pk])
        for headers in ({}, {"X-Fragment": "part"}):
            told = everything.keep(browser.post(doctor, {"user_id": "ada"}, headers=headers))
            assert told.status_code == 200
            assert "application user" in told.content.decode().lower()


def dial(browser: Client, everything: Everything, **headers: str) -> Any:
    """Dial the protected number, from the page or by the script, and look at the call."""
    fields = {
        "number": PROTECTED,
        "click": uuid4(),
        "fac": CANARIES["FAC"],
        "shown": PROTECTED,
        "agreed": "on",
    }
    answer = everything.keep(browser.post("/dial/", fields, follow=True, headers=headers))
    everything.keep(browser.get(f"/dial/calls/{fields['click']}/"))
    return answer


def everything_stored(everything: Everything) -> None:
    dump = io.StringIO()
    call_command("dumpdata", stdout=dump)
    everything.add("dump", dump.getvalue())
    for entry in LogEntry.objects.all():
        everything.add("history", f"{entry.object_repr} {entry.change_message}")
    for session in Session.objects.all():
        everything.add("session", repr(session.get_decoded()))
    if connection.vendor == "sqlite":
        connection.close()
        database = Path(connection.settings_dict["NAME"])
        for part in database.parent.glob(f"{database.name}*"):  # what waits to be written, too
            if part.is_file():  # beside it lie the heartbeats of long work
                everything.add("database file", part.read_bytes().decode("latin-1"))
    for message in mail.outbox:
        everything.add("mail", str(message.message()))


def site_secrets() -> dict[str, str]:
    return CANARIES | {
        "SECRET_KEY": str(django_settings.SECRET_KEY),
        "encryption key": str(django_settings.ENCRYPTION_KEYS[0]),
    }

"""What people do: click once, twice, at both hosts, hang up, try again, choose their phone anew."""

import random
import re
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from http.client import HTTPConnection, HTTPException
from queue import SimpleQueue
from urllib.parse import urlencode
from uuid import UUID

from tests.chaos.company import Person

TOKEN = "c" * 32  # a CSRF cookie and the matching field; any will do, as in a browser
PATIENT = 25.0  # seconds a browser waits for an answer


@dataclass(frozen=True)
class Click:
    """One click of a person; no two clicks share a number, so the witness can tell them apart."""

    person: Person
    token: UUID
    number: str


@dataclass(frozen=True)
class Answer:
    """What the browser got for a click: the HTTP status (0 for none) and the call bar's state."""

    token: UUID
    status: int
    state: str = ""
    phones: tuple[str, ...] = ()
    """What a page offers to choose from."""
    shown: str = ""
    """The state of the call bar that came, which may be that of another call."""


class Crowd:
    """The company's people at their browsers; `clicks` and `answers` fill up as they work."""

    def __init__(
        self, people: Sequence[Person], *, cookies: Mapping[str, str], ports: Sequence[int]
    ) -> None:
        self._cookies = cookies
        self._ports = ports
        self._idle: SimpleQueue[Person] = SimpleQueue()
        for person in people:
            self._idle.put(person)
        self.clicks: list[Click] = []
        self.answers: list[Answer] = []
        self.gone: set[UUID] = set()  # clicks whose answer nobody waited for
        self.posts = 0
        self._lock = threading.Lock()

    def click(self, seed: str) -> None:
        """One person's next click with all that belongs to it; the same for the same seed."""
        dice = random.Random(seed)
        person = self._idle.get()
        try:
            click = self._new(person, dice)
            others = [self._later(click, dice) for _ in range(dice.choice((0, 0, 0, 0, 1, 1, 3)))]
            if dice.random() < 0.06:
                others.append(self._later(self._new(person, dice), dice))
            if dice.random() < 0.08:
                self._hang_up_on(click, dice)
            else:
                self._insist(click, dice)
            for other in others:
                other.join()
            if dice.random() < 0.1:  # Back and Reload send the form again
                time.sleep(dice.uniform(0, 1))
                self._post(click, dice)
        finally:
            self._idle.put(person)

    def click_once(self, seed: str) -> None:
        """One person's next click and nothing else."""
        dice = random.Random(seed)
        person = self._idle.get()
        try:
            self._post(self._new(person, dice), dice)
        finally:
            self._idle.put(person)

    def look(self, click: Click) -> None:
        """Open the call's page, as anybody would who wants to know."""
        self._ask(click, "GET", f"/dial/calls/{click.token}/", {}, random.Random(0))

    def _new(self, person: Person, dice: random.Random) -> Click:
        with self._lock:
            number = f"+4144{2_000_000 + len(self.clicks)}"
            click = Click(person, UUID(int=dice.getrandbits(128), version=4), number)
            self.clicks.append(click)
        return click

    def _later(self, click: Click, dice: random.Random) -> threading.Thread:
        """A copy of the click, at the same time or a little later, at either host."""
        own = random.Random(dice.random())

        def send() -> None:
            time.sleep(own.choice((0, 0, own.uniform(0, 0.5))))
            self._post(click, own)

        thread = threading.Thread(target=send)
        thread.start()
        return thread

    def _insist(self, click: Click, dice: random.Random) -> None:
        """Post until there is an answer, as the page's script does, with the same token."""
        for _ in range(4):
            answer = self._post(click, dice)
            if answer.state == "choose":
                answer = self._choose(click, dice)
            if answer.status:
                return
            time.sleep(dice.uniform(0.05, 0.4))

    def _post(self, click: Click, dice: random.Random) -> Answer:
        return self._ask(click, "POST", "/dial/", _form(click), dice)

    def _choose(self, click: Click, dice: random.Random) -> Answer:
        """Choose one's own phone again; the click that was waiting for it goes on."""
        page = self._ask(click, "GET", "/dial/device/", {}, dice)
        mine = f"{click.person.device}|{click.person.line}"
        phone = next((key for key in page.phones if key.endswith(mine)), "")
        if not phone:  # the list did not come: the person gives up for now
            return page
        return self._ask(click, "POST", "/dial/device/", _form(click, phone=phone), dice)

    def _ask(
        self, click: Click, method: str, path: str, fields: Mapping[str, str], dice: random.Random
    ) -> Answer:
        connection = self._send(click, method, path, fields, dice, timeout=PATIENT)
        status, text = 0, ""
        if connection is not None:
            with suppress(OSError, HTTPException):
                answer = connection.getresponse()
                text = answer.read().decode()
                status = answer.status
            connection.close()
        phones = tuple(map(unescape, re.findall(r'name="phone" value="([^"]+)"', text)))
        bar = re.search(r'data-state="(\w+)"', text)
        found = Answer(click.token, status, _state(text, click), phones, bar[1] if bar else "")
        self.answers.append(found)
        return found

    def _hang_up_on(self, click: Click, dice: random.Random) -> None:
        """Send the click and be gone before it is answered."""
        self.gone.add(click.token)
        connection = self._send(click, "POST", "/dial/", _form(click), dice, timeout=PATIENT)
        if connection is not None:
            time.sleep(dice.uniform(0, 0.2))
            connection.close()

    def _send(
        self,
        click: Click,
        method: str,
        path: str,
        fields: Mapping[str, str],
        dice: random.Random,
        *,
        timeout: float,
    ) -> HTTPConnection | None:
        session = self._cookies[click.person.user_id]
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "X-Fragment": "callbar",
        }
        connection = HTTPConnection("127.0.0.1", dice.choice(self._ports), timeout=timeout)
        with self._lock:
            self.posts += method == "POST"
        try:
            connection.request(method, path, urlencode(fields), headers)
        except OSError:
            connection.close()
            return None
        return connection


def _form(click: Click, **more: str) -> dict[str, str]:
    return {"number": click.number, "click": str(click.token), **more}


def _state(text: str, click: Click) -> str:
    """The state of this click's call bar; `choose` where it sends one to choose a phone."""
    if "data-go=" in text:
        return "choose"
    found = re.search(r'data-state="(\w+)"', text)
    # A whole page shows the bar of the latest call, which may be another one.
    return found[1] if found and str(click.token) in text else ""

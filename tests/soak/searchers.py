"""People who look for colleagues, all day long."""

import random
import threading
import time
from http.client import HTTPConnection, HTTPException

from tests.soak.importer import Colleague

PAUSE = 0.5  # seconds between two searches of a person who knows what they want


class Searchers:
    """Threads that search until they are stopped; `wrong` fills up with what they did not get."""

    def __init__(
        self, cookies: list[str], *, ports: list[int], colleagues: list[Colleague]
    ) -> None:
        self.count = 0
        self.wrong: list[str] = []
        self.slowest = 0.0
        self._ports = ports
        self._colleagues = colleagues
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._threads = [
            threading.Thread(target=self._search, args=(cookie, number))
            for number, cookie in enumerate(cookies)
        ]

    def begin(self) -> None:
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _search(self, cookie: str, number: int) -> None:
        dice = random.Random(number)
        while not self._over.wait(PAUSE):
            colleague = dice.choice(self._colleagues)
            began = time.monotonic()
            problem = self._ask(cookie, colleague, port=dice.choice(self._ports))
            with self._lock:
                self.count += 1
                self.slowest = max(self.slowest, time.monotonic() - began)
                if problem:
                    self.wrong.append(problem)

    def _ask(self, cookie: str, colleague: Colleague, *, port: int) -> str:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("GET", f"/?q={colleague.code}", headers={"Cookie": cookie})
            answer = connection.getresponse()
            page = answer.read().decode()
        except (OSError, HTTPException) as error:
            return f"{colleague.code}: {error!r}"
        finally:
            connection.close()
        if answer.status != 200:
            return f"{colleague.code}: answered {answer.status}"
        return "" if colleague.family in page else f"{colleague.code}: not found"

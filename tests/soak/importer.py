"""The personnel office, which sends its whole list again and again, a tenth of it changed."""

import csv
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

PAUSE = 5.0  # seconds between two imports
TENTH = 10
COLUMNS = ("Employee number", "Given name", "Family name", "Title", "Email", "Phone")


@dataclass(frozen=True)
class Colleague:
    """Somebody of the list; `code` is a word that finds this one and no other."""

    number: int

    @property
    def code(self) -> str:
        return f"quv{_letters(self.number)}"

    @property
    def family(self) -> str:
        return self.code.capitalize()

    def row(self, title: str) -> tuple[str, ...]:
        email = f"{self.code}@example.com"
        phone = f"+41445{self.number:06}"
        return (f"E{self.number}", "Robin", self.family, title, email, phone)


class Importer:
    """Imports until it is stopped; `titles` is what the last import that succeeded said."""

    def __init__(self, colleagues: list[Colleague], *, folder: Path) -> None:
        self.runs = 0
        self.wrong: list[str] = []
        self.titles = dict.fromkeys((each.number for each in colleagues), "")
        self._colleagues = colleagues
        self._file = folder / "people.csv"
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._import_until_it_is_over)

    def take_over(self) -> None:
        """The first import, before anybody searches."""
        self._import()

    def begin(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def _import_until_it_is_over(self) -> None:
        while not self._over.wait(PAUSE):
            self._import()

    def _import(self) -> None:
        titles = {
            number: f"Title {self.runs}" if self._changes(number) else title
            for number, title in self.titles.items()
        }
        with self._file.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows(each.row(titles[each.number]) for each in self._colleagues)
        command = (sys.executable, "manage.py", "import_people", str(self._file))
        told = subprocess.run(
            [*command, "--source", "personnel", "--yes"],
            cwd=Path(__file__).resolve().parents[2],
            env=dict(os.environ),
            capture_output=True,
            text=True,
            check=False,
        )
        self.runs += 1
        if told.returncode:
            self.wrong.append(f"import {self.runs}: {told.stdout[-400:]}{told.stderr[-400:]}")
        else:
            self.titles = titles

    def _changes(self, number: int) -> bool:
        return not self.titles[number] or number % TENTH == self.runs % TENTH


def _letters(number: int) -> str:
    """Letters that no other number has, not to be taken for a typing error of another's."""
    return "".join("bcdfghjklm"[int(digit)] * 2 for digit in f"{number:05}")

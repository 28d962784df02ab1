"""What an examination says: parts with findings, each fine or with what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from clicktodial.dialing.reach import Finding, Level

_WORST_FIRST = (Level.TROUBLE, Level.NOTICE)


def worst(levels: Iterable[Level]) -> Level:
    """The worst of these; what was not tried does not count."""
    there = set(levels)
    return next((level for level in _WORST_FIRST if level in there), Level.FINE)


@dataclass(frozen=True)
class Part:
    """One thing that was looked at, such as a node or the database, in `seconds`."""

    title: str
    findings: tuple[Finding, ...]
    seconds: float = 0.0

    @property
    def level(self) -> Level:
        return worst(finding.level for finding in self.findings)

    @property
    def milliseconds(self) -> int:
        return round(self.seconds * 1000)

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "level": self.level,
            "seconds": round(self.seconds, 3),
            "findings": [
                {
                    "subject": finding.subject,
                    "level": finding.level,
                    "says": finding.says,
                    "advice": finding.advice,
                }
                for finding in self.findings
            ],
        }

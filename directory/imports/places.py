"""Departments and locations as a source names them: matched by code or path, or to be made."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import phonenumbers
from django.utils.translation import gettext as _

from directory.models import Department, Location

_STEPS = re.compile(r"\s+/\s+|\s*[>\\→»]\s*")
LONGEST_NAME = 150
LONGEST_CODE = 40


class NoPlace(ValueError):
    """The words cannot be matched; the text is a sentence."""


@dataclass
class Pending:
    """A place that will be made; until then it is known by a number below zero."""

    id: int
    is_department: bool
    fields: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "is_department": self.is_department, "fields": self.fields}


@dataclass
class _Department:
    name: str
    code: str
    parent: int | None


@dataclass
class Departments:
    """All departments, with those that this import makes."""

    rows: dict[int, _Department] = field(default_factory=dict)
    pending: list[Pending] = field(default_factory=list)
    _by_code: dict[str, int] = field(default_factory=dict)
    _by_name: dict[tuple[int | None, str], int] = field(default_factory=dict)
    _named: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Departments":
        found = cls()
        for pk, *row in Department.objects.order_by("pk").values_list(
            "pk", "name", "code", "parent_id"
        ):
            found._add(pk, _Department(*row))
        return found

    def find(self, values: Mapping[str, str]) -> int | None:
        """The id of the department these words name, a new one below zero; None for no words."""
        code, path = values.get("department_code", ""), _steps(values.get("department", ""))
        _check_code(code)
        if code and code in self._by_code:
            return self._by_code[code]
        if not path:
            return self._make(code, code=code, parent=None) if code else None
        parent = self._parent(values.get("department_parent", ""))
        if parent is None and len(path) == 1 and not code:
            named = self._named.get(path[0].casefold(), [])
            if len(named) > 1 and (None, path[0].casefold()) not in self._by_name:
                text = _("Several departments are called “%(name)s”. Write the path or the code.")
                raise NoPlace(text % {"name": path[0]})
            if len(named) == 1:
                return named[0]
        for place, name in enumerate(path):
            last = place == len(path) - 1
            found = self._by_name.get((parent, name.casefold()))
            if found is not None and last and code and self.rows[found].code:
                found = None  # of the same name, with another code: another department
            parent = found or self._make(name, code=code if last else "", parent=parent)
        return parent

    def _parent(self, words: str) -> int | None:
        if not words:
            return None
        if words in self._by_code:
            return self._by_code[words]
        return self.find({"department": words})

    def _make(self, name: str, *, code: str, parent: int | None) -> int:
        _check_name(name)
        pk = -1 - len(self.pending)
        fields = {"name": name, "code": code, "parent_id": parent}
        self.pending.append(Pending(pk, True, fields))
        self._add(pk, _Department(name, code, parent))
        return pk

    def _add(self, pk: int, row: _Department) -> None:
        self.rows[pk] = row
        folded = row.name.casefold()
        self._by_name.setdefault((row.parent, folded), pk)
        self._named.setdefault(folded, []).append(pk)
        if row.code:
            self._by_code.setdefault(row.code, pk)


@dataclass
class Locations:
    """All locations, with those that this import makes."""

    countries: dict[int, str] = field(default_factory=dict)
    pending: list[Pending] = field(default_factory=list)
    _by_code: dict[str, int] = field(default_factory=dict)
    _by_name: dict[str, int] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Locations":
        found = cls()
        for pk, name, code, country in Location.objects.order_by("pk").values_list(
            "pk", "name", "code", "country"
        ):
            found._add(pk, name, code, country)
        return found

    def find(self, values: Mapping[str, str]) -> int | None:
        """The id of the location these words name, a new one below zero; None for no words."""
        code, city = values.get("location_code", ""), values.get("location_city", "")
        name = values.get("location", "") or city or code
        if not name:
            return None
        _check_code(code)
        if code in self._by_code:
            return self._by_code[code]
        if not code and (found := self._by_name.get(name.casefold())) is not None:
            return found
        _check_name(name)
        country = _country(values.get("location_country", ""))
        pk = -1 - len(self.pending)
        fields = {"name": name, "code": code, "city": city[:100], "country": country}
        self.pending.append(Pending(pk, False, fields))
        self._add(pk, name, code, country)
        return pk

    def _add(self, pk: int, name: str, code: str, country: str) -> None:
        self.countries[pk] = country
        self._by_name.setdefault(name.casefold(), pk)
        if code:
            self._by_code.setdefault(code, pk)


def _steps(text: str) -> list[str]:
    return [step for step in (each.strip() for each in _STEPS.split(text)) if step]


def _country(text: str) -> str:
    code = text.strip().upper()
    return code if code in phonenumbers.SUPPORTED_REGIONS else ""


def _check_name(name: str) -> None:
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise NoPlace(_("The name of a department or location is too long or holds odd signs."))


def _check_code(code: str) -> None:
    if len(code) > LONGEST_CODE:
        raise NoPlace(_("The code of a department or location is too long."))

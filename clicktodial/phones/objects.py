"""The XML objects that Cisco IP phones show, as their schema wants them.

Order and lengths are those of CiscoIPPhone.xsd, by which phones since firmware 8.3(2) refuse what
does not fit (Cisco Unified IP Phone Services Application Development Notes, appendix B).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

MOST_ENTRIES = 32
MOST_MENU_ITEMS = 100
LONGEST_TITLE = 32
LONGEST_ENTRY = 32
LONGEST_MENU_ITEM = 64
LONGEST_URL = 256
LONGEST_TEXT = 3999


class TooLong(ValueError):
    """An address that phones would cut off."""


@dataclass(frozen=True, slots=True)
class Key:
    """A softkey: an address of ours, or what the phone itself does, such as SoftKey:Exit."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a menu."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a directory: `telephone` are the digits that this phone dials."""

    name: str
    telephone: str


@dataclass(frozen=True, slots=True)
class Field:
    """Something to be entered: `flags` are A for any text, T for a telephone number."""

    label: str
    parameter: str
    flags: str


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes objects in a charset that the phone knows; `plain` makes any text fit it."""

    charset: str
    plain: Callable[[str], str]

    def menu(
        self, title: str, prompt: str, items: Sequence[Item], keys: Sequence[Key] = ()
    ) -> bytes:
        root = self._root("CiscoIPPhoneMenu", title, prompt, keys)
        for item in items[:MOST_MENU_ITEMS]:
            line = SubElement(root, "MenuItem")
            self._add(line, "Name", item.name, LONGEST_MENU_ITEM)
            self._add_url(line, item.url)
        return self._whole(root)

    def directory(
        self, title: str, prompt: str, entries: Sequence[Entry], keys: Sequence[Key] = ()
    ) -> bytes:
        root = self._root("CiscoIPPhoneDirectory", title, prompt, keys)
        for entry in entries[:MOST_ENTRIES]:
            line = SubElement(root, "DirectoryEntry")
            self._add(line, "Name", entry.name, LONGEST_ENTRY)
            self._add(line, "Telephone", entry.telephone, LONGEST_ENTRY)
        return self._whole(root)

    def question(self, title: str, prompt: str, url: str, fields: Sequence[Field]) -> bytes:
        root = self._root("CiscoIPPhoneInput", title, prompt, ())
        self._add_url(root, url)
        for field in fields:
            line = SubElement(root, "InputItem")
            self._add(line, "DisplayName", field.label, LONGEST_TITLE)
            self._add(line, "QueryStringParam", field.parameter, LONGEST_TITLE)
            self._add(line, "InputFlags", field.flags, 3)
        return self._whole(root)

    def text(self, title: str, text: str, keys: Sequence[Key] = ()) -> bytes:
        root = self._root("CiscoIPPhoneText", title, "", keys)
        self._add(root, "Text", text, LONGEST_TEXT)
        return self._whole(root)

    def _root(self, name: str, title: str, prompt: str, keys: Sequence[Key]) -> Element:
        root = Element(name)
        self._add(root, "Title", title, LONGEST_TITLE)
        self._add(root, "Prompt", prompt, LONGEST_TITLE)
        for position, key in enumerate(keys, start=1):
            item = SubElement(root, "SoftKeyItem")
            self._add(item, "Name", key.name, LONGEST_TITLE)
            self._add_url(item, key.url)
            self._add(item, "Position", str(position), 2)
        return root

    def _add(self, parent: Element, name: str, text: str, longest: int) -> None:
        plain = self.plain(text)
        cut = plain if len(plain) <= longest else plain[: longest - 3].rstrip() + "..."
        SubElement(parent, name).text = cut

    def _add_url(self, parent: Element, url: str) -> None:
        if len(url) > LONGEST_URL:
            raise TooLong(url[:50])
        SubElement(parent, "URL").text = url

    def _whole(self, root: Element) -> bytes:
        found: bytes = tostring(root, encoding=self.charset, xml_declaration=True)
        return found

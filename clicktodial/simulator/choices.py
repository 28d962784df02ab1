"""The drop-downs of the pop-up: the devices of a user, and the lines of each."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from clicktodial.simulator.scene import Device
from clicktodial.simulator.templates import Markup


def devices(listed: Iterable[Device], *, chosen: str) -> Markup:
    """The options of the calling device."""
    return Markup("".join(_device(device, chosen) for device in listed))


def lines(listed: Iterable[Device], *, chosen: tuple[str, str]) -> Markup:
    """The options of the calling line, grouped by device."""
    return Markup("".join(_lines(device, chosen) for device in listed))


def _device(device: Device, chosen: str) -> str:
    label = escape(" ; ".join(filter(None, (device.name, device.model))))
    return f'<option value="{escape(device.name)}"{_mark(device.name == chosen)}>{label}</option>'


def _lines(device: Device, chosen: tuple[str, str]) -> str:
    options = "".join(
        f'<option value="{escape(line.text)}"{_mark((device.name, line.text) == chosen)}>'
        f"{escape(line.text)}</option>"
        for line in device.lines
    )
    return f'<optgroup label="{escape(device.name)}">{options}</optgroup>'


def _mark(selected: bool) -> str:
    return " selected" if selected else ""

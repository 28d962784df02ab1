"""Which line of a device the text of a request means."""

from __future__ import annotations

from clicktodial.simulator.scene import Device, Line


def find(device: Device, text: str, *, lenient: bool) -> Line | None:
    """The line that the text means: as listed, or a bare number that the device has once."""
    dn, semicolon, partition = (part.strip() for part in text.partition(";"))
    if semicolon:
        names = ("", "no partition", "null")
        for line in device.lines:
            same = line.partition == partition or (not line.partition and partition in names)
            if line.dn == dn and same:
                return line
        return None
    found = [line for line in device.lines if line.dn == dn]
    if len(found) == 1:
        return found[0]
    if lenient and not found and device.lines:
        # Clients in the field send nothing, `?` or the number of the line button.
        place = int(dn) - 1 if dn.isascii() and dn.isdigit() else 0
        return device.lines[place] if 0 <= place < len(device.lines) else None
    return None

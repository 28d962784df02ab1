"""Which people a source has spoken of: a bit for each, so that a million take 125 kB."""

from collections.abc import Iterable


class Seen:
    def __init__(self) -> None:
        self._bits = bytearray()
        self.count = 0

    def add(self, pk: int) -> bool:
        """Marks somebody; False where they were marked before."""
        place, bit = pk >> 3, 1 << (pk & 7)
        if place >= len(self._bits):
            self._bits.extend(bytes(place - len(self._bits) + 4096))
        if self._bits[place] & bit:
            return False
        self._bits[place] |= bit
        self.count += 1
        return True

    def others(self, pks: Iterable[int]) -> list[int]:
        """Those of these who are not marked."""
        bits, end = self._bits, len(self._bits)
        return [pk for pk in pks if (place := pk >> 3) >= end or not bits[place] & (1 << (pk & 7))]

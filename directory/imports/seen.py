"""Which people a source has spoken of: a bit for each, so that a million take 125 kB."""


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

    def __contains__(self, pk: int) -> bool:
        place = pk >> 3
        return place < len(self._bits) and bool(self._bits[place] & (1 << (pk & 7)))

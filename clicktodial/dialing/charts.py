"""Bar charts as numbers for SVG: no style, no script; classes give the colours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 220  # of the days' chart, in units of its viewBox
# Room for what is written beside the bars, which on a phone is twice as large (admin.css).
LEFT, BOTTOM, TOP = 64, 32, 24
ROWS_WIDTH = 320  # of a chart with a bar a row: as wide as a phone, where its words must be read
ROW, NAMES, FIGURES = 28, 146, 44
LONGEST = 21  # letters of a name that fit beside its bar


@dataclass(frozen=True)
class Bar:
    """A rectangle; `kind` is its class, `says` what it stands for."""

    x: str
    y: str
    width: str
    height: str
    kind: str = ""
    says: str = ""


@dataclass(frozen=True)
class Mark:
    """A word or a figure at its place."""

    x: str
    y: str
    text: str


@dataclass(frozen=True)
class Chart:
    """All that a template needs to draw it."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    lines: tuple[str, ...] = ()
    """The heights of lines across."""
    left: int = LEFT
    """Where these begin."""


def stacked(
    columns: Sequence[tuple[str, Mapping[str, int], str]], *, kinds: Sequence[str]
) -> Chart:
    """A column for each (label, amounts by kind, what it says), the kinds upon each other."""
    most = max((sum(amounts.values()) for _, amounts, _ in columns), default=0)
    top = _round_up(most)
    step = (WIDTH - LEFT) / max(len(columns), 1)
    room = HEIGHT - TOP - BOTTOM
    bars: list[Bar] = []
    for place, (_label, amounts, says) in enumerate(columns):
        y = HEIGHT - BOTTOM
        for kind in kinds:
            height = room * amounts.get(kind, 0) / top
            if height:
                y -= height  # type: ignore[assignment]
                width = max(step * 0.8, 0.5)
                bars.append(
                    Bar(_n(LEFT + place * step + step * 0.1), _n(y), _n(width), _n(height), kind,
                        says)
                )  # fmt: skip
    every = max(1, -(-len(columns) // 6))
    marks = [
        Mark(_n(LEFT + (place + 0.5) * step), _n(HEIGHT - 6), columns[place][0])
        for place in range(0, len(columns), every)
    ]
    heights = [HEIGHT - BOTTOM - room * part / 2 for part in range(3)]
    marks += [Mark("0", _n(y + 4), f"{top * part // 2}") for part, y in enumerate(heights)]
    return Chart(WIDTH, HEIGHT, tuple(bars), tuple(marks), tuple(map(_n, heights)))


def rows(amounts: Sequence[tuple[str, int]]) -> Chart:
    """A bar for each (label, amount), one below the other, the label before and the amount behind.

    Labels are cut to what fits; the table beside holds them whole.
    """
    most = max((amount for _, amount in amounts), default=0) or 1
    room = ROWS_WIDTH - NAMES - FIGURES
    bars, marks = [], []
    for place, (label, amount) in enumerate(amounts):
        y, width = place * ROW, room * amount / most
        says = f"{label}: {amount}"
        bars.append(Bar(_n(NAMES), _n(y + 4), _n(max(width, 1)), _n(ROW - 8), "row", says))
        cut = label if len(label) <= LONGEST else f"{label[: LONGEST - 1].rstrip()}…"
        marks.append(Mark("0", _n(y + ROW / 2 + 5), cut))
        marks.append(Mark(_n(NAMES + max(width, 1) + 6), _n(y + ROW / 2 + 5), f"{amount}"))
    return Chart(ROWS_WIDTH, max(len(amounts), 1) * ROW, tuple(bars), tuple(marks))


def _round_up(most: int) -> int:
    """An even number of one or two digits and zeros, at least 2, that is no less."""
    size = 1
    while most > 100 * size:
        size *= 10
    return max(2, -(-most // (2 * size)) * 2 * size)


def _n(number: float) -> str:
    """A number as SVG wants it, whatever the language of the page."""
    return f"{number:.1f}".removesuffix(".0")

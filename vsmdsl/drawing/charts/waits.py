"""The waits of a stream, longest first: each as long as its share, as hot as on the map."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from vsmdsl.drawing.charts.bars import Bar, Piece, bars
from vsmdsl.drawing.charts.frame import framed
from vsmdsl.drawing.scene import Scene
from vsmdsl.record import record

# How hot a wait is drawn: by its share of the largest one, capped where it is small (VISUAL 10).
HEAT = (
    (Fraction(85, 100), 4),
    (Fraction(55, 100), 3),
    (Fraction(30, 100), 2),
    (Fraction(1, 10), 1),
)
CAPS = ((Fraction(5, 100), 1), (Fraction(10, 100), 2), (Fraction(15, 100), 3))


@record
class Wait:
    """One wait in words: where, who has it, how long, and its share of the lead time."""

    name: str
    team: str
    share: Fraction
    value: str


def waits(found: Sequence[Wait], width: float, *, title: str, said: str, name: str) -> Scene:
    """Draw them as bars; the longest takes the whole width."""
    most = max((one.share for one in found), default=Fraction(0)) or Fraction(1)
    rows = [_bar(one, most) for one in found]
    items, height = bars(rows, width)
    return framed(items, width, height, title=title, said=said, name=f"{name} waits")


def heat(share: Fraction, most: Fraction) -> int:
    """The heat level of a wait, 0 to 4."""
    relative = share / most if most else Fraction(0)
    level = next((level for least, level in HEAT if relative >= least), 0)
    return min([level, *(cap for below, cap in CAPS if share < below)])


def _bar(one: Wait, most: Fraction) -> Bar:
    level = heat(one.share, most)
    outline = "line" if level == 0 else ""
    piece = Piece(float(one.share / most), f"h{level}", outline)
    return Bar(one.name, (piece,), one.value, one.team)

"""What each step is asked for against what it can do: utilisation, or its pace against takt."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from vsmdsl.drawing.charts.bars import Bar, Mark, Piece, bars
from vsmdsl.drawing.charts.frame import framed
from vsmdsl.drawing.scene import Scene
from vsmdsl.record import record

AIR = Fraction(108, 100)  # the mark never stands at the very edge


@record
class Load:
    """One step: its load in words, and as a share of what the mark stands for (1 = all of it)."""

    name: str
    sub: str
    ratio: Fraction
    value: str
    limits: bool = False  # it sets the pace


def load(
    found: Sequence[Load], width: float, mark: str, *, title: str, said: str, name: str
) -> Scene:
    """Draw a bar a step; what reaches beyond the mark is magenta."""
    most = max((one.ratio for one in found), default=Fraction(0))
    scale = max(most, Fraction(1)) * AIR
    rows = [_bar(one, scale) for one in found]
    items, height = bars(rows, width, Mark(float(1 / scale), mark))
    return framed(items, width, height, title=title, said=said, name=f"{name} load")


def _bar(one: Load, scale: Fraction) -> Bar:
    inside = Piece(float(min(one.ratio, Fraction(1)) / scale), "va")
    beyond = max(one.ratio - 1, Fraction(0))
    more = (Piece(float(beyond / scale), "rew"),) if beyond else ()
    return Bar(one.name, (inside, *more), one.value, one.sub, "rew" if beyond else "ink")

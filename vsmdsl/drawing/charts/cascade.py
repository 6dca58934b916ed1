"""The %C&A cascade: what is still right after each step, and what each step loses."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from vsmdsl.drawing.charts.bars import Bar, Piece, bars
from vsmdsl.drawing.charts.frame import Key, framed
from vsmdsl.drawing.scene import Scene
from vsmdsl.record import record


@record
class Stage:
    """One step: the share of items that were right before it and still are after it, in words."""

    name: str
    before: Fraction
    after: Fraction
    own: str  # `85 % right here`
    value: str  # `59.5 %`


def cascade(
    found: Sequence[Stage],
    width: float,
    *,
    title: str,
    said: str,
    name: str,
    keys: tuple[str, str],
) -> Scene:
    """Draw what is left as blue and what is lost here as magenta; `keys` says so in words."""
    rows = [_bar(one) for one in found]
    items, height = bars(rows, width)
    legend = (Key("va", keys[0]), Key("rewsoft", keys[1], "rew"))
    whole = f"{name} cascade"
    return framed(items, width, height, title=title, said=said, name=whole, keys=legend)


def _bar(one: Stage) -> Bar:
    before, after = float(one.before), float(one.after)  # exactly takes long after many steps
    pieces = (Piece(after, "va"), Piece(before - after, "rewsoft", "rew"))
    return Bar(one.name, pieces, one.value, one.own)

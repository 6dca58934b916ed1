"""How a figure is put together from its mean, its two ends and what it lacks."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from vsmdsl.analysis.gaps import Gaps
from vsmdsl.analysis.result import Figure, FigureKind

Spread = tuple[Fraction, Fraction, Fraction]  # low, mean, high


def make_figure(kind: FigureKind, spread: Spread, lacks: Gaps, unit: str = "s") -> Figure:
    """A figure with its ends in order.

    An end is found by measuring the map anew, where another branch may be the longest; it is
    never let past the mean.
    """
    low, mean, high = spread
    if low is not mean or high is not mean:
        low, high = min(low, mean), max(high, mean)
    return Figure(
        kind,
        mean,
        low,
        high,
        unit,
        lacks.bound,
        lacks.missing,
        lacks.parts,
        lacks.parts_are,
    )


def shares_of(whole: Fraction) -> Callable[[Fraction], Fraction]:
    """What gives the share of a part in a whole that is not zero; equal parts are divided once."""
    known: dict[tuple[int, int], Fraction] = {}

    def share(part: Fraction) -> Fraction:
        key = part.numerator, part.denominator
        found = known.get(key)
        if found is None:
            found = known[key] = part / whole
        return found

    return share

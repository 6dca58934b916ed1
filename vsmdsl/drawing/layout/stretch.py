"""Where on a level line its words may stand: where no other line passes."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

ROOMY = 160.0  # room enough for an icon and words


def widest(left: float, right: float, passing: Iterable[float]) -> tuple[float, float]:
    """The middle and width of the stretch that no other line crosses, the middle one if it can."""
    cuts = [left, *sorted(x for x in passing if left < x < right), right]
    centre = (left + right) / 2
    parts = [
        (centre, 2 * min(centre - one, two - centre))
        for one, two in pairwise(cuts)
        if one <= centre <= two
    ]
    parts += [((one + two) / 2, two - one) for one, two in pairwise(cuts)]
    roomy = next((part for part in parts if part[1] >= ROOMY), None)
    return roomy or max(parts, key=lambda part: part[1])

"""What is taken under a row: by loops and their legs, and by the lettered ends placed so far."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence

HALF = 5.0  # what a line to a box takes, on either side

Stretch = tuple[float, float]


class Taken:
    """Lanes under a row, filled from right to left.

    No end is added to the right of those that are there. So whatever they take reaches to the
    right of what is asked for, and only where it begins needs to be known. Lines take every lane
    above the one that they lead to.
    """

    def __init__(
        self,
        lanes: int,
        loops: Iterable[tuple[int, Stretch]],
        legs: Iterable[tuple[float, int]],
    ) -> None:
        self.lanes = lanes
        self.loops = _by_lane(loops)
        self.used = sorted(self.loops)  # lanes in which there is anything but lines
        self.begins: dict[int, float] = {}  # lane → where the leftmost end begins
        ordered = sorted(legs)
        self.lefts = [x - HALF for x, _ in ordered]
        self.rights = [x + HALF for x, _ in ordered]
        self.depths = [lane for _, lane in ordered]
        self.lines: list[float] = []  # where those of the ends begin; negative, so they ascend
        self.leads: list[int] = []  # to which lane each of them leads

    def add(self, lane: int, stretch: Stretch, x: float) -> None:
        """Take a stretch of a lane, and the line from there up to the box."""
        if lane not in self.loops and lane not in self.begins:
            insort(self.used, lane)
        self.begins[lane] = min(stretch[0], self.begins.get(lane, stretch[0]))
        self.lines.append(HALF - x)
        self.leads.append(lane)

    def reach(self, x: float) -> int:
        """How many lanes a line from the box comes to: the last is the first that is blocked."""
        line = x - HALF, x + HALF
        if self._crossed(line):
            return 1
        return next((one + 1 for one in self.used if self._is_held(one, line)), self.lanes)

    def first_free(self, stretch: Stretch, reach: int) -> int:
        """The first lane in which a stretch is free; `reach` where none is before it."""
        lane = self._crossed(stretch)
        while lane < reach and self._is_held(lane, stretch):
            lane += 1
        return min(lane, reach)

    def _crossed(self, stretch: Stretch) -> int:
        """How many lanes lines take of a stretch, from the boxes down."""
        left, right = stretch
        legs = self.depths[bisect_right(self.rights, left) : bisect_left(self.lefts, right)]
        lines = self.leads[bisect_right(self.lines, -right) :]
        return max(max(legs, default=0), max(lines, default=0))

    def _is_held(self, lane: int, stretch: Stretch) -> bool:
        """Whether a loop or an end lies in a lane there."""
        left, right = stretch
        if lane in self.begins and self.begins[lane] < right:
            return True
        if lane not in self.loops:
            return False
        begins, ends = self.loops[lane]
        before = bisect_left(begins, right)
        return before > 0 and ends[before - 1] > left


def _by_lane(
    loops: Iterable[tuple[int, Stretch]],
) -> dict[int, tuple[Sequence[float], Sequence[float]]]:
    """Lane → where its loops begin, and how far those up to each of them come."""
    found: dict[int, tuple[list[float], list[float]]] = {}
    for lane, (left, right) in sorted(loops):
        begins, ends = found.setdefault(lane, ([], []))
        begins.append(left)
        ends.append(max(right, ends[-1]) if ends else right)
    return dict(found)

"""Which of many points can be the farthest in some direction: the corners of their hull.

What a branch costs is so much for each visit and so much for each visit that is worked. Which one
is the longest depends on both numbers, but whatever they are, it is one of a few.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Point = tuple[int, int]


def outermost(points: Sequence[Point]) -> list[int]:
    """The places, in order, of all points that can be the first of the farthest."""
    first: dict[Point, int] = {}
    for at, point in enumerate(points):
        first.setdefault(point, at)
    order = sorted(first)
    return sorted(_side(order, first) | _side(order[::-1], first))


def _side(order: Sequence[Point], first: Mapping[Point, int]) -> set[int]:
    """The corners of one side, and of all points between two of them the first.

    Seen along an edge, all its points are equally far.
    """
    corners, found, edge = {*_chain(order, 1)}, set[int](), list[int]()
    for point in _chain(order, 0):
        edge.append(first[point])
        if point in corners:
            found |= {first[point], min(edge)}
            edge = [first[point]]
    return found


def _chain(order: Sequence[Point], least: int) -> list[Point]:
    """The hull below points from left to right (A. M. Andrew, 1979); 0 keeps those on its edges."""
    found: list[Point] = []
    for point in order:
        while len(found) > 1 and _turn(found[-2], found[-1], point) < least:
            found.pop()
        found.append(point)
    return found


def _turn(one: Point, two: Point, three: Point) -> int:
    return (two[0] - one[0]) * (three[1] - one[1]) - (two[1] - one[1]) * (three[0] - one[0])

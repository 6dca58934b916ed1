"""Runs of boxes that the whole flow passes one after the other: nothing stands beside them.

Where a map forks, Graphviz finds the columns. Between two forks there is one box a column, so that
a run of boxes can be asked about as one box, and a map without forks need not be asked about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

Run = list[int]
Way = tuple[int, int]


def runs(boxes: Iterable[int], ways: Sequence[Way]) -> list[Run]:
    """All boxes in the order of the flow, grouped into runs; a box in a fork is a run of its own.

    Boxes are numbered along the flow (a way leads to a higher number), and the flow has one
    beginning and one end; where this is not so, no two boxes are taken together.
    """
    order = sorted(boxes)
    leave, arrive = Counter(start for start, _ in ways), Counter(end for _, end in ways)
    beginnings = sum(not arrive[box] for box in order)
    ends = sum(not leave[box] for box in order)
    if beginnings != 1 or ends != 1 or any(start >= end for start, end in ways):
        return [[box] for box in order]
    found: list[Run] = []
    open_ways = 0  # that lead from the boxes so far to later ones
    for box in order:
        if open_ways == 1:  # it is the one from the box before to this one
            found[-1].append(box)
        else:
            found.append([box])
        open_ways += leave[box] - arrive[box]
    return found


def stretched(found: Sequence[Run], columns: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each box with its column, where `columns` has the one column of each run."""
    longest: dict[int, int] = {}  # column of runs → how many columns it takes
    for run, column in zip(found, columns, strict=True):
        longest[column] = max(longest.get(column, 1), len(run))
    first, at = {}, 0
    for column in sorted(longest):
        first[column] = at
        at += longest[column]
    for run, column in zip(found, columns, strict=True):
        yield from zip(run, range(first[column], first[column] + len(run)), strict=True)

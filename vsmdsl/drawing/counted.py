"""The columns of boxes found by counting, for maps that would keep Graphviz busy for long.

Every box stands as far left as the flow allows, and the lanes lie as they are written: no fork is
longer than its longest branch, and no two ways cross. Where branches hold no forks, the columns are
those that Graphviz finds. Of the many orders without crossings it may choose another, by chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Way = tuple[int, int]

# Columns that all ways together may pass: Graphviz makes a box in each of them. As many take a
# second; twice as many may take six, and four times as many more than its time limit.
MOST = 3_000


def counted(
    boxes: Iterable[int], ways: Sequence[Way], loose: Sequence[Way]
) -> Mapping[int, int] | None:
    """The column of each box in a map that is too large to be asked about; None for others.

    Boxes are numbered along the flow. What a `loose` way leads to stands just before the box after
    it, since that way takes the room that its branch has to spare.
    """
    if any(start >= end for start, end in ways):
        return None
    columns = _leftmost(sorted(boxes), ways)
    if sum(columns[end] - columns[start] for start, end in ways) <= MOST:
        return None
    ends = {box for _, box in loose}
    return columns | {box: columns[after] - 1 for box, after in ways if box in ends}


def _leftmost(boxes: Iterable[int], ways: Sequence[Way]) -> dict[int, int]:
    sources: dict[int, list[int]] = {}
    for start, end in ways:
        sources.setdefault(end, []).append(start)
    found: dict[int, int] = {}
    for box in boxes:
        found[box] = max((found[one] + 1 for one in sources.get(box, ())), default=0)
    return found

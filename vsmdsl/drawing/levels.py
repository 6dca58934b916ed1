"""How the lanes lie above each other, once each box has its column and each lane its height."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from vsmdsl.record import record


@record
class _Lane:
    number: int
    first: int
    last: int
    height: float


def levels(
    boxes: Sequence[tuple[int, int]], columns: Mapping[int, int], heights: Mapping[int, float]
) -> dict[int, int]:
    """Give every lane a row; `boxes` have the lane of each. Lanes that never meet may share one.

    Counted outwards from the longest lane, so that a lone branch lies next to the main flow.
    """
    lanes = sorted(_lanes(boxes, columns, heights), key=lambda lane: -lane.height)
    main = max(range(len(lanes)), key=lambda at: lanes[at].last - lanes[at].first)
    above, below = lanes[main - 1 :: -1] if main else [], lanes[main + 1 :]
    found = {lane.number: -level for lane, level in _stacked(above)}
    found |= {lane.number: level for lane, level in _stacked(below)}
    found[lanes[main].number] = 0
    top = min(found.values())
    return {lane: level - top for lane, level in sorted(found.items())}


def _lanes(
    boxes: Sequence[tuple[int, int]], columns: Mapping[int, int], heights: Mapping[int, float]
) -> Iterator[_Lane]:
    members: dict[int, list[int]] = {}
    for box, lane in boxes:
        members.setdefault(lane, []).append(box)
    for number, ids in members.items():
        at = [columns[box] for box in ids]
        yield _Lane(number, min(at), max(at), sum(heights[box] for box in ids) / len(ids))


def _stacked(lanes: Sequence[_Lane]) -> Iterator[tuple[_Lane, int]]:
    """Each lane with its level: one beyond whatever lies in its columns already."""
    reached = [0] * (max((lane.last for lane in lanes), default=0) + 1)
    for lane in lanes:
        columns = slice(lane.first, lane.last + 1)
        level = max(reached[columns]) + 1
        reached[columns] = [level] * (lane.last + 1 - lane.first)
        yield lane, level

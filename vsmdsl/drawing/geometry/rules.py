"""The rules that every picture keeps, each a small function that lists what breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from vsmdsl.drawing.geometry.seen import SLACK, Box, Line, Seen, text_box

WIDER = 1.13  # DejaVu Sans, the widest font that may take the place of the shipped one
INSIDE = 2.5  # an arrow may end so deep in its box
SOLID = frozenset(("shipment",))
BARS = frozenset(("fork", "join"))


class Fault(NamedTuple):
    """One thing that is wrong: what, and where to look."""

    kind: str
    about: str
    x: float
    y: float


def outside(seen: Seen) -> Iterator[Fault]:
    """Nothing leaves the page."""
    for placed in seen.texts:
        if not placed.box.within(seen.page):
            yield _at("text outside the page", placed.text.text, placed.box)
    for box in seen.rects:
        if not box.within(seen.page):
            yield _at("box outside the page", "", box)
    for line in seen.lines:
        for x, y in (line.start, line.end):
            if not Box(x, y, x, y).within(seen.page):
                yield Fault("line outside the page", line.kind, x, y)


def overlapping(seen: Seen) -> Iterator[Fault]:
    """No two texts share a place."""
    texts = sorted(seen.texts, key=lambda placed: placed.box.top)
    for index, one in enumerate(texts):
        for at in range(index + 1, len(texts)):
            other = texts[at]
            if other.box.top >= one.box.bottom:
                break
            if one.box.overlaps(other.box):
                yield _at("texts overlap", f"{one.text.text} / {other.text.text}", one.box)


def colliding(seen: Seen) -> Iterator[Fault]:
    """No two boxes share a place, and those under one another stand in one column."""
    boxes = sorted(seen.boxes, key=lambda named: named.box.left)
    for index, one in enumerate(boxes):
        for at in range(index + 1, len(boxes)):
            other = boxes[at]
            if other.box.left + SLACK >= one.box.right:
                break
            if one.box.overlaps(other.box):
                yield _at("boxes overlap", f"{one.name} / {other.name}", other.box)
            elif one.kind == other.kind == "step" and _askew(one.box, other.box, seen.ladders):
                yield _at("box out of its column", other.name, other.box)


def _askew(one: Box, other: Box, ladders: Sequence[float]) -> bool:
    """Boxes over one ladder, one over the other, but not with one middle."""
    over = (sum(ladder < box.top for ladder in ladders) for box in (one, other))
    return len(set(over)) == 1 and bool(ladders) and abs(one.middle[0] - other.middle[0]) > SLACK


def too_wide(seen: Seen) -> Iterator[Fault]:
    """A text fits the smallest box around its middle, in a wider font, too."""
    for placed in seen.texts:
        ground = _smallest(placed.box, seen)
        if ground is None:
            continue
        wide = text_box(placed.text, WIDER)
        if placed.box.left + SLACK < ground.left or placed.box.right > ground.right + SLACK:
            yield _at("text wider than its box", placed.text.text, placed.box)
        elif placed.box.top + 1 < ground.top or placed.box.bottom > ground.bottom + 1:
            yield _at("text higher than its box", placed.text.text, placed.box)
        elif wide.left + SLACK < ground.left or wide.right > ground.right + SLACK:
            yield _at("no room for a wider font", placed.text.text, placed.box)


def _smallest(box: Box, seen: Seen) -> Box | None:
    x, y = box.middle
    around = (one for one in seen.grounds(x) if one.left <= x <= one.right)
    found = [one for one in around if one.top <= y <= one.bottom]
    return min(found, key=lambda one: one.area, default=None)


def crossing_boxes(seen: Seen) -> Iterator[Fault]:
    """No line runs through a box."""
    for named in seen.boxes:
        box = named.box
        for kind in _passing(seen, box, INSIDE):
            yield _at(f"{kind} line crosses a box", named.name, box)


def crossing_texts(seen: Seen) -> Iterator[Fault]:
    """A line may pass under a text only where that text has a small ground of its own.

    Block arrows are not lines: they hide what they cross.
    """
    for placed in seen.texts:
        kinds = _passing(seen, placed.box, 1.5)
        if kinds and any(
            _small(one) and placed.box.within(one, 2) for one in _under(placed.box, seen)
        ):
            kinds = [kind for kind in kinds if kind in SOLID]
        for kind in kinds:
            yield _at(f"{kind} line crosses a text", placed.text.text, placed.box)


def _under(box: Box, seen: Seen) -> Sequence[Box]:
    return seen.grounds(box.middle[0])


def _small(ground: Box) -> bool:
    return ground.bottom - ground.top < 24 or ground.area < 3000


RULES: tuple[Callable[[Seen], Iterator[Fault]], ...] = (
    outside,
    overlapping,
    colliding,
    too_wide,
    crossing_boxes,
    crossing_texts,
)


def _passing(seen: Seen, box: Box, inset: float) -> list[str]:
    """The kinds of the lines that run through a box, each once."""
    left, right = box.left + inset, box.right - inset
    top, bottom = box.top + inset, box.bottom - inset
    found: dict[str, None] = {}
    for line in seen.near(box):
        (x1, y1), (x2, y2) = line.start, line.end
        if (x1 <= left and x2 <= left) or (x1 >= right and x2 >= right):
            continue
        if (y1 <= top and y2 <= top) or (y1 >= bottom and y2 >= bottom):
            continue
        if x1 == x2 or y1 == y2 or _cuts(line, (left, top, right, bottom)):
            found[line.kind] = None
    return list(found)


def _cuts(line: Line, box: tuple[float, float, float, float]) -> bool:
    """Whether a slanted line has a point inside (Liang-Barsky)."""
    left, top, right, bottom = box
    start, end = line.start, line.end
    dx, dy = end[0] - start[0], end[1] - start[1]
    low, high = 0.0, 1.0
    for way, room in (
        (-dx, start[0] - left),
        (dx, right - start[0]),
        (-dy, start[1] - top),
        (dy, bottom - start[1]),
    ):
        if way == 0:
            if room < 0:
                return False
        elif way < 0:
            low = max(low, room / way)
        else:
            high = min(high, room / way)
    return low < high


def _at(kind: str, about: str, box: Box) -> Fault:
    return Fault(kind, about, round(box.left, 1), round(box.top, 1))

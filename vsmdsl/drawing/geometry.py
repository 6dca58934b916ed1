"""Checks a picture with a ruler: texts apart, in their boxes and the page, no line through a box.

Texts are measured with the shipped letter widths, as the layout does, so that what this finds is a
fault of the layout and not of a font.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from vsmdsl.drawing.fonts import text_width
from vsmdsl.drawing.scene import Group, Item, Path, Point, Rect, Scene, Text

RISE, FALL = 0.73, 0.2  # how far letters reach over and under the baseline, in sizes
SLACK = 0.75
LINES = frozenset(("info", "rework", "link", "shipment"))
BOXES = frozenset(("step", "control", "fork", "join"))
BARE = frozenset(("hotspot", "push", "paper"))


class Box(NamedTuple):
    """A rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box, slack: float = SLACK) -> bool:
        """Whether two boxes share more than a hair."""
        return (
            self.left + slack < other.right
            and other.left + slack < self.right
            and self.top + slack < other.bottom
            and other.top + slack < self.bottom
        )

    def within(self, other: Box, slack: float = SLACK) -> bool:
        """Whether this box lies in another one."""
        return (
            self.left + slack >= other.left
            and self.right <= other.right + slack
            and self.top + slack >= other.top
            and self.bottom <= other.bottom + slack
        )


class Fault(NamedTuple):
    """One thing that is wrong: what, and where to look."""

    kind: str
    about: str
    x: float
    y: float


class _Placed(NamedTuple):
    text: Text
    box: Box
    group: int


class _Line(NamedTuple):
    kind: str
    points: tuple[Point, ...]
    group: int


class _Seen(NamedTuple):
    texts: list[_Placed]
    rects: list[tuple[Box, str]]
    boxes: list[tuple[Box, str, int]]
    lines: list[_Line]


def faults(scene: Scene) -> tuple[Fault, ...]:
    """List everything that the ruler finds."""
    seen = _Seen([], [], [], [])
    _collect(scene.items, "", 0, seen)
    page = Box(0, 0, scene.width, scene.height)
    return (
        *_outside(seen, page),
        *_overlapping(seen),
        *_too_wide(seen),
        *_crossing_boxes(seen),
        *_crossing_texts(seen),
    )


def text_box(text: Text) -> Box:
    """The room that a line of text takes."""
    width = text_width(text.text, text.size, text.weight, text.spacing)
    left = text.x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[text.anchor]
    return Box(left, text.y - RISE * text.size, left + width, text.y + FALL * text.size)


def _collect(items: Sequence[Item], kind: str, group: int, seen: _Seen) -> None:
    for item in items:
        match item:
            case Group():
                number = len(seen.boxes) + len(seen.texts) + len(seen.lines) + 1
                first = item.kind.split()[0] if item.kind else ""
                if first in BOXES and (box := _outline(item.items)):
                    seen.boxes.append((box, item.title, number))
                _collect(item.items, first or kind, number, seen)
            case Text() if item.text:
                seen.texts.append(_Placed(item, text_box(item), group))
            case Rect() if item.kind not in BARE and min(item.width, item.height) > 7:
                box = Box(item.x, item.y, item.x + item.width, item.y + item.height)
                seen.rects.append((box, kind))
            case Path() if item.fill and kind in ("kaizen", "info"):
                seen.rects.append((_bounds(item), kind))
            case Path() if item.stroke and not item.fill and kind in LINES:
                for points in _strokes(item):
                    seen.lines.append(_Line(kind, points, group))
            case _:
                pass


def _outline(items: Sequence[Item]) -> Box | None:
    rects = [item for item in items if isinstance(item, Rect)]
    if not rects:
        return None
    one = max(rects, key=lambda rect: rect.width * rect.height)
    return Box(one.x, one.y, one.x + one.width, one.y + one.height)


def _bounds(path: Path) -> Box:
    points = [point for stroke in _strokes(path) for point in stroke]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _strokes(path: Path) -> Iterator[tuple[Point, ...]]:
    """The corner points of every stroke of a path."""
    points: list[Point] = []
    letter, numbers = "", list[float]()
    for step in (*path.steps, "M"):
        if not isinstance(step, str):
            numbers.append(step)
            continue
        if letter in ("M", "L", "Q", "A") and len(numbers) >= 2:
            points.append((numbers[-2], numbers[-1]))
        elif letter == "H":
            points.append((numbers[0], points[-1][1]))
        elif letter == "V":
            points.append((points[-1][0], numbers[0]))
        if step == "M":
            if len(points) > 1:
                yield tuple(points)
            points = []
        letter, numbers = step, []


def _outside(seen: _Seen, page: Box) -> Iterator[Fault]:
    for placed in seen.texts:
        if not placed.box.within(page):
            yield _at("text outside the page", placed.text.text, placed.box)
    for line in seen.lines:
        for x, y in line.points:
            if not (page.left <= x <= page.right and page.top <= y <= page.bottom):
                yield Fault("line outside the page", line.kind, x, y)


def _overlapping(seen: _Seen) -> Iterator[Fault]:
    texts = sorted(seen.texts, key=lambda placed: placed.box.top)
    for index, one in enumerate(texts):
        for other in texts[index + 1 :]:
            if other.box.top >= one.box.bottom:
                break
            if one.box.overlaps(other.box):
                yield _at("texts overlap", f"{one.text.text} / {other.text.text}", one.box)


def _too_wide(seen: _Seen) -> Iterator[Fault]:
    """A text must fit the smallest box around its middle."""
    rects = sorted(seen.rects, key=lambda pair: _area(pair[0]))
    for placed in seen.texts:
        x = (placed.box.left + placed.box.right) / 2
        y = (placed.box.top + placed.box.bottom) / 2
        for rect, _ in rects:
            if rect.left <= x <= rect.right and rect.top <= y <= rect.bottom:
                if placed.box.left + SLACK < rect.left or placed.box.right > rect.right + SLACK:
                    yield _at("text wider than its box", placed.text.text, placed.box)
                break


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)


def _crossing_boxes(seen: _Seen) -> Iterator[Fault]:
    for line in seen.lines:
        for box, name, _ in seen.boxes:
            if _passes(line.points, box, 2.5):
                yield _at(f"{line.kind} line crosses a box", name, box)


def _crossing_texts(seen: _Seen) -> Iterator[Fault]:
    """A line may pass under a text only where that text has a small ground of its own."""
    grounds = [box for box, _ in seen.rects if box.bottom - box.top < 24 or _area(box) < 3000]
    for placed in seen.texts:
        if any(placed.box.within(ground, 2) for ground in grounds):
            continue
        for line in seen.lines:
            if _passes(line.points, placed.box, 1.5):
                yield _at(f"{line.kind} line crosses a text", placed.text.text, placed.box)


def _passes(points: Sequence[Point], box: Box, inset: float) -> bool:
    left, right = box.left + inset, box.right - inset
    top, bottom = box.top + inset, box.bottom - inset
    for (x1, y1), (x2, y2) in pairwise(points):
        if max(x1, x2) <= left or min(x1, x2) >= right:
            continue
        if max(y1, y2) <= top or min(y1, y2) >= bottom:
            continue
        if x1 == x2 or y1 == y2 or _cuts((x1, y1), (x2, y2), (left, top, right, bottom)):
            return True
    return False


def _cuts(start: Point, end: Point, box: tuple[float, float, float, float]) -> bool:
    """Whether a slanted line has a point inside (Liang-Barsky)."""
    left, top, right, bottom = box
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

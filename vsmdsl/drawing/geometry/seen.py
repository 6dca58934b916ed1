"""What a ruler sees of a picture: texts, boxes, lines, each with its place, and what lies near."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from vsmdsl.drawing.fonts import text_width
from vsmdsl.drawing.scene import Group, Item, Path, Point, Portion, Rect, Scene, Shape, Text

RISE, FALL = 0.73, 0.2  # how far letters reach over and under the baseline, in sizes
SLACK = 0.75
LINES = frozenset(("info", "rework", "link", "shipment"))
BOXES = frozenset(("step", "control", "fork", "join", "removed"))
FACTORIES = frozenset(("supplier", "customer"))
TEETH = 22.0  # the roof of a factory, between whose teeth an arrow may end
BARE = frozenset(("hotspot", "push", "paper"))
STRIPE = 160.0  # things are sorted by stripes of the page, so that neighbours are found at once


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

    @property
    def area(self) -> float:
        """Its area."""
        return (self.right - self.left) * (self.bottom - self.top)

    @property
    def middle(self) -> Point:
        """Its middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


class Placed(NamedTuple):
    """A text and the room it takes."""

    text: Text
    box: Box


class Line(NamedTuple):
    """One straight piece of a line."""

    kind: str
    start: Point
    end: Point


class Named(NamedTuple):
    """A box that stands for something: a step, a planner, a bar."""

    kind: str
    box: Box
    name: str


class Seen:
    """All that was seen, and by stripe of the page what lies there."""

    def __init__(self, page: Box) -> None:
        self.page = page
        self.texts: list[Placed] = []
        self.rects: list[Box] = []
        self.boxes: list[Named] = []
        self.lines: list[Line] = []
        self.ladders: list[float] = []  # the top of each row's ladder
        self.rects_in: dict[int, list[Box]] = defaultdict(list)
        self.lines_in: dict[int, list[Line]] = defaultdict(list)

    def rect(self, box: Box) -> None:
        """Note a ground on which texts may stand."""
        self.rects.append(box)
        for stripe in _stripes(box.left, box.right):
            self.rects_in[stripe].append(box)

    def line(self, line: Line) -> None:
        """Note a piece of a line."""
        self.lines.append(line)
        for stripe in _stripes(*sorted((line.start[0], line.end[0]))):
            self.lines_in[stripe].append(line)

    def grounds(self, x: float) -> Sequence[Box]:
        """The grounds at or beside a place."""
        return self.rects_in[int(x // STRIPE)]

    def near(self, box: Box) -> Iterator[Line]:
        """The lines that may pass a box, some of them twice."""
        for stripe in _stripes(box.left, box.right):
            yield from self.lines_in[stripe]


def look(scene: Scene) -> Seen:
    """Take in a whole picture."""
    seen = Seen(Box(0, 0, scene.width, scene.height))
    _collect(scene.items, "", seen)
    return seen


def text_box(text: Text, wider: float = 1.0) -> Box:
    """The room that a line of text takes, in a font that is so much wider than the shipped one."""
    width = wider * _width(text.text, text.size, text.weight, text.spacing)
    left = text.x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[text.anchor]
    return Box(left, text.y - RISE * text.size, left + width, text.y + FALL * text.size)


_width = cache(text_width)


def _stripes(left: float, right: float) -> range:
    return range(int(left // STRIPE), int(right // STRIPE) + 1)


def _collect(items: Sequence[Item], kind: str, seen: Seen) -> None:
    for item in items:
        if isinstance(item, Group):
            first = item.kind.split()[0] if item.kind else ""
            box = _outline(item.items) if first in BOXES else None
            box = _factory(item.items) if first in FACTORIES else box
            if box:
                seen.boxes.append(Named(first, box, item.title))
            _collect(item.items, first or kind, seen)
        elif not isinstance(item, Portion):
            _note(item, kind, seen)


def _note(item: Shape, kind: str, seen: Seen) -> None:
    match item:
        case Text() if item.text:
            seen.texts.append(Placed(item, text_box(item)))
        case Rect() if item.kind not in BARE and min(item.width, item.height) > 7:
            seen.rect(Box(item.x, item.y, item.x + item.width, item.y + item.height))
        case Path() if item.fill:
            if kind in ("kaizen", "info"):
                seen.rect(_bounds(item))
            elif kind == "shipment":
                _shaft(_bounds(item), seen)
        case Path() if item.stroke and kind == "ladder" and item.sharp:
            seen.ladders.append(_bounds(item).top)
        case Path() if item.stroke and kind in LINES:
            for points in _strokes(item):
                for start, end in pairwise(points):
                    seen.line(Line(kind, start, end))
        case _:
            pass


def _shaft(box: Box, seen: Seen) -> None:
    """A block arrow that goes straight down or sideways is a thick line through its middle."""
    (x, y), wide, high = box.middle, box.right - box.left, box.bottom - box.top
    if min(wide, high) < 30:
        ends = ((x, box.top), (x, box.bottom)) if high > wide else ((box.left, y), (box.right, y))
        seen.line(Line("shipment", *ends))


def _outline(items: Sequence[Item]) -> Box | None:
    rects = [item for item in items if isinstance(item, Rect)]
    if not rects:
        return None
    one = max(rects, key=lambda rect: rect.width * rect.height)
    return Box(one.x, one.y, one.x + one.width, one.y + one.height)


def _factory(items: Sequence[Item]) -> Box | None:
    """The body of a factory, without its roof."""
    found = [_bounds(item) for item in items if isinstance(item, Path)]
    if not found:
        return None
    left, top, right, bottom = max(found, key=lambda box: box.area)
    return Box(left, top + TEETH, right, bottom)


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

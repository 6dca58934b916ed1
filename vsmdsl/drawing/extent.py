"""How much room drawn things take: to check that a symbol keeps its size and no text overlaps."""

from collections.abc import Iterator, Sequence
from math import atan2, cos, hypot, pi, sin, sqrt
from typing import NamedTuple, assert_never

from vsmdsl.drawing.fonts import text_width
from vsmdsl.drawing.scene import Circle, Ellipse, Item, Path, Point, Rect, Shape, Text, shapes

# Capitals rise this far over the baseline and tails hang this far under it, in parts of the size.
RISE, FALL = 0.75, 0.22
SAMPLES = 32


class Box(NamedTuple):
    """The smallest upright rectangle around something."""

    left: float
    top: float
    right: float
    bottom: float


def extent(items: Sequence[Item]) -> Box:
    """Measure the room of all that is drawn, with half the thickness of its lines."""
    boxes = [_box(shape) for shape in shapes(items)]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def text_box(text: Text) -> Box:
    """Measure the room of one line of text, from its capitals to its tails."""
    width = text_width(text.text, text.size, text.weight, text.spacing)
    left = text.x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[text.anchor]
    return Box(left, text.y - RISE * text.size, left + width, text.y + FALL * text.size)


def _box(shape: Shape) -> Box:
    match shape:
        case Text():
            return text_box(shape)
        case Rect(x, y, width, height):
            return _grown(Box(x, y, x + width, y + height), shape.stroke, shape.thick)
        case Circle(x, y, r):
            return _grown(Box(x - r, y - r, x + r, y + r), shape.stroke, shape.thick)
        case Ellipse(x, y, rx, ry):
            return _grown(Box(x - rx, y - ry, x + rx, y + ry), shape.stroke, shape.thick)
        case Path():
            xs, ys = zip(*_points(shape.steps), strict=True)
            return _line(Box(min(xs), min(ys), max(xs), max(ys)), shape.stroke, shape.thick)
    assert_never(shape)


def _grown(box: Box, stroke: str, thick: float) -> Box:
    by = thick / 2 if stroke else 0
    return Box(box.left - by, box.top - by, box.right + by, box.bottom + by)


def _line(box: Box, stroke: str, thick: float) -> Box:
    """A line ends where it ends: one that is level or upright is thick across alone."""
    grown = _grown(box, stroke, thick)
    if box.top == box.bottom:
        return Box(box.left, grown.top, box.right, grown.bottom)
    return Box(grown.left, box.top, grown.right, box.bottom) if box.left == box.right else grown


def _points(steps: Sequence[str | float]) -> Iterator[Point]:
    """Walk along a path; a curve counts by its ends and its control point."""
    x = y = 0.0
    for command, numbers in _commands(steps):
        match command, numbers:
            case "H", (x,):
                pass
            case "V", (y,):
                pass
            case "A", (rx, ry, _, large, sweep, to_x, to_y):
                # Stretched upright, the arc of an ellipse is one of a circle.
                high = rx / ry
                ends = (x, y * high), (to_x, to_y * high)
                yield from ((u, v / high) for u, v in _arc(*ends, rx, large != 0, sweep != 0))
                x, y = to_x, to_y
            case "Q", (control_x, control_y, x, y):
                yield control_x, control_y
            case (("M" | "L"), (x, y)):
                pass
            case "Z", ():
                continue
            case _:
                raise ValueError(f"unknown step {command} {numbers} in a path")
        yield x, y


def _commands(steps: Sequence[str | float]) -> Iterator[tuple[str, tuple[float, ...]]]:
    command, numbers = "", list[float]()
    for step in (*steps, ""):
        if not isinstance(step, str):
            numbers.append(step)
            continue
        if command:
            yield command, tuple(numbers)
        command, numbers = step, []


def _arc(start: Point, end: Point, r: float, large: bool, sweep: bool) -> Iterator[Point]:
    """Sample the arc of a circle."""
    half = hypot(end[0] - start[0], end[1] - start[1]) / 2
    height = sqrt(max(r * r - half * half, 0)) * (1 if large != sweep else -1)
    dx, dy = (end[0] - start[0]) / (2 * half or 1), (end[1] - start[1]) / (2 * half or 1)
    x = (start[0] + end[0]) / 2 - dy * height
    y = (start[1] + end[1]) / 2 + dx * height
    first, last = atan2(start[1] - y, start[0] - x), atan2(end[1] - y, end[0] - x)
    turn = (last - first) % (2 * pi) - (0 if sweep else 2 * pi)
    for step in range(SAMPLES + 1):
        angle = first + turn * step / SAMPLES
        yield x + r * cos(angle), y + r * sin(angle)

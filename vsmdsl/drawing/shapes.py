"""Small drawing helpers: lines with round corners, arrows, pills, centred text, stars."""

from collections.abc import Iterator, Sequence
from math import cos, hypot, pi, sin

from vsmdsl.drawing.fonts import text_width
from vsmdsl.drawing.scene import Anchor, Dash, Item, Path, Point, Rect, Text

# A baseline this far under the middle centres capitals and digits in every renderer.
BASELINE = 0.36
LINE_HEIGHT = 1.22
WIDER = 1.13  # the widest font that may take the place of the shipped one

UP, DOWN, LEFT, RIGHT = (0.0, -1.0), (0.0, 1.0), (-1.0, 0.0), (1.0, 0.0)


def line(
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    *,
    stroke: str = "rule",
    thick: float = 1,
    dash: Dash = (),
    kind: str = "",
) -> Path:
    """Draw a straight line."""
    return Path(("M", x1, y1, "L", x2, y2), stroke=stroke, thick=thick, dash=dash, kind=kind)


def polyline(
    points: Sequence[Point],
    *,
    stroke: str = "rule",
    thick: float = 1,
    dash: Dash = (),
    radius: float = 0,
    sharp: bool = False,
    kind: str = "",
) -> Path:
    """Draw a line through points, its corners rounded by `radius`."""
    steps = ("M", *points[0], *_corners(points, radius), "L", *points[-1])
    return Path(steps, stroke=stroke, thick=thick, dash=dash, sharp=sharp, kind=kind)


def polygon(
    points: Sequence[Point],
    *,
    fill: str = "",
    stroke: str = "",
    thick: float = 1,
    dash: Dash = (),
    sharp: bool = False,
    kind: str = "",
) -> Path:
    """Draw a closed outline through points."""
    steps = ("M", *points[0], *(part for point in points[1:] for part in ("L", *point)), "Z")
    return Path(steps, fill, stroke, thick, dash, sharp, kind)


def head(
    x: float,
    y: float,
    direction: Point = RIGHT,
    *,
    fill: str = "rule",
    length: float = 10,
    width: float = 9,
) -> Path:
    """Draw an arrow head whose tip is at a point."""
    dx, dy = direction
    bx, by, half = x - dx * length, y - dy * length, width / 2
    corners = ((x, y), (bx - dy * half, by + dx * half), (bx + dy * half, by - dx * half))
    return polygon(corners, fill=fill)


def arrow(
    points: Sequence[Point],
    *,
    stroke: str = "rule",
    thick: float = 2,
    dash: Dash = (),
    radius: float = 0,
    sharp: bool = False,
    length: float = 10,
    width: float = 9,
    kind: str = "",
) -> tuple[Path, Path]:
    """Draw a line through points with a head at the last; the line ends inside the head."""
    (x1, y1), (x2, y2) = points[-2:]
    dx, dy = direction = toward((x1, y1), (x2, y2))
    inside = length - 3
    route = (*points[:-1], (x2 - dx * inside, y2 - dy * inside))
    return (
        polyline(
            route, stroke=stroke, thick=thick, dash=dash, radius=radius, sharp=sharp, kind=kind
        ),
        head(x2, y2, direction, fill=stroke, length=length, width=width),
    )


def toward(start: Point, end: Point) -> Point:
    """Find the direction from one point to another, as a vector of length 1."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    size = hypot(dx, dy) or 1.0
    return dx / size, dy / size


def label(
    x: float,
    y: float,
    text: str,
    size: float = 10.5,
    weight: int = 400,
    *,
    fill: str = "ink",
    anchor: Anchor = "middle",
    spacing: float = 0,
) -> Text:
    """Write one line whose middle lies at `y`."""
    return Text(x, y + BASELINE * size, text, size, weight, fill, anchor, spacing)


def paragraph(
    x: float,
    y: float,
    lines: Sequence[str],
    size: float = 10.5,
    weight: int = 400,
    *,
    fill: str = "ink",
    anchor: Anchor = "middle",
    pitch: float = 0,
) -> tuple[Text, ...]:
    """Write several lines whose common middle lies at `y`."""
    pitch = pitch or LINE_HEIGHT * size
    top = y - pitch * (len(lines) - 1) / 2
    return tuple(
        label(x, top + pitch * row, text, size, weight, fill=fill, anchor=anchor)
        for row, text in enumerate(lines)
    )


def pill(
    x: float,
    y: float,
    text: str,
    size: float = 10,
    weight: int = 700,
    *,
    fill: str = "inv",
    ink: str = "oninv",
    height: float = 20,
    pad: float = 11,
    stroke: str = "",
    thick: float = 1,
    spacing: float = 0,
    kind: str = "",
) -> tuple[Rect, Text]:
    """Write a text in a pill around the point; 8 % of air is for fonts wider than Inter."""
    width = pill_width(text, size, weight, pad=pad, spacing=spacing)
    body = Rect(
        x - width / 2, y - height / 2, width, height, height / 2, fill, stroke, thick, (), kind
    )
    return body, label(x, y, text, size, weight, fill=ink, spacing=spacing)


def pill_width(
    text: str, size: float = 10, weight: int = 700, *, pad: float = 11, spacing: float = 0
) -> float:
    """Say how wide `pill` will be."""
    width = text_width(text, size, weight, spacing)
    return max(1.08 * width + 2 * pad, WIDER * width + 6)


def text_room(width: float, air: float = 2) -> float:
    """How wide a text may be to stay in a width in a wider font, too; `air` is left free."""
    return (width - air) / WIDER if width > air else 0.0


def star(
    x: float,
    y: float,
    rx: float,
    ry: float,
    points: int,
    inner: float,
    *,
    fill: str = "burst",
    stroke: str = "burstln",
    thick: float = 1.2,
) -> Path:
    """Draw a star with a point straight up; `inner` is the depth of its notches."""
    corners = []
    for index in range(2 * points):
        turn, reach = pi * index / points, inner if index % 2 else 1.0
        corners.append((x + rx * reach * sin(turn), y - ry * reach * cos(turn)))
    return polygon(corners, fill=fill, stroke=stroke, thick=thick)


def struck(
    x: float,
    y: float,
    text: str,
    size: float = 10,
    weight: int = 400,
    *,
    fill: str = "ghost",
    anchor: Anchor = "end",
) -> tuple[Item, ...]:
    """Write a text struck through: what was true before."""
    width = text_width(text, size, weight)
    left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    return (
        label(x, y, text, size, weight, fill=fill, anchor=anchor),
        line(left - 1, y, left + width + 1, y, stroke=fill, thick=1.2),
    )


def _corners(points: Sequence[Point], radius: float) -> Iterator[str | float]:
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        (bx, by), (ax, ay) = toward(corner, before), toward(corner, after)
        short = min(hypot(p[0] - corner[0], p[1] - corner[1]) for p in (before, after))
        cut = min(radius, short / 2)
        if cut <= 0:
            yield from ("L", *corner)
        else:
            yield from ("L", corner[0] + bx * cut, corner[1] + by * cut)
            yield from ("Q", *corner, corner[0] + ax * cut, corner[1] + ay * cut)

"""How people know what to do: by system, on paper, by word, by schedule, by going to see."""

from math import hypot

from vsmdsl.drawing.fonts import text_width
from vsmdsl.drawing.scene import Circle, Ellipse, Items, Path, Point, Rect
from vsmdsl.drawing.shapes import DOWN, WIDER, arrow, head, label, line, toward


def electronic(
    start: Point, end: Point, *, back: float = 18, across: float = 8, head_length: float = 9
) -> Items:
    """Draw the arrow with a flash in its middle: a system tells a system or a person."""
    (dx, dy), size = toward(start, end), hypot(end[0] - start[0], end[1] - start[1])
    sides = ((0.0, -1), ((size + back) / 2, -1), ((size - back) / 2, 1), (size, 1))
    route = tuple(
        (start[0] + dx * at - dy * side * across / 2, start[1] + dy * at + dx * side * across / 2)
        for at, side in sides
    )
    return arrow(
        route,
        stroke="info",
        thick=1.7,
        sharp=True,
        length=head_length,
        width=8,
        kind="info-electronic",
    )


def manual(start: Point, end: Point, *more: Point, radius: float = 8) -> Items:
    """Draw the thin arrow of paper, mail and lists, around corners if it must."""
    route = (start, end, *more)
    return arrow(
        route, stroke="info", thick=1.5, radius=radius, length=9, width=7.5, kind="info-manual"
    )


def verbal(x: float, y: float, *, scale: float = 1) -> Items:
    """Draw a speech bubble: people talk, stand-up, call, chat."""
    left, right, r = x - 17 * scale, x + 17 * scale, 6 * scale
    top, low, tail = y - 13.5 * scale, y + 6.5 * scale, 8 * scale
    bubble = (
        *("M", left + r, top, "H", right - r, "Q", right, top, right, top + r, "V", low - r),
        *("Q", right, low, right - r, low, "H", x),
        *("L", x - tail, low + 7 * scale, "V", low),
        *("H", left + r, "Q", left, low, left, low - r, "V", top + r),
        *("Q", left, top, left + r, top, "Z"),
    )
    dots = tuple(
        Circle(x + 7 * side * scale, (top + low) / 2, 1.7 * scale, "info") for side in (-1, 0, 1)
    )
    return (Path(bubble, "card", "info", 1.5, kind="info"), *dots)


def schedule_label(x: float, y: float, text: str) -> Items:
    """Draw the label that sits on the line of a schedule."""
    width = schedule_width(text)
    return (
        Rect(x - width / 2, y - 11, width, 22, 2, "card", "info", 1.3, (), "schedule"),
        label(x, y, text, 10.5, 500),
    )


def schedule_width(text: str) -> float:
    """Say how wide the label of a schedule is."""
    width = text_width(text, 10.5, 500)
    return max(1.06 * width + 18, WIDER * width + 6)


def schedule(x: float, y: float, *, text: str = "Weekly schedule") -> Items:
    """Draw a schedule on its way down to a step."""
    return (
        line(x, y - 25, x, y + 19, stroke="info", thick=1.5),
        head(x, y + 25, DOWN, fill="info", length=9, width=7.5),
        *schedule_label(x, y - 5, text),
    )


def system(x: float, y: float, *, scale: float = 1) -> Items:
    """Draw the cylinder of a system of record: board, ERP, database."""
    rx, ry = 15 * scale, 5.2 * scale
    left, right, top, bottom = x - rx, x + rx, y - 11 * scale, y + 11 * scale
    side = ("M", left, top, "V", bottom, "A", rx, ry, 0, 0, 0, right, bottom, "V", top)
    return (
        Path(side, "card", "info", 1.5, kind="info"),
        Ellipse(x, top, rx, ry, "card", "info", 1.5),
    )


def go_see(x: float, y: float, *, scale: float = 1) -> Items:
    """Draw the glasses: plans are changed by going to look."""
    eye, drop, r = 11 * scale, y + 3 * scale, 8.5 * scale
    high = y - 8 * scale
    arms: list[str | float] = []
    for side in (-1, 1):
        outer = x + side * (eye + 0.98 * r)
        knee = x + side * (eye + 0.6 * r)
        arms += ("M", outer, drop - 0.2 * r, "L", knee, high, "H", knee - side * 3 * scale)
    rim, bow = drop - 2 * scale, drop - 5.5 * scale
    bridge = ("M", x - eye + 0.97 * r, rim, "Q", x, bow, x + eye - 0.97 * r, rim)
    return (
        Circle(x - eye, drop, r, "card", "rule", 1.7),
        Circle(x + eye, drop, r, "card", "rule", 1.7),
        Path((*bridge, *arms), stroke="rule", thick=1.7),
    )

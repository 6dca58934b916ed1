"""How work moves on: pushed, flowing, pulled, in a FIFO lane; all from left to right."""

from math import cos, radians, sin

from vsmdsl.drawing.fonts import text_width
from vsmdsl.drawing.scene import Items, Path, Rect
from vsmdsl.drawing.shapes import RIGHT, arrow, head, label, line, polygon

STRIPE = 4


def push(x1: float, x2: float, y: float, *, height: float = 12, tip: float = 13) -> Items:
    """Draw the striped arrow: made ahead, whether or not the next step can take it."""
    neck, top = x2 - tip, y - height / 2
    pairs = max(int((neck + 0.01 - x1) / (2 * STRIPE)), 1)  # a light stripe and a dark one
    stripes = ("M", x1 + STRIPE, y, "H", x1 + 2 * STRIPE * pairs)
    wings = height / 2 + 5
    return (
        Rect(x1, top, neck - x1, height, 0, "card", "rule", 1.3, (), "push"),
        Path(stripes, stroke="rule", thick=height, dash=(STRIPE, STRIPE)),
        polygon(
            ((neck, y - wings), (x2, y), (neck, y + wings)), fill="rule", stroke="rule", thick=1.3
        ),
    )


def flow(x1: float, x2: float, y: float, *, stroke: str = "rule") -> Items:
    """Draw the plain arrow: one piece after the other, no batch waiting."""
    return arrow(((x1, y), (x2, y)), stroke=stroke, kind="flow")


def pull(x1: float, x2: float, y: float, *, r: float = 8.5) -> Items:
    """Draw an arrow under a turning one: taken from a supermarket when it is needed."""
    centre = (x1 + x2) / 2
    return (
        *arrow(((x1, y), (x2, y)), length=11, width=11, kind="pull"),
        *turn(centre, y - r - 4, r, 40, 270, thick=2, length=0.9 * r, width=0.9 * r),
    )


def withdrawal(x: float, y: float, *, r: float = 14) -> Items:
    """Draw the turning arrow alone: parts are fetched by hand."""
    return turn(x, y, r, 200, 280, thick=2.2, length=0.75 * r, width=0.7 * r, kind="pull")


def fifo(x1: float, x2: float, y: float, *, maximum: str = "", gap: float = 28) -> Items:
    """Draw the two rails of a lane where first in is first out, with the most it may hold."""
    centre = (x1 + x2) / 2
    half = text_width("FIFO", 10.5, 700) * 0.54 + 4
    under = (label(centre, y + gap / 2 + 9, maximum, 10.5, 600),) if maximum else ()
    return (
        *fifo_rails(x1, x2, y, gap=gap),
        label(centre, y, "FIFO", 10.5, 700),
        line(x1 + 4, y, centre - half, y, thick=1.6),
        line(centre + half, y, x2 - 9, y, thick=1.6),
        head(x2 - 3, y, RIGHT, length=9, width=9),
        *under,
    )


def fifo_rails(x1: float, x2: float, y: float, *, gap: float = 28) -> Items:
    """Draw the rails of a FIFO lane without words."""
    top, bottom = y - gap / 2, y + gap / 2
    return (
        Rect(x1, top, x2 - x1, gap, fill="card"),
        Path(("M", x1, top, "H", x2, "M", x1, bottom, "H", x2), stroke="rule", thick=2),
    )


def turn(
    x: float,
    y: float,
    r: float,
    start: float,
    sweep: float,
    *,
    thick: float,
    length: float,
    width: float,
    stroke: str = "rule",
    kind: str = "",
) -> Items:
    """Draw an arc with a head, clockwise, in degrees from three o'clock."""
    first, last = radians(start), radians(start + sweep)
    ways = (1 if sweep > 180 else 0, 1)
    begin, end = ((x + r * cos(at), y + r * sin(at)) for at in (first, last))
    dx, dy = direction = (-sin(last), cos(last))
    # The head lies across the end of the line, as far before it as behind it.
    tip = (end[0] + dx * length / 2, end[1] + dy * length / 2)
    return (
        Path(("M", *begin, "A", r, r, 0, *ways, *end), stroke=stroke, thick=thick, kind=kind),
        head(*tip, direction, fill=stroke, length=length, width=width),
    )

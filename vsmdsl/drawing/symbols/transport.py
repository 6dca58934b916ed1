"""How goods come and go: shipments as block arrows, trucks, a milk run."""

from collections.abc import Sequence
from itertools import pairwise

from vsmdsl.drawing.scene import Circle, Items, Path, Point, Rect
from vsmdsl.drawing.shapes import label, polygon, toward
from vsmdsl.drawing.symbols.flow import turn


def shipment(
    points: Sequence[Point], *, shaft: float = 12, length: float = 14, width: float = 24
) -> Items:
    """Draw a block arrow along points, around square corners if it must."""
    tip, last = points[-1], toward(points[-2], points[-1])
    neck = (tip[0] - last[0] * length, tip[1] - last[1] * length)
    spine = (*points[:-1], neck)
    left, right = (_beside(spine, side * shaft / 2) for side in (1, -1))
    wings = tuple(
        (neck[0] - last[1] * side * width / 2, neck[1] + last[0] * side * width / 2)
        for side in (1, -1)
    )
    outline = (*left, wings[0], tip, wings[1], *reversed(right))
    return (polygon(outline, fill="card", stroke="rule", thick=1.5, kind="shipment"),)


def _beside(spine: Sequence[Point], offset: float) -> tuple[Point, ...]:
    """Shift a line to one side; at a square corner both legs shift."""
    shifted = []
    for x, y in spine:
        ways = {toward(a, b) for a, b in pairwise(spine) if (x, y) in (a, b)}
        dx = sum(-way[1] for way in ways) * offset
        dy = sum(way[0] for way in ways) * offset
        shifted.append((x + dx, y + dy))
    return tuple(shifted)


def truck(x: float, y: float, *, scale: float = 1, text: str = "") -> Items:
    """Draw a truck; `text` on its box is how often it comes."""
    left, top, floor = x - 23 * scale, y - 13 * scale, y + 7 * scale
    nose, wheel = x + 23 * scale, y + 8 * scale
    door = left + 29 * scale
    cab = (
        *("M", door, floor - 14 * scale, "H", nose - 8 * scale),
        *("L", nose, floor - 7 * scale, "V", floor, "H", door, "Z"),
    )
    glass = (
        *("M", door + 4 * scale, floor - 11 * scale, "H", nose - 9.2 * scale),
        *("L", nose - 5.2 * scale, floor - 7 * scale, "H", door + 4 * scale, "Z"),
    )
    words = (label(left + 14.5 * scale, top + 9 * scale, text, 9.5 * scale, 700),) if text else ()
    return (
        Rect(left, top, 29 * scale, 20 * scale, 1, "card", "rule", 1.5),
        Path(cab, "card", "rule", 1.5),
        Path(glass, "rule"),
        Circle(left + 9 * scale, wheel, 4.4 * scale, "card", "rule", 1.8),
        Circle(nose - 10 * scale, wheel, 4.4 * scale, "card", "rule", 1.8),
        *words,
    )


def milk_run(x: float, y: float, *, scale: float = 1) -> Items:
    """Draw a truck on a round: it stops at several places in turn."""
    centre = x - 8.5 * scale
    return (
        *truck(x, y, scale=scale),
        *turn(
            centre,
            y - 4.2 * scale,
            5 * scale,
            -160,
            230,
            thick=1.5,
            length=5.4 * scale,
            width=5.2 * scale,
        ),
    )

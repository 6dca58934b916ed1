"""Who does the work and who passes it on: operator, machine, handoff between teams, approval."""

from collections.abc import Sequence
from math import cos, radians, sin

from vsmdsl.drawing.fonts import widest
from vsmdsl.drawing.scene import Circle, Items, Path, Rect
from vsmdsl.drawing.shapes import label, line, paragraph, polygon


def operator(x: float, y: float, *, scale: float = 0.95) -> Items:
    """Draw a person at a desk, seen from above."""
    desk, r = y + 1.1 * scale, 8 * scale
    return (
        Path(
            ("M", x - r, desk, "A", r, r, 0, 0, 0, x + r, desk, "Z"),
            fill="card",
            stroke="rule",
            thick=1.4,
        ),
        Circle(x, y - 3.6 * scale, 4.6 * scale, "card", "rule", 1.4),
    )


def automated(x: float, y: float, *, scale: float = 1) -> Items:
    """Draw a gear: the step needs no hands."""
    corners = []
    for tooth in range(8):
        for angle, reach in ((-11, 9), (11, 9), (15, 6.6), (30, 6.6)):
            turn = radians(45 * tooth + angle)
            corners.append((x + reach * scale * cos(turn), y + reach * scale * sin(turn)))
    return (
        polygon(corners, fill="card", stroke="rule", thick=1.4),
        Circle(x, y, 2.8 * scale, "", "rule", 1.4),
    )


def handoff(x: float, y: float, *, lines: Sequence[str] = ("via",), size: float = 10) -> Items:
    """Draw the dark pill of work that changes teams, with the medium it travels in."""
    width, height = handoff_size(lines, size)
    left = x - width / 2
    return (
        Rect(left, y - height / 2, width, height, min(9, height / 2), "inv", kind="handoff-cross"),
        _chevrons(left + 7, y),
        *paragraph(x + 5, y, lines, size, 600, fill="oninv", pitch=13),
    )


def handoff_size(lines: Sequence[str], size: float = 10) -> tuple[float, float]:
    """Say how wide and high the pill of a handoff is."""
    return 1.08 * widest(lines, size, 600) + 27, 13 * len(lines) + 5


def _chevrons(x: float, y: float) -> Path:
    steps: list[str | float] = []
    for at in (x, x + 4.5):
        steps += ("M", at, y - 3.5, "L", at + 3.5, y, "L", at, y + 3.5)
    return Path(tuple(steps), stroke="oninv", thick=1.4, sharp=True)


def gate(x: float, y: float, *, r: float = 17) -> Items:
    """Draw the diamond of an approval: work stops here until somebody signs."""
    tick = ("M", x - 0.32 * r, y + 0.02 * r, "L", x - 0.08 * r, y + 0.27 * r)
    return (
        polygon(
            ((x, y - r), (x + r, y), (x, y + r), (x - r, y)),
            fill="card",
            stroke="rule",
            thick=1.6,
            kind="gate",
        ),
        Path((*tick, "L", x + 0.35 * r, y - 0.25 * r), stroke="rule", thick=2.2),
    )


def team_ribbon(x: float, y: float, *, width: float = 56, name: str = "", tint: int = 0) -> Items:
    """Draw the ribbon over the steps of one team, around its middle; `tint` counts the teams."""
    return (
        Rect(x - width / 2, y - 10, width, 20, 4, f"t{tint % 6}"),
        label(x, y, name, 10.5, 700),
    )


def boundary(x: float, y1: float, y2: float) -> Path:
    """Draw the dashed line where one team ends and the next begins."""
    return line(x, y1, x, y2, stroke="ink3", thick=1.2, dash=(3, 3), kind="boundary")

"""The signals of a pull system: cards, posts, batches, levelling, and the loops they travel."""

from collections.abc import Sequence

from vsmdsl.drawing.scene import Circle, Items, Path, Point, Rect
from vsmdsl.drawing.shapes import arrow, label, polygon

CORNER = 9 / 28  # of the width of a card


def production_kanban(x: float, y: float, *, width: float = 28, height: float = 36) -> Items:
    """Draw the card that says: make this."""
    left, right, top, bottom = x - width / 2, x + width / 2, y - height / 2, y + height / 2
    cut = CORNER * width
    corners = ((left, top), (right - cut, top), (right, top + cut), (right, bottom))
    card = (*corners, (left, bottom))
    return (polygon(card, fill="card", stroke="rule", thick=1.6, kind="kanban"),)


def withdrawal_kanban(x: float, y: float, *, width: float = 28, height: float = 36) -> Items:
    """Draw the hatched card that says: fetch this."""
    left, top, cut = x - width / 2, y - height / 2, CORNER * width
    hatches: list[str | float] = []
    for number in range(1, 6):
        # Where the line u + v = reach meets the sides of the card, and not its cut corner.
        reach = (width + height) * number / 6
        start, end = max(reach - height, 0.0), min(reach, width)
        if end - (reach - end) > width - cut:
            end = (width - cut + reach) / 2
        hatches += ("M", left + start, top + reach - start, "L", left + end, top + reach - end)
    return (
        *production_kanban(x, y, width=width, height=height),
        Path(tuple(hatches), stroke="rule", thick=1.2),
    )


def signal_kanban(x: float, y: float, *, width: float = 36, height: float = 30) -> Items:
    """Draw the hanging triangle that asks for a whole batch."""
    left, right, top, bottom = x - width / 2, x + width / 2, y - height / 2, y + height / 2
    corners = ((left, top), (right, top), (x, bottom))
    return (
        polygon(corners, fill="card", stroke="rule", thick=1.6, kind="kanban-signal"),
        label(x, top + 0.34 * height, "S", 0.4 * height, 700),
    )


def kanban_post(x: float, y: float, *, scale: float = 1) -> Items:
    """Draw the post where cards are collected."""
    top, floor, foot = y - 17 * scale, y - 3 * scale, y + 17 * scale
    left, right = x - 12 * scale, x + 12 * scale
    cup = ("M", left, top, "V", floor, "H", right, "V", top)
    stand = ("M", x, floor, "V", foot, "M", x - 9 * scale, foot, "H", x + 9 * scale)
    width, height = 12 * scale, 9 * scale
    return (
        Path((*cup, *stand), stroke="rule", thick=2.2, kind="kanban-post"),
        Rect(x - width / 2, floor - 4 - height, width, height, 0, "card", "rule", 1.3),
    )


def load_levelling(x: float, y: float, *, width: float = 84, height: float = 28) -> Items:
    """Draw the box that levels volume and mix: O X O X."""
    cell, r = width / 4, min(6.0, 0.22 * height)
    arm, thick = 0.92 * r, min(2.0, 0.33 * r)
    places = [x - width / 2 + cell * (index + 0.5) for index in range(4)]
    crosses: list[str | float] = []
    for at in places[1::2]:
        crosses += ("M", at - arm, y - arm, "L", at + arm, y + arm)
        crosses += ("M", at + arm, y - arm, "L", at - arm, y + arm)
    return (
        Rect(x - width / 2, y - height / 2, width, height, 0, "card", "rule", 1.6, (), "heijunka"),
        *(Circle(at, y, r, "", "rule", thick) for at in places[::2]),
        Path(tuple(crosses), stroke="rule", thick=thick),
    )


def sequenced_pull(x: float, y: float, *, r: float = 13) -> Items:
    """Draw the ball that says: make exactly this one next."""
    return Circle(x, y, r, "card", "rule", 1.6, "pull"), Circle(x, y, 0.54 * r, "rule")


def kanban_loop(points: Sequence[Point], *, radius: float = 10) -> Items:
    """Draw the dashed way of a card back to the step that acts on it."""
    return arrow(
        points,
        stroke="info",
        thick=1.5,
        dash=(6, 4),
        radius=radius,
        length=9,
        width=8,
        kind="kanban",
    )

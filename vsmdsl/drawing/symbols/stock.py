"""Where work waits: inventory, a tray of tickets, a supermarket, a safety stock."""

from vsmdsl.drawing.scene import Items, Path, Rect, Text
from vsmdsl.drawing.shapes import polygon, polyline


def inventory(x: float, y: float, *, heat: int = 2, width: float = 36, height: float = 31) -> Items:
    """Draw the triangle of waiting goods; `heat` is how much of the lead time it costs, 0 to 4."""
    top, bottom = y - height / 2, y + height / 2
    corners = ((x, top), (x + width / 2, bottom), (x - width / 2, bottom))
    return (
        polygon(corners, fill=f"h{heat}", stroke="rule", thick=1.5, kind="inventory"),
        Text(x, bottom - 0.19 * height, "I", min(15, 0.48 * height), 700, f"o{heat}", "middle"),
    )


def queue_tray(x: float, y: float, *, heat: int = 2, width: float = 38) -> Items:
    """Draw the in-tray of an office: work that waits as tickets, forms or mail."""
    left, right, bottom = x - width / 2, x + width / 2, y + 12
    tray = ((left, bottom - 19), (left, bottom), (right, bottom), (right, bottom - 19))
    cards = tuple(
        Rect(left + 5, y - 11 + 6 * row, width - 10, 4.5, 0.5, f"h{heat}", "rule", 1.1)
        for row in range(3)
    )
    return (*cards, polyline(tray, thick=2, kind="inventory"))


def supermarket(x: float, y: float, *, width: float = 34, height: float = 50) -> Items:
    """Draw the shelves from which the next step takes; open towards the step that fills them."""
    left, right, top, bottom = x - width / 2, x + width / 2, y - height / 2, y + height / 2
    sides = ((left, top), (right, top), (right, bottom), (left, bottom))
    return (
        polyline(sides, thick=2.4, sharp=True, kind="supermarket"),
        _shelves(left, right, top, height),
    )


def safety_stock(x: float, y: float, *, width: float = 34, height: float = 50) -> Items:
    """Draw the closed, hatched shelves of a stock that is kept for bad days."""
    left, right, top = x - width / 2, x + width / 2, y - height / 2
    pitch = height / 3
    hatches: list[str | float] = []
    for row in range(3):
        shelf = top + pitch * row
        hatches += ("M", left + 5, shelf + pitch - 4, "L", right - 5, shelf + 4)
    return (
        Rect(left, top, width, height, 0, "card", "rule", 2.4, (), "safety"),
        _shelves(left, right, top, height),
        Path(tuple(hatches), stroke="rule", thick=1.2),
    )


def _shelves(left: float, right: float, top: float, height: float) -> Path:
    first, second = top + height / 3, top + height * 2 / 3
    steps = ("M", left, first, "H", right, "M", left, second, "H", right)
    return Path(steps, stroke="rule", thick=2.4)

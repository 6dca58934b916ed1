"""What a team notes on its map: kaizen bursts, waste, rework, where a row goes on."""

from collections.abc import Sequence

from vsmdsl.drawing.fonts import text_width, widest
from vsmdsl.drawing.scene import Circle, Dash, Group, Item, Items, Path, Point, Rect
from vsmdsl.drawing.shapes import (
    DOWN,
    UP,
    head,
    label,
    paragraph,
    pill,
    pill_width,
    polygon,
    polyline,
    star,
)

REWORK: Dash = (7, 4)


def kaizen(x: float, y: float, *, number: str = "1", r: float = 16, title: str = "") -> Items:
    """Draw the numbered burst of an improvement; its words stand in the key."""
    size = max(10.0, 0.8 * r) if len(number) < 3 else 9.5
    return _burst(
        title or f"Kaizen {number}",
        star(x, y, r, r, 12, 0.74),
        label(x, y, number, size, 700, fill="onburst"),
    )


def kaizen_text(x: float, y: float, *, lines: Sequence[str]) -> Items:
    """Draw the burst with its words in it, three short lines at most."""
    rx, ry = kaizen_size(lines)
    return _burst(
        "Kaizen: " + " ".join(lines),
        star(x, y, rx, ry, 16, 0.8),
        *paragraph(x, y, lines, 10.5, 600, fill="onburst"),
    )


def kaizen_size(lines: Sequence[str]) -> tuple[float, float]:
    """Say how far a burst with words reaches from its middle, to the side and up."""
    return 1.12 * (widest(lines, 10.5, 600) / 2 + 16), 1.12 * (7 * len(lines) + 16)


def _burst(title: str, *items: Item) -> Items:
    return (Group("kaizen", items, title),)


def waste(x: float, y: float, *, text: str, width: float = 0, title: str = "") -> Items:
    """Draw the chip of a waste: a cross, then its name."""
    width = width or waste_width(text)
    left = x - width / 2
    cross = (
        *("M", left + 7, y - 3, "L", left + 13, y + 3),
        *("M", left + 13, y - 3, "L", left + 7, y + 3),
    )
    return (
        Group(
            "waste",
            (
                Rect(left, y - 8.5, width, 17, 8.5, "rewsoft", "rew", 0.9),
                Path(cross, stroke="rew", thick=1.5),
                label(x + 5.5, y, text, 10, 600, fill="rew"),
            ),
            title or f"Waste: {text}",
        ),
    )


def waste_width(text: str) -> float:
    """Say how wide the chip of a waste is."""
    return 1.08 * text_width(text, 10, 600) + 24


def rework(start: Point, lane: float, end: Point, *, text: str = "", radius: float = 12) -> Items:
    """Draw work sent back: down from a step, along a lane, up into an earlier step."""
    way = (start, (start[0], lane), (end[0], lane), (end[0], end[1] + 7))
    share = rework_share((start[0] + end[0]) / 2, lane, text) if text else ()
    return (
        polyline(way, stroke="rew", thick=1.8, dash=REWORK, radius=radius),
        head(*end, UP, fill="rew"),
        *share,
    )


def rework_share(x: float, y: float, text: str) -> Items:
    """Draw the pill that says how much comes back."""
    return pill(
        x, y, text, 11, 700, fill="rewsoft", ink="rew", height=18, pad=8, stroke="rew", thick=1.1
    )


def rework_share_width(text: str) -> float:
    """Say how wide that pill is."""
    return pill_width(text, 11, 700, pad=8)


def rework_end(x: float, y1: float, y2: float) -> Items:
    """Draw the short dashed arrow between a step and a connector, from `y1` to `y2`."""
    way = UP if y2 < y1 else DOWN
    return (
        polyline(((x, y1), (x, y2 - 7 * way[1])), stroke="rew", thick=1.8, dash=REWORK),
        head(x, y2, way, fill="rew"),
    )


def connector(x: float, y: float, *, letter: str = "A", r: float = 10) -> Items:
    """Draw the lettered circle that pairs two ends of rework in different rows."""
    return (
        Circle(x, y, r, "rewsoft", "rew", 1.6),
        label(x, y, letter, 11.5 if len(letter) < 2 else 9.5, 700, fill="rew"),
    )


def continuation(x: float, y: float, *, row: str = "2", width: float = 26) -> Items:
    """Draw the tag with the number of the row where the reader goes on."""
    left, right = x - width / 2, x + width / 2
    corners = ((left, y - 10), (right - 8, y - 10), (right, y), (right - 8, y + 10), (left, y + 10))
    return (
        polygon(corners, fill="inv", kind="continue"),
        label(x - 2.5, y, row, 10.5, 600, fill="oninv"),
    )


def fork_bar(x: float, y1: float, y2: float, *, kind: str = "fork", fill: str = "inv") -> Rect:
    """Draw the bar where work splits into parallel branches, or comes together again."""
    return Rect(x - 4, y1, 8, y2 - y1, 3, fill, kind=kind)


def branch_tag(x: float, y: float, *, text: str, longest: bool = False) -> Items:
    """Draw the tag of a branch; the longest one is blue because it sets the lead time."""
    fill, ink = ("va", "onva") if longest else ("card", "ink2")
    return pill(x, y, text, 10.5, 700, fill=fill, ink=ink, height=19, pad=8.5)

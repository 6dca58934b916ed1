"""Information that finds no way on the page as a list: from whom, to whom, what, by what means."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from vsmdsl.drawing.fonts import ellipsize, text_width
from vsmdsl.drawing.layout.grid import MARGIN
from vsmdsl.drawing.scene import Group, Item, Items
from vsmdsl.drawing.shapes import WIDER, label, text_room
from vsmdsl.drawing.symbols.information import electronic, manual
from vsmdsl.drawing.symbols.kanban import kanban_loop
from vsmdsl.drawing.symbols.transport import shipment
from vsmdsl.model.stream import Info
from vsmdsl.wording import Say

TWO_COLUMNS = 700.0  # the width from which the list has two columns
PITCH, AIR = 19.0, 12.0
ARROW, BETWEEN = 46.0, 8.0
SIZE = 10.5


def list_height(count: int, width: float) -> float:
    """How high the list of so many messages is."""
    return PITCH * ceil(count / _columns(width)) + AIR if count else 0.0


def draw_messages(
    found: Sequence[tuple[Info, str, str, str]], width: float, y: float, say: Say
) -> tuple[Group, ...]:
    """Draw the list from `y` down: information, its two ends by name, and its words."""
    columns = _columns(width)
    each = (width - 2 * MARGIN - 24 * (columns - 1)) / columns
    rows = ceil(len(found) / columns)
    return tuple(
        _message(
            *one,
            MARGIN + (each + 24) * (at // rows),
            each,
            y + PITCH * (at % rows) + PITCH / 2,
            say,
        )
        for at, one in enumerate(found)
    )


def _columns(width: float) -> int:
    return 2 if width >= TWO_COLUMNS else 1


def _message(
    info: Info, start: str, end: str, words: str, x: float, room: float, y: float, say: Say
) -> Group:
    free = text_room(room - ARROW, 3 * BETWEEN)
    sender, receiver = start, end
    if text_width(start, SIZE, 600) + text_width(end, SIZE, 600) > free * (0.7 if words else 1):
        sender = ellipsize(start, free * 0.34, SIZE, 600)
        receiver = ellipsize(end, free * (0.36 if words else 0.64), SIZE, 600)
    foot = x + WIDER * text_width(sender, SIZE, 600) + BETWEEN
    tip = foot + ARROW
    at = tip + BETWEEN + WIDER * text_width(receiver, SIZE, 600) + BETWEEN
    items: list[Item] = [
        label(x, y, sender, SIZE, 600, anchor="start"),
        *_arrow(info, foot, tip, y),
        label(tip + BETWEEN, y, receiver, SIZE, 600, anchor="start"),
    ]
    shown = ellipsize(words, text_room(x + room - at, 0), SIZE, 500) if words else ""
    if shown:
        items.append(label(at, y, shown, SIZE, 500, fill="ink2", anchor="start"))
    if info.by == "shipment":
        text = "Shipment from {start} to {end}: {words}"
        title = say(text, start=start, end=end, words=words).rstrip(": ")
        return Group("shipment", tuple(items), title)
    told = words or say("information")
    title = say(
        "{start} to {end}: {words} ({means})", start=start, end=end, words=told, means=say(info.by)
    )
    return Group("info", tuple(items), title, f"info-{info.key}", info.url)


def _arrow(info: Info, left: float, right: float, y: float) -> Items:
    match info.by:
        case "shipment":
            return shipment(((left, y), (right, y)), shaft=6, length=9, width=13)
        case "electronic" | "heijunka":
            return electronic((left, y), (right, y), back=12, across=6, head_length=8)
        case "kanban" | "signal":
            return kanban_loop(((left, y), (right, y)))
        case _:
            return manual((left, y), (right, y))

"""The paper of a chart, its name for screen readers, and the key below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vsmdsl.drawing.fonts import text_width
from vsmdsl.drawing.scene import Item, Items, Rect, Scene, Text
from vsmdsl.record import record

PAGE, PHONE = 760.0, 340.0  # the two widths in which a report has every chart
KEY, BOX, GAP = 10.5, 11.0, 20.0
LINE = 20.0


@record
class Key:
    """A colour and what it means."""

    fill: str
    words: str
    stroke: str = ""


def framed(
    items: Items,
    width: float,
    height: float,
    *,
    title: str,
    said: str,
    name: str,
    keys: Sequence[Key] = (),
) -> Scene:
    """A whole chart: `title` and `said` are what a screen reader says, `name` makes its ids."""
    below, more = legend(keys, width, height + 8)
    tall = height + (8 + more if keys else 0)
    return Scene(width, tall, title, said, (*items, *below), name=f"{name} {width:g}")


def legend(keys: Sequence[Key], width: float, top: float) -> tuple[Items, float]:
    """The key in as many lines as it takes, and their height."""
    items: list[Item] = []
    x, y = 0.0, top
    for key in keys:
        long = BOX + 6 + text_width(key.words, KEY)
        if x and x + long > width:
            x, y = 0.0, y + LINE
        items += _entry(key, x, y)
        x += long + GAP
    return tuple(items), (y - top + LINE if keys else 0.0)


def _entry(key: Key, x: float, y: float) -> Iterator[Item]:
    yield Rect(x, y + 2, BOX, BOX, 2, fill=key.fill, stroke=key.stroke)
    yield Text(x + BOX + 6, y + 11.3, key.words, KEY, 400, "ink2")

"""Named bars under each other: what three of the charts are made of, for a page and for a phone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from vsmdsl.drawing.fonts import ellipsize, text_width, widest
from vsmdsl.drawing.scene import Group, Item, Items, Rect, Text
from vsmdsl.drawing.shapes import BASELINE, label, line
from vsmdsl.record import record

PHONE = 480.0  # narrower than this, a name stands above its bar
NAME, SUB, VALUE = 12.5, 10.5, 12.5
PITCH, THICK = 36.0, 18.0  # of a bar beside its name
TALL, THIN = 48.0, 14.0  # of a bar below its name
SPREAD = 1.12  # fonts that are wider than Inter
LABELS = 0.38  # of the width, at most, for the names
AIR = 14.0
HEAD = 26.0  # above the bars, for the word on the mark
LEAST = 2.0  # a bar too short to be seen is drawn all the same


@record
class Piece:
    """A part of a bar: its length as a share of the whole scale, its colour, its outline."""

    share: float
    fill: str
    stroke: str = ""


@record
class Bar:
    """One row: a name, a smaller line below it, the pieces from left to right, a value."""

    name: str
    pieces: tuple[Piece, ...]
    value: str
    sub: str = ""
    tone: str = "ink"
    tip: str = ""


@record
class Mark:
    """A line across all bars at a share of the scale, with the word on it."""

    share: float
    word: str


def bars(rows: Sequence[Bar], width: float, mark: Mark | None = None) -> tuple[Items, float]:
    """Draw the bars from the top; give the height that they take."""
    top = HEAD if mark else 4.0
    narrow = width < PHONE
    pitch = TALL if narrow else PITCH
    height = top + pitch * len(rows)
    left, room = (0.0, width) if narrow else _between(rows, width)
    draw = _below if narrow else _beside
    items: list[Item] = []
    for number, row in enumerate(rows):
        drawn = tuple(draw(row, top + pitch * number, width, left, room))
        items.append(Group("strip", drawn, row.tip or f"{row.name}: {row.value}"))
    if mark:
        lines = _ticks(top, len(rows)) if narrow else ((top - 6, height),)
        items += _marked(mark, lines, left, room)
    return tuple(items), height + 4


def _between(rows: Sequence[Bar], width: float) -> tuple[float, float]:
    """Where bars begin beside their names, and how much room is left before the values."""
    names = [row.name for row in rows]
    subs = [row.sub for row in rows]
    wide = SPREAD * max(widest(names, NAME, 600), widest(subs, SUB))
    left = min(wide, width * LABELS) + AIR
    right = SPREAD * widest([row.value for row in rows], VALUE, 700) + AIR
    return left, width - left - right


def _beside(row: Bar, y: float, width: float, left: float, room: float) -> Iterator[Item]:
    middle = y + PITCH / 2
    room_for = (left - AIR) / SPREAD + 0.5  # half a unit against rounding
    name = ellipsize(row.name, room_for, NAME, 600)
    if row.sub:
        yield label(0, middle - 7, name, NAME, 600, anchor="start")
        sub = ellipsize(row.sub, room_for, SUB)
        yield label(0, middle + 8.5, sub, SUB, 400, fill="ink2", anchor="start")
    else:
        yield label(0, middle, name, NAME, 600, anchor="start")
    yield from _pieces(row, left, middle - THICK / 2, room, THICK)
    yield label(width, middle, row.value, VALUE, 700, fill=row.tone, anchor="end")


def _below(row: Bar, y: float, width: float, left: float, room: float) -> Iterator[Item]:
    taken = text_width(row.value, VALUE, 700)
    name = ellipsize(row.name, width / SPREAD - taken - AIR, NAME, 600)
    yield label(0, y + 11, name, NAME, 600, anchor="start")
    yield label(width, y + 11, row.value, VALUE, 700, fill=row.tone, anchor="end")
    yield from _pieces(row, left, y + 22, room, THIN)


def _pieces(row: Bar, left: float, y: float, room: float, thick: float) -> Iterator[Item]:
    yield Rect(left, y, room, thick, 2, fill="band")
    x = left
    for piece in row.pieces:
        wide = max(piece.share * room, LEAST) if piece.share else 0.0
        wide = min(wide, left + room - x)
        if wide > 0:
            yield Rect(x, y, wide, thick, 2, fill=piece.fill, stroke=piece.stroke)
        x += wide


def _ticks(top: float, count: int) -> Iterator[tuple[float, float]]:
    """On a phone, the mark crosses the bars and leaves out the words between them."""
    for number in range(count):
        y = top + TALL * number + 22
        yield y - 3, y + THIN + 3


def _marked(
    mark: Mark, lines: Iterable[tuple[float, float]], left: float, room: float
) -> Iterator[Item]:
    x = left + mark.share * room
    half = SPREAD * text_width(mark.word, SUB, 600) / 2
    for top, bottom in lines:
        yield line(x, top, x, bottom, stroke="rule", thick=1.5, dash=(5.0, 4.0))
    y, right = 8 + BASELINE * SUB, left + room
    if x + half > right:
        yield Text(right, y, mark.word, SUB, 600, "ink", "end")
    elif x - half < left:
        yield Text(left, y, mark.word, SUB, 600, "ink")
    else:
        yield Text(x, y, mark.word, SUB, 600, "ink", "middle")

"""Where the time goes, to scale: waits by heat, work taller, an axis under it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import lcm

from vsmdsl.analysis.costs import in_ticks
from vsmdsl.analysis.result import Segment
from vsmdsl.drawing.fonts import text_width
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import MARGIN
from vsmdsl.drawing.layout.title import Band
from vsmdsl.drawing.layout.words import number
from vsmdsl.drawing.scene import Anchor, Group, Item, Items, Rect, Text
from vsmdsl.drawing.shapes import WIDER, label, line, text_room
from vsmdsl.drawing.symbols.timeline import heat_scale
from vsmdsl.record import record

BAR, TALLER, LEAST = 36.0, 6.0, 1.6
PAPER = 0.8
TICKS = 8
STEPS = (1, 2, 5)


@record
class Piece:
    """A stretch of the strip, from `left`, `width` wide."""

    segment: Segment
    left: float
    width: float


def strip(facts: Facts, width: float, y: float) -> Band:
    """Draw caption, bar and axis; an empty map has none."""
    room = width - 2 * MARGIN
    top = y + 51
    drawn = bar(facts, MARGIN, room, top)
    if not drawn:
        return Band((), y)
    items = (*caption(facts, y + 31, room), *drawn, *axis(facts, MARGIN, room, top + BAR + 10))
    return Band((Group("strip", items, facts.say("Elapsed time to scale")),), top + BAR + 47)


def bar(facts: Facts, left: float, room: float, top: float) -> Items:
    """Draw the timeline of a map as one bar."""
    pieces = tuple(cut(facts, left, room))
    if not pieces:
        return ()
    edge = Rect(left - 0.5, top - 0.5, room + 1, BAR + 1, stroke="line")
    waits = (_wait(piece, facts, top) for piece in pieces if not piece.segment.work)
    works = (_work(piece, facts, top) for piece in pieces if piece.segment.work)
    return (edge, *waits, *works)


def cut(facts: Facts, left: float, room: float) -> Iterator[Piece]:
    """The timeline as stretches that together are as wide as the content."""
    path = [piece for piece in facts.analysis.segments if piece.on_path and piece.amount.mean]
    # In ticks, as many to a second as make all of them whole: integers add up fast and exactly.
    tick = lcm(*{piece.amount.mean.denominator for piece in path})
    skipped = facts.inventory
    lengths = [0 if skipped and one.work else in_ticks(one.amount.mean, tick) for one in path]
    total = sum(lengths) / tick
    if not total:
        return
    at = 0
    for piece, length in zip(path, lengths, strict=True):
        yield Piece(piece, left + room * (at / tick) / total, room * (length / tick) / total)
        at += length


def caption(facts: Facts, y: float, room: float, left: float = MARGIN) -> Items:
    """Say what the bar shows and what its colours mean."""
    text = facts.say("WHERE THE TIME GOES, TO SCALE")
    caption = Text(left, y, text, 9.5, 700, "ink3", spacing=0.8)
    x = left + text_width(text, 9.5, 700, 0.8) + 30
    if room < 520:
        return (caption,)
    working, waiting = facts.say("working"), facts.say("waiting (stronger = larger share)")
    at = x + max(98.0, 15 + text_width(working, 10.5) + 30)
    if facts.wording.texts and at + 33 + text_width(waiting, 10.5) > left + room:
        return (caption,)
    return (
        caption,
        Rect(x, y - 9, 10, 10, fill="va"),
        Text(x + 15, y, working, 10.5, 400, "ink2"),
        *heat_scale(at, y - 4, cell=11, height=10, numbered=False),
        Text(at + 33, y, waiting, 10.5, 400, "ink2"),
    )


def _wait(piece: Piece, facts: Facts, top: float) -> Item:
    segment = piece.segment
    share = facts.share(segment.amount.mean)
    level = facts.heat(float(share))
    value = ("" if segment.known else "≥ ") + facts.time(segment.amount.mean, segment.unit)
    both = f"{value} · {facts.ratio(share)}"
    width = max(piece.width - PAPER, 0.2)
    body = Rect(piece.left, top, width, BAR, fill=f"h{level}")
    name = facts.wait_name(segment.key, segment.kind)
    words = _words(name, both, value, piece.left, width, top, f"o{level}")
    return Group("wait", (body, *words), f"{name}: {both}")


def _words(
    name: str, both: str, value: str, left: float, width: float, top: float, fill: str
) -> Items:
    """As much as fits: name over value and share, value and share, the value, nothing."""
    wide = max(text_width(name, 10.5, 500), text_width(both, 12, 700))
    middle = left + width / 2
    if max(wide + 14, WIDER * wide + 8) <= width:
        return (
            Text(left + 7, top + 15, name, 10.5, 500, fill),
            Text(left + 7, top + 30, both, 12, 700, fill),
        )
    if text_width(both, 11.5, 700) <= min(width - 8, text_room(width)):
        return (label(middle, top + BAR / 2, both, 11.5, 700, fill=fill),)
    if text_width(value, 11, 600) <= min(width - 6, text_room(width)):
        return (label(middle, top + BAR / 2, value, 11, 600, fill=fill),)
    return ()


def _work(piece: Piece, facts: Facts, top: float) -> Item:
    width = max(piece.width, LEAST)
    left = min(piece.left, piece.left + piece.width / 2 - width / 2)
    segment = piece.segment
    name = facts.wait_name(segment.key, segment.kind)
    title = f"{name}: {facts.work(segment.amount.mean, segment.unit)}"
    body = Rect(left, top - TALLER, width, BAR + 2 * TALLER, fill="va")
    return Group("work", (body,), title)


def axis(facts: Facts, left: float, room: float, y: float) -> Items:
    """Draw the time axis under a bar."""
    name, seconds = _unit(facts)
    total = float(facts.lead / seconds)
    step = _step(total)
    items: list[Item] = [line(left, y, left + room, y, stroke="ink3")]
    tick, free = 0, left
    while tick * step <= total * 1.0001 and total:
        x = left + room * tick * step / total
        count = number(Fraction(tick * step).limit_denominator(10000))
        text = facts.wording.figure(f"{count} {name}")
        items.append(line(x, y, x, y + 5, stroke="ink3"))
        wide = text_width(text, 10.5)
        at = min(max(x - wide / 2, left), left + room - wide)
        if at >= free:
            items.append(_tick_words(x, at, text, left + room - wide, y))
            free = at + wide + 6
        tick += 1
    return tuple(items)


def _tick_words(x: float, at: float, text: str, last: float, y: float) -> Text:
    """Words stand in the middle under their tick, and inside the axis at its ends."""
    anchor: Anchor = (
        "start" if at > x - text_width(text, 10.5) / 2 else "end" if at == last else "middle"
    )
    where = {"start": at, "middle": x, "end": at + text_width(text, 10.5)}[anchor]
    return Text(where, y + 17, text, 10.5, 400, "ink3", anchor)


def _unit(facts: Facts) -> tuple[str, Fraction]:
    lead = facts.lead
    for name in ("d", "h", "min"):
        seconds = facts.calendar.unit(name)
        if seconds and lead >= 2 * seconds:
            return name, seconds
    return "s", Fraction(1)


def _step(total: float) -> float:
    """A round step that makes about eight ticks."""
    scale = 1e-6
    while total / (10 * scale) > TICKS:
        scale *= 10
    for step in (*STEPS, 10):
        if total / (step * scale) <= TICKS:
            break
    return round(step * scale, 9)

"""Both timelines at one scale, one under the other; what is gained between them is dotted."""

from __future__ import annotations

from vsmdsl.drawing.fonts import ellipsize
from vsmdsl.drawing.layout.compare.figures import same_clock
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import MARGIN
from vsmdsl.drawing.layout.strip import BAR, axis, bar, caption
from vsmdsl.drawing.layout.title import Band
from vsmdsl.drawing.scene import Group, Item, Items
from vsmdsl.drawing.shapes import label, line, pill, pill_width

SIDE = 64.0  # the names of the two strips
BETWEEN = 20.0


def strips(now: Facts, then: Facts, words: tuple[str, str], width: float, y: float) -> Band:
    """Draw the strips of two states; on clocks that differ each has its own scale."""
    left, room = MARGIN + SIDE, width - 2 * MARGIN - SIDE
    longest = max(now.lead, then.lead)
    if not longest:
        return Band((), y)
    together = same_clock(now, then)
    items: list[Item] = [*caption(now, y + 12, room, left)]
    top = y + 30
    for known, word, ink in ((now, words[0], "ink"), (then, words[1], "good")):
        wide = room * float(known.lead / longest) if together else room
        name = ellipsize(word, SIDE - 8, 11, 700)
        items.append(label(MARGIN, top + BAR / 2, name, 11, 700, fill=ink, anchor="start"))
        items += bar(known, left, wide, top) if known.lead else ()
        if together:
            items += _rest(now, then, known is then, left + wide, left + room, top)
        else:
            items += axis(known, left, room, top + BAR + 10)
            top += 30
        top += BAR + BETWEEN
    if together:
        items += axis(now if now.lead >= then.lead else then, left, room, top - 8)
        top += 28
    return Band((Group("strip", tuple(items), now.say("Elapsed time to scale")),), top - 6)


def _rest(now: Facts, then: Facts, later: bool, start: float, end: float, top: float) -> Items:
    """Behind the shorter strip: the time that came free, or that it takes longer from now on."""
    saved = now.lead - then.lead if later else then.lead - now.lead
    start += 6
    if saved <= 0 or end - start < 4:
        return ()
    middle = top + BAR / 2
    stroke, fill, ink = ("goodln", "goodsoft", "good") if later else ("line", "h0", "o0")
    dots = line(start, middle, end, middle, stroke=stroke, dash=(2, 4))
    time = now.time(saved, "d")
    said = "{time} returned to the customer" if later else "{time} longer from now on"
    text = now.say(said, time=time)
    wide = pill_width(text, 12, 700, pad=12)
    if wide > end - start or not _whole(now, then):
        return (dots,)
    at = (start + end) / 2
    return (dots, *pill(at, middle, text, 12, fill=fill, ink=ink, height=24, pad=12))


def _whole(now: Facts, then: Facts) -> bool:
    """Whether both lead times are known: the difference of two bounds is none."""
    leads = (one.analysis.metrics.get("lead_time") for one in (now, then))
    return all(lead is not None and lead.complete for lead in leads)

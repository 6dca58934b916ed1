"""The head of the picture: which state it shows, what it is about, when it was seen."""

from __future__ import annotations

from vsmdsl.drawing.fonts import ellipsize, text_width, wrap
from vsmdsl.drawing.layout import words
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import MARGIN
from vsmdsl.drawing.scene import Item, Items, Text
from vsmdsl.drawing.shapes import pill, pill_width
from vsmdsl.record import record

SUBTITLE_WRAP = 760.0


@record
class Band:
    """Some items and the height at which the next band begins."""

    items: Items
    end: float


def state_word(facts: Facts) -> str:
    """The state in capitals: CURRENT STATE."""
    return state_name(facts).upper()


def state_name(facts: Facts) -> str:
    """The state in words: `current state`, or as the author calls it."""
    state = facts.stream.settings.state or "current"
    match state.casefold():
        case "current" | "now" | "as-is" if facts.wording.texts:
            return facts.say("current state")
        case "future" | "to-be" if facts.wording.texts:
            return facts.say("future state")
        case "ideal" if facts.wording.texts:
            return facts.say("ideal state")
    return facts.say("{state} state", state=state) if len(state.split()) == 1 else state


def title(facts: Facts, width: float, *, right: float = 0) -> Band:
    """Draw pill, title, subtitle and meta; `right` is kept free for the tiles of a page."""
    room = width - 2 * MARGIN - right
    size = _size(width)
    items: list[Item] = [*_pill(facts, room)]
    y = 28.0 + 20 + (38 if size > 25 else 33)
    lines = wrap(_name(facts), room, size, 700) or ("",)
    for line in lines:
        items.append(Text(MARGIN, y, line, size, 700))
        y += size * 1.16
    y -= size * 1.16
    meta, subtitle = _meta(facts), _subtitle(facts)
    if right:
        subtitle, meta = " · ".join(part for part in (subtitle, meta) if part), ""
    if meta:
        free = room - pill_width(state_word(facts), 10, 700, pad=10, spacing=0.5) - 24
        shown = ellipsize(meta, free, 11.5)
        items.append(Text(width - MARGIN, 42.14, shown, 11.5, 400, "ink3", "end"))
    y += 21
    for line in wrap(subtitle, min(SUBTITLE_WRAP, room), 13):
        items.append(Text(MARGIN, y, line, 13, 400, "ink2"))
        y += 16.9
    return Band(tuple(items), y - 16.9 + 18 if subtitle else y)


def title_width(facts: Facts, width: float) -> float:
    """How wide the title is on one line."""
    return text_width(_name(facts), _size(width), 700)


def _name(facts: Facts) -> str:
    return facts.stream.settings.title or facts.say("Value stream")


def _size(width: float) -> float:
    return 25.0 if width < 1200 else 30.0


def _pill(facts: Facts, room: float) -> Items:
    text = ellipsize(state_word(facts), room - 24, 10, 700)
    fill, ink = ("good", "paper") if facts.future else ("inv", "oninv")
    width = pill_width(text, 10, 700, pad=10, spacing=0.5)
    return pill(MARGIN + width / 2, 38, text, fill=fill, ink=ink, pad=10, spacing=0.5)


def _subtitle(facts: Facts) -> str:
    scope = facts.stream.settings.scope
    clock = facts.clock
    if scope and scope[-1] not in ".!?":
        scope += "."
    return f"{scope[:1].upper()}{scope[1:]} {clock}".strip()


def _meta(facts: Facts) -> str:
    settings = facts.stream.settings
    version = settings.version
    if version.replace(".", "").isdigit():
        version = f"v{version}"
    day = words.day(settings.date, facts.wording) if settings.date else ""
    parts = (facts.label, day, settings.author, version)
    return words.plain(*parts)

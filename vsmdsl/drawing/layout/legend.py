"""The key of the map: the symbols it uses, and its kaizen bursts with their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from vsmdsl.drawing.fonts import widest, wrap
from vsmdsl.drawing.layout.cells import Network
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import MARGIN, Grid
from vsmdsl.drawing.layout.media import symbol_of
from vsmdsl.drawing.layout.rework import Channel
from vsmdsl.drawing.layout.title import Band
from vsmdsl.drawing.scene import Group, Item, Items, Path, Rect, Text
from vsmdsl.drawing.symbols import SYMBOLS
from vsmdsl.drawing.symbols.marks import kaizen
from vsmdsl.model.stream import Handoff, Kaizen, Queue
from vsmdsl.record import replace

PITCH, PAGE_PITCH = 30.0, 26.0
ICON, WORDS = 23.0, 29.0
BETWEEN = (46.0, 36.0)  # two columns: closer together where that saves a row
COLUMN = 175.0  # what a column takes at most, in the mean
LIST_AT, LIST_AIR = 0.59, 40.0  # where the list of ideas begins, unless the key needs the room
LIST_LEFT = 34.0  # from the left of an idea to its words
ORDER = (
    *("inventory", "queue_tray", "supermarket", "safety_stock", "push", "flow", "pull", "fifo"),
    *("gate", "handoff", "fork", "rework", "connector", "continuation", "operator", "automated"),
    *("kaizen", "kaizen_text", "waste", "electronic", "manual", "verbal", "schedule", "go_see"),
    *("production_kanban", "withdrawal_kanban", "signal_kanban", "kanban_post"),
    *("load_levelling", "sequenced_pull", "withdrawal", "system"),
    *("shipment", "truck", "milk_run", "ladder"),
)
QUEUE_SYMBOLS = {
    "queue": "queue_tray",
    "inventory": "inventory",
    "supermarket": "supermarket",
    "fifo": "fifo",
    "safety": "safety_stock",
    "buffer": "safety_stock",
}
ON_WAYS = {"kanban-post": "kanban_post", "heijunka": "load_levelling"}
INFO_SYMBOLS = {
    "electronic": "electronic",
    "manual": "manual",
    "verbal": "verbal",
    "gosee": "go_see",
    "kanban": "production_kanban",
    "signal": "signal_kanban",
    "heijunka": "electronic",
}


def used(
    grid: Grid,
    facts: Facts,
    channels: Sequence[Channel],
    ladder: bool,
    information: bool,
    drawn: Sequence[Item] = (),
) -> tuple[str, ...]:
    """The names of the symbols that this map uses, in the order of the table."""
    found = {
        *_where_there_was_room(drawn),
        *_in_cells(grid.net, facts),
        *_around(facts, information),
        *(("ladder",) if ladder and facts.lead else ()),
        *(("continuation",) if len(grid.rows) > 1 else ()),
    }
    if any(channel.loops for channel in channels):
        found.add("rework")
    if any(channel.marks for channel in channels):
        found.add("connector")
    return (*(name for name in ORDER if name in found), *sorted(found - set(ORDER)))


def _where_there_was_room(items: Sequence[Item]) -> Iterator[str]:
    """What stands on the ways of information only where these are long enough."""
    for one in items:
        if isinstance(one, Group) and one.kind.startswith("info"):
            kinds = {item.kind for item in one.items if isinstance(item, Path | Rect)}
            yield from (name for kind, name in ON_WAYS.items() if kind in kinds)


def _in_cells(net: Network, facts: Facts) -> Iterator[str]:
    for cell in net.cells:
        if cell.step:
            if cell.step.automation == "automatic":
                yield "automated"
            elif cell.step.people:
                yield "operator"
            yield from _marks(cell.step.key, facts)
        if cell.kind == "fork":
            yield "fork"
        if cell.kind == "gap":
            yield {"push": "push", "pull": "pull", "fifo": "fifo"}.get(cell.arrives, "flow")
            if cell.waits_for and not cell.holds:
                yield "queue_tray"
        if found := symbol_of(cell.holds):
            yield found
        for held in cell.holds:
            yield from _held(held, cross=cell.cross)
            yield from _marks(held.key, facts)


def _held(held: Queue | Handoff, *, cross: bool) -> Iterator[str]:
    if isinstance(held, Queue):
        yield QUEUE_SYMBOLS[held.kind]
    elif cross:
        yield "handoff"


def _marks(key: str, facts: Facts) -> Iterator[str]:
    if facts.wastes.get(key):
        yield "waste"
    if facts.bursts.get(key):
        yield "kaizen_text" if facts.spoken else "kaizen"


def _around(facts: Facts, information: bool) -> Iterator[str]:
    if not information:
        return
    stream = facts.stream
    parties = {party.key: party for party in stream.parties}
    if stream.party("supplier") or stream.party("customer"):
        yield "shipment"
    steps = {step.key for step in stream.steps()}
    for info in stream.infos:
        if info.by == "kanban" and info.start in steps:
            yield "withdrawal_kanban"
            continue
        lateral = all(end in parties for end in info.ends) and info.start in parties
        yield (
            INFO_SYMBOLS.get(info.by, "manual")
            if lateral or info.by not in ("manual",)
            else "schedule"
        )
        if not lateral:
            yield "schedule"
    for shipment in stream.shipments:
        if shipment.by == "milkrun":
            yield "milk_run"
        elif shipment.by:
            yield "truck"


def legend(
    facts: Facts,
    names: Sequence[str],
    width: float,
    y: float,
    *,
    keys: bool = True,
    kaizens: bool = True,
    pitch: float = PITCH,
) -> Band:
    """Draw the key left and the kaizen list right, or one under the other where it is narrow."""
    bursts = facts.kaizens if kaizens else ()
    symbols = names if keys else ()
    if not bursts and not symbols:
        return Band((), y)
    if width >= 1000 and symbols and bursts:
        start = _list_start(facts, symbols, bursts, width)
        left = _symbols(facts, symbols, MARGIN, start - MARGIN - LIST_AIR, y, pitch)
        right = _bursts(facts, bursts, start, width - MARGIN - start, y, 1)
        return Band((*left.items, *right.items), max(left.end, right.end))
    items: list[Item] = []
    if bursts:
        columns = 2 if width >= 700 else 1
        band = _bursts(facts, bursts, MARGIN, width - 2 * MARGIN, y, columns)
        items += band.items
        y = band.end
    if symbols:
        band = _symbols(facts, symbols, MARGIN, width - 2 * MARGIN, y, pitch)
        items += band.items
        y = band.end
    return Band(tuple(items), y)


def _list_start(
    facts: Facts, names: Sequence[str], bursts: Sequence[Kaizen], width: float
) -> float:
    """Where the list of ideas begins: further right where the key is lower then."""
    usual = MARGIN + LIST_AT * (width - 2 * MARGIN)
    words = [_words(facts, one, number) for number, one in enumerate(bursts, 1)]
    latest = width - MARGIN - LIST_LEFT - 16 - widest(words, 11.5)
    if latest <= usual:
        return usual
    rows, between = _rows(facts, names, latest - MARGIN - LIST_AIR)
    if rows == _rows(facts, names, usual - MARGIN - LIST_AIR)[0]:
        return usual
    return max(usual, MARGIN + LIST_AIR + _used(facts, names, rows, between))


def _symbols(
    facts: Facts, names: Sequence[str], x: float, room: float, y: float, pitch: float
) -> Band:
    items: list[Item] = [Text(x, y + 27, facts.say("LEGEND"), 9.5, 700, "ink3", spacing=0.8)]
    rows, between = _rows(facts, names, room)
    at = x
    for start in range(0, len(names), rows):
        column = names[start : start + rows]
        labels = _labels(facts, column)
        for row, name in enumerate(column):
            middle = y + 52 + pitch * row
            items += _key(facts, name, at + ICON, middle)
            items.append(Text(at + ICON + WORDS, middle + 3.78, labels[row], 10.5, 400, "ink2"))
        at += WORDS + widest(labels, 10.5) + between
    group = Group("legend", tuple(items), facts.say("Legend"))
    return Band((group,), y + 52 + pitch * (rows - 1) + 15)


def _key(facts: Facts, name: str, x: float, y: float) -> Items:
    """The small drawing of a symbol; what it is in English is not said to readers of others."""
    drawn = SYMBOLS[name].key(x, y)
    return tuple(map(_untitled, drawn)) if facts.wording.texts else drawn


def _untitled(item: Item) -> Item:
    return replace(item, title="") if isinstance(item, Group) else item


def _rows(facts: Facts, names: Sequence[str], room: float) -> tuple[int, float]:
    """The fewest rows that fit into the room, and how far apart their columns stand."""
    most = max(5, int(room / COLUMN))
    for rows in range(max(ceil(len(names) / most), 1), len(names) + 1):
        for between in BETWEEN:
            if _used(facts, names, rows, between) <= room:
                return rows, between
    return max(len(names), 1), BETWEEN[0]


def _used(facts: Facts, names: Sequence[str], rows: int, between: float) -> float:
    """How wide the key is in so many rows."""
    columns = [names[at : at + rows] for at in range(0, len(names), rows)]
    return (
        sum(WORDS + between + widest(_labels(facts, column), 10.5) for column in columns)
        - between
        + ICON
    )


def _labels(facts: Facts, names: Sequence[str]) -> list[str]:
    return [facts.say(SYMBOLS[name].key_label) for name in names]


def _bursts(
    facts: Facts, kaizens: Sequence[Kaizen], x: float, room: float, y: float, columns: int
) -> Band:
    head = facts.say("KAIZEN BURSTS")
    items: list[Item] = [Text(x, y + 27, head, 9.5, 700, "ink3", spacing=0.8)]
    each = room / columns
    at = y + 51
    for start in range(0, len(kaizens), columns):
        deepest = 1
        for column, one in enumerate(kaizens[start : start + columns]):
            left = x + each * column
            lines = wrap(_words(facts, one, start + column + 1), each - 48, 11.5)
            number = str(start + column + 1)
            title = facts.say("Kaizen {number}", number=number)
            items += kaizen(left + 13, at, number=number, r=13, title=title)
            items += [
                Text(left + LIST_LEFT, at + 4 + 15 * row, text, 11.5)
                for row, text in enumerate(lines)
            ]
            deepest = max(deepest, len(lines))
        at += PITCH + 15 * (deepest - 1)
    return Band((Group("kaizen-list", tuple(items), facts.say("Kaizen bursts")),), at - PITCH + 15)


def _words(facts: Facts, one: Kaizen, number: int) -> str:
    text = one.label or one.id or facts.say("Kaizen {number}", number=number)
    due = facts.wording.day(one.due) if one.due else ""
    more = [part for part in (one.owner, due) if part]
    return f"{text} ({', '.join(more)})" if more else text

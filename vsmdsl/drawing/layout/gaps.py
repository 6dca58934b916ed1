"""The column between two steps: what waits there, how much, how it moves on, by what means."""

from __future__ import annotations

from vsmdsl.analysis.result import WaitFigures
from vsmdsl.drawing.layout.captions import SHELF, SHELVES, captions
from vsmdsl.drawing.layout.cells import Cell
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.media import draw_medium, symbol_of
from vsmdsl.drawing.scene import Group, Item, Items
from vsmdsl.drawing.symbols import flow, stock
from vsmdsl.drawing.symbols.marks import kaizen
from vsmdsl.model.stream import Handoff, Queue

SHELF_ROOM, SHELVES_WIDTH = 50.0, 78.0  # what one shelf takes, and the arrows beside shelves
AIR = 3.0
UNDER = 22.2  # from the flow line down to the middle of the first quantity line
BURSTS = ((25, -38), (25, -64), (25, -90))  # where the bursts of a queue stand, from the icon


def shelf_width(cell: Cell) -> float:
    """How wide a column must be for the shelves that stand in it; 0 without any."""
    shelves = sum(queue.kind in SHELVES for queue in cell.queues)
    return SHELVES_WIDTH + SHELF_ROOM + SHELF * (shelves - 1) if shelves else 0.0


def under(cell: Cell) -> float:
    """From the flow line down to the middle of the first line of words."""
    if any(queue.kind in SHELVES for queue in cell.queues):
        return 38.0
    return 27.0 if cell.arrives == "fifo" else UNDER


def draw_gap(
    cell: Cell,
    facts: Facts,
    x1: float,
    x2: float,
    fy: float,
    *,
    width: float = 0,
    supplied: bool = False,
) -> Items:
    """Draw a gap between two points on the flow line; `width` is the room for its words.

    Shelves that are `supplied` from outside have no arrow before them.
    """
    centre = (x1 + x2) / 2
    items: list[Item] = [*_transport(cell, x1, x2, fy, supplied), *_icon(cell, facts, centre, fy)]
    items += _burst(cell, facts, centre, fy)
    items += captions(cell, facts, centre, fy + under(cell), width or x2 - x1 + 2 * AIR)
    name = cell.holds[0].key if cell.holds else ""
    url = next((held.url for held in cell.holds if held.url), "")
    kind = "queue" if cell.holds or cell.waits_for else "link"
    return (Group(kind, tuple(items), _tooltip(cell, facts), f"gap-{name}" if name else "", url),)


def _transport(cell: Cell, x1: float, x2: float, y: float, supplied: bool) -> Items:
    centre = (x1 + x2) / 2
    half = (shelf_width(cell) - SHELVES_WIDTH) / 2
    if half > 0:
        near = () if supplied else flow.flow(x1, centre - half + 4, y)
        away = flow.push if cell.arrives == "push" else flow.pull
        return (*near, *away(centre + half - 4, x2, y))
    match cell.arrives:
        case "push":
            return flow.push(x1, x2, y)
        case "pull":
            return flow.pull(x1, x2, y)
        case "fifo":
            return flow.fifo(x1, x2, y, gap=26)
        case _:
            return flow.flow(x1, x2, y)


def _icon(cell: Cell, facts: Facts, x: float, y: float) -> Items:
    held = cell.queues
    heat = facts.heat(_share(cell, facts))
    above = {"pull": -16, "fifo": -5}.get(cell.arrives, 0)
    if any(queue.kind in SHELVES for queue in held):
        return _shelves(held, x, y)
    if held:
        match held[0].kind:
            case "fifo":
                return ()
            case "inventory":
                return stock.inventory(x, y - 27 + above, heat=heat)
            case _:
                return stock.queue_tray(x, y - 26 + above, heat=heat)
    if found := symbol_of(cell.holds):
        return draw_medium(found, x, y - 27 + above)
    if cell.waits_for or any(facts.waits.get(one.key) for one in cell.holds):
        return stock.queue_tray(x, y - 26 + above, heat=heat)
    return ()


def _shelves(held: tuple[Queue, ...], x: float, y: float) -> Items:
    """One or two shelves side by side, on the flow line."""
    kinds = [queue.kind for queue in held if queue.kind in SHELVES]
    left = x - SHELF * (len(kinds) - 1) / 2
    items: list[Item] = []
    for index, kind in enumerate(kinds):
        draw = stock.supermarket if kind == "supermarket" else stock.safety_stock
        items += draw(left + SHELF * index, y)
    return tuple(items)


def _share(cell: Cell, facts: Facts) -> float:
    keys = [held.key for held in cell.holds]
    found = [wait for key in keys for wait in facts.waits.get(key, ())]
    if cell.includes:
        found += [w for w in facts.waits.get(cell.includes.key, ()) if w.kind == "inside"]
    if cell.waits_for:
        found += [w for w in facts.waits.get(cell.waits_for.key, ()) if w.kind == "step"]
    return float(sum(wait.share for wait in found if wait.share and wait.rank))


def _burst(cell: Cell, facts: Facts, x: float, y: float) -> Items:
    numbers = [number for held in cell.holds for number in facts.bursts.get(held.key, ())]
    return tuple(
        item
        for (dx, dy), number in zip(BURSTS, numbers, strict=False)
        for item in kaizen(x + dx, y + dy, number=str(number), r=13)
    )


def _tooltip(cell: Cell, facts: Facts) -> str:
    parts = []
    for held in cell.holds:
        name = facts.analysis.labels.get(held.key, held.label) or held.key
        times = [_waiting_text(wait, facts) for wait in facts.waits.get(held.key, ())]
        means = held.via if isinstance(held, Handoff) else ""
        via = f" {facts.say('via {means}', means=means)}" if means else ""
        crosses = ""
        if isinstance(held, Handoff) and cell.cross:
            crosses = f" ({facts.say('crosses teams')})"
        parts.append(f"{name}{via}{crosses}" + f": {', '.join(times)}" * bool(times))
        parts += [facts.say("source: {source}", source=held.source)] if held.source else []
        parts += facts.notes.get(held.key, ())
    if cell.waits_for:
        name = cell.waits_for.label or cell.waits_for.key
        parts.append(facts.say("wait before {name}", name=name))
    return "; ".join(parts)


def _waiting_text(wait: WaitFigures, facts: Facts) -> str:
    if not wait.known:
        return facts.say("unknown wait")
    text = facts.time(wait.time.value, wait.time.unit)
    return f"{text} ({facts.of_lead_time(facts.ratio(wait.share))})" if wait.share else text

"""The column between two steps: what waits there, how much, how it moves on, by what means."""

from __future__ import annotations

from vsmdsl.analysis.result import WaitFigures
from vsmdsl.drawing.fonts import ellipsize, text_width, widest, wrap
from vsmdsl.drawing.layout import words
from vsmdsl.drawing.layout.boxes import chips
from vsmdsl.drawing.layout.cells import Cell
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.media import draw_medium, symbol_of
from vsmdsl.drawing.scene import Group, Item, Items
from vsmdsl.drawing.shapes import paragraph, text_room
from vsmdsl.drawing.symbols import flow, stock
from vsmdsl.drawing.symbols.marks import kaizen, waste, waste_width
from vsmdsl.drawing.symbols.people import handoff, handoff_size
from vsmdsl.model.stream import Handoff, Queue
from vsmdsl.record import record

NARROW, WIDE = 70.0, 128.0
SHELF, SHELVES_WIDTH = 50.0, 78.0  # from shelf to shelf, and the arrows beside them
AIR = 3.0
QUANTITY, QUANTITY_PITCH = 10.5, 13.0
MEDIUM, MEDIUM_PITCH = 10.0, 12.5
CHEVRONS, PILL = 27.0, 37.0
UNDER = 22.2  # from the flow line down to the middle of the first quantity line
BURSTS = ((25, -38), (25, -64), (25, -90))  # where the bursts of a queue stand, from the icon
SHELVES = frozenset(("supermarket", "safety", "buffer"))


@record
class Labels:
    """The words under a gap: quantities, names in plain text, the medium in its pill."""

    quantity: tuple[str, ...]
    plain: tuple[str, ...]
    pill: tuple[str, ...]
    wastes: tuple[tuple[str, str], ...]

    @property
    def height(self) -> float:
        """From the first line's upper edge to the lower edge of all."""
        pill = 13 * len(self.pill) + 12 if self.pill else 0
        lines = QUANTITY_PITCH * len(self.quantity) + MEDIUM_PITCH * len(self.plain)
        return lines + pill + 19 * len(self.wastes)


def labels(cell: Cell, facts: Facts, width: float) -> Labels:
    """Break the words of a gap to its width."""
    key = (cell.index, round(width, 2))
    found = facts.memo.get(key)
    if not isinstance(found, Labels):
        found = facts.memo[key] = _labels(cell, facts, width)
    return found


def _labels(cell: Cell, facts: Facts, width: float) -> Labels:
    room = min(width - 10, text_room(width, 1))
    quantity = tuple(
        line
        for queue in _queues(cell)
        for text in _quantities(queue, facts)
        for line in wrap(text, room, QUANTITY, 600)
    )
    plain, medium = _names(cell, facts)
    if not quantity and plain:
        quantity, plain = wrap(plain[0], room, QUANTITY, 600)[:3], plain[1:]
    wastes = tuple(chip for held in cell.holds for chip in chips(held.key, facts))
    if medium and cell.cross:
        pill = tuple(ellipsize(line, room - 24, MEDIUM, 600) for line in _pill_lines(medium, room))
        return Labels(quantity, _plain_lines(plain, room), pill, wastes)
    both = (*plain, medium) if medium else plain
    return Labels(quantity, _plain_lines(both, room), (), wastes)


def _pill_lines(text: str, room: float) -> tuple[str, ...]:
    return wrap(text, (room + 4 - CHEVRONS) / 1.08, MEDIUM, 600)[:3]


def _plain_lines(texts: tuple[str, ...], room: float) -> tuple[str, ...]:
    return tuple(line for text in texts for line in wrap(text, room, MEDIUM, 500)[:3])


def _queues(cell: Cell) -> tuple[Queue, ...]:
    return tuple(held for held in cell.holds if isinstance(held, Queue))


def _quantities(queue: Queue, facts: Facts) -> tuple[str, ...]:
    most = words.number(queue.max.amount, facts.wording) if queue.max else ""
    limit = (facts.say("max {number}", number=most),) if queue.max else ()
    held = words.count(queue.qty or queue.wip, facts.wording)
    return (*limit, *held, *(f"{k} {v}" for k, v in queue.rows))


def _names(cell: Cell, facts: Facts) -> tuple[tuple[str, ...], str]:
    """The plain names in a gap, and the medium of its handoff."""
    plain = [held.label for held in _queues(cell) if _says_more(held, facts)]
    medium = ""
    for held in cell.holds:
        if isinstance(held, Handoff):
            medium = medium or held.via or held.label
            if held.label and held.label != medium and not _repeats_id(held):
                plain.append(held.label)
    return tuple(plain), medium


def _says_more(queue: Queue, facts: Facts) -> bool:
    """A name that only repeats the id is left out where a quantity stands."""
    return bool(queue.label) and not (_repeats_id(queue) and _quantities(queue, facts))


def _repeats_id(held: Queue | Handoff) -> bool:
    derived = (held.id or "").replace("_", " ").replace("-", " ").casefold()
    return held.label.casefold() == derived


def natural_width(cell: Cell, facts: Facts) -> float:
    """How wide a gap wants to be; words may take up to three lines."""
    quantity = [text for queue in _queues(cell) for text in _quantities(queue, facts)]
    plain, medium = _names(cell, facts)
    lines = [line for text in plain for line in wrap(text, 84, MEDIUM, 500)]
    pill = 0.0
    if medium and cell.cross:
        pill = 1.08 * text_width(medium, MEDIUM, 600) + PILL
        if pill > WIDE:
            pill = 1.08 * widest(wrap(medium, 80, MEDIUM, 600), MEDIUM, 600) + PILL
    elif medium:
        lines += wrap(medium, 84, MEDIUM, 500)
    chip = max(
        (waste_width(text) + 4 for held in cell.holds for text, _ in chips(held.key, facts)),
        default=0.0,
    )
    words_ = max(widest(quantity, QUANTITY, 600), widest(lines, MEDIUM, 500)) + 10
    return max(NARROW, words_, pill, chip)


def shelf_width(cell: Cell) -> float:
    """How wide a column must be for the shelves that stand in it; 0 without any."""
    shelves = sum(queue.kind in SHELVES for queue in _queues(cell))
    return SHELVES_WIDTH + SHELF * shelves if shelves else 0.0


def under(cell: Cell) -> float:
    """From the flow line down to the middle of the first line of words."""
    if any(queue.kind in SHELVES for queue in _queues(cell)):
        return 38.0
    return 27.0 if cell.arrives == "fifo" else UNDER


def draw_gap(
    cell: Cell, facts: Facts, x1: float, x2: float, fy: float, *, width: float = 0
) -> Items:
    """Draw a gap between two points on the flow line; `width` is the room for its words."""
    centre = (x1 + x2) / 2
    items: list[Item] = [*_transport(cell, x1, x2, fy), *_icon(cell, facts, centre, fy)]
    items += _burst(cell, facts, centre, fy)
    items += _words(cell, facts, centre, fy + under(cell), width or x2 - x1 + 2 * AIR)
    name = cell.holds[0].key if cell.holds else ""
    url = next((held.url for held in cell.holds if held.url), "")
    kind = "queue" if cell.holds or cell.waits_for else "link"
    return (Group(kind, tuple(items), _tooltip(cell, facts), f"gap-{name}" if name else "", url),)


def _transport(cell: Cell, x1: float, x2: float, y: float) -> Items:
    centre = (x1 + x2) / 2
    half = (shelf_width(cell) - SHELVES_WIDTH) / 2
    if half > 0:
        near = flow.flow(x1, centre - half + 4, y)
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
    queues = _queues(cell)
    heat = facts.heat(_share(cell, facts))
    above = {"pull": -16, "fifo": -5}.get(cell.arrives, 0)
    if queues and queues[0].kind in SHELVES:
        return _shelves(queues, x, y)
    if queues:
        match queues[0].kind:
            case "fifo":
                return ()
            case "inventory":
                return stock.inventory(x, y - 27 + above, heat=heat)
            case _:
                return stock.queue_tray(x, y - 26 + above, heat=heat)
    if found := symbol_of(cell.holds):
        return draw_medium(found, x, y - 27 + above)
    if cell.waits_for or any(facts.waits.get(held.key) for held in cell.holds):
        return stock.queue_tray(x, y - 26 + above, heat=heat)
    return ()


def _shelves(queues: tuple[Queue, ...], x: float, y: float) -> Items:
    """One or two shelves side by side, on the flow line."""
    kinds = [queue.kind for queue in queues if queue.kind in SHELVES]
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


def _words(cell: Cell, facts: Facts, x: float, y: float, width: float) -> Items:
    found = labels(cell, facts, width)
    items: list[Item] = []
    at = y - QUANTITY_PITCH / 2
    for lines, pitch, size, weight, fill in (
        (found.quantity, QUANTITY_PITCH, QUANTITY, 600, "ink"),
        (found.plain, MEDIUM_PITCH, MEDIUM, 500, "ink2"),
    ):
        middle = at + pitch * len(lines) / 2
        items += paragraph(x, middle, lines, size, weight, fill=fill, pitch=pitch)
        at += pitch * len(lines)
    if found.pill:
        height = handoff_size(found.pill, MEDIUM)[1]
        items += handoff(x, at + 5 + height / 2, lines=found.pill, size=MEDIUM)
        at += height + 7
    for text, why in found.wastes:
        shown = ellipsize(text, (width - 28) / 1.08, 10, 600)
        note = facts.say("Waste: {kind}", kind=text) + f": {why}" * bool(why)
        items += waste(x, at + 10, text=shown, title=note)
        at += 19
    return tuple(items)


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

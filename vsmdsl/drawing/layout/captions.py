"""The words under a gap: how much waits, its name, by what means it moves on, what is wasted."""

from __future__ import annotations

from vsmdsl.analysis.result import WaitFigures
from vsmdsl.drawing.fonts import ellipsize, text_width, widest, wrap
from vsmdsl.drawing.layout import words
from vsmdsl.drawing.layout.boxes import chips
from vsmdsl.drawing.layout.cells import Cell
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.scene import Item, Items
from vsmdsl.drawing.shapes import paragraph, text_room
from vsmdsl.drawing.symbols.marks import waste, waste_width
from vsmdsl.drawing.symbols.people import handoff, handoff_size
from vsmdsl.model.stream import Handoff, Queue
from vsmdsl.record import record

NARROW, WIDE = 70.0, 128.0
QUANTITY, QUANTITY_PITCH = 10.5, 13.0
MEDIUM, MEDIUM_PITCH = 10.0, 12.5
CHEVRONS, PILL = 27.0, 37.0
SHELF = 60.0  # from one shelf to the next
SHELVES = frozenset(("supermarket", "safety", "buffer"))


_Pair = tuple[tuple[str, ...], tuple[str, ...]]


@record
class Labels:
    """The words under a gap: quantities, names in plain text, the medium in its pill."""

    quantity: tuple[str, ...]
    plain: tuple[str, ...]
    pill: tuple[str, ...]
    wastes: tuple[tuple[str, str], ...]
    shelves: tuple[_Pair, ...] = ()  # of several shelves: name and quantity of each

    @property
    def height(self) -> float:
        """From the first line's upper edge to the lower edge of all."""
        pill = 13 * len(self.pill) + 12 if self.pill else 0
        beside = [len(name) + len(more) for name, more in self.shelves]
        quantity = max(len(self.quantity), *beside, 0)
        lines = QUANTITY_PITCH * quantity + MEDIUM_PITCH * len(self.plain)
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
    if shelves := _beside(cell, facts):
        wastes = tuple(chip for held in cell.holds for chip in chips(held.key, facts))
        return Labels((), (), (), wastes, shelves)
    quantity = tuple(
        line
        for queue in cell.queues
        for text in _quantities(queue, facts)
        for line in wrap(text, room, QUANTITY, 600)
    )
    plain, medium = _names(cell, facts)
    if not quantity and plain:
        quantity, plain = wrap(plain[0], room, QUANTITY, 600)[:3], plain[1:]
        if len(cell.queues) == 1:
            plain = (*plain, *_reach(cell.queues[0], facts))
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


def _beside(cell: Cell, facts: Facts) -> tuple[_Pair, ...]:
    """The words under each of several shelves, where nothing else stands in a gap."""
    held = cell.queues
    if len(held) < 2 or len(held) < len(cell.holds) or any(q.kind not in SHELVES for q in held):
        return ()
    return tuple(_under_shelf(queue, facts) for queue in held)


def _under_shelf(queue: Queue, facts: Facts) -> _Pair:
    room = text_room(SHELF, 1)
    name = wrap(queue.label, room, QUANTITY, 600)[:2] if queue.label else ()
    more = _quantities(queue, facts) or _reach(queue, facts)
    return name, tuple(ellipsize(line, room, MEDIUM, 500) for line in more)


def _quantities(queue: Queue, facts: Facts) -> tuple[str, ...]:
    most = words.number(queue.max.amount, facts.wording) if queue.max else ""
    limit = (facts.say("max {number}", number=most),) if queue.max else ()
    held = words.count(queue.qty or queue.wip, facts.wording)
    return (*limit, *held, *(f"{k} {v}" for k, v in queue.rows))


def _names(cell: Cell, facts: Facts) -> tuple[tuple[str, ...], str]:
    """The plain names in a gap, and the medium of its handoff."""
    plain = [held.label for held in cell.queues if _says_more(held, facts)]
    medium = ""
    for held in cell.holds:
        if isinstance(held, Handoff):
            medium = medium or held.via or held.label
            if held.label and held.label != medium and not _repeats_id(held):
                plain.append(held.label)
    return tuple(plain), medium


def _reach(queue: Queue, facts: Facts) -> tuple[str, ...]:
    """How long the goods of a supermarket last, where nothing says how many they are."""
    waits = facts.waits.get(queue.key, ()) if queue.kind in SHELVES else ()
    return tuple(_reaching(wait, facts) for wait in waits if wait.known and wait.time.value)


def _reaching(wait: WaitFigures, facts: Facts) -> str:
    return facts.time(wait.time.value, wait.time.unit)


def _says_more(queue: Queue, facts: Facts) -> bool:
    """A name that only repeats the id is left out where a quantity stands."""
    return bool(queue.label) and not (_repeats_id(queue) and _quantities(queue, facts))


def _repeats_id(held: Queue | Handoff) -> bool:
    derived = (held.id or "").replace("_", " ").replace("-", " ").casefold()
    return held.label.casefold() == derived


def natural_width(cell: Cell, facts: Facts) -> float:
    """How wide a gap wants to be; words may take up to three lines."""
    quantity = [text for queue in cell.queues for text in _quantities(queue, facts)]
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


def captions(cell: Cell, facts: Facts, x: float, y: float, width: float) -> Items:
    """Draw the words of a gap around `x`, from the middle of the first line down."""
    found = labels(cell, facts, width)
    items: list[Item] = []
    at = y - QUANTITY_PITCH / 2
    for index, pair in enumerate(found.shelves):
        below = x + SHELF * (index - (len(found.shelves) - 1) / 2)
        items += _stacked(below, at, pair)[0]
    at += QUANTITY_PITCH * max((len(one) + len(two) for one, two in found.shelves), default=0)
    drawn, at = _stacked(x, at, (found.quantity, found.plain))
    items += drawn
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


def _stacked(x: float, at: float, pair: _Pair) -> tuple[Items, float]:
    """Bold lines and plain ones under them from `at` down, and where they end."""
    bold, plain = pair
    middle = at + QUANTITY_PITCH * len(bold) / 2
    items = paragraph(x, middle, bold, QUANTITY, 600, fill="ink", pitch=QUANTITY_PITCH)
    at += QUANTITY_PITCH * len(bold)
    middle = at + MEDIUM_PITCH * len(plain) / 2
    items = (*items, *paragraph(x, middle, plain, MEDIUM, 500, fill="ink2", pitch=MEDIUM_PITCH))
    return items, at + MEDIUM_PITCH * len(plain)

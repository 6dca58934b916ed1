"""The one table of all symbols: name, words for legend and specimen, size on a map, drawing."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from vsmdsl.drawing.scene import Items
from vsmdsl.drawing.shapes import arrow, line
from vsmdsl.drawing.symbols import (
    boxes,
    change,
    flow,
    information,
    kanban,
    keys,
    marks,
    people,
    stock,
    timeline,
    transport,
)
from vsmdsl.drawing.symbols.keys import Key
from vsmdsl.record import record

Size = tuple[float, float]


@record
class Symbol:
    """One symbol: `draw(x, y, ...)` at its size on a map, `key(x, y)` small, as in a legend."""

    name: str
    label: str
    hint: str
    size: Size
    draw: Callable[..., Items]
    key_label: str
    key: Key


def _spanning(draw: Callable[..., Items], width: float) -> Callable[..., Items]:
    def drawn(x: float, y: float, *, width: float = width, **options: object) -> Items:
        return draw(x - width / 2, x + width / 2, y, **options)

    return drawn


def _joining(draw: Callable[..., Items], width: float) -> Callable[..., Items]:
    def drawn(x: float, y: float, *, width: float = width, **options: object) -> Items:
        return draw((x - width / 2, y), (x + width / 2, y), **options)

    return drawn


def _shipment(x: float, y: float, *, width: float = 92) -> Items:
    ends = ((x - width / 2, y), (x + width / 2, y))
    return transport.shipment(ends, shaft=13, length=16, width=26)


def _handoff(x: float, y: float, *, width: float = 100, text: str = "E-mail form") -> Items:
    way = ((x - width / 2, y - 14), (x + width / 2, y - 14))
    return (*arrow(way, kind="flow"), *people.handoff(x, y + 6, lines=(text,)))


def _rework(x: float, y: float, *, text: str = "20 %") -> Items:
    ends = ((x + 42, y - 22), (x - 42, y - 22))
    return marks.rework(ends[0], y + 8, ends[1], text=text)


def _connectors(x: float, y: float, *, letter: str = "A") -> Items:
    gap = line(x - 9, y, x + 9, y, stroke="rew", thick=1.4, dash=(2, 3))
    ends = (marks.connector(x + side * 22, y, letter=letter) for side in (-1, 1))
    return (gap, *(item for end in ends for item in end))


def _continuations(x: float, y: float) -> Items:
    return (*marks.continuation(x - 26, y), *marks.continuation(x + 26, y))


def _fork(x: float, y: float) -> Items:
    ways = (arrow(((x - 20, y + lane), (x + 26, y + lane)), thick=1.7) for lane in (-16, 0, 16))
    bar = marks.fork_bar(x - 24, y - 27, y + 27)
    return (bar, *(item for way in ways for item in way))


def _teams(x: float, y: float, *, names: tuple[str, str] = ("Product", "Squad")) -> Items:
    return (
        *people.team_ribbon(x - 31, y, name=names[0], tint=0),
        people.boundary(x, y - 18, y + 18),
        *people.team_ribbon(x + 31, y, name=names[1], tint=1),
    )


def _branches(x: float, y: float) -> Items:
    return (
        *marks.branch_tag(x, y - 13, text="Longest branch", longest=True),
        *marks.branch_tag(x, y + 13, text="Slack 4.6 d"),
    )


_ROWS = (
    # what stands on a map
    Symbol("outside_source", "Outside source", "supplier, trigger, customer", (118, 72),
           boxes.outside_source, "Supplier / customer", keys.outside_source),
    Symbol("process", "Process", "one step, its people", (74, 50),
           boxes.process, "Process", keys.process),
    Symbol("data_box", "Data box", "aligned key and value", (86, 52),
           boxes.data_box, "Data box", keys.data_box),
    Symbol("control", "Production control", "planning, board, MRP", (90, 46),
           boxes.control, "Production control", keys.control),
    Symbol("operator", "Operator", "seen from above", (18, 20),
           people.operator, "Operator", keys.operator),
    Symbol("automated", "Automated", "no operator", (20, 20),
           people.automated, "Automated", keys.automated),
    Symbol("inventory", "Inventory", "queue, heat by share", (38, 33),
           stock.inventory, "Inventory / queue", keys.inventory),
    Symbol("queue_tray", "Queue tray", "tickets, forms, mail", (40, 26),
           stock.queue_tray, "Queue tray", keys.queue_tray),
    # how work moves on
    Symbol("supermarket", "Supermarket", "opens to the supplier", (37, 53),
           stock.supermarket, "Supermarket", keys.supermarket),
    Symbol("safety_stock", "Safety stock", "buffer, hatched", (37, 53),
           stock.safety_stock, "Safety stock", keys.safety_stock),
    Symbol("fifo", "FIFO lane", "with its maximum", (102, 58),
           _spanning(flow.fifo, 100), "FIFO lane", keys.fifo),
    Symbol("push", "Push", "striped arrow", (102, 24),
           _spanning(flow.push, 100), "Push", keys.push),
    Symbol("pull", "Pull", "from a supermarket", (96, 50),
           _spanning(flow.pull, 92), "Pull", keys.pull),
    Symbol("withdrawal", "Withdrawal", "physical pull", (36, 40),
           flow.withdrawal, "Withdrawal", keys.withdrawal),
    Symbol("flow", "Flow", "one piece, no batch", (94, 10),
           _spanning(flow.flow, 92), "Flow", keys.plain_flow),
    Symbol("shipment", "Shipment", "in from / out to outside", (94, 28),
           _shipment, "Shipment", keys.shipment),
    # transport and information
    Symbol("truck", "Truck", "with its frequency", (48, 28),
           transport.truck, "Truck", keys.truck),
    Symbol("milk_run", "Milk run", "a truck on a round", (48, 28),
           transport.milk_run, "Milk run", keys.milk_run),
    Symbol("electronic", "Electronic information", "lightning jog", (102, 16),
           _joining(information.electronic, 100), "Electronic information", keys.electronic),
    Symbol("manual", "Manual information", "paper, fax, e-mail", (102, 10),
           _joining(information.manual, 100), "Manual information", keys.manual),
    Symbol("verbal", "Verbal information", "stand-up, call, chat", (36, 29),
           information.verbal, "Verbal information", keys.verbal),
    Symbol("schedule", "Schedule", "sits on its line", (112, 52),
           information.schedule, "Schedule", keys.schedule),
    Symbol("system", "System of record", "board, ERP, database", (32, 34),
           information.system, "System of record", keys.system),
    Symbol("go_see", "Go see", "check with your own eyes", (42, 25),
           information.go_see, "Go see", keys.go_see),
    # signals of a pull system, approvals, handoffs
    Symbol("production_kanban", "Production kanban", "make this", (30, 38),
           kanban.production_kanban, "Production kanban", keys.production_kanban),
    Symbol("withdrawal_kanban", "Withdrawal kanban", "take this, hatched", (30, 38),
           kanban.withdrawal_kanban, "Withdrawal kanban", keys.withdrawal_kanban),
    Symbol("signal_kanban", "Signal kanban", "batch process", (38, 32),
           kanban.signal_kanban, "Signal kanban", keys.signal_kanban),
    Symbol("kanban_post", "Kanban post", "cards collected here", (27, 37),
           kanban.kanban_post, "Kanban post", keys.kanban_post),
    Symbol("load_levelling", "Load levelling", "volume and mix", (86, 30),
           kanban.load_levelling, "Load levelling", keys.load_levelling),
    Symbol("sequenced_pull", "Sequenced pull", "make exactly this next", (28, 28),
           kanban.sequenced_pull, "Sequenced pull", keys.sequenced_pull),
    Symbol("gate", "Approval gate", "stop until signed off", (36, 36),
           people.gate, "Approval gate", keys.gate),
    Symbol("handoff", "Handoff across teams", "medium in a dark pill", (102, 38),
           _handoff, "Handoff across teams", keys.handoff),
    # marks of a team
    Symbol("kaizen", "Kaizen burst", "numbered, text in the key", (34, 34),
           marks.kaizen, "Kaizen burst", keys.kaizen),
    Symbol("kaizen_text", "Kaizen burst, text", "up to three lines", (98, 70),
           partial(marks.kaizen_text, lines=("Reduce", "batch size")), "Kaizen idea",
           keys.burst_text),
    Symbol("waste", "Waste tag", "inside the data box", (68, 18),
           partial(marks.waste, text="Waiting"), "Waste", keys.waste),
    Symbol("rework", "Rework loop", "share sent back", (94, 46),
           _rework, "Rework, share returned", keys.rework),
    Symbol("connector", "Rework connector", "pairs across rows", (66, 22),
           _connectors, "Paired rework connector", keys.connector),
    Symbol("continuation", "Row continuation", "same number, next row", (78, 20),
           _continuations, "Continues on another row", keys.continuation),
    Symbol("fork", "Fork and join", "parallel branches", (58, 54),
           _fork, "Fork / join", keys.fork),
    Symbol("ladder", "Timeline ladder", "wait high, work low", (104, 66),
           partial(timeline.ladder, texts=("2 h", "3 d", "1 h")),
           "Ladder: wait high, work low", keys.ladder),
    # time, change, teams
    Symbol("heat", "Heat", "share of the lead time", (112, 28),
           timeline.heat_scale, "Waiting: stronger = larger share", keys.heat),
    Symbol("biggest_wait", "Biggest wait", "one per map", (98, 42),
           timeline.biggest_wait, "Biggest wait", keys.biggest),
    Symbol("strip", "Time strip", "to scale, work is taller", (118, 32),
           timeline.time_strip, "Time to scale", keys.strip),
    Symbol("removed_step", "Removed step", "future state", (74, 46),
           change.removed_step, "Removed step", keys.removed),
    Symbol("new_step", "New step", "future state", (74, 60),
           change.new_step, "New step", keys.new),
    Symbol("changed_value", "Changed value", "old struck, new green", (136, 16),
           partial(change.changed_value, old="8 h", new="30 min"), "Changed value", keys.changed),
    Symbol("branch_tag", "Branch tags", "which one sets the date", (106, 46),
           _branches, "Longest branch", keys.branch),
    Symbol("team_ribbon", "Team ribbon", "and the boundary", (120, 38),
           _teams, "Team and boundary", keys.team),
)  # fmt: skip

SYMBOLS: Mapping[str, Symbol] = MappingProxyType({symbol.name: symbol for symbol in _ROWS})

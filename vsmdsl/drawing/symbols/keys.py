"""The small drawings of a legend: every symbol in a space of 44 by 26 around a point."""

from collections.abc import Callable
from functools import partial

from vsmdsl.drawing.scene import Items, Path, Rect
from vsmdsl.drawing.shapes import UP, head, label, line, pill, star
from vsmdsl.drawing.symbols import (
    boxes,
    change,
    flow,
    information,
    kanban,
    marks,
    people,
    stock,
    timeline,
    transport,
)

Key = Callable[[float, float], Items]

KEY_WIDTH, KEY_HEIGHT = 44, 26


def spanning(draw: Callable[..., Items], width: float = 34, **options: object) -> Key:
    """Turn an arrow from `x1` to `x2` into a drawing around a point."""
    return lambda x, y: draw(x - width / 2, x + width / 2, y, **options)


def joining(draw: Callable[..., Items], width: float = 34, **options: object) -> Key:
    """Turn an arrow between two points into a drawing around a point."""
    return lambda x, y: draw((x - width / 2, y), (x + width / 2, y), **options)


def fifo(x: float, y: float) -> Items:
    """Draw the rails with an arrow that stands for the word between them."""
    return (
        *flow.fifo_rails(x - 19, x + 19, y, gap=16),
        line(x - 15, y, x - 4, y, thick=1.6),
        line(x + 3, y, x + 9, y, thick=1.6),
        head(x + 17, y, length=9, width=9),
    )


def shipment(x: float, y: float) -> Items:
    """Draw a short block arrow."""
    ends = ((x - 17, y), (x + 17, y))
    return transport.shipment(ends, shaft=8, length=9, width=17)


def schedule(x: float, y: float) -> Items:
    """Draw the empty label of a schedule."""
    return (Rect(x - 16, y - 7, 32, 14, 2, "card", "info", 1.3, (), "schedule"),)


def handoff(x: float, y: float) -> Items:
    """Draw the dark pill of a handoff."""
    return people.handoff(x, y, lines=("via",))


def rework(x: float, y: float) -> Items:
    """Draw a dashed arrow that comes back."""
    left, right, low = x - 15, x + 15, y + 7
    way = (
        *("M", right, y - 6, "V", low - 6, "Q", right, low, right - 6, low, "H", left + 6),
        *("Q", left, low, left, low - 6, "V", y),
    )
    return (
        Path(way, stroke="rew", thick=1.7, dash=(5, 3)),
        head(left, y - 7, UP, fill="rew", length=8, width=7),
    )


def removed(x: float, y: float) -> Items:
    """Draw the dashed outline of a step that goes."""
    return (change.removed_box(x - 16, y - 9, 32, 18),)


def new(x: float, y: float) -> Items:
    """Draw the green outline of a step that comes."""
    return (Rect(x - 16, y - 9, 32, 18, 2, "goodsoft", "goodln", 2),)


def changed(x: float, y: float) -> Items:
    """Draw an old value struck, a new one in green."""
    return change.changed_value(x + 17, y, old="8", new="2 h")


def fork(x: float, y: float) -> Items:
    """Draw the bar of a fork or join."""
    return (Rect(x - 3, y - 11, 6, 22, 2, "inv", kind="fork"),)


def ladder(x: float, y: float) -> Items:
    """Draw one step up and down of the ladder."""
    way = ("M", x - 17, y + 7, "H", x - 8, "V", y - 7, "H", x + 8, "V", y + 7, "H", x + 17)
    return (
        Rect(x - 8, y - 7, 16, 14, fill="h2"),
        Path(way, stroke="rule", thick=1.8, sharp=True),
    )


def biggest(x: float, y: float) -> Items:
    """Draw the flag of the biggest wait without its words."""
    return timeline.biggest_wait(x, y + 10, text="max")


def team(x: float, y: float) -> Items:
    """Draw a ribbon's end, the boundary, and the next ribbon."""
    return (
        Rect(x - 17, y - 6, 15, 12, 3, "t0"),
        people.boundary(x, y - 10, y + 10),
        Rect(x + 2, y - 6, 15, 12, 3, "t1"),
    )


def branch(x: float, y: float) -> Items:
    """Draw the blue tag of the longest branch."""
    return pill(x, y, "8 d", 10, 700, fill="va", ink="onva", height=17, pad=7)


def process(x: float, y: float) -> Items:
    """Draw a small box with its name area."""
    box = (x - 16, y - 10, 32.0, 20.0)
    return (*boxes.box_back(*box, 10), boxes.box_front(*box))


def data_box(x: float, y: float) -> Items:
    """Draw a small table."""
    lines = tuple(line(x - 16, at, x + 16, at, stroke="rule", thick=1) for at in (y - 3, y + 4))
    return (*lines, boxes.box_front(x - 16, y - 10, 32, 20, thick=1.5))


def control(x: float, y: float) -> Items:
    """Draw a small box with a header."""
    box = (x - 18, y - 9, 36.0, 18.0)
    return (*boxes.box_back(*box, 7), boxes.box_front(*box))


def burst_text(x: float, y: float) -> Items:
    """Draw a burst that has its words in it."""
    return (star(x, y, 17, 12, 16, 0.8), label(x, y, "…", 10.5, 600, fill="onburst"))


push = spanning(flow.push, height=9, tip=9)
plain_flow = spanning(flow.flow)
pull = spanning(lambda x1, x2, y: flow.pull(x1, x2, y + 6, r=6))
electronic = joining(information.electronic, back=12)
manual = joining(information.manual)
inventory = partial(stock.inventory, heat=1, width=26, height=22)
queue_tray = partial(stock.queue_tray, heat=1, width=30)
supermarket = partial(stock.supermarket, width=15, height=18)
safety_stock = partial(stock.safety_stock, width=15, height=18)
withdrawal = partial(flow.withdrawal, r=9)
outside_source = partial(boxes.outside_source, width=34, height=21)
production_kanban = partial(kanban.production_kanban, width=18, height=23)
withdrawal_kanban = partial(kanban.withdrawal_kanban, width=18, height=23)
signal_kanban = partial(kanban.signal_kanban, width=26, height=22)
kanban_post = partial(kanban.kanban_post, scale=0.66)
load_levelling = partial(kanban.load_levelling, width=40, height=14)
sequenced_pull = partial(kanban.sequenced_pull, r=9)
gate = partial(people.gate, r=11)
operator = partial(people.operator, scale=1)
automated = partial(people.automated)
system = partial(information.system, scale=0.72)
verbal = partial(information.verbal, scale=0.8)
go_see = partial(information.go_see, scale=0.9)
truck = partial(transport.truck, scale=0.86)
milk_run = partial(transport.milk_run, scale=0.86)
kaizen = partial(marks.kaizen, r=12)
waste = partial(marks.waste, text="…")
connector = partial(marks.connector, r=9)
continuation = partial(marks.continuation, width=28)
heat = partial(timeline.heat_scale, cell=7, height=12, numbered=False)
strip = partial(timeline.time_strip, scale=0.3)

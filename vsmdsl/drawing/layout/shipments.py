"""Goods in and goods out: block arrows from the supplier and to the customer, with their trucks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vsmdsl.drawing.fonts import ellipsize, widest, wrap
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.gaps import SHELVES_WIDTH
from vsmdsl.drawing.layout.grid import MARGIN, Grid
from vsmdsl.drawing.layout.lanes import Stage
from vsmdsl.drawing.layout.parties import Place
from vsmdsl.drawing.layout.planning import JOIN, Plan
from vsmdsl.drawing.layout.planning.goods import ROUNDS, leader, stated, vehicle_words
from vsmdsl.drawing.scene import Group, Item, Items, Point, Rect
from vsmdsl.drawing.shapes import WIDER, paragraph
from vsmdsl.drawing.symbols.transport import milk_run, shipment, truck
from vsmdsl.model.stream import Shipment

TURN, VEHICLE = 14.0, 13.0  # below the band: where goods turn, and where their truck stands
BESIDE = 41.0  # from an arrow to its truck
HALF_SHAFT = 6.0
NARROW, ROOMY = 46.0, 90.0  # for the name of the customer beside a short arrow


def shipments(grid: Grid, facts: Facts, found: Plan, y: float, stage: Stage) -> Items:
    """Draw the arrows between a row and those outside; `y` is the top of the information band."""
    if stage.row.number and not stage.row.last:
        return ()
    top, end = y + found.caption + found.above, y + found.height
    items: list[Item] = []
    supplier, customer = (leader(found.places, kind) for kind in ("supplier", "customer"))
    if supplier and stage.row.number == 0:
        items.append(_inbound(grid, facts, supplier, found, top, end, stage))
        items += _joined(facts, supplier, found, top, end)
    if customer and stage.row.last:
        if grid.wrapped:
            items.append(_short(grid, facts, found, stage))
        else:
            items.append(_outbound(facts, customer, found, top, end, stage))
            items += _joined(facts, customer, found, top, end)
    return tuple(items)


def _below(place: Place, top: float) -> float:
    return top + place.top + place.height + 14 * len(place.lines) + 12


def _more(found: Plan, kind: str) -> float:
    """How much lower things lie where the goods of several come together above them."""
    return JOIN if any(place.party.kind == kind for place in found.joined) else 0.0


def _inbound(
    grid: Grid, facts: Facts, place: Place, found: Plan, top: float, end: float, stage: Stage
) -> Group:
    left, right = stage.row.edge(0)
    x = min(max(place.x, left + 16), max(right - 16, left + 16))
    foot, lower = stage.lines[0] - 48, _more(found, "supplier")
    if shelf := _shelf(grid, stage):
        way = ((place.x, _below(place, top)), (place.x, stage.lines[0]), shelf)
        vehicle = _vehicle(facts, place, place.x, end + VEHICLE + lower, 1)
        return Group("shipment", (*shipment(way), *vehicle), _title(facts, place))
    points: tuple[Point, ...] = ((place.x, _below(place, top)), (place.x, foot))
    if abs(x - place.x) > 1:
        middle = end + TURN + lower
        points = (points[0], (place.x, middle), (x, middle), (x, foot))
    vehicle = _vehicle(facts, place, max(place.x, x), end + VEHICLE + lower, 1)
    return Group("shipment", (*shipment(points), *vehicle), _title(facts, place))


def _shelf(grid: Grid, stage: Stage) -> Point | None:
    """Where goods turn into the shelves that begin a map, if there is room for that."""
    left, right = stage.row.edge(0)
    shelves = grid.stocked - SHELVES_WIDTH
    x = (left + grid.turn + right - shelves) / 2
    return (x, stage.lines[0]) if grid.turn else None


def _outbound(
    facts: Facts, place: Place, found: Plan, top: float, end: float, stage: Stage
) -> Group:
    start, fy = stage.row.right + 3, stage.lines[0]
    points = ((start, fy), (place.x, fy), (place.x, _below(place, top)))
    at = end + VEHICLE + _more(found, "customer")
    vehicle = _vehicle(facts, place, place.x, at, -1)
    return Group("shipment", (*shipment(points), *vehicle), _title(facts, place))


def _joined(facts: Facts, main: Place, found: Plan, top: float, end: float) -> Iterator[Group]:
    """The arrows of those beside: into the arrow of their leader, or out of it."""
    turn = end + TURN
    for place in found.joined:
        if place.party.kind != main.party.kind:
            continue
        side = HALF_SHAFT + 1 if place.x > main.x else -HALF_SHAFT - 1
        way = ((place.x, _below(place, top)), (place.x, turn), (main.x + side, turn))
        points = way if main.party.kind == "supplier" else way[::-1]
        vehicle = _vehicle(facts, place, place.x, end + VEHICLE + JOIN, 0)
        yield Group("shipment", (*shipment(points), *vehicle), _title(facts, place))


def _title(facts: Facts, place: Place) -> str:
    name = place.party.label or place.party.key
    if place.party.kind == "supplier":
        return facts.say("Shipment from {name}", name=name)
    return facts.say("Shipment to {name}", name=name)


def _vehicle(facts: Facts, place: Place, x: float, y: float, side: int) -> Items:
    """The truck with its words, right (1) or left (-1) of an arrow; another vehicle is named."""
    said = stated(facts, place.party.key, incoming=place.party.kind == "supplier")
    if said is None or not (said.by or said.every or said.label):
        return ()
    lines = wrap(vehicle_words(said, facts), 76, 10.5, 600)[:2]
    wide, high = WIDER * widest(lines, 10.5, 600) + 4, 12.8 * len(lines) + 1
    x += side * max(BESIDE, wide / 2 + HALF_SHAFT + 2)
    icon = _truck(said, x, y)
    if not lines:
        return icon
    middle = y + 26 + 6.4 * (len(lines) - 1)
    ground = Rect(x - wide / 2, middle - high / 2, wide, high, fill="paper")  # lines pass behind
    return (*icon, ground, *paragraph(x, middle, lines, 10.5, 600, fill="ink2"))


def _truck(said: Shipment, x: float, y: float) -> Items:
    if not said.by:
        return ()
    return (milk_run if said.by in ROUNDS else truck)(x, y, scale=0.86)


def _short(grid: Grid, facts: Facts, found: Plan, stage: Stage) -> Group:
    """The end of a wrapped map: a short arrow, and to whom where that has room."""
    customers = [place for place in found.places if place.party.kind == "customer"]
    names = ", ".join(place.party.label or place.party.key for place in customers)
    x, y = stage.row.right + 3, stage.lines[0]
    room = (grid.width - x - 44 - 20) / WIDER
    tip = min(x + 37, grid.width - MARGIN)
    arrow = shipment(((x, y), (tip, y)), shaft=12, length=14, width=24)
    title = facts.say("Shipment to {name}", name=names)
    text = facts.say("to {name}", name=names)
    words: Items = ()  # where there is no room for them, the customer's name stands in the band
    if room >= NARROW:
        lines = _few(wrap(text, min(room, ROOMY), 10.5, 600), min(room, ROOMY), 10.5)
        words = paragraph(x + 43, y, lines, 10.5, 600, anchor="start")
    return Group("shipment", (*arrow, *words), title)


def _few(lines: Sequence[str], room: float, size: float) -> tuple[str, ...]:
    """Three lines at most."""
    if len(lines) <= 3:
        return tuple(lines)
    return (*lines[:2], ellipsize(" ".join(lines[2:]), room, size, 600))

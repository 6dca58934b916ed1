"""Goods in and goods out: block arrows from the supplier and to the customer, with their trucks."""

from __future__ import annotations

from vsmdsl.drawing.fonts import ellipsize, widest, wrap
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import Grid
from vsmdsl.drawing.layout.lanes import Stage
from vsmdsl.drawing.layout.parties import FACTORY_HEIGHT, Place
from vsmdsl.drawing.layout.planning import CAPTION, Plan
from vsmdsl.drawing.scene import Group, Item, Items, Rect
from vsmdsl.drawing.shapes import WIDER, label, paragraph
from vsmdsl.drawing.symbols.transport import milk_run, shipment, truck
from vsmdsl.model.stream import Shipment

ROUNDS = frozenset(("milkrun", "milk_run", "milk-run"))


def shipments(grid: Grid, facts: Facts, found: Plan, y: float, stage: Stage) -> Items:
    """Draw the arrows between a row and those outside; `y` is the top of the information band."""
    first, last = stage.row.number == 0, stage.row.last
    items: list[Item] = []
    suppliers = [place for place in found.places if place.party.kind == "supplier"]
    customers = [place for place in found.places if place.party.kind == "customer"]
    if suppliers and first:
        lowest = max(suppliers, key=lambda place: place.shift)
        items.append(_inbound(facts, lowest, y + CAPTION + found.above, y + found.height, stage))
    if customers and last:
        if grid.wrapped:
            items.append(_short(grid, facts, max(customers, key=lambda place: place.shift), stage))
        else:
            top = y + CAPTION + found.above
            items.append(_outbound(facts, customers[-1], top, y + found.height, stage))
    return tuple(items)


def _below(place: Place, top: float) -> float:
    return top + place.top + FACTORY_HEIGHT + 14 * len(place.lines) + 12


def _inbound(facts: Facts, place: Place, top: float, end: float, stage: Stage) -> Group:
    left, right = stage.row.edge(0)
    x = min(max(place.x, left + 16), max(right - 16, left + 16))
    foot = stage.lines[0] - 48
    points = ((place.x, _below(place, top)), (place.x, foot))
    if abs(x - place.x) > 1:
        middle = end + 14
        points = (points[0], (place.x, middle), (x, middle), (x, foot))  # type: ignore[assignment]
    items: list[Item] = [*shipment(points)]
    stated = _stated(facts, place, incoming=True)
    if stated and (stated.by or stated.every or stated.label):
        items += _vehicle(stated, max(place.x, x) + 41, end + 13)
    party = place.party.label or place.party.key
    return Group("shipment", tuple(items), facts.say("Shipment from {name}", name=party))


def _outbound(facts: Facts, place: Place, top: float, end: float, stage: Stage) -> Group:
    start, fy = stage.row.right + 3, stage.lines[0]
    points = ((start, fy), (place.x, fy), (place.x, _below(place, top)))
    items: list[Item] = [*shipment(points)]
    stated = _stated(facts, place, incoming=False)
    if stated and (stated.by or stated.every or stated.label):
        items += _vehicle(stated, place.x - 40, end + 13)
    party = place.party.label or place.party.key
    return Group("shipment", tuple(items), facts.say("Shipment to {name}", name=party))


def _vehicle(stated: Shipment, x: float, y: float) -> Items:
    """The truck with its words under it; another vehicle is named."""
    text = stated.every or ""
    name = stated.label or ("" if stated.by in ("truck", *ROUNDS) else stated.by)
    words = ", ".join(part for part in (name, text) if part)
    lines = wrap(words, 76, 10.5, 600)[:2]
    icon = milk_run(x, y, scale=0.86) if stated.by in ROUNDS else truck(x, y, scale=0.86)
    if not stated.by:
        icon = ()
    if not lines:
        return icon
    middle = y + 26 + 6.4 * (len(lines) - 1)
    wide, high = WIDER * widest(lines, 10.5, 600) + 4, 12.8 * len(lines) + 1
    ground = Rect(x - wide / 2, middle - high / 2, wide, high, fill="paper")  # lines pass behind
    return (*icon, ground, *paragraph(x, middle, lines, 10.5, 600, fill="ink2"))


def _stated(facts: Facts, place: Place, *, incoming: bool) -> Shipment | None:
    key = place.party.key
    for one in facts.stream.shipments:
        if (one.start == key) if incoming else (key in one.ends):
            return one
    return None


def _short(grid: Grid, facts: Facts, place: Place, stage: Stage) -> Group:
    """The end of a wrapped map: a short arrow and to whom."""
    party = place.party.label or place.party.key
    name = facts.say("to {name}", name=party)
    x, y = stage.row.right + 3, stage.lines[0]
    room = grid.width - x - 44 - 20
    items: list[Item] = [*shipment(((x, y), (x + 37, y)), shaft=12, length=14, width=24)]
    if room > 40:
        lines = wrap(name, min(room, 90), 10.5, 600)[:2]
        items += paragraph(x + 43, y, lines, 10.5, 600, anchor="start")
    elif room > 14:
        items.append(label(x + 43, y, ellipsize(name, room, 10.5, 600), 10.5, 600, anchor="start"))
    return Group("shipment", tuple(items), facts.say("Shipment to {name}", name=party))

"""Which suppliers and customers have a block arrow of their own, and what is said of the others.

The arrow of the lowest of each side leads to the stream. Those beside it join that arrow, unless a
schedule comes down between them; what cannot be drawn stands in the list of messages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from vsmdsl.drawing.layout import words
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import Grid
from vsmdsl.drawing.layout.parties import Place
from vsmdsl.drawing.layout.planning.shape import Message
from vsmdsl.model.stream import Info, Shipment
from vsmdsl.record import replace

GOODS = "shipment"  # by what means: as goods, in the list of messages
REACH = 50.0  # half the room of a truck with its words
ROUNDS = frozenset(("milkrun", "milk_run", "milk-run"))


def leader(found: Sequence[Place], kind: str) -> Place | None:
    """The supplier or customer whose arrow leads to the stream."""
    side = [place for place in found if place.party.kind == kind]
    if not side:
        return None
    lowest = max(place.shift for place in side)
    return [place for place in side if place.shift == lowest][0 if kind == "supplier" else -1]


def joined(grid: Grid, found: Sequence[Place], drops: Collection[float]) -> tuple[Place, ...]:
    """Those beside a leader whose arrow can join its own; `drops` is where schedules come down."""
    done: list[Place] = []
    for kind in ("supplier", "customer"):
        first = leader(found, kind)
        if first is None or not grid.columns or (kind == "customer" and grid.wrapped):
            continue
        beside = [
            place
            for place in found
            if place.party.kind == kind and place.shift == first.shift and place is not first
        ]
        xs = [place.x for place in (first, *beside)]
        if not any(min(xs) - REACH < x < max(xs) + REACH for x in drops):
            done += beside
    return tuple(done)


def shafts(grid: Grid, found: Sequence[Place]) -> tuple[float, ...]:
    """Where block arrows pass through the band, at most."""
    lowest = max((place.shift for place in found), default=0.0)
    kinds = ("supplier",) if grid.wrapped else ("supplier", "customer")
    below = [place for place in found if place.shift == lowest] if grid.columns else []
    return tuple(place.x for place in below if place.party.kind in kinds)


def carried(grid: Grid, facts: Facts, found: Sequence[Place]) -> bool:
    """Whether trucks, or words in their place, stand between the band and the first row."""
    kinds = ("supplier",) if grid.wrapped else ("supplier", "customer")
    sides = ((leader(found, kind), kind == "supplier") for kind in kinds)
    said = (stated(facts, one.party.key, incoming=goes_in) for one, goes_in in sides if one)
    return any(one and (one.by or one.every or one.label) for one in said)


def listed(
    grid: Grid, facts: Facts, found: Sequence[Place], drawn: Collection[Place]
) -> Iterator[Message]:
    """The shipments that are not drawn, as messages."""
    names = {place.party.key: place.party.label or place.party.key for place in found}
    labels = facts.analysis.labels
    cells = [cell for cell in grid.net.cells if cell.step and not cell.lane]
    leaders = (leader(found, kind) for kind in ("supplier", "customer"))
    seen = {one.party.key for one in (*drawn, *leaders) if one}
    for place in found:
        kind, key = place.party.kind, place.party.key
        plain = kind == "control" or (kind == "customer" and grid.wrapped)
        if plain or key in seen:
            continue
        incoming = kind == "supplier"
        one = stated(facts, key, incoming=incoming)
        near = cells[:1] if incoming else cells[-1:]
        keys = [cell.step.key for cell in near if cell.step]
        if one:
            keys = [*one.ends] if incoming else [one.start]
        other = ", ".join(labels.get(end, end) for end in keys)
        ends = (names[key], other) if incoming else (other, names[key])
        if other:
            yield Message(_as_info(place, one, facts), *ends)


def stated(facts: Facts, key: str, *, incoming: bool) -> Shipment | None:
    """What the map says of the goods from a supplier, or to a customer."""
    if ("goods", incoming) not in facts.memo:
        said = reversed(facts.stream.shipments)  # of two, the first
        ends = (((one.start,) if incoming else one.ends, one) for one in said)
        facts.memo["goods", incoming] = {end: one for keys, one in ends for end in keys}
    found: Shipment | None = facts.memo["goods", incoming].get(key)
    return found


def vehicle_words(one: Shipment, facts: Facts) -> str:
    """How goods travel and how often, where a truck need not be named."""
    name = one.label or ("" if one.by in ("truck", *ROUNDS) else one.by)
    often = words.rhythm(one.every or "", name, facts.wording)
    return ", ".join(part for part in (name, often) if part)


def _as_info(place: Place, one: Shipment | None, facts: Facts) -> Info:
    key = one.key if one else f"goods-{place.party.key}"
    span = one.span if one else place.party.span
    info = Info(key=key, label="", start="", ends=(), by=GOODS, every="", span=span)
    if one is None:
        return info
    said = vehicle_words(one, facts) or ("milk run" if one.by in ROUNDS else one.by)
    return replace(info, label=said)

"""Who stands in the information band: suppliers left, customers right, those who plan between."""

from __future__ import annotations

from collections.abc import Sequence

from vsmdsl.drawing.fonts import ellipsize, widest, wrap
from vsmdsl.drawing.layout import words
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import MARGIN, OUTSIDE
from vsmdsl.drawing.scene import Group, Item, Items
from vsmdsl.drawing.shapes import label
from vsmdsl.drawing.symbols.boxes import control, outside_source
from vsmdsl.model.stream import Party
from vsmdsl.record import record

FACTORY_WIDTH, FACTORY_HEIGHT = 116.0, 70.0
NARROW_PAGE, NARROW_FACTORY, ARROW = 640.0, 100.0, 62.0  # where arrows have little room
CONTROL_WIDTH, CONTROL_MOST = 150.0, 220.0
HEADER, LINE, BODY = 29.0, 15.0, 13.0
BESIDE = 140.0


@record
class Place:
    """Where a party stands; `lines` are its data or its text."""

    party: Party
    x: float
    top: float  # below the top of the factories
    width: float
    height: float
    lines: tuple[str, ...]

    @property
    def left(self) -> float:
        """Its left side."""
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        """Its right side."""
        return self.x + self.width / 2


def places(facts: Facts, width: float, first: float) -> tuple[Place, ...]:
    """Find the place of every party, from left to right; `first` is the inbound column's middle."""
    sides = {
        kind: [party for party in facts.stream.parties if party.kind == kind]
        for kind in ("supplier", "customer", "control")
    }
    wide = NARROW_FACTORY if width < NARROW_PAGE else FACTORY_WIDTH
    suppliers = [
        _factory(facts, party, first + BESIDE * index, wide)
        for index, party in enumerate(sides["supplier"])
    ]
    end = width - MARGIN - OUTSIDE / 2
    count = len(sides["customer"])
    customers = [
        _factory(facts, party, end - BESIDE * (count - 1 - index), wide)
        for index, party in enumerate(sides["customer"])
    ]
    left = suppliers[-1].right if suppliers else MARGIN
    right = customers[0].left if customers else width - MARGIN
    return (*suppliers, *_controls(sides["control"], left, right), *customers)


def _factory(facts: Facts, party: Party, x: float, width: float) -> Place:
    return Place(party, x, 0.0, width, FACTORY_HEIGHT, _data(facts, party))


def _data(facts: Facts, party: Party) -> tuple[str, ...]:
    """What is known of a supplier or customer, the demand first, the takt last."""
    lines: list[str] = []
    demand = party.demand
    takt = facts.analysis.metrics.get("takt_time") if party.kind == "customer" else None
    if demand is None and party.kind == "customer":
        demand = facts.stream.settings.demand
    if demand is not None:
        lines.append(words.rate(demand))
        if demand.count.variants:
            lines.append(" · ".join(words.count(demand.count)))
    more = [f"pack {words.number(party.pack.amount)}"] if party.pack else []
    more += [f"{words.number(party.shifts.amount)} shifts"] if party.shifts else []
    lines += [" · ".join(more)] if more else []
    lines += [party.system] if party.system else []
    lines += [f"{key} {value}".strip() for key, value in party.rows]
    if takt is not None and takt.value:
        lines.append(f"takt {facts.work(takt.value, takt.unit)}")
    return tuple(ellipsize(line, 150, 10.5, 600) for line in lines)


def _controls(found: Sequence[Party], left: float, right: float) -> list[Place]:
    if not found:
        return []
    room = (right - left) / len(found)
    most = max(min(room - 2 * ARROW, CONTROL_MOST), 90.0)
    done = []
    for index, party in enumerate(found):
        lines = [line for text in _texts(party) for line in wrap(text, most - 20, 10.5)]
        name = widest((party.label or party.key,), 13.5, 700) + 44
        wide = min(max(CONTROL_WIDTH, name, widest(lines, 11) + 24), most)
        height = HEADER + LINE * len(lines) + BODY
        x = left + room * (index + 0.5)
        done.append(Place(party, x, 14.0, wide, height, tuple(lines)))
    return done


def _texts(party: Party) -> tuple[str, ...]:
    return (
        *((party.system,) if party.system else ()),
        *(f"{k} {v}".strip() for k, v in party.rows),
    )


def data_lines(found: Sequence[Place]) -> int:
    """How many lines stand under the factories at most."""
    return max((len(p.lines) for p in found if p.party.kind != "control"), default=0)


def draw_place(place: Place, y: float) -> Items:
    """Draw one party; `y` is the top of the factories."""
    party, name = place.party, place.party.label or place.party.key
    if party.kind == "control":
        shown = ellipsize(name, place.width - 20, 13.5, 700)
        drawn = control(
            place.x,
            y + place.top + place.height / 2,
            name=shown,
            lines=place.lines,
            width=place.width,
            size=13.5,
        )
    else:
        drawn = _drawn_factory(place, name, y)
    return (Group(party.kind, drawn, name, f"{party.kind}-{party.key}", party.url),)


def _drawn_factory(place: Place, name: str, y: float) -> Items:
    lines = wrap(name, place.width - 10, 12.5, 700)
    if len(lines) > 3:
        lines = (*lines[:2], ellipsize(" ".join(lines[2:]), place.width - 10, 12.5, 700))
    items: list[Item] = [
        *outside_source(place.x, y + FACTORY_HEIGHT / 2, width=place.width, lines=lines)
    ]
    for row, text in enumerate(place.lines):
        weight, fill = (600, "ink") if row == 0 else (400, "ink2")
        at = y + FACTORY_HEIGHT + 11.2 + 14 * row
        items.append(label(place.x, at, text, 10.5, weight, fill=fill))
    return tuple(items)

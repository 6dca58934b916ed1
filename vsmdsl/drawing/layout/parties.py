"""Who stands in the information band: suppliers left, customers right, those who plan between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vsmdsl.drawing.fonts import ellipsize, widest, wrap
from vsmdsl.drawing.layout import words
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import BESIDE, MARGIN, OUTSIDE
from vsmdsl.drawing.scene import Group, Item, Items
from vsmdsl.drawing.shapes import WIDER, label, text_room
from vsmdsl.drawing.symbols.boxes import control, outside_source
from vsmdsl.model.stream import Party
from vsmdsl.record import record, replace

FACTORY_WIDTH, FACTORY_HEIGHT, LOW_FACTORY = 116.0, 70.0, 58.0
NARROW_PAGE, NARROW_FACTORY = 640.0, 100.0
ARROW, TOUCH = 62.0, 24.0  # beside a control box, with arrows there and without
CONTROL_WIDTH, CONTROL_MOST = 150.0, 220.0
HEADER, LINE, BODY = 29.0, 15.0, 13.0
PLANNER_LEAST, APART = 190.0, 60.0  # what stands between suppliers and customers needs
DATA = 126.0  # so that the lines of neighbours stay apart
ALONE = 150.0  # less than this, and planners stand in a tier of their own
UNDER = 22.0  # between two tiers


@record
class Place:
    """Where a party stands; `lines` are its data or its text."""

    party: Party
    x: float
    top: float  # below the top of the band's factories
    width: float
    height: float
    lines: tuple[str, ...]
    shift: float = 0.0  # how far its tier lies below the uppermost one

    @property
    def left(self) -> float:
        """Its left side."""
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        """Its right side."""
        return self.x + self.width / 2


Sides = Mapping[str, Sequence[Party]]  # by kind


def places(facts: Facts, width: float, first: float, *, tight: bool = False) -> tuple[Place, ...]:
    """Find the place of every party, from left to right; `first` is the inbound column's middle.

    Where they have no room side by side, they stand in tiers, the first of each kind lowest.
    """
    sides = {
        kind: [party for party in facts.stream.parties if party.kind == kind]
        for kind in ("supplier", "control", "customer")
    }
    found: list[Place] = []
    shift = 0.0
    for tier in _tiers(sides, width, first) if facts.stream.parties else ():
        abreast = _abreast(facts, tier, width, first, factory_height(tight=tight))
        found += (replace(place, top=place.top + shift, shift=shift) for place in abreast)
        shift += UNDER + max(p.top + p.height + 14 * _data_lines(p) for p in abreast)
    return tuple(found)


def _tiers(sides: Sides, width: float, first: float) -> list[Sides]:
    """Who stands side by side, from the uppermost tier down."""
    left, right = _between(sides, width, first)
    controls = len(sides["control"])
    if right - left >= (PLANNER_LEAST * controls if controls else APART):
        return [sides]
    most = max(len(side) for side in sides.values())
    tiers = [{kind: side[at : at + 1] for kind, side in sides.items()} for at in range(most)]
    left, right = _between(tiers[0], width, first)
    if right - left < ALONE and controls:
        outside = [{**tier, "control": []} for tier in tiers]
        alone: Sides = {"supplier": (), "control": (), "customer": ()}
        tiers = [{**alone, "control": [one]} for one in sides["control"]]
        tiers += [tier for tier in outside if tier["supplier"] or tier["customer"]]
    return list(reversed(tiers))


def _between(sides: Sides, width: float, first: float) -> tuple[float, float]:
    """Where suppliers end and customers begin."""
    half = _factory_width(width) / 2
    left = first + BESIDE * (len(sides["supplier"]) - 1) + half if sides["supplier"] else MARGIN
    right = width - MARGIN
    if sides["customer"]:
        right -= OUTSIDE / 2 + BESIDE * (len(sides["customer"]) - 1) + half
    return left, right


def _abreast(
    facts: Facts, sides: Sides, width: float, first: float, high: float
) -> tuple[Place, ...]:
    """Those of one tier, side by side."""
    wide = _factory_width(width)
    end = width - MARGIN - OUTSIDE / 2 - BESIDE * (len(sides["customer"]) - 1)
    suppliers = (
        _factory(facts, party, first + BESIDE * index, wide, high)
        for index, party in enumerate(sides["supplier"])
    )
    customers = (
        _factory(facts, party, end + BESIDE * index, wide, high)
        for index, party in enumerate(sides["customer"])
    )
    left, right = _between(sides, width, first)
    return (*suppliers, *_controls(sides["control"], left, right), *customers)


def _factory_width(width: float) -> float:
    return NARROW_FACTORY if width < NARROW_PAGE else FACTORY_WIDTH


def factory_height(*, tight: bool = False) -> float:
    """How high factories are, on a page a little lower."""
    return LOW_FACTORY if tight else FACTORY_HEIGHT


def _factory(facts: Facts, party: Party, x: float, width: float, high: float) -> Place:
    return Place(party, x, 0.0, width, high, _data(facts, party))


def _data(facts: Facts, party: Party) -> tuple[str, ...]:
    """What is known of a supplier or customer, the demand first, the takt last."""
    lines: list[str] = []
    demand = party.demand
    takt = facts.analysis.metrics.get("takt_time") if tells_takt(party, facts) else None
    if demand is None and party.kind == "customer":
        demand = facts.stream.settings.demand
    if demand is not None:
        lines.append(words.rate(demand, facts.wording))
        if demand.count.variants:
            lines.append(" · ".join(words.count(demand.count, facts.wording)))
    more = []
    if party.pack:
        pack = words.number(party.pack.amount, facts.wording)
        more.append(facts.say("pack {number}", number=pack))
    if party.shifts:
        shifts = words.number(party.shifts.amount, facts.wording)
        more.append(facts.say("{number} shifts", number=shifts))
    lines += [" · ".join(more)] if more else []
    lines += [party.system] if party.system else []
    lines += [f"{key} {value}".strip() for key, value in party.rows]
    if takt is not None and takt.value:
        lines.append(facts.say("takt {time}", time=facts.work(takt.value, takt.unit)))
    return tuple(ellipsize(line, DATA, 10.5, 600) for line in lines)


def tells_takt(party: Party, facts: Facts) -> bool:
    """Whether the takt stands under a party; on a map of inventories it is a headline figure."""
    return party.kind == "customer" and not facts.inventory


def _controls(found: Sequence[Party], left: float, right: float) -> list[Place]:
    if not found:
        return []
    room = (right - left) / len(found)
    air = ARROW if room - 2 * ARROW >= CONTROL_WIDTH else TOUCH  # the arrows are listed then
    most = max(min(room - 2 * air, CONTROL_MOST), 90.0)
    done = []
    inner = min(most - 20, text_room(most))
    for index, party in enumerate(found):
        lines = [line for text in _texts(party) for line in wrap(text, inner, 10.5)]
        name = widest((party.label or party.key,), 13.5, 700) + 44
        data = max(widest(lines, 11) + 24, WIDER * widest(lines, 10.5) + 4)
        wide = min(max(CONTROL_WIDTH, name, data), most)
        height = HEADER + LINE * len(lines) + BODY
        x = left + room * (index + 0.5)
        done.append(Place(party, x, 14.0, wide, height, tuple(lines)))
    return done


def _texts(party: Party) -> tuple[str, ...]:
    return (
        *((party.system,) if party.system not in ("", party.label) else ()),
        *(f"{k} {v}".strip() for k, v in party.rows),
    )


def data_lines(found: Sequence[Place]) -> int:
    """How many lines stand under the factories of the lowest tier at most."""
    lowest = max((place.shift for place in found), default=0.0)
    return max((_data_lines(place) for place in found if place.shift == lowest), default=0)


def _data_lines(place: Place) -> int:
    """How many lines stand under a party; those of a control box stand in it."""
    return 0 if place.party.kind == "control" else len(place.lines)


def draw_place(place: Place, y: float) -> Items:
    """Draw one party; `y` is the top of the factories."""
    party, name = place.party, place.party.label or place.party.key
    if party.kind == "control":
        shown = ellipsize(name, min(place.width - 20, text_room(place.width)), 13.5, 700)
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
    lines, most = wrap(name, place.width - 10, 12.5, 700), 3 if place.height > LOW_FACTORY else 2
    if len(lines) > most:
        rest = ellipsize(" ".join(lines[most - 1 :]), place.width - 10, 12.5, 700)
        lines = (*lines[: most - 1], rest)
    y += place.top
    items: list[Item] = [
        *outside_source(
            place.x, y + place.height / 2, width=place.width, height=place.height, lines=lines
        )
    ]
    for row, text in enumerate(place.lines):
        weight, fill = (600, "ink") if row == 0 else (400, "ink2")
        at = y + place.height + 11.2 + 14 * row
        items.append(label(place.x, at, text, 10.5, weight, fill=fill))
    return tuple(items)

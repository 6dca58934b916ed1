"""Who tells whom what: every arrow of information sorted by where it goes, with room found for it.

The band is planned before the rows are laid out, and drawn when the tops of the steps are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from vsmdsl.drawing.fonts import ellipsize
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import MARGIN, Grid
from vsmdsl.drawing.layout.parties import FACTORY_HEIGHT, Place, data_lines, places
from vsmdsl.drawing.symbols.information import (
    schedule_width,
)
from vsmdsl.model.stream import Info
from vsmdsl.record import field, record, replace

CAPTION, BUS = 34.0, 34.0
SPREAD = 38.0
FLASH_LEAST = 60.0
MIDDLE = 43.0  # from the top of the factories to the middle of the lateral arrows
BRIDGE, SHORT_BRIDGE = 58.0, 30.0


@record
class Lateral:
    """An arrow between two parties that stand side by side, in one of several places."""

    info: Info
    start: Place
    end: Place
    offset: float


@record
class Over:
    """An arrow between two parties with another one between them; it runs above."""

    info: Info
    start: Place
    end: Place
    level: int


@record
class Net:
    """Information from a party to steps of the first row, or back (`up`)."""

    info: Info
    party: Place
    cells: tuple[int, ...]
    up: bool
    level: int = 0  # which bus; 0 is the lowest
    port: float = 0.0
    label_x: float = 0.0
    text: str = ""
    run: float = 0.0  # how far below the party a lone arrow turns aside; 0 where it takes a bus


@record
class Plan:
    """What stands in the band, and how high it is."""

    places: tuple[Place, ...] = ()
    laterals: tuple[Lateral, ...] = ()
    overs: tuple[Over, ...] = ()
    nets: tuple[Net, ...] = ()
    xs: Mapping[tuple[str, int], float] = field(default_factory=dict)  # info, cell → x
    drops: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # step → labels
    loops: tuple[tuple[Info, int, int], ...] = ()
    sights: tuple[tuple[Info, Place], ...] = ()  # who goes and looks, and where from
    above: float = 0.0
    inner: float = FACTORY_HEIGHT
    buses: int = 0

    @property
    def height(self) -> float:
        """The height of the band."""
        data = max(14.0 * data_lines(self.places) + 16, 20.0)
        return CAPTION + self.above + self.inner + data + BUS * self.buses

    @property
    def bridge(self) -> float:
        """The room between band and rows."""
        outside = any(place.party.kind != "control" for place in self.places)
        return BRIDGE if outside or self.nets else SHORT_BRIDGE


def words_of(info: Info) -> str:
    """The label of an arrow, with how often."""
    every = info.every
    if every and every[0].isdigit() and "/" not in every:
        every = f"every {every}"
    return ", ".join(part for part in (info.label, every) if part)


def plan(grid: Grid, facts: Facts) -> Plan:
    """Sort all information by where it goes, and find room for it."""
    first = sum(grid.rows[0].edge(0)) / 2 if grid.columns else MARGIN + 59
    found = places(facts, grid.width, max(first, MARGIN + 59) if grid.inbound else MARGIN + 59)
    sorter = _Sorter(grid, facts, found)
    for info in facts.stream.infos:
        sorter.sort(info)
    # Without anybody outside there is no band, but loops between steps are drawn all the same.
    return sorter.plan() if found else Plan(loops=tuple(sorter.loops))


class _Sorter:
    def __init__(self, grid: Grid, facts: Facts, found: Sequence[Place]) -> None:
        self.grid, self.facts, self.found = grid, facts, tuple(found)
        self.order = {place.party.key: at for at, place in enumerate(found)}
        self.cells = {
            thing.key: cell
            for cell in grid.net.cells
            for thing in (cell.step, *cell.holds)
            if thing is not None
        }
        self.sides: dict[tuple[int, int], list[tuple[Info, int, int]]] = {}
        self.over: list[tuple[Info, int, int]] = []
        self.nets: list[Net] = []
        self.drops: dict[str, tuple[str, ...]] = {}
        self.loops: list[tuple[Info, int, int]] = []
        self.sights: list[tuple[Info, int]] = []

    def sort(self, info: Info) -> None:
        """Parties get lateral arrows, steps a net, a step of another row a drop of its own."""
        start = self.order.get(info.start)
        steps: list[int] = []
        for key in info.ends:
            end, cell = self.order.get(key), self.cells.get(key)
            if start is not None and end is not None:
                self.between(info, start, end)
            elif start is not None and cell is not None and info.by == "gosee":
                self.sights.append((info, start))
            elif start is not None and cell is not None:
                if self.reachable(cell.index):
                    steps.append(cell.index)
                else:
                    self.drops[key] = (*self.drops.get(key, ()), words_of(info))
            elif end is not None and info.start in self.cells:
                index = self.cells[info.start].index
                if self.reachable(index):
                    self.nets.append(Net(info, self.found[end], (index,), True))
            elif cell is not None and info.start in self.cells:
                self.loops.append((info, self.cells[info.start].index, cell.index))
        if start is not None and steps:
            self.nets.append(Net(info, self.found[start], tuple(steps), False))

    def reachable(self, cell: int) -> bool:
        """The bus reaches what stands on the main line of the first row."""
        row = self.grid.rows[0]
        return row.holds(self.grid.ranks[cell]) and not self.grid.net.cells[cell].lane

    def between(self, info: Info, start: int, end: int) -> None:
        if abs(start - end) == 1:
            self.sides.setdefault((min(start, end), max(start, end)), []).append((info, start, end))
        elif start != end:
            self.over.append((info, start, end))

    def plan(self) -> Plan:
        laterals = tuple(
            Lateral(info, self.found[one], self.found[two], SPREAD * (at - (len(pair) - 1) / 2))
            for pair in self.sides.values()
            for at, (info, one, two) in enumerate(pair)
        )
        overs = tuple(
            Over(info, self.found[one], self.found[two], at)
            for at, (info, one, two) in enumerate(self.over)
        )
        most = max((len(pair) for pair in self.sides.values()), default=0)
        tallest = max((p.top + p.height for p in self.found), default=0.0)
        inner = max(FACTORY_HEIGHT, SPREAD * (most - 1) + 36, tallest - 24)
        nets, xs, buses = self.routed()
        above = 26.0 * len(overs) + (4 if overs else 0)
        found = self.found
        extra = max(0.0, SPREAD * (most - 2) / 2)
        return Plan(
            found,
            laterals,
            overs,
            nets,
            xs,
            self.drops,
            tuple(self.loops),
            tuple((info, self.found[at]) for info, at in self.sights),
            above + extra,
            inner,
            buses,
        )

    def routed(self) -> tuple[tuple[Net, ...], dict[tuple[str, int], float], int]:
        """Give every net a port, the x of its drops, and a bus of its own or one it can share."""
        nets = sorted(self.nets, key=lambda net: (-len(net.cells), net.info.span.start))
        by_cell: dict[int, list[str]] = {}
        for net in nets:
            for cell in net.cells:
                by_cell.setdefault(cell, []).append(net.info.key)
        xs = {
            (key, cell): self.middle(cell) + 30 * (at - (len(keys) - 1) / 2)
            for cell, keys in by_cell.items()
            for at, key in enumerate(keys)
        }
        done: list[Net] = []
        buses: list[list[tuple[float, float]]] = []
        for net in nets:
            port = self.port(net, [one for one in done if one.party is net.party])
            aside = self.aside(net, xs, buses, [one for one in done if one.run])
            if aside:
                done.append(aside)
                continue
            ends = [xs[net.info.key, cell] for cell in net.cells]
            half = schedule_width(words_of(net.info)) / 2 if words_of(net.info) else 0.0
            middle = self.label_x(port, ends, half)
            span = min([port, *ends, middle - half]) - 8, max([port, *ends, middle + half]) + 8
            level = 0
            while level < len(buses) and any(a < span[1] and span[0] < b for a, b in buses[level]):
                level += 1
            if level == len(buses):
                buses.append([])
            buses[level].append(span)
            done.append(replace(net, level=level, port=port, label_x=middle))
        return self.labelled(done, xs), xs, len(buses)

    def labelled(self, nets: Sequence[Net], xs: Mapping[tuple[str, int], float]) -> tuple[Net, ...]:
        """Move a label along its bus to where no other arrow passes; cut it if it must be."""
        done = []
        for net in nets:
            text = words_of(net.info)
            if net.run or not text:
                done.append(replace(net, text=text))
                continue
            own = sorted([net.port, *(xs[net.info.key, cell] for cell in net.cells)])
            passing = [x for one in nets if one is not net for x in self.crossing(one, net, xs)]
            spots = [net.label_x, *((a + b) / 2 for a, b in pairwise(own)), *own]
            done.append(_fitted(net, text, spots, passing, self.grid.width))
        return tuple(done)

    def crossing(self, one: Net, net: Net, xs: Mapping[tuple[str, int], float]) -> Iterator[float]:
        """Where another arrow passes the height of this one's bus."""
        if one.level < net.level and not one.run:
            yield one.port
        if one.level > net.level or one.run:
            yield from (xs[one.info.key, cell] for cell in one.cells)

    def aside(
        self,
        net: Net,
        xs: Mapping[tuple[str, int], float],
        buses: list[list[tuple[float, float]]],
        before: Sequence[Net],
    ) -> Net | None:
        """A lone arrow may turn right below its planner and carry its label on its way down."""
        if len(net.cells) != 1 or not buses or net.up or net.party.party.kind != "control":
            return None
        x, place = xs[net.info.key, net.cells[0]], net.party
        half = schedule_width(words_of(net.info)) / 2 + 8
        right = x > place.x
        port = place.right - 22 if right else place.left + 22
        same = any(one.party is place and (one.port > place.x) == right for one in before)
        free = not any(a < x + half and x - half < b for a, b in buses[0])
        under = any(p.left - 12 < x < p.right + 12 for p in self.found if p is not place)
        inside = not under and x - half > MARGIN and x + half < self.grid.width - MARGIN
        if same or not free or not inside or abs(x - place.x) < place.width / 2 + 20:
            return None
        buses[0].append((x - half, x + half))
        return replace(net, port=port, label_x=x, run=15.0)

    def label_x(self, port: float, ends: Sequence[float], half: float) -> float:
        """The label sits under its source, or on its own drop where that is far away."""
        low, high = MARGIN + half, self.grid.width - MARGIN - half
        if len(ends) > 1 or abs(ends[0] - port) < 2 * half + 40:
            return min(max(port, low), high)
        return min(max((ends[0] + port) / 2, low), high)

    def middle(self, cell: int) -> float:
        left, right = self.grid.rows[0].edge(self.grid.ranks[cell])
        return (left + right) / 2

    def port(self, net: Net, before: Sequence[Net]) -> float:
        place = net.party
        if place.party.kind != "control":
            return place.right + 14 if place.party.kind == "supplier" else place.left - 14
        half = place.width / 2 - 22
        return place.x + (0.0, half, -half, half / 2, -half / 2)[len(before) % 5]


def _fitted(
    net: Net, text: str, spots: Sequence[float], passing: Sequence[float], width: float
) -> Net:
    half = schedule_width(text) / 2 + 4
    for x in spots:
        inside = MARGIN + half <= x <= width - MARGIN - half
        if inside and not any(abs(x - one) < half for one in passing):
            return replace(net, label_x=x, text=text)
    edges = sorted([MARGIN, *passing, width - MARGIN])
    near = [pair for pair in pairwise(edges) if pair[0] <= net.port <= pair[1]] or [(0.0, 0.0)]
    left, right = max(near, key=lambda pair: pair[1] - pair[0])
    room = min(2 * half, right - left) - 8
    shown = ellipsize(text, max(room - 18, 0) / 1.06, 10.5, 500)
    half = schedule_width(shown) / 2 + 4
    return replace(net, label_x=min(max(net.port, left + half), right - half), text=shown)

"""Every arrow of information sorted by where it goes: sideways, over, by a bus, on its own."""

from __future__ import annotations

from collections.abc import Sequence

from vsmdsl.drawing.layout.cells import Cell
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import MARGIN, Grid
from vsmdsl.drawing.layout.messages import list_height
from vsmdsl.drawing.layout.parties import NARROW_PAGE, Place, data_lines, factory_height
from vsmdsl.drawing.layout.planning import goods
from vsmdsl.drawing.layout.planning.nets import Router
from vsmdsl.drawing.layout.planning.shape import (
    ICONIC,
    SPREAD,
    WIDE_SPREAD,
    Lateral,
    Message,
    Net,
    Over,
    Plan,
    words_of,
)
from vsmdsl.model.stream import Info

LEAST_BESIDE = 62.0  # between two parties, so that the words of an arrow can be read
MOST_BESIDE = 2  # arrows between two neighbours, where those under them are near
SIGHT, SIGHT_UNDER = 136.0, 48.0  # room for the glasses with their words beside and below


class Sorter:
    """Sorts one arrow after the other, then makes the plan of the band."""

    def __init__(
        self, grid: Grid, facts: Facts, found: Sequence[Place], tight: bool = False
    ) -> None:
        self.grid, self.facts, self.found, self.tight = grid, facts, tuple(found), tight
        self.lowest_shift = max((place.shift for place in found), default=0.0)
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
        self.listed: dict[str, tuple[Info, list[str]]] = {}

    def sort(self, info: Info) -> None:
        """Parties get lateral arrows, steps a net, a step of another row a drop of its own."""
        start, steps = self.order.get(info.start), list[int]()
        for key in info.ends:
            end, cell = self.order.get(key), self.cells.get(key)
            if start is not None and end is not None:
                self.between(info, start, end)
            elif start is not None and cell is not None:
                steps += self.down(info, start, cell, key)
            elif info.start in self.cells:
                self.back(info, self.cells[info.start], end, cell, key)
        if start is not None and steps:
            self.nets.append(Net(info, self.found[start], tuple(steps), False))

    def down(self, info: Info, start: int, cell: Cell, key: str) -> tuple[int, ...]:
        """From a party to a step: by the bus, else by a drop over the step, else in the list."""
        if info.by == "gosee":
            self.sight(info, start, key)
            return ()
        if self.reachable(cell.index) and self.lowest(start):
            return (cell.index,)
        if cell.step:
            self.drops[key] = (*self.drops.get(key, ()), words_of(info))
        if not cell.step or not self.lowest(start):
            self.list(info, key)
        return ()

    def back(self, info: Info, start: Cell, end: int | None, cell: Cell | None, key: str) -> None:
        """From a step to a party, or to another step."""
        if end is not None and self.reachable(start.index) and self.lowest(end):
            self.nets.append(Net(info, self.found[end], (start.index,), True))
        elif end is not None:
            self.list(info, key)
        elif cell is not None:
            self.loop(info, start, cell)

    def reachable(self, cell: int) -> bool:
        """The bus reaches what stands on the main line of the first row."""
        row = self.grid.rows[0]
        return row.holds(self.grid.ranks[cell]) and not self.grid.net.cells[cell].lane

    def lowest(self, at: int) -> bool:
        """Whether nobody stands between a party and the rows."""
        return self.found[at].shift == self.lowest_shift

    def list(self, info: Info, key: str) -> None:
        """What finds no way is said in words."""
        self.listed.setdefault(info.key, (info, []))[1].append(key)

    def loop(self, info: Info, start: Cell, end: Cell) -> None:
        """A card travels back over the boxes of one row; between rows and branches it is listed."""
        rows = {self.grid.row_of(start.index), self.grid.row_of(end.index)}
        if len(rows) > 1 or start.lane or end.lane or start.index == end.index:
            self.list(info, end.step.key if end.step else end.holds[0].key)
        else:
            self.loops.append((info, start.index, end.index))

    def between(self, info: Info, start: int, end: int) -> None:
        """An arrow to a neighbour runs sideways, any other one above."""
        one, two = sorted((start, end))
        left, right = self.found[one], self.found[two]
        beside = self.sides.get((one, two), [])
        close = self.tiers or self.grid.width < NARROW_PAGE
        full = len(beside) >= MOST_BESIDE and close
        if start == end or left.shift != right.shift or (two - one > 1 and self.tiers) or full:
            self.list(info, self.found[end].party.key)
        elif two - one > 1:
            self.over.append((info, start, end))
        elif right.left - left.right < LEAST_BESIDE:
            self.list(info, self.found[end].party.key)
        else:
            self.sides.setdefault((one, two), []).append((info, start, end))

    def crowded(self, net: Net) -> bool:
        """Whether a net would leave a factory where several arrows begin or end already."""
        kind, at = net.party.party.kind, self.order[net.party.party.key]
        side = {"supplier": 0, "customer": 1}.get(kind)
        if side is None:
            return False
        return any(pair[side] == at and len(some) > 1 for pair, some in self.sides.items())

    def uncrowded(self) -> Sequence[Net]:
        """The nets that find a way; what the others say is listed."""
        kept = []
        for net in self.nets:
            if not self.crowded(net):
                kept.append(net)
                continue
            for cell in map(self.grid.net.cells.__getitem__, net.cells):
                own = cell.step.key if cell.step else cell.holds[0].key
                self.list(net.info, net.party.party.key if net.up else own)
        return kept

    @property
    def tiers(self) -> bool:
        """Whether some parties stand over others."""
        return any(place.shift for place in self.found)

    def sight(self, info: Info, at: int, key: str) -> None:
        """Glasses stand beside a planner who has room on that side, and are listed elsewhere."""
        place = self.found[at]
        busy = len({one.key for one, _ in self.sights}) if self.sights else 0
        left = max((p.right for p in self.found if p.x < place.x), default=MARGIN)
        alone = not self.tiers and place.party.kind == "control"
        if alone and not busy and place.left - left > SIGHT:
            self.sights.append((info, at))
        else:
            self.list(info, key)

    def routed(self) -> tuple[tuple[Net, ...], dict[tuple[str, int], float], int]:
        """The ways of the nets, clear of the goods."""
        shafts = goods.shafts(self.grid, self.found)
        return Router(self.grid, self.found, self.nets, self.sights, shafts).routed()

    def plan(self) -> Plan:
        """Everything with its place, and the height of the band."""
        self.nets = [*self.uncrowded()]
        laterals = tuple(
            Lateral(
                info,
                self.found[one],
                self.found[two],
                _pitch(pair) * (at - (len(pair) - 1) / 2) + self.found[one].shift,
                len(pair) > 1,
            )
            for pair in self.sides.values()
            for at, (info, one, two) in enumerate(pair)
        )
        overs = tuple(
            Over(info, self.found[one], self.found[two], at)
            for at, (info, one, two) in enumerate(self.over)
        )
        spread = max((_pitch(pair) * (len(pair) - 1) for pair in self.sides.values()), default=0.0)
        tallest = max((p.top + p.height for p in self.found), default=0.0)
        factory = factory_height(tight=self.tight)
        inner = max(factory, spread + 36, tallest - 24)
        lowest = max((p.shift for p in self.found), default=0.0)
        inner = max(inner, lowest + factory)
        data = max(14.0 * data_lines(self.found) + 16, 20.0)
        if self.nets:  # their labels stand clear of a tall planner
            inner = max(inner, tallest + 7 - data)
        for _, at in self.sights:
            seen = self.found[at]
            inner = max(inner, seen.top + seen.height + SIGHT_UNDER - data)
        nets, xs, buses = self.routed()
        above = 26.0 * len(overs) + (4 if overs else 0)
        found, labels = self.found, self.facts.analysis.labels
        names = {place.party.key: place.party.label or place.party.key for place in found}
        together = goods.joined(self.grid, found, xs.values())
        messages = tuple(
            Message(
                info,
                names.get(info.start) or labels.get(info.start, info.start),
                ", ".join(names.get(key) or labels.get(key, key) for key in dict.fromkeys(keys)),
            )
            for info, keys in self.listed.values()
        )
        messages += tuple(goods.listed(self.grid, self.facts, found, together))
        extra = max(0.0, (spread - SPREAD) / 2)
        return Plan(
            found,
            laterals,
            overs,
            nets,
            xs,
            self.drops,
            tuple(self.loops),
            tuple((info, self.found[at]) for info, at in self.sights),
            messages,
            above + extra + list_height(len(messages), self.grid.width),
            inner,
            buses,
            together,
            self.tight,
            goods.carried(self.grid, self.facts, found),
        )


def _pitch(pair: Sequence[tuple[Info, int, int]]) -> float:
    """How far apart arrows run above each other; symbols on them take more room."""
    return WIDE_SPREAD if any(info.by in ICONIC for info, *_ in pair) else SPREAD

"""Routing what goes from a party to steps and back: ports, buses, drops, and room for labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from vsmdsl.drawing.fonts import ellipsize
from vsmdsl.drawing.layout.grid import MARGIN, Grid
from vsmdsl.drawing.layout.parties import Place
from vsmdsl.drawing.layout.planning.shape import Net, words_of
from vsmdsl.drawing.symbols.information import schedule_width
from vsmdsl.model.stream import Info
from vsmdsl.record import replace

ASIDE = 15.0  # how far below its planner a lone arrow turns
SHAFT = 10.0  # half a block arrow, with some air
ROOMY = 160.0  # room enough for an icon and words


class Router:
    """Finds the ways of all nets between the parties and the steps of the first row."""

    def __init__(
        self,
        grid: Grid,
        found: Sequence[Place],
        nets: Sequence[Net],
        sights: Sequence[tuple[Info, int]],
        shafts: Sequence[float] = (),
    ) -> None:
        self.grid, self.found, self.nets = grid, found, nets
        self.shafts = shafts  # where block arrows come down: no label stands there
        self.seeing = {found[at].party.key for _, at in sights}  # glasses stand left of them

    def routed(self) -> tuple[tuple[Net, ...], dict[tuple[str, int], float], int]:
        """Give every net a port, the x of its drops, and a bus of its own or one it can share."""
        nets = sorted(self.nets, key=lambda net: (-len(net.cells), net.info.span.start))
        by_cell: dict[int, list[str]] = {}
        for net in nets:
            for cell in net.cells:
                by_cell.setdefault(cell, []).append(net.info.key)
        xs = {
            (key, cell): x
            for cell, keys in by_cell.items()
            for key, x in zip(keys, self.spread(cell, len(keys)), strict=True)
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
            passing += [x + side for x in self.shafts for side in (-SHAFT, SHAFT)]
            spots = [net.label_x, *((a + b) / 2 for a, b in pairwise(own)), *own]
            others = [*done, *nets[len(done) + 1 :]]
            taken = [self.span(one, xs) for one in others if one.level == net.level or one.run]
            done.append(_fitted(net, text, spots, passing, taken, self.grid.width))
        return tuple(done)

    def span(self, net: Net, xs: Mapping[tuple[str, int], float]) -> tuple[float, float]:
        """From where to where a net takes the height of its bus."""
        half = schedule_width(words_of(net.info)) / 2 if words_of(net.info) else 0.0
        own = [] if net.run else [net.port, *(xs[net.info.key, cell] for cell in net.cells)]
        return min([net.label_x - half, *own]), max([net.label_x + half, *own])

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
        same = same or (not right and place.party.key in self.seeing)
        free = not any(a < x + half and x - half < b for a, b in buses[0])
        level = place.top + place.height + ASIDE
        others = [p for p in self.found if p is not place]
        under = any(p.left - 12 < x < p.right + 12 for p in others)
        passed = (p for p in others if min(port, x) < p.right and p.left < max(port, x))
        under = under or any(p.top + p.height > level - 8 for p in passed)
        inside = not under and x - half > MARGIN and x + half < self.grid.width - MARGIN
        if same or not free or not inside or abs(x - place.x) < place.width / 2 + 20:
            return None
        buses[0].append((x - half, x + half))
        return replace(net, port=port, label_x=x, run=ASIDE)

    def label_x(self, port: float, ends: Sequence[float], half: float) -> float:
        """The label sits under its source, or on its own drop where that is far away."""
        low, high = MARGIN + half, self.grid.width - MARGIN - half
        if len(ends) > 1 or abs(ends[0] - port) < 2 * half + 40:
            return min(max(port, low), high)
        return min(max((ends[0] + port) / 2, low), high)

    def middle(self, cell: int) -> float:
        """The middle of a step's column."""
        left, right = self.grid.rows[0].edge(self.grid.ranks[cell])
        return (left + right) / 2

    def spread(self, cell: int, count: int) -> list[float]:
        """Where so many arrows to one step end, all of them in its column."""
        left, right = self.grid.rows[0].edge(self.grid.ranks[cell])
        apart = min(30.0, (right - left - 20) / max(count - 1, 1))
        return [self.middle(cell) + apart * (at - (count - 1) / 2) for at in range(count)]

    def port(self, net: Net, before: Sequence[Net]) -> float:
        """Where a net leaves its party; several leave it side by side."""
        place = net.party
        if place.party.kind != "control":
            return place.right + 14 if place.party.kind == "supplier" else place.left - 14
        half = place.width / 2 - 22
        return place.x + (0.0, half, -half, half / 2, -half / 2)[len(before) % 5]


def _fitted(
    net: Net,
    text: str,
    spots: Sequence[float],
    passing: Sequence[float],
    taken: Sequence[tuple[float, float]],
    width: float,
) -> Net:
    half = schedule_width(text) / 2 + 4
    for x in spots:
        inside = MARGIN + half <= x <= width - MARGIN - half
        free = not any(a < x + half and x - half < b for a, b in taken)
        if inside and free and not any(abs(x - one) < half for one in passing):
            return replace(net, label_x=x, text=text)
    edges = sorted([MARGIN, *passing, *(edge for pair in taken for edge in pair), width - MARGIN])
    near = [pair for pair in pairwise(edges) if pair[0] <= net.port <= pair[1]] or [(0.0, 0.0)]
    left, right = max(near, key=lambda pair: pair[1] - pair[0])
    room = min(2 * half, right - left) - 8
    shown = ellipsize(text, max(room - 18, 0) / 1.06, 10.5, 500)
    half = schedule_width(shown) / 2 + 4
    return replace(net, label_x=min(max(net.port, left + half), right - half), text=shown)


def stretch(left: float, right: float, passing: Iterable[float]) -> tuple[float, float]:
    """The middle and width of the stretch that no other line crosses, the middle one if it can."""
    cuts = [left, *sorted(x for x in passing if left < x < right), right]
    centre = (left + right) / 2
    parts = [
        (centre, 2 * min(centre - one, two - centre))
        for one, two in pairwise(cuts)
        if one <= centre <= two
    ]
    parts += [((one + two) / 2, two - one) for one, two in pairwise(cuts)]
    roomy = next((part for part in parts if part[1] >= ROOMY), None)
    return roomy or max(parts, key=lambda part: part[1])

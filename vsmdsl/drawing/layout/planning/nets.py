"""Routing what goes from a party to steps and back: ports, buses, drops, and room for labels."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise, takewhile

from vsmdsl.drawing.layout.grid import MARGIN, Grid
from vsmdsl.drawing.layout.parties import Place
from vsmdsl.drawing.layout.planning.labels import labelled
from vsmdsl.drawing.layout.planning.shape import Net, words_of
from vsmdsl.drawing.symbols.information import schedule_width
from vsmdsl.model.stream import Info
from vsmdsl.record import replace

ASIDE = 15.0  # how far below its planner a lone arrow turns
ROOMY = 160.0  # room enough for an icon and words

Stretch = tuple[float, float]
Bus = list[Stretch]  # what is taken of it, from left to right


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
        self.by_left = sorted(found, key=lambda place: place.left)
        self.lefts = [place.left for place in self.by_left]
        self.widest = max((place.width for place in found), default=0.0)
        self.by_height = sorted(found, key=lambda place: -(place.top + place.height))

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
        buses: list[Bus] = []
        before = Counter[str]()
        aside_of: set[tuple[str, bool]] = set()  # which planner has one, and whether to the right
        for net in nets:
            key = net.party.party.key
            port = self.port(net, before[key])
            before[key] += 1
            aside = self.aside(net, xs, buses, aside_of)
            if aside:
                aside_of.add((key, aside.port > net.party.x))
                done.append(aside)
                continue
            ends = [xs[net.info.key, cell] for cell in net.cells]
            half = schedule_width(words_of(net.info)) / 2 if words_of(net.info) else 0.0
            middle = self.label_x(port, ends, half)
            span = min([port, *ends, middle - half]) - 8, max([port, *ends, middle + half]) + 8
            level = 0
            while level < len(buses) and not _is_free(span, buses[level]):
                level += 1
            if level == len(buses):
                buses.append([])
            insort(buses[level], span)
            done.append(replace(net, level=level, port=port, label_x=middle))
        return labelled(done, xs, self.shafts, self.grid.width), xs, len(buses)

    def aside(
        self,
        net: Net,
        xs: Mapping[tuple[str, int], float],
        buses: Sequence[Bus],
        aside_of: Collection[tuple[str, bool]],
    ) -> Net | None:
        """A lone arrow may turn right below its planner and carry its label on its way down."""
        if len(net.cells) != 1 or not buses or net.up or net.party.party.kind != "control":
            return None
        x, place = xs[net.info.key, net.cells[0]], net.party
        half = schedule_width(words_of(net.info)) / 2 + 8
        right = x > place.x
        port = place.right - 22 if right else place.left + 22
        same = (place.party.key, right) in aside_of
        same = same or (not right and place.party.key in self.seeing)
        if same or not _is_free((x - half, x + half), buses[0]) or self.is_over(place, port, x):
            return None
        inside = x - half > MARGIN and x + half < self.grid.width - MARGIN
        if not inside or abs(x - place.x) < place.width / 2 + 20:
            return None
        insort(buses[0], (x - half, x + half))
        return replace(net, port=port, label_x=x, run=ASIDE)

    def is_over(self, place: Place, port: float, x: float) -> bool:
        """Whether an arrow that turns below its planner would meet another party."""
        if any(p.left - 12 < x < p.right + 12 for p in self.near(x) if p is not place):
            return True
        level = place.top + place.height + ASIDE
        low = (p for p in self.by_height if p is not place)
        deep = takewhile(lambda p: p.top + p.height > level - 8, low)
        return any(min(port, x) < p.right and p.left < max(port, x) for p in deep)

    def near(self, x: float) -> Sequence[Place]:
        """All parties of which any part is close to a place."""
        first = bisect_left(self.lefts, x - 13 - self.widest)
        return self.by_left[first : bisect_right(self.lefts, x + 13)]

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

    def port(self, net: Net, before: int) -> float:
        """Where a net leaves its party, after so many others; they leave it side by side."""
        place = net.party
        if place.party.kind != "control":
            return place.right + 14 if place.party.kind == "supplier" else place.left - 14
        half = place.width / 2 - 22
        return place.x + (0.0, half, -half, half / 2, -half / 2)[before % 5]


def _is_free(span: Stretch, bus: Bus) -> bool:
    """Whether a stretch of a bus is free: those that are taken lie apart from each other."""
    at = bisect_left(bus, (span[1],))
    return not at or bus[at - 1][1] <= span[0]


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

"""The elements of the stream become a list of cells, the edges between them, the tree of lanes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vsmdsl.analysis.result import Analysis, LaneFigures
from vsmdsl.drawing.layout.cells.grouping import (
    arrival,
    grouped,
    included,
    marked,
    time_in,
    waits,
)
from vsmdsl.drawing.layout.cells.shape import Bars, Cell, CellKind, Held, Lane, Network, Way
from vsmdsl.model.stream import (
    Branch,
    Choice,
    Element,
    Fork,
    Handoff,
    Queue,
    Step,
    ValueStream,
)
from vsmdsl.record import record


def network(stream: ValueStream, analysis: Analysis) -> Network:
    """Turn the elements of a stream into cells and lanes."""
    draft = _Draft(Network(), {lane.key: lane for lane in analysis.lanes})
    draft.lane(stream.elements, -1, None, None, supplied=stream.party("supplier") is not None)
    draft.net.tracks = [_track(draft.net, lane) for lane in range(len(draft.net.lanes))]
    return draft.net


def _track(net: Network, lane: int) -> int:
    fork = net.lanes[lane].fork
    if fork < 0 or net.forks[fork].straight != lane:
        return lane
    return _track(net, net.forks[fork].lane)


@record(frozen=False)
class _Draft:
    net: Network
    figures: Mapping[str, LaneFigures]

    def lane(
        self,
        elements: Sequence[Element],
        fork: int,
        branch: Branch | None,
        before: int | None,
        *,
        supplied: bool = False,
    ) -> tuple[int, int | None]:
        """Add a lane; give its number and its last cell."""
        lane = Lane(len(self.net.lanes), fork, branch)
        self.net.lanes.append(lane)
        last, run = before, list[Held]()
        opened = supplied or fork >= 0
        for element in elements:
            if isinstance(element, Queue | Handoff):
                run.append(element)
                continue
            last = self.gaps(lane, run, last, element, opened)
            last = self.node(lane, element, last)
            run, opened = [], isinstance(element, Step)
        return lane.index, self.gaps(lane, run, last, None, opened)

    def node(self, lane: Lane, element: Step | Fork, last: int | None) -> int:
        if isinstance(element, Step):
            return self.add(lane, last, "step", step=element)
        start = self.add(lane, last, "fork", fork=len(self.net.forks))
        bars = Bars(len(self.net.forks), element, lane.index, start)
        self.net.forks.append(bars)
        lane.forks.append(bars.index)
        ends = [self.lane(one.elements, bars.index, one, start) for one in element.branches]
        bars.end = self.add(lane, None, "join", fork=bars.index)
        for branch, (number, end) in zip(element.branches, ends, strict=True):
            if end is not None:
                edges = self.net.edges if branch.joins else self.net.unseen
                edges.append(Way(end, bars.end, number))
        if not element.branches:
            self.net.edges.append(Way(start, bars.end, lane.index))
        numbers = [number for number, _ in ends]
        bars.straight = numbers[self.straightest(element)] if numbers else -1
        bars.lanes = _around(numbers, bars.straight)
        return bars.end

    def straightest(self, fork: Fork) -> int:
        """The longest branch of a parallel, the commonest of a choice."""

        def rank(index: int) -> tuple[int, float, int]:
            branch = fork.branches[index]
            figures = self.figures.get(branch.key)
            if isinstance(fork, Choice):
                return 1, float(branch.share.ratio) if branch.share else 0.0, -index
            longest = figures.longest if figures else False
            time = float(figures.lead_time.value) if figures else 0.0
            return int(longest) + int(branch.joins), time, -index

        return max(range(len(fork.branches)), key=rank, default=0)

    def gaps(
        self,
        lane: Lane,
        run: Sequence[Held],
        last: int | None,
        after: Step | Fork | None,
        opened: bool,
    ) -> int | None:
        """Add the gap columns between two nodes: what waits there, or a plain arrow."""
        groups = list(grouped(run))
        own = after if isinstance(after, Step) and time_in(after.wait) else None
        if own and (not groups or any(waits(one) for one in groups[-1])):
            groups.append(())
        arrives = last is None and after is not None  # goods come in by an arrow of their own
        if not groups and opened and (isinstance(after, Step) or arrives):
            groups.append(())
        cross = self.team_changes(last, after)
        inside = max((at for at, one in enumerate(groups) if included(one)), default=-1)
        handed_on = marked(groups)
        for index, group in enumerate(groups):
            last = self.add(
                lane,
                last,
                "gap",
                holds=group,
                waits_for=own if index == len(groups) - 1 else None,
                includes=after if index == inside and isinstance(after, Step) else None,
                arrives=arrival(group, after if index == len(groups) - 1 else None, own),
                cross=cross and index == handed_on,
                inbound=last is None,
            )
        return last

    def team_changes(self, last: int | None, after: Step | Fork | None) -> bool:
        before = self.net.cells[last].step if last is not None else None
        return (
            before is not None
            and isinstance(after, Step)
            and bool(before.team)
            and bool(after.team)
            and before.team != after.team
        )

    def add(self, lane: Lane, last: int | None, kind: CellKind, **more: object) -> int:
        index = len(self.net.cells)
        self.net.cells.append(Cell(index, kind, lane.index, **more))  # type: ignore[arg-type]
        lane.cells.append(index)
        if last is not None:
            self.net.edges.append(Way(last, index, lane.index))
        return index


def _around(lanes: Sequence[int], straight: int) -> tuple[int, ...]:
    """The straight lane in the middle, the others above and below in turn."""
    others = [lane for lane in lanes if lane != straight]
    above, below = others[0::2], others[1::2]
    middle = (straight,) if lanes else ()
    return (*reversed(above), *middle, *below)

"""What stands in a column of the map: a step, a wait or handoff, the bar of a fork or of a join.

The elements of the stream become a list of cells, the edges between them, and the tree of lanes:
lane 0 is the stream itself, every branch of a fork is a lane of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from vsmdsl.analysis.result import Analysis, LaneFigures
from vsmdsl.model.quantity import Duration, Gap
from vsmdsl.model.stream import (
    Branch,
    Choice,
    Element,
    Fork,
    Handoff,
    Parallel,
    Queue,
    Step,
    ValueStream,
)
from vsmdsl.record import field, record

CellKind = Literal["step", "gap", "fork", "join"]
Held = Queue | Handoff


@record
class Cell:
    """One thing in a column. A gap `holds` queues and handoffs, or the own wait of a step."""

    index: int
    kind: CellKind
    lane: int
    step: Step | None = None
    holds: tuple[Held, ...] = ()
    waits_for: Step | None = None
    includes: Step | None = None  # the inner waiting of this step is spent here
    arrives: str = ""  # how work arrives at what follows: push, pull, fifo, or "" for a plain flow
    cross: bool = False  # the team changes here
    fork: int = -1
    inbound: bool = False


class Way(NamedTuple):
    """From one cell to the next, on the flow line of a lane."""

    start: int
    end: int
    lane: int


@record(frozen=False)
class Lane:
    """One line of cells: the stream itself (`fork` is -1), or a branch."""

    index: int
    fork: int
    branch: Branch | None
    cells: list[int] = field(default_factory=list)
    forks: list[int] = field(default_factory=list)


@record(frozen=False)
class Bars:
    """A fork with its lanes from top to bottom; the `straight` one goes on in a line."""

    index: int
    element: Fork
    lane: int
    start: int
    end: int = -1
    lanes: tuple[int, ...] = ()
    straight: int = -1


@record(frozen=False)
class Network:
    """All cells with their edges, lanes and forks."""

    cells: list[Cell] = field(default_factory=list)
    edges: list[Way] = field(default_factory=list)
    unseen: list[Way] = field(default_factory=list)  # keep dead ends in their fork
    lanes: list[Lane] = field(default_factory=list)
    forks: list[Bars] = field(default_factory=list)
    tracks: list[int] = field(default_factory=list)  # lane → the lane whose line it goes on

    def depth(self, lane: int) -> int:
        """How many forks a lane lies in."""
        fork = self.lanes[lane].fork
        return 0 if fork < 0 else 1 + self.depth(self.forks[fork].lane)


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
        groups = list(_groups(run))
        own = after if isinstance(after, Step) and _time_in(after.wait) else None
        if own and (not groups or any(_waits(one) for one in groups[-1])):
            groups.append(())
        arrives = last is None and after is not None  # goods come in by an arrow of their own
        if not groups and opened and (isinstance(after, Step) or arrives):
            groups.append(())
        cross = self.team_changes(last, after)
        included = max((at for at, one in enumerate(groups) if _included(one)), default=-1)
        marked = _handoff_group(groups)
        for index, group in enumerate(groups):
            last = self.add(
                lane,
                last,
                "gap",
                holds=group,
                waits_for=own if index == len(groups) - 1 else None,
                includes=after if index == included and isinstance(after, Step) else None,
                arrives=arrival(group, after if index == len(groups) - 1 else None, own),
                cross=cross and index == marked,
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


def _groups(run: Sequence[Held]) -> Iterator[tuple[Held, ...]]:
    """A queue and the handoffs beside it that cost no time share a column."""
    group: list[Held] = []
    for one in run:
        full = any(_waits(held) for held in group) and _waits(one) and not _beside(group, one)
        if full:
            yield tuple(group)
            group = []
        group.append(one)
    if group:
        yield tuple(group)


def _beside(group: Sequence[Held], one: Held) -> bool:
    """A safety stock that costs no time stands beside the supermarket it protects."""
    return (
        len(group) == 1
        and isinstance(group[0], Queue)
        and isinstance(one, Queue)
        and (group[0].kind, one.kind) in (("supermarket", "safety"), ("supermarket", "buffer"))
        and not _time_in(one.wait)
    )


def _waits(held: Held) -> bool:
    return isinstance(held, Queue) or _time_in(held.wait)


def _time_in(wait: Duration | Gap | None) -> bool:
    if isinstance(wait, Duration):
        return wait.seconds > 0
    return wait is Gap.UNKNOWN


def _included(group: Sequence[Held]) -> bool:
    """Whether the waiting of a queue is part of the lead time of the step after it."""
    return any(isinstance(one, Queue) and one.wait is Gap.INCLUDED for one in group)


def _handoff_group(groups: Sequence[tuple[Held, ...]]) -> int:
    marked = [index for index, one in enumerate(groups) if any(isinstance(h, Handoff) for h in one)]
    return marked[0] if marked else len(groups) - 1


def arrival(group: Sequence[Held], after: Step | Fork | None, own: Step | None) -> str:
    """How work goes on from here: as the next step says, else as the queue is said to be."""
    flow = after.flow if isinstance(after, Step) else ""
    queues = [one for one in group if isinstance(one, Queue)]
    for queue in queues:
        if queue.kind == "fifo":
            return "fifo"
        flow = flow or queue.flow
    if any(one.kind in ("supermarket", "safety", "buffer") for one in queues):
        return flow or "pull"
    waits = own is not None or any(_waits(one) for one in group)
    return flow or ("push" if waits else "")


def _around(lanes: Sequence[int], straight: int) -> tuple[int, ...]:
    """The straight lane in the middle, the others above and below in turn."""
    others = [lane for lane in lanes if lane != straight]
    above, below = others[0::2], others[1::2]
    middle = (straight,) if lanes else ()
    return (*reversed(above), *middle, *below)


def is_parallel(bars: Bars) -> bool:
    """Whether all branches happen."""
    return isinstance(bars.element, Parallel)

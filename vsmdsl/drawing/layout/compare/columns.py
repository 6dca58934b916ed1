"""One state in the columns of both: its own cells and lanes, with ghosts of what it has no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from vsmdsl.analysis.result import Analysis
from vsmdsl.drawing.layout.cells import Bars, Cell, Network, Way, network
from vsmdsl.drawing.layout.grid import Column, Grid
from vsmdsl.model.stream import (
    FORKS,
    Branch,
    Element,
    Handoff,
    Queue,
    Step,
    ValueStream,
)
from vsmdsl.record import record, replace

Stop = Step | Queue | Handoff
STOPS = (Step, Queue, Handoff)


@record
class Placed:
    """A state on the common grid. Ghosts are cells and bars that no line of the flow touches."""

    grid: Grid
    ghosts: frozenset[int]  # the cells of removed steps
    bars: tuple[Bars, ...]  # the forks that are there, with the lanes that are there
    lost: tuple[tuple[Bars, int], ...]  # the lanes that are not: of which fork, and which


def in_columns(
    common: Grid,
    stream: ValueStream,
    analysis: Analysis,
    elements: Sequence[Element],
    gone: frozenset[str] = frozenset(),
) -> Placed:
    """Put one state into the columns of both; `elements` are its own and those that are gone."""
    own = {one.key: one for one in stream.everything if isinstance(one, STOPS)}
    shown = replace(stream, elements=tuple(_shown(elements, own, gone)))
    net = network(shown, analysis)
    ghosts = frozenset(c.index for c in net.cells if c.step and c.step.key in gone)
    ranks, spare = _ranks(common, net)
    absent = _absent(net, ghosts, gone) | spare
    lost = frozenset(
        lane.index for lane in net.lanes if lane.branch is not None and lane.branch.key in gone
    )
    edges = list(dict.fromkeys(_bridged(net, absent, lost)))
    net = replace(net, edges=edges, unseen=[])
    hidden = absent - ghosts - {i for bars in net.forks for i in (bars.start, bars.end)}
    grid = replace(common, net=net, ranks=ranks, columns=_columns(common, net, ranks, hidden))
    present = [bars for bars in net.forks if bars.element.key not in gone]
    return Placed(
        grid,
        ghosts,
        tuple(replace(one, lanes=tuple(x for x in one.lanes if x not in lost)) for one in present),
        tuple((bars, lane) for bars in net.forks for lane in bars.lanes if lane in lost),
    )


def _shown(
    elements: Sequence[Element], own: Mapping[str, Stop], gone: frozenset[str]
) -> Iterator[Element]:
    """What is drawn of a state: of what is gone, the steps and the forks around them."""
    for one in elements:
        if one.key in own:
            yield own[one.key]
        elif isinstance(one, Step):
            yield replace(one, wait=None, flow="")
        elif isinstance(one, FORKS):
            branches = tuple(_branch(branch, own, gone) for branch in one.branches)
            yield replace(one, branches=branches)


def _branch(branch: Branch, own: Mapping[str, Stop], gone: frozenset[str]) -> Branch:
    elements = tuple(_shown(branch.elements, own, gone))
    if branch.key in gone:
        return replace(branch, elements=elements, share=None, joins=True)
    return replace(branch, elements=elements)


# --- where a cell stands --------------------------------------------------------------------


def _ranks(common: Grid, net: Network) -> tuple[list[int], frozenset[int]]:
    """The common column of every cell, and the bare arrows that have none."""
    known = _places(common)
    ahead = {way.start: net.cells[way.end] for way in net.edges}
    ranks, spare = [], set[int]()
    for cell in net.cells:
        own = [known[name] for name in _names(cell, net, ahead.get(cell.index)) if name in known]
        ranks.append(max(own, default=0))
        if not own:
            spare.add(cell.index)
    return ranks, frozenset(spare)


Name = tuple[str, str]


def _places(common: Grid) -> dict[Name, int]:
    """Column by the name of what stands there."""
    found: dict[Name, int] = {}
    ahead = {way.start: common.net.cells[way.end] for way in common.net.edges}
    for cell in common.net.cells:
        for name in _names(cell, common.net, None):
            found[name] = common.ranks[cell.index]
        after = ahead.get(cell.index)
        if cell.kind == "gap" and after is not None and after.step:
            found["before", after.step.key] = common.ranks[cell.index]
    return found


def _names(cell: Cell, net: Network, ahead: Cell | None) -> Iterator[Name]:
    """What a cell is known by: its step, its fork, what it holds, or the step after it."""
    match cell.kind:
        case "step":
            yield "step", cell.step.key if cell.step else ""
        case "gap":
            yield from (("held", held.key) for held in cell.holds)
            if cell.waits_for:
                yield "wait", cell.waits_for.key
            elif not cell.holds and ahead is not None and ahead.step:
                yield "before", ahead.step.key
        case kind:
            yield kind, net.forks[cell.fork].element.key


def _columns(
    common: Grid, net: Network, ranks: Sequence[int], hidden: frozenset[int]
) -> tuple[Column, ...]:
    members: list[list[int]] = [[] for _ in common.columns]
    for cell in net.cells:
        if cell.index not in hidden:
            members[ranks[cell.index]].append(cell.index)
    return tuple(
        replace(column, cells=tuple(cells))
        for column, cells in zip(common.columns, members, strict=True)
    )


# --- the flow past what is not there --------------------------------------------------------


def _absent(net: Network, ghosts: frozenset[int], gone: frozenset[str]) -> frozenset[int]:
    """What the flow passes by: removed steps, bare arrows to them, the bars of removed forks."""
    ahead = {way.start: way.end for way in net.edges}
    bare = {
        cell.index
        for cell in net.cells
        if cell.kind == "gap" and not cell.holds and ahead.get(cell.index) in ghosts
    }
    forks = [bars for bars in net.forks if bars.element.key in gone]
    return ghosts | bare | {index for bars in forks for index in (bars.start, bars.end)}


def _bridged(net: Network, absent: frozenset[int], lost: frozenset[int]) -> Iterator[Way]:
    """Edges between what is there; what is not is passed by, on the line of its neighbours."""
    ahead: dict[int, list[Way]] = {}
    for way in net.edges:
        ahead.setdefault(way.start, []).append(way)
    for cell in net.cells:
        if cell.index in absent:
            continue
        for first in ahead.get(cell.index, ()):
            if not (cell.kind == "fork" and first.lane in lost):
                yield from _past(ahead, absent, cell, first)


def _past(
    ahead: dict[int, list[Way]], absent: frozenset[int], start: Cell, first: Way
) -> Iterator[Way]:
    """From a cell over one of its edges to the next one that is there."""
    lane = first.lane if start.kind == "fork" else start.lane
    ways, seen = [first], set[int]()
    while ways:
        end = ways.pop().end
        if end not in absent:
            yield Way(start.index, end, lane)
        elif end not in seen:
            seen.add(end)
            ways += ahead.get(end, ())

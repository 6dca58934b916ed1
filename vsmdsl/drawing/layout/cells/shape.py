"""The shape of a network: cells, the ways between them, and the tree of lanes.

Lane 0 is the stream itself, every branch of a fork is a lane of its own.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from vsmdsl.model.stream import Branch, Fork, Handoff, Parallel, Queue, Step
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

    @cached_property
    def queues(self) -> tuple[Queue, ...]:
        """The queues among what it holds."""
        return tuple(held for held in self.holds if isinstance(held, Queue))


@record
class Way:
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


def is_parallel(bars: Bars) -> bool:
    """Whether all branches happen."""
    return isinstance(bars.element, Parallel)

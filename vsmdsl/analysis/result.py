"""The figures of a map as values: what `analyse` gives and every picture, table and JSON reads.

Times are seconds of the map's clock, ratios are shares of one; all are exact `Fraction`s.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from vsmdsl.analysis.naming import names
from vsmdsl.model.quantity import Share
from vsmdsl.model.stream import ValueStream
from vsmdsl.record import field, record

if TYPE_CHECKING:
    from vsmdsl.analysis.called import Called

FigureKind = Literal["waiting", "work", "ratio", "factor", "count"]
WaitKind = Literal["queue", "handoff", "step", "inside"]
Bound = Literal["", "≥", "≤", "≈"]
ZERO = Fraction(0)


@record
class Amount:
    """A time with its low and high end, in seconds."""

    mean: Fraction = ZERO
    low: Fraction = ZERO
    high: Fraction = ZERO

    def __add__(self, other: Amount) -> Amount:
        mean = self.mean + other.mean
        if self.exact and other.exact:
            return Amount(mean, mean, mean)
        return Amount(mean, self.low + other.low, self.high + other.high)

    def times(self, factor: Fraction) -> Amount:
        """Every end times the same factor."""
        mean = self.mean * factor
        if self.exact:
            return Amount(mean, mean, mean)
        return Amount(mean, self.low * factor, self.high * factor)

    @property
    def exact(self) -> bool:
        """Whether nothing is a range: then all three are one number."""
        return self.low is self.mean is self.high


@record
class Figure:
    """One figure with all that must be said with it.

    `kind`: `waiting` (a lead or wait time, seconds), `work` (process, takt and cycle time,
    seconds; shown in hours up to 99 h), `ratio`, `factor` (× 1.23) or `count`. `unit` is the
    largest unit among the durations it is made of. An incomplete figure has a `bound` and names
    what is `missing` (keys) out of `parts` steps, or `parts` of the stream (`parts_are`).
    """

    kind: FigureKind
    value: Fraction
    low: Fraction
    high: Fraction
    unit: str = "s"
    bound: Bound = ""
    missing: tuple[str, ...] = ()
    parts: int = 0
    parts_are: str = "steps"

    @property
    def complete(self) -> bool:
        """Whether every part it is made of is known."""
        return not self.missing


@record
class Segment:
    """One piece of the timeline: working or waiting, in the order of the stream.

    `key` is the element it belongs to. `amount` is weighted by the share of the branches it
    lies in. Pieces in branches that are not the longest are kept with `on_path` False. `taken` is
    what the timeline takes of work (less than `amount` where several work at once: `lt < pt`).
    """

    key: str
    work: bool
    kind: WaitKind | Literal["work"]
    amount: Amount
    known: bool = True
    on_path: bool = True
    weight: Fraction = Fraction(1)
    value: str = "va"
    unit: str = "s"
    taken: Amount | None = None


@record
class WaitFigures:
    """One wait of the map. `share` of the lead time; `rank` 1 is the longest, None off the path."""

    key: str
    label: str
    kind: WaitKind
    time: Figure
    share: Fraction | None
    rank: int | None
    known: bool = True


@record
class StepFigures:
    """What is known of one step. `None` where a figure cannot exist or nobody knows."""

    key: str
    label: str
    team: tuple[str, ...]
    process_time: Figure | None
    lead_time: Figure | None
    wait_before: Figure
    ca: Share | None
    visits: Fraction | None
    effective_cycle_time: Figure | None
    above_takt: bool | None
    capacity_per_day: Fraction | None
    capacity_per_shift: Fraction | None
    utilisation: Fraction | None
    share_of_lead_time: Fraction | None
    on_path: bool = True


@record
class LaneFigures:
    """One branch of a fork: its lead time, its slack against the longest, its share."""

    key: str
    fork: str
    lead_time: Figure
    process_time: Figure
    slack: Figure | None
    longest: bool
    share: Fraction | None
    joins: bool


@record
class LoopFigures:
    """One rework loop: returns per item that starts, the time of one pass, the cost of both."""

    key: str
    returns: Fraction | None
    one_pass: Figure | None
    cost: Figure | None


@record
class Constraint:
    """The step that sets the pace, and what made us say so."""

    step: str
    by: Literal["utilisation", "cycle_time", "process_time"]
    utilisation: Fraction | None
    above_takt: bool | None


@record
class SpanFigures:
    """The figures of a part of the stream; None where one of its ends is gone."""

    key: str
    label: str
    figures: Mapping[str, Figure | None] | None


@record
class Analysis:
    """Everything that was computed of one map."""

    metrics: Mapping[str, Figure | None]
    segments: tuple[Segment, ...]
    waits: tuple[WaitFigures, ...]
    steps: tuple[StepFigures, ...]
    lanes: tuple[LaneFigures, ...]
    spans: tuple[SpanFigures, ...]
    constraint: Constraint | None
    labels: Mapping[str, str]  # key → what people read: the label, else `before Develop`
    longest: frozenset[str]  # keys of the branches that the timeline takes
    countless: bool  # items come by more often than we count: there are no expected figures
    returning: tuple[str, ...]  # keys of the loops that are known to send something back
    rework: Callable[[], tuple[LoopFigures, ...]] = field(compare=False, repr=False)
    stream: ValueStream = field(compare=False, repr=False)  # what was measured

    @cached_property
    def loops(self) -> tuple[LoopFigures, ...]:
        """Each rework loop alone; worked out where somebody asks, as a report does."""
        return self.rework()

    @cached_property
    def names(self) -> dict[str, str]:
        """Key → the name by which JSON calls an element."""
        return names(self.stream)

    @cached_property
    def called(self) -> Called:
        """What the names of goals and metrics stand for."""
        from vsmdsl.analysis.called import Called  # only goals and metrics ask

        return Called(self.stream, self.spans)

    def step(self, key: str) -> StepFigures | None:
        """The figures of the step with this key."""
        return self._steps.get(key)

    def waits_at(self, key: str) -> tuple[WaitFigures, ...]:
        """The waits that belong to an element."""
        return tuple(self._waits.get(key, ()))

    @cached_property
    def _steps(self) -> dict[str, StepFigures]:
        return {step.key: step for step in self.steps}

    @cached_property
    def _waits(self) -> dict[str, list[WaitFigures]]:
        found: dict[str, list[WaitFigures]] = {}
        for wait in self.waits:
            found.setdefault(wait.key, []).append(wait)
        return found

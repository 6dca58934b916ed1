"""What a report is about: one state of a map, its picture, and the other states beside it."""

from __future__ import annotations

from vsmdsl.analysis.goals import GoalResult
from vsmdsl.analysis.result import Analysis
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.model.calendar import Calendar
from vsmdsl.model.stream import ValueStream
from vsmdsl.record import record


@record
class Side:
    """One state of the stream with its figures; `key` is empty for the current one."""

    key: str
    label: str
    stream: ValueStream
    analysis: Analysis

    @property
    def calendar(self) -> Calendar:
        """The clock of this state."""
        return self.stream.calendar


@record(kw_only=True)
class Subject:
    """Everything a report says comes from here.

    `shown` is the state that the report is about and `picture` its map as SVG; `current` is the
    state of today and `futures` are all states to come.
    """

    name: str  # of the file
    shown: Side
    picture: str
    current: Side
    futures: tuple[Side, ...] = ()
    goals: tuple[GoalResult, ...] = ()
    messages: tuple[Diagnostic, ...] = ()
    version: str = ""  # of vsmdsl

    @property
    def is_future(self) -> bool:
        """Whether the report is about a state to come."""
        return self.shown.key != self.current.key

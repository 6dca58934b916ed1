"""One state of a value stream: today's, or a future one."""

from __future__ import annotations

from functools import cached_property

from vsmdsl.analysis.analyse import analyse
from vsmdsl.analysis.result import Analysis
from vsmdsl.model.changes import Change
from vsmdsl.model.resolve.plan import Future
from vsmdsl.model.stream import ValueStream
from vsmdsl.record import record

CURRENT = "Current state"


@record
class State:
    """One state of a stream, the current one or a future: its meaning and, if asked, its figures.

    `key` is empty for the current state; `changes` lead to it from the state `base`.
    """

    key: str
    label: str
    stream: ValueStream
    base: str = ""
    changes: tuple[Change, ...] = ()
    borrowed: bool = False  # belongs to the map that this file is a future of

    @cached_property
    def analysis(self) -> Analysis:
        """All its figures."""
        return analyse(self.stream)


def current(stream: ValueStream) -> State:
    """The state in which a stream is today."""
    return State("", CURRENT, stream)


def planned(future: Future) -> State:
    """The state that a future leads to."""
    return State(
        future.key, future.label, future.stream, future.base, future.changes, future.borrowed
    )

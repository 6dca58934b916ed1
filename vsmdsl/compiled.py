"""A text with everything that follows from it: what the stages made, and what is asked of it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from vsmdsl.analysis.result import Analysis
from vsmdsl.analysis.show import show
from vsmdsl.formats import GENERATOR, Look
from vsmdsl.language.allow import Allowances
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.language.source import Source
from vsmdsl.language.syntax import Tree
from vsmdsl.model.stream import ValueStream
from vsmdsl.record import field, record
from vsmdsl.rendering import painted
from vsmdsl.states import State

if TYPE_CHECKING:
    from vsmdsl.analysis.goals import GoalResult

NOTEBOOK = 1000.0  # rows of this many units fit into a notebook


@record
class Compiled:
    """A `.vsm` text with everything that follows from it.

    `mistakes` holds errors and warnings in the order of the file, without those that the file
    allows. A map with errors is still compiled as far as it could be read; ask `ok` first. What
    only some readers want (figures, goals, findings) is computed when it is asked for.
    """

    source: Source
    tree: Tree
    current: State
    futures: tuple[State, ...]
    mistakes: tuple[Diagnostic, ...]
    allowances: Allowances = field(repr=False)

    @property
    def ok(self) -> bool:
        """Whether the text is free of errors."""
        return not any(diagnostic.is_error for diagnostic in self.mistakes)

    @cached_property
    def goals(self) -> tuple[GoalResult, ...]:
        """What became of the goals."""
        from vsmdsl.analysis.goals import judge  # not for a picture

        asked = {goal.future for goal in self.stream.goals}  # the figures of others are not wanted
        states = (one for one in (self.current, *self.futures) if one.key in asked)
        return judge(self.stream, {one.key: (one.stream, one.analysis) for one in states})

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Errors, warnings and findings in the order of the file, without those it allows."""
        if not self.ok:  # a stream that was misread has no findings
            return self.mistakes
        from vsmdsl.analysis.findings import find  # not for a picture
        from vsmdsl.analysis.goals import unmet

        found = (*find(self.stream, self.analysis), *unmet(self.goals))
        kept = (one for one in found if not self.allowances.covers(one))
        return in_order((*self.mistakes, *kept), self.source)

    @property
    def stream(self) -> ValueStream:
        """The current state's stream."""
        return self.current.stream

    @property
    def analysis(self) -> Analysis:
        """The current state's figures."""
        return self.current.analysis

    def state(self, key: str = "") -> State | None:
        """The current state (empty key) or the future with this key."""
        return next((one for one in (self.current, *self.futures) if one.key == key), None)

    def metric(self, name: str, future: str = "") -> str | None:
        """A headline figure as people read it, `30.6 d`; None where it cannot exist.

        Raises KeyError for an unknown name or future.
        """
        state = self.state(future)
        if state is None:
            raise KeyError(future)
        figure = state.analysis.metrics[name]
        return None if figure is None else show(figure, state.stream.calendar)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        """How a notebook shows a map: its picture, or a box that says what is wrong."""
        if self.ok:
            picture = str(painted(self.current, "svg", Look(generator=GENERATOR), width=NOTEBOOK))
            title = self.stream.settings.title or self.source.name
            lead_time = self.metric("lead_time") or "?"
            return {
                "text/plain": f"{title}: lead time {lead_time}",
                "text/html": f'<div class="vsm-figure">{picture}</div>',
                "image/svg+xml": picture,
            }
        from vsmdsl.language.excerpt import excerpt
        from vsmdsl.report.box import box

        said = [excerpt(one, color=False) for one in self.mistakes if one.is_error]
        return {"text/plain": "\n\n".join(said), "text/html": box(said, self.source.text)}


def in_order(found: tuple[Diagnostic, ...], source: Source) -> tuple[Diagnostic, ...]:
    """By place in the file; what lies in an included file comes first."""
    return tuple(sorted(found, key=lambda one: (one.span.source is source, one.span.start)))

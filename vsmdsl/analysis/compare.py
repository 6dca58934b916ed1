"""What a change does to the figures: after − before, and that as a share of before."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from vsmdsl.analysis.result import Analysis, Bound, Figure, FigureKind
from vsmdsl.record import record


@record
class Delta:
    """One figure in two states. `change` = after − before; `ratio` = that ÷ before."""

    name: str
    kind: FigureKind
    before: Figure
    after: Figure
    change: Fraction
    ratio: Fraction | None

    @property
    def complete(self) -> bool:
        """Whether both figures are whole."""
        return self.before.complete and self.after.complete

    @property
    def bound(self) -> Bound:
        """The change of incomplete figures is a guess."""
        return "" if self.complete else "≈"


def compare(before: Analysis, after: Analysis) -> dict[str, Delta | None]:
    """The change of every headline figure; None where one of the two does not exist.

    >>> from vsmdsl import compile
    >>> old, new = compile("step Dev 3d/5d"), compile("step Dev 3d/4d")
    >>> lead_time = compare(old.analysis, new.analysis)["lead_time"]
    >>> lead_time.complete, str(lead_time.ratio)
    (True, '-1/5')
    """
    return compare_figures(before.metrics, after.metrics)


def compare_figures(
    before: Mapping[str, Figure | None], after: Mapping[str, Figure | None]
) -> dict[str, Delta | None]:
    """The change of every figure that the state before has a name for."""
    return {name: _delta(name, old, after.get(name)) for name, old in before.items()}


def _delta(name: str, before: Figure | None, after: Figure | None) -> Delta | None:
    if before is None or after is None:
        return None
    change = after.value - before.value
    ratio = change / before.value if before.value else None
    return Delta(name, before.kind, before, after, change, ratio)

"""From what was written to exact quantities: times, shares, counts, rates."""

from __future__ import annotations

from vsmdsl.language import syntax
from vsmdsl.model.quantity import Gap
from vsmdsl.model.resolve.counts import Counts
from vsmdsl.model.resolve.shares import Shares
from vsmdsl.model.resolve.texts import as_text
from vsmdsl.model.resolve.times import is_time
from vsmdsl.model.stream import Stated
from vsmdsl.record import record


@record
class Values(Counts, Shares):
    """Reads values on one clock, and writes what is wrong into the log."""

    def stated(self, node: syntax.Value) -> Stated | None:
        """A value whose kind nobody has said: a quantity, a gap, or else its text."""
        match node:
            case syntax.Unknown() | syntax.Approx(value=syntax.Unknown()):
                return Gap.UNKNOWN
            case syntax.Word(text=text) if text.lower() == "none":
                return Gap.NONE
            case syntax.Word() | syntax.Text() | syntax.Address() | syntax.Date() | syntax.Items():
                return as_text(node)
            case _:
                return self.quantity(node)

    def quantity(self, node: syntax.Value) -> Stated | None:
        """A quantity, its kind read by its looks."""
        inner = node.value if isinstance(node, syntax.Approx | syntax.Signed) else node
        match inner:
            case syntax.Percent() | syntax.Range(points=(*_, syntax.Percent())):
                return self.percent(node, None)
            case syntax.Ratio():
                return self.rate(node)
            case syntax.Number() | syntax.Sum() | syntax.Range() if not is_time(inner):
                return self.amount(node)
            case syntax.Measure(parts=(part,)) if part.unit != "m" and not is_time(inner):
                return self.amount(node)
            case _:
                return self.duration(node)

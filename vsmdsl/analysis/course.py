"""A part of the stream that is passed once: all of it, a span, a branch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from vsmdsl.analysis.costs import cost_of, weighted
from vsmdsl.analysis.flow import spread, weights
from vsmdsl.analysis.gaps import Gaps, Rule, gaps, gaps_anywhere
from vsmdsl.analysis.handoffs import count_handoffs
from vsmdsl.analysis.path import Cost, Spent, Stop, spent, stops, total
from vsmdsl.analysis.pieces import Corner, Piece, Units
from vsmdsl.analysis.quality import Quality, quality, rolled
from vsmdsl.model.stream import Element, Step
from vsmdsl.record import record

if TYPE_CHECKING:
    from vsmdsl.analysis.measure import Measure


@record
class Course:
    """A part of the stream that follows on: all of it, a span, a branch; passed once.

    With `begun` the wait in front of the first step is over when the part begins.
    """

    measure: Measure
    elements: tuple[Element, ...]
    begun: bool = False

    @cached_property
    def pieces(self) -> Mapping[str, Piece]:
        """What each step, queue and handoff takes."""
        first = self.elements[0] if self.elements else None
        if not self.begun or not isinstance(first, Step):
            return self.measure.pieces
        return self.measure.pieces | {first.key: self.measure.pieces[first.key].without_wait()}

    @cached_property
    def weights(self) -> dict[str, Fraction]:
        """The share of every element, for an item that enters this part."""
        if self.elements is self.measure.stream.elements:
            return self.measure.weights
        return weights(self.elements, self.measure.share_scale)

    @cached_property
    def _firsts(self) -> dict[Corner, Spent]:
        return {}

    def first(self, corner: Corner = Corner.MEAN) -> Spent:
        """One pass, without rework."""
        corner = self.measure.corner(corner)
        if corner not in self._firsts:
            scale, inventory = self.measure.share_scale, self.measure.inventory
            found = total(self.elements, self.passed(corner), inventory)
            self._firsts[corner] = spent(found, scale * self.measure.tick, inventory)
        return self._firsts[corner]

    @cached_property
    def stops(self) -> list[Stop]:
        """Every step, queue and handoff with its part in the first pass."""
        return list(stops(self.elements, self.first().longest))

    @cached_property
    def units(self) -> set[Units]:
        """The units in which the times on the path were written."""
        found, weights = self.pieces, self.weights
        keys = (stop.element.key for stop in self.stops if stop.role == "on")
        return {found[key].units for key in keys if weights[key]}

    def passed(self, corner: Corner) -> dict[str, Cost]:
        """The costs of one pass, weighted by the shares of the branches."""
        if corner not in self._weighted:
            visits = spread(self.elements, self.measure.share_scale, {})
            self._weighted[corner] = weighted(self._costs(corner), visits, {})
        return self._weighted[corner]

    @cached_property
    def _weighted(self) -> dict[Corner, dict[str, Cost]]:
        return {}

    def _costs(self, corner: Corner) -> dict[str, Cost]:
        costs = self.measure.costs(corner)
        if self.pieces is self.measure.pieces:
            return costs
        first = self.elements[0].key
        return costs | {first: cost_of(self.pieces[first], corner, self.measure.tick)}

    @property
    def work_units(self) -> Iterable[str]:
        """The units in which all work was written."""
        found = self.pieces
        return (found[key].units.work for key in self.weights if key in found)

    def lacks(self, rule: Rule, *, anywhere: bool = False) -> Gaps:
        """What a figure lacks that follows the timeline, or counts every branch."""
        return gaps_anywhere(self, rule) if anywhere else gaps(self, self.stops, rule)

    def quality(self) -> Quality:
        """What is known of the %C&A of its steps."""
        return quality(self.elements, self.weights)

    def rolled(self, end: str) -> Fraction:
        """The %C&A of all its elements together."""
        return rolled(self.elements, end)

    def handoffs(self) -> int:
        """How often the work changes hands."""
        return count_handoffs(self.elements)

    def effort(self, corner: Corner = Corner.MEAN) -> Fraction:
        """All work, in every parallel branch, seconds."""
        passed = self.passed(self.measure.corner(corner))
        work = sum(cost.work for cost in passed.values())
        return Fraction(work, self.measure.share_scale * self.measure.tick)

"""A part of a line whose elements are summed once: for spans by the thousand.

What a part takes is a difference of two sums from the beginning of its line. The figures are made
of these by the same rows as those of any other course.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from math import prod

from vsmdsl.analysis.course import Course
from vsmdsl.analysis.gaps import Found, Gaps, Rule, judge
from vsmdsl.analysis.handoffs import Handed
from vsmdsl.analysis.path import Cost, Spent, Stop, Total, spent, stops, total
from vsmdsl.analysis.pieces import Corner, Piece, Units
from vsmdsl.analysis.quality import Quality, factor, quality
from vsmdsl.model.stream import Element, Step, walk
from vsmdsl.record import record

Sums = list[int]  # one more than there are elements


class Line:
    """A sequence of the stream with all that its parts have in common."""

    def __init__(self, whole: Course) -> None:
        self.whole = whole
        self.elements = whole.elements
        self.costs: dict[Corner, list[Sums]] = {}
        self.efforts: dict[Corner, Sums] = {}
        self.rules: dict[tuple[Rule, bool], Summed] = {}
        self.factors: dict[str, tuple[list[int], list[int]]] = {}

    def cost(self, corner: Corner, start: int, end: int) -> Cost:
        """What some elements cost, weighted."""
        if corner not in self.costs:
            passed, inventory = self.whole.passed(corner), self.whole.measure.inventory
            each = [total((one,), passed, inventory).cost for one in self.elements]
            self.costs[corner] = [
                summed(one.wait for one in each),
                summed(one.taken for one in each),
                summed(one.work for one in each),
                summed(one.value for one in each),
            ]
        return Cost(*(sums[end] - sums[start] for sums in self.costs[corner]))

    def effort(self, corner: Corner, start: int, end: int) -> int:
        """All work of some elements, in every branch."""
        if corner not in self.efforts:
            passed = self.whole.passed(corner)
            self.efforts[corner] = summed(
                sum(passed[one.key].work for one in walk((element,)) if one.key in passed)
                for element in self.elements
            )
        return self.efforts[corner][end] - self.efforts[corner][start]

    @cached_property
    def stops(self) -> list[list[Stop]]:
        """The stops of each element."""
        longest = self.whole.first().longest
        return [list(stops((one,), longest)) for one in self.elements]

    @cached_property
    def units(self) -> dict[Units, list[int]]:
        """Where on the path times are written in which units."""
        found: dict[Units, list[int]] = {}
        pieces, weights = self.whole.pieces, self.whole.weights
        for at, here in enumerate(self.stops):
            keys = (stop.element.key for stop in here if stop.role == "on")
            for units in {pieces[key].units for key in keys if weights[key]}:
                found.setdefault(units, []).append(at)
        return found

    @cached_property
    def work_units(self) -> dict[str, list[int]]:
        """Where work is written in which unit, in every branch."""
        found: dict[str, list[int]] = {}
        for at, element in enumerate(self.elements):
            keys = (one.key for one in walk((element,)))
            for unit in {self.whole.pieces[k].units.work for k in keys if k in self.whole.pieces}:
                found.setdefault(unit, []).append(at)
        return found

    def lacks(self, rule: Rule, anywhere: bool) -> Summed:
        """What a figure lacks of each element."""
        if (rule, anywhere) not in self.rules:
            each = [self._found(at, rule, anywhere) for at in range(len(self.elements))]
            self.rules[rule, anywhere] = Summed(each)
        return self.rules[rule, anywhere]

    def _found(self, at: int, rule: Rule, anywhere: bool) -> Found:
        found, whole = Found(), self.whole
        if anywhere:
            for one in walk((self.elements[at],)):
                piece = whole.pieces.get(one.key)
                if piece and whole.weights[one.key]:
                    found.add(piece, rule(piece))
            return found
        for stop in self.stops[at]:
            if whole.weights[stop.element.key]:
                piece = whole.pieces[stop.element.key]
                judge(found, stop, piece, rule, whole.measure.inventory)
        return found

    def rolled(self, name: str, start: int, end: int) -> Fraction:
        """What passes some elements, complete and accurate."""
        if name not in self.factors:
            found = [factor(one, name) for one in self.elements]
            parts = [one.numerator for one in found], [one.denominator for one in found]
            self.factors[name] = parts
        over, under = self.factors[name]
        return Fraction(prod(over[start:end]), prod(under[start:end]))

    @cached_property
    def qualities(self) -> tuple[Sums, Sums, Sums, Sums, list[str]]:
        """Sums of what `quality` counts, and all who lack a %C&A."""
        each = [quality((one,), self.whole.weights) for one in self.elements]
        counted = (
            summed(one.known for one in each),
            summed(one.ranged for one in each),
            summed(one.steps for one in each),
            summed(len(one.lacking) for one in each),
        )
        return (*counted, [key for one in each for key in one.lacking])

    @cached_property
    def handed(self) -> Handed:
        """Where the work changes hands."""
        return Handed(self.elements)


class Summed:
    """What is found of each element, summed."""

    def __init__(self, each: list[Found]) -> None:
        self.keys = tuple([key for one in each for key in one.keys])
        self.ends = summed(len(one.keys) for one in each)
        self.counts = [
            summed(getattr(one, name) for one in each)
            for name in ("up", "down", "swaps", "steps", "others")
        ]
        self.mixed = summed(not one.only_steps for one in each)

    def put_into(self, found: Found, start: int, end: int) -> None:
        """Add what is found of some elements."""
        up, down, swaps, steps, others = (sums[end] - sums[start] for sums in self.counts)
        found.up, found.down = found.up or up > 0, found.down or down > 0
        found.swaps = found.swaps or swaps > 0
        found.steps, found.others = found.steps + steps, found.others + others
        found.only_steps = found.only_steps and self.mixed[end] == self.mixed[start]
        found.keys.update(dict.fromkeys(self.keys[self.ends[start] : self.ends[end]]))


@record
class Part(Course):
    """The elements from `start` up to `end` of a line; the wait in front of the first is over."""

    line: Line = None  # type: ignore[assignment]
    start: int = 0
    end: int = 0

    @cached_property
    def _begun(self) -> Piece | None:
        """The first element without its wait, where that makes a difference."""
        first = self.line.elements[self.start]
        if not isinstance(first, Step) or first.wait is None:
            return None
        return self.measure.pieces[first.key].without_wait()

    def first(self, corner: Corner = Corner.MEAN) -> Spent:
        """One pass, without rework; who asks for the branches asks the line."""
        corner = self.measure.corner(corner)
        if corner not in self._firsts:
            self._firsts[corner] = self._first(corner)
        return self._firsts[corner]

    def _first(self, corner: Corner) -> Spent:
        cost, scale = self.line.cost(corner, self.start, self.end), self.measure.share_scale
        if self._begun is not None:
            key = self._begun.key
            own = self.measure.pieces[key].at(corner).own * self.measure.tick * scale
            cost = cost.minus(Cost(int(own)))
        inventory = self.measure.inventory
        return spent(Total(cost, frozenset()), scale * self.measure.tick, inventory)

    def effort(self, corner: Corner = Corner.MEAN) -> Fraction:
        """All work, in every parallel branch, seconds."""
        work = self.line.effort(self.measure.corner(corner), self.start, self.end)
        return Fraction(work, self.measure.share_scale * self.measure.tick)

    @property
    def units(self) -> set[Units]:
        """The units in which the times on the path were written."""
        return {one for one, at in self.line.units.items() if self._within(at)}

    @property
    def work_units(self) -> Iterable[str]:
        """The units in which all work was written."""
        return [one for one, at in self.line.work_units.items() if self._within(at)]

    def _within(self, at: list[int]) -> bool:
        place = bisect_left(at, self.start)
        return place < len(at) and at[place] < self.end

    def lacks(self, rule: Rule, *, anywhere: bool = False) -> Gaps:
        """What a figure lacks."""
        found = Found()
        if not self.measure.lacks_any:
            return found.result()
        start = self.start
        if self._begun is not None:
            start += 1
            found.add(self._begun, rule(self._begun))
        self.line.lacks(rule, anywhere).put_into(found, start, self.end)
        return found.result()

    def quality(self) -> Quality:
        """What is known of the %C&A of its steps."""
        *counted, lacking = self.line.qualities
        known, ranged, steps, _ = (sums[self.end] - sums[self.start] for sums in counted)
        first, last = counted[3][self.start], counted[3][self.end]
        return Quality(known, ranged, steps, tuple(lacking[first:last]))

    def rolled(self, end: str) -> Fraction:
        """The %C&A of all its elements together."""
        return self.line.rolled(end, self.start, self.end)

    def handoffs(self) -> int:
        """How often the work changes hands."""
        return self.line.handed.between(self.start, self.end)


def summed(numbers: Iterable[int]) -> Sums:
    """The sums of all that come before each, and of all."""
    return list(accumulate(numbers, initial=0))


def part(line: Line, start: int, end: int) -> Part:
    """Some elements of a line."""
    elements: tuple[Element, ...] = ()  # none asks for them
    return Part(line.whole.measure, elements, True, line, start, end)

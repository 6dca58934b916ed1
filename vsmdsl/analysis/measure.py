"""A value stream, measured: pieces, visits and costs, from which all figures fold."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import TYPE_CHECKING

from vsmdsl.analysis.costs import cost_of, together, weighted
from vsmdsl.analysis.course import Course
from vsmdsl.analysis.flow import (
    Loop,
    Place,
    loops,
    places,
    share_scale,
    spread,
    weights,
)
from vsmdsl.analysis.path import Cost, Spent, joining, spent, total
from vsmdsl.analysis.pieces import KNOWN, Corner, Piece, demand, pieces, seconds
from vsmdsl.analysis.returns import Reached, Returns, reached, returns, unsettled
from vsmdsl.model.quantity import Count, Duration, Percent
from vsmdsl.model.stream import Branch, Element, Parallel, ValueStream
from vsmdsl.record import record

if TYPE_CHECKING:
    from vsmdsl.analysis.passing import Passing

# Dense loops come by as often as that, and no calculator or program reads a time of so many digits.
MOST_VISITS = 10**240


@record
class Visits:
    """Expected visits of every element, and those of them that are free of work.

    Counted in parts, `scale` to a visit: one common denominator for all, since sums of many
    fractions with denominators of their own are what makes exact arithmetic slow.
    """

    scale: int
    passes: Mapping[str, int]
    eased: Mapping[str, int]
    returns: Mapping[str, int]


@record
class Measure:
    """A stream with everything about it that more than one figure needs."""

    stream: ValueStream

    @cached_property
    def inventory(self) -> bool:
        """Whether the lead time is the waiting alone."""
        return self.stream.settings.timeline == "inventory"

    @cached_property
    def demand(self) -> Count | None:
        """Things a second that the customer takes."""
        return demand(self.stream)

    @cached_property
    def places(self) -> dict[str, Place]:
        """Where every element stands."""
        return places(self.stream.elements)

    @cached_property
    def weights(self) -> dict[str, Fraction]:
        """The first-pass share of every element."""
        return weights(self.stream.elements, self.share_scale)

    @cached_property
    def share_scale(self) -> int:
        """The parts into which a visit is cut."""
        return share_scale(self.places.values())

    @cached_property
    def tick(self) -> int:
        """The parts of a second in which every time of the map is a whole number."""
        times = [time for one in self.stream.reworks for time in (one.wait, one.pt)]
        of_rework = {
            end.denominator
            for time in times
            if isinstance(time, Duration)
            for end in (time.seconds, time.low, time.high)
        }
        of_pieces = {
            end.denominator
            for piece in self.pieces.values()
            for one in piece.ends.values()
            for end in (one.own, one.inner, one.work, one.taken)
        }
        return lcm(*of_rework, *of_pieces)

    def costs(self, corner: Corner) -> dict[str, Cost]:
        """One pass of every step, queue and handoff, in ticks."""
        if corner not in self._costs:
            found = self.pieces.items()
            self._costs[corner] = {key: cost_of(one, corner, self.tick) for key, one in found}
        return self._costs[corner]

    @cached_property
    def _costs(self) -> dict[Corner, dict[str, Cost]]:
        return {}

    @cached_property
    def pieces(self) -> dict[str, Piece]:
        """What each step, queue and handoff takes."""
        return pieces(self.stream, self.weights)

    @cached_property
    def ranged(self) -> bool:
        """Whether any range enters, so that low and high ends differ from the mean."""
        shares = (share for one in self.stream.reworks for share in (one.share, one.effort))
        times = (time for one in self.stream.reworks for time in (one.pt, one.wait))
        return (
            any(piece.ranged for piece in self.pieces.values())
            or any(isinstance(share, Percent) and share.is_range for share in shares)
            or any(isinstance(time, Duration) and time.is_range for time in times)
        )

    @cached_property
    def lacking(self) -> list[str]:
        """The elements whose lead time lacks something."""
        return [key for key, piece in self.pieces.items() if piece.lead_unknown]

    @cached_property
    def lacks_any(self) -> bool:
        """Whether anything at all is unknown of the steps, queues and handoffs."""
        return any(piece.unknown != KNOWN for piece in self.pieces.values())

    def corner(self, corner: Corner) -> Corner:
        """The corner at which to measure; all are the same where nothing is a range."""
        return corner if self.ranged else Corner.MEAN

    @cached_property
    def whole(self) -> Course:
        """The stream from end to end."""
        return Course(self, self.stream.elements)

    @cached_property
    def sequences(self) -> dict[str, tuple[Element, ...]]:
        """The stream (`""`) and every branch by its key."""
        found = {"": self.stream.elements}
        for one in self.stream.everything:
            if isinstance(one, Branch):
                found[one.key] = one.elements
        return found

    def passing(self, corner: Corner) -> Passing:
        """The stream as its returns pass it, one at a time."""
        from vsmdsl.analysis.passing import Passing  # most maps have no loops

        if corner not in self._passing:
            self._passing[corner] = Passing(self.sequences, self.costs(corner), self.inventory)
        return self._passing[corner]

    @cached_property
    def _passing(self) -> dict[Corner, Passing]:
        return {}

    @cached_property
    def return_scale(self) -> int:
        """The parts of a visit in which a return of every loop is counted, whatever its effort."""
        return self.share_scale * lcm(*(loop.relief.denominator for loop in self.loops))

    def lane(self, branch: Branch) -> Course:
        """A branch, for an item that takes it."""
        return Course(self, branch.elements)

    @cached_property
    def longest_of(self) -> dict[str, str]:
        """Parallel fork → its longest branch, wherever the fork lies."""
        found = {}
        for fork in self.stream.everything:
            if isinstance(fork, Parallel) and (lanes := joining(fork)):
                leads = [self.lane(one).first().lead for one in lanes]
                found[fork.key] = lanes[leads.index(max(leads))].key
        return found

    @cached_property
    def loops(self) -> list[Loop]:
        """The rework loops at their mean."""
        return loops(self.stream, self.places, Corner.MEAN)

    @cached_property
    def unsettled(self) -> set[str]:
        """The loops whose returns nobody knows."""
        return unsettled(self.loops)

    @cached_property
    def visits(self) -> Visits | None:
        """Expected visits at the mean; None where rework never ends."""
        return self._visits(Corner.MEAN)

    @cached_property
    def countless(self) -> bool:
        """Whether more leaves than comes back, and yet items come by more often than we count."""
        return self.visits is None and self._back is not None

    @cached_property
    def _back(self) -> Returns | None:
        """What the loops send back at their mean."""
        return returns(self.loops, self.weights, self.stream.settings.rework_model)

    def expected(self, corner: Corner) -> Spent | None:
        """The whole stream with its rework; None where rework never ends."""
        corner = self.corner(corner)
        if corner not in self._expected:
            self._expected[corner] = self._expect(corner)
        return self._expected[corner]

    @cached_property
    def _expected(self) -> dict[Corner, Spent | None]:
        return {}

    def _expect(self, corner: Corner) -> Spent | None:
        visits = self.visits if corner is Corner.MEAN else self._visits(corner)
        if visits is None:
            return None
        costs = weighted(self.costs(corner), visits.passes, visits.eased)
        for loop in self.loops:
            times = visits.returns.get(loop.key)
            if times and not loop.only_steps:
                extra = self.only_on_return(loop, corner).times(times)
                costs[loop.rework.end] = costs.get(loop.rework.end, Cost()).plus(extra)
        found = total(self.stream.elements, costs, self.inventory)
        return spent(found, visits.scale * self.tick, self.inventory)

    def only_on_return(self, loop: Loop, corner: Corner) -> Cost:
        """What a return costs beside the steps: its own work, and its queue in place of B's."""
        wait = seconds(loop.rework.wait, corner.waiting)
        if loop.rework.wait is not None and self._waits_again(loop):
            wait -= self.pieces[loop.rework.end].at(corner).own
        waited, work = int(wait * self.tick), int(seconds(loop.rework.pt, corner.work) * self.tick)
        return Cost(waited, work, work, 0)

    def _waits_again(self, loop: Loop) -> bool:
        once = self.stream.settings.rework_model == "once"
        return loop.rework.end in self.pieces and not (once and loop.repeats_itself)

    def _visits(self, corner: Corner) -> Visits | None:
        if corner is Corner.MEAN:
            found, back = self.loops, self._back
        else:
            found = loops(self.stream, self.places, corner)
            back = returns(found, self.weights, self.stream.settings.rework_model)
        if back is None:
            return None
        finer = lcm(*(loop.relief.denominator for loop in found)) * self.share_scale
        scale, counts = back.scale * finer, {k: part * finer for k, part in back.counts.items()}
        passes = spread(self.stream.elements, scale, together(found, counts, eased=False))
        if max(passes.values(), default=0) > MOST_VISITS * scale:
            return None
        eased = together(found, counts, eased=True)
        free = spread(self.stream.elements, 0, eased) if eased else {}
        return Visits(scale, passes, free, counts)

    @cached_property
    def hidden(self) -> Reached:
        """What the loops might do whose returns nobody knows."""
        chosen = [loop for loop in self.loops if loop.key in self.unsettled]
        return reached(chosen, self.sequences, self.share_scale)

    @cached_property
    def changed(self) -> Reached:
        """What the loops do to the elements: those whose returns are known, and the others."""
        visits, might = self.visits, self.hidden
        if visits is None:
            return might
        shares = ((key, count, self.weights[key]) for key, count in visits.passes.items())
        own = {  # in whole numbers, since there are many
            key: count * share.denominator - visits.scale * share.numerator
            for key, count, share in shares
        }
        more = might.more.union(key for key, change in own.items() if change > 0)
        return Reached(more, might.fewer.union(key for key, change in own.items() if change < 0))

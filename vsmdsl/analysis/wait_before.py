"""How long work waits between the step before and each step."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import assert_never

from vsmdsl.analysis.figures import make_figure
from vsmdsl.analysis.flow import branch_share
from vsmdsl.analysis.gaps import Gaps
from vsmdsl.analysis.measure import Measure
from vsmdsl.analysis.pieces import Ends, Piece, larger
from vsmdsl.analysis.result import Amount, Figure
from vsmdsl.model.stream import Choice, Element, Handoff, Parallel, Queue, Step
from vsmdsl.record import record


@record
class _Waited:
    """What an item has waited since it left the last step."""

    amount: Amount = Amount()
    missing: tuple[str, ...] = ()
    unit: str = "s"

    def longer(self, piece: Piece) -> _Waited:
        """The same after the wait of one more element."""
        low, mean, high = piece.spread(_own)
        if not high and not piece.unknown.own and piece.units.own == "s":
            return self
        amount = self.amount + Amount(mean, low, high)
        missing = (*self.missing, piece.key) if piece.unknown.own else self.missing
        return _Waited(amount, missing, larger(self.unit, piece.units.own))


def _own(end: Ends) -> Fraction:
    return end.own


def waits_before(measure: Measure) -> dict[str, Figure]:
    """Step → everything waited since the step before, its own `wait` included.

    Behind parallel branches that of the longest, behind a choice the mean by share.
    """
    found: dict[str, Figure] = {}
    _walk(measure, measure.stream.elements, _Waited(), found)
    return found


def _walk(
    measure: Measure, elements: Iterable[Element], waited: _Waited, found: dict[str, Figure]
) -> _Waited:
    for element in elements:
        match element:
            case Step():
                found[element.key] = _figure(waited.longer(measure.pieces[element.key]))
                waited = _Waited()
            case Queue() | Handoff():
                waited = waited.longer(measure.pieces[element.key])
            case Parallel() | Choice():
                waited = _fork(measure, element, waited, found)
            case _:
                assert_never(element)
    return waited


def _fork(
    measure: Measure, fork: Parallel | Choice, waited: _Waited, found: dict[str, Figure]
) -> _Waited:
    ends = [(one, _walk(measure, one.elements, waited, found)) for one in fork.branches]
    match fork:
        case Parallel():
            longest = measure.longest_of.get(fork.key)
            return next((end for branch, end in ends if branch.key == longest), waited)
        case Choice():
            shares = [branch_share(fork, branch.share) for branch, _ in ends]
            return _mean([end for _, end in ends], shares)
        case _:
            assert_never(fork)


def _mean(ends: list[_Waited], shares: list[Fraction]) -> _Waited:
    amount, missing = Amount(), dict[str, None]()
    for end, share in zip(ends, shares, strict=True):
        amount += end.amount.times(share)
        if share:
            missing |= dict.fromkeys(end.missing)
    return _Waited(amount, tuple(missing), larger(*(end.unit for end in ends)))


NOTHING = Gaps((), "", 0, "parts")


def _figure(waited: _Waited) -> Figure:
    amount, missing = waited.amount, waited.missing
    lacks = Gaps(missing, "≥", len(missing), "parts") if missing else NOTHING
    return make_figure("waiting", (amount.low, amount.mean, amount.high), lacks, waited.unit)

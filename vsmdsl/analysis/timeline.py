"""The one list of waits and work from which ladder, strip, figures and JSON all come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from vsmdsl.analysis.figures import make_figure, shares_of
from vsmdsl.analysis.gaps import Gaps
from vsmdsl.analysis.measure import Measure
from vsmdsl.analysis.path import Stop
from vsmdsl.analysis.pieces import Corner, Piece
from vsmdsl.analysis.result import Amount, Bound, Segment, WaitFigures, WaitKind
from vsmdsl.model.quantity import Gap
from vsmdsl.model.stream import Handoff, Queue, Step


def timeline(measure: Measure) -> tuple[Segment, ...]:
    """Every wait and every piece of work, in the order of the stream.

    A step gives up to three: the wait in front of it, the waiting inside its lead time, its work.
    """
    return tuple(
        segment
        for stop in measure.whole.stops
        for segment in _segments(stop, measure.pieces[stop.element.key], measure)
    )


def waits(
    segments: tuple[Segment, ...], lead: Fraction, labels: Mapping[str, str]
) -> tuple[WaitFigures, ...]:
    """The waits, longest first, then in the order of the stream; those off the path follow."""
    found = [segment for segment in segments if not segment.work]
    ranked = sorted((one for one in found if one.on_path), key=_longest_first)
    others = [one for one in found if not one.on_path]
    known = [one for one in ranked if one.known or one.amount.mean]
    unknown = [one for one in ranked if not (one.known or one.amount.mean)]
    share = shares_of(lead) if lead else None
    figures = [_wait(one, labels, share, rank) for rank, one in enumerate(known, 1)]
    return (*figures, *(_wait(one, labels, share, None) for one in (*unknown, *others)))


def _longest_first(one: Segment) -> Fraction | int:
    mean = one.amount.mean  # whole seconds, as most are, compare ten times as fast as whole numbers
    return -mean.numerator if mean.denominator == 1 else -mean


def _segments(stop: Stop, piece: Piece, measure: Measure) -> Iterator[Segment]:
    on, weight = stop.role == "on", measure.weights[piece.key]
    units, unknown = piece.units, piece.unknown
    if waits_here(piece):
        own = _spread(piece, "own", weight)
        kind = _kind(piece)
        yield Segment(piece.key, False, kind, own, not unknown.own, on, weight, "", units.own)
    if not isinstance(piece.element, Step):
        return
    inner = _spread(piece, "inner", weight)
    if inner.high or unknown.inner:
        known = not (unknown.inner or unknown.less)
        yield Segment(piece.key, False, "inside", inner, known, on, weight, "", units.inner)
    work, value = _spread(piece, "work", weight), piece.element.value
    yield Segment(
        piece.key,
        True,
        "work",
        work,
        not unknown.work,
        on,
        weight,
        value,
        units.work,
        _spread(piece, "taken", weight),
    )


def waits_here(piece: Piece) -> bool:
    """Whether there is a wait in front at all: written, worked out or missing, but not `none`."""
    match piece.element:
        case Queue():
            return piece.unknown.own or not _does_not_apply(piece.element)
        case Handoff() | Step():
            return piece.element.wait not in (None, Gap.NONE, Gap.INCLUDED)


def _does_not_apply(queue: Queue) -> bool:
    if queue.wait is not None:
        return queue.wait in (Gap.NONE, Gap.INCLUDED)
    return queue.qty in (None, Gap.NONE) and queue.wip in (None, Gap.NONE)


def _kind(piece: Piece) -> WaitKind:
    match piece.element:
        case Queue():
            return "queue"
        case Handoff():
            return "handoff"
        case Step():
            return "step"


def _spread(piece: Piece, name: str, weight: Fraction) -> Amount:
    """Mean, least and most."""
    work = name in ("work", "taken")
    low, high = (Corner.LEAST, Corner.MOST) if work else (Corner.SHORT, Corner.LONG)
    mean: Fraction = getattr(piece.ends[Corner.MEAN], name)
    amount = Amount(mean, mean, mean)
    if piece.ranged:
        amount = Amount(mean, getattr(piece.ends[low], name), getattr(piece.ends[high], name))
    return amount if weight == 1 else amount.times(weight)


def _wait(
    segment: Segment,
    labels: Mapping[str, str],
    share: Callable[[Fraction], Fraction] | None,
    rank: int | None,
) -> WaitFigures:
    amount = segment.amount
    bound: Bound = "" if segment.known else "≤" if segment.kind == "inside" and amount.mean else "≥"
    lacks = Gaps((segment.key,), bound, 1, "parts") if bound else ONE_PART
    return WaitFigures(
        segment.key,
        labels[segment.key],
        _wait_kind(segment),
        make_figure("waiting", (amount.low, amount.mean, amount.high), lacks, segment.unit),
        share(amount.mean) if share and segment.on_path else None,
        rank,
        segment.known,
    )


ONE_PART = Gaps((), "", 1)


def _wait_kind(segment: Segment) -> WaitKind:
    assert segment.kind != "work"
    return segment.kind

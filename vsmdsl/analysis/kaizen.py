"""What each improvement brings on its own, what they bring one after the other, and what for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import cast

from vsmdsl.analysis.analyse import analyse
from vsmdsl.analysis.compare import Delta, compare
from vsmdsl.analysis.result import Analysis, Figure
from vsmdsl.model.changes import Change, apply
from vsmdsl.model.quantity import Duration
from vsmdsl.model.stream import Kaizen, ValueStream
from vsmdsl.record import record

OVER = frozenset({"done", "dropped"})  # nothing more is to be gained from these
MOST = 12  # bursts that are weighed against each other, the best ones alone


@record
class KaizenGain:
    """The map with one burst more.

    `saved` is lead time in seconds; `per_effort` is that ÷ the effort (both in seconds of the
    map's clock), None where no effort is given. `delta` compares with the state before the burst.
    """

    key: str
    saved: Fraction
    after: Mapping[str, Figure | None]
    delta: Mapping[str, Delta | None]
    per_effort: Fraction | None


def gains(stream: ValueStream, before: Analysis) -> tuple[KaizenGain, ...]:
    """The gain of every burst that promises changes, in the order of the file."""
    return tuple(_gain(stream, before, one)[0] for one in stream.kaizens if one.changes)


def sequence(
    stream: ValueStream, before: Analysis, alone: Sequence[KaizenGain] | None = None
) -> tuple[KaizenGain, ...]:
    """What to do first: each time the burst that returns most, given all that is done by then.

    Returns get smaller as bursts touch the same wait. What saves nothing more is left out, as are
    bursts that are done or dropped. Bursts without an effort come after those with one.
    """
    found: list[KaizenGain] = []
    left = _open(stream, gains(stream, before) if alone is None else alone)
    while left:
        tried = [(*_gain(stream, before, one), one) for one in left]
        best, analysis, kaizen = max(tried, key=lambda one: worth(one[0]))
        if best.saved <= 0:
            break
        found.append(best)
        stream, before = improved(stream, kaizen), analysis
        left = [one for one in left if one is not kaizen]
    return tuple(found)


def worth(gain: KaizenGain) -> tuple[bool, bool, Fraction, Fraction]:
    """By what bursts are ranked: any gain first, then the return, then the gain itself."""
    known = gain.per_effort is not None
    return gain.saved > 0, known, gain.per_effort or Fraction(0), gain.saved


def improved(stream: ValueStream, kaizen: Kaizen) -> ValueStream:
    """The stream as a burst leaves it."""
    return apply(stream, cast("tuple[Change, ...]", kaizen.changes))


def overdue(kaizen: Kaizen, today: date | None) -> bool:
    """Whether a burst should be done by now, and is not."""
    return bool(today and kaizen.due and kaizen.due < today and kaizen.status not in OVER)


def _open(stream: ValueStream, alone: Iterable[KaizenGain]) -> list[Kaizen]:
    ranked = sorted(alone, key=worth, reverse=True)
    by_key = {one.key: one for one in stream.kaizens if one.status not in OVER}
    return [by_key[gain.key] for gain in ranked if gain.key in by_key][:MOST]


def _gain(stream: ValueStream, before: Analysis, kaizen: Kaizen) -> tuple[KaizenGain, Analysis]:
    after = analyse(improved(stream, kaizen))
    delta = compare(before, after)
    lead = delta["lead_time"]
    saved = -lead.change if lead else Fraction(0)
    gain = KaizenGain(kaizen.key, saved, after.metrics, delta, _per_effort(saved, kaizen))
    return gain, after


def _per_effort(saved: Fraction, kaizen: Kaizen) -> Fraction | None:
    effort = kaizen.effort
    return saved / effort.seconds if isinstance(effort, Duration) and effort.seconds else None

"""What each improvement brings on its own, what they bring one after the other, and what for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import cast

from vsmdsl.analysis.compare import Delta, compare_figures
from vsmdsl.analysis.measure import Measure
from vsmdsl.analysis.metrics import headline
from vsmdsl.analysis.result import Analysis, Figure
from vsmdsl.model.changes import Change, apply
from vsmdsl.model.quantity import Duration
from vsmdsl.model.stream import Kaizen, ValueStream
from vsmdsl.record import record

OVER = frozenset({"done", "dropped"})  # nothing more is to be gained from these
Figures = Mapping[str, Figure | None]
MOST = 12  # bursts that are weighed against each other, the best ones alone


@record
class KaizenGain:
    """The map with one burst more.

    `saved` is lead time in seconds; `per_effort` is that ÷ the effort (both in seconds of the
    map's clock), None where no effort is given. `delta` compares with the state before the burst.
    """

    key: str
    saved: Fraction
    after: Figures
    delta: Mapping[str, Delta | None]
    per_effort: Fraction | None


def gains(stream: ValueStream, before: Analysis) -> tuple[KaizenGain, ...]:
    """The gain of every burst that promises changes, in the order of the file."""
    return tuple(_gain(stream, before.metrics, one) for one in stream.kaizens if one.changes)


def sequence(
    stream: ValueStream, before: Analysis, alone: Sequence[KaizenGain] | None = None
) -> tuple[KaizenGain, ...]:
    """What to do first: each time the burst that returns most, given all that is done by then.

    Returns get smaller as bursts touch the same wait. What saves nothing more is left out, as are
    bursts that are done or dropped. Bursts without an effort come after those with one.
    """
    found: list[KaizenGain] = []
    known = gains(stream, before) if alone is None else alone
    bursts = _open(stream, known)
    last = {gain.key: gain for gain in known}
    metrics = before.metrics
    while bursts:
        last |= _weighed(stream, metrics, bursts, last)
        kaizen = max(bursts, key=lambda one: worth(last[one.key]))
        if last[kaizen.key].saved <= 0:
            break
        found.append(last[kaizen.key])
        stream, metrics = improved(stream, kaizen), last[kaizen.key].after
        bursts = [one for one in bursts if one is not kaizen]
    return tuple(found)


def _weighed(
    stream: ValueStream, metrics: Figures, bursts: list[Kaizen], last: dict[str, KaizenGain]
) -> dict[str, KaizenGain]:
    """Gains anew, best first, until none that is left could be better.

    What a burst saved before is taken for the most that it saves now; where that leads to
    nothing, all are weighed: in parallel work, one burst can make another one worth while.
    """
    now: dict[str, KaizenGain] = {}
    best = (False, False, Fraction(0), Fraction(0))
    for one in sorted(bursts, key=lambda one: worth(last[one.key]), reverse=True):
        if best[0] and worth(last[one.key]) <= best:
            break
        now[one.key] = _gain(stream, metrics, one)
        best = max(best, worth(now[one.key]))
    return now


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


def _gain(stream: ValueStream, before: Figures, kaizen: Kaizen) -> KaizenGain:
    after = headline(Measure(improved(stream, kaizen)))
    delta = compare_figures(before, after)
    lead = delta["lead_time"]
    saved = -lead.change if lead else Fraction(0)
    return KaizenGain(kaizen.key, saved, after, delta, _per_effort(saved, kaizen))


def _per_effort(saved: Fraction, kaizen: Kaizen) -> Fraction | None:
    effort = kaizen.effort
    return saved / effort.seconds if isinstance(effort, Duration) and effort.seconds else None

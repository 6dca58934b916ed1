"""What each improvement brings on its own, and what comes back for the effort."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import cast

from vsmdsl.analysis.analyse import analyse
from vsmdsl.analysis.compare import Delta, compare
from vsmdsl.analysis.result import Analysis, Figure
from vsmdsl.model.changes import Change, apply
from vsmdsl.model.quantity import Duration
from vsmdsl.model.stream import Kaizen, ValueStream
from vsmdsl.record import record


@record
class KaizenGain:
    """The map with one burst alone applied.

    `saved` is lead time in seconds; `per_effort` is that ÷ the effort (both in seconds of the
    map's clock), None where no effort is given.
    """

    key: str
    saved: Fraction
    after: Mapping[str, Figure | None]
    delta: Mapping[str, Delta | None]
    per_effort: Fraction | None


def gains(stream: ValueStream, before: Analysis) -> tuple[KaizenGain, ...]:
    """The gain of every burst that promises changes, in the order of the file."""
    return tuple(_gain(stream, before, one) for one in stream.kaizens if one.changes)


def _gain(stream: ValueStream, before: Analysis, kaizen: Kaizen) -> KaizenGain:
    after = analyse(apply(stream, cast("tuple[Change, ...]", kaizen.changes)))
    delta = compare(before, after)
    lead = delta["lead_time"]
    saved = -lead.change if lead else Fraction(0)
    return KaizenGain(kaizen.key, saved, after.metrics, delta, _per_effort(saved, kaizen))


def _per_effort(saved: Fraction, kaizen: Kaizen) -> Fraction | None:
    effort = kaizen.effort
    return saved / effort.seconds if isinstance(effort, Duration) and effort.seconds else None

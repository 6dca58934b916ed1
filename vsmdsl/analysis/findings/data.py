"""What the map does not know, and what it says twice."""

from __future__ import annotations

from collections.abc import Iterator

from vsmdsl.analysis.findings.words import listed, named, span_of
from vsmdsl.analysis.result import Analysis
from vsmdsl.analysis.show import show
from vsmdsl.analysis.stated import contradictions
from vsmdsl.language.codes.findings import STATED_OTHERWISE, UNMEASURED
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.model.quantity import Gap
from vsmdsl.model.stream import Rework, ValueStream

KINDS = {"work": "process time", "inside": "lead time"}


def unmeasured(stream: ValueStream, analysis: Analysis) -> Iterator[Diagnostic]:
    """Everything that is missing, `?` or left out, in one finding."""
    gaps: dict[str, list[str]] = {}
    for key, what in _missing(stream, analysis):
        if what not in gaps.setdefault(key, []):
            gaps[key].append(what)
    if gaps:
        said = listed(
            f"{' and '.join(what)} of `{analysis.labels.get(key, key)}`"
            for key, what in gaps.items()
        )
        message = f"still missing: {said}; figures made of it are marked ≥, ≤ or ≈"
        at = span_of(stream, next(iter(gaps)))
        yield UNMEASURED.at(at, message, on=named(analysis, gaps))


def stated_otherwise(stream: ValueStream, analysis: Analysis) -> Iterator[Diagnostic]:
    """A total on the original that the map does not add up to."""
    for found in contradictions(stream, analysis):
        metric = found.metric
        computed = show(found.computed, stream.calendar)
        name = metric.id or metric.key
        message = f"`{name}` is stated as {metric.text}, but the map adds up to {computed}"
        yield STATED_OTHERWISE.at(metric.span, message, on=(name,))


def _missing(stream: ValueStream, analysis: Analysis) -> Iterator[tuple[str, str]]:
    order = {segment.key: number for number, segment in enumerate(analysis.segments)}
    found = [*_times(analysis), *_qualities(analysis)]
    # Stable: within an element time comes before quality.
    yield from sorted(found, key=lambda one: order.get(one[0], len(order)))
    for rework in stream.reworks:
        if _lacks_something(rework):
            yield rework.key, "share" if rework.share is Gap.UNKNOWN else "time"


def _times(analysis: Analysis) -> Iterator[tuple[str, str]]:
    without_work = {one.key for one in analysis.segments if one.work and not one.known}
    for segment in analysis.segments:
        waits_on_work = segment.kind == "inside" and segment.key in without_work
        if not segment.known and not waits_on_work:
            yield segment.key, KINDS.get(segment.kind, "wait")


def _qualities(analysis: Analysis) -> Iterator[tuple[str, str]]:
    rolled = analysis.metrics["rolled_ca"]
    if rolled:
        yield from ((key, "%C&A") for key in rolled.missing)


def _lacks_something(rework: Rework) -> bool:
    return Gap.UNKNOWN in (rework.share, rework.wait, rework.pt)


FINDINGS = (unmeasured, stated_otherwise)

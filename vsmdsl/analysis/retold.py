"""The same figures for a reader of another language: what nobody named is called in its words."""

from __future__ import annotations

from vsmdsl.analysis.naming import labels
from vsmdsl.analysis.result import Analysis
from vsmdsl.model.stream import ValueStream
from vsmdsl.record import replace
from vsmdsl.wording import Wording


def retold(analysis: Analysis, stream: ValueStream, wording: Wording) -> Analysis:
    """`before Develop` becomes `vor Develop`; what somebody named keeps its name."""
    if not wording.texts:
        return analysis
    told = labels(stream, wording)
    waits = tuple(replace(one, label=told.get(one.key, one.label)) for one in analysis.waits)
    return replace(analysis, labels=told, waits=waits)

"""What a lean coach would say on seeing the map: one small function for each finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vsmdsl.analysis.findings import data, handing_on, load, quality, waiting, waste
from vsmdsl.analysis.result import Analysis
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.model.stream import ValueStream

Finding = Callable[[ValueStream, Analysis], Iterator[Diagnostic]]

FINDINGS: tuple[Finding, ...] = (
    *waiting.FINDINGS,
    *load.FINDINGS,
    *handing_on.FINDINGS,
    *quality.FINDINGS,
    *waste.FINDINGS,
    *data.FINDINGS,
)


def find(stream: ValueStream, analysis: Analysis) -> tuple[Diagnostic, ...]:
    """Everything that the figures show, in the order of the table of findings."""
    return tuple(found for finding in FINDINGS for found in finding(stream, analysis))

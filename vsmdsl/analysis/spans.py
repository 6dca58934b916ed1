"""The figures of a part of the stream, from the start of one step to the end of another."""

from __future__ import annotations

from collections.abc import Callable

from vsmdsl.analysis.course import Course
from vsmdsl.analysis.flow import Place
from vsmdsl.analysis.measure import Measure
from vsmdsl.analysis.metrics import of_part
from vsmdsl.analysis.result import SpanFigures
from vsmdsl.model.stream import Stretch

Courses = Callable[[Measure, Place, Place], Course]
MANY = 20  # spans: from here on it is worth while to sum each line once


def span_figures(measure: Measure) -> tuple[SpanFigures, ...]:
    """Every span of the map, in the order of the file."""
    stretches = measure.stream.stretches
    course = _by_lines() if len(stretches) >= MANY else _by_itself
    return tuple(_figures(measure, stretch, course) for stretch in stretches)


def _figures(measure: Measure, stretch: Stretch, course: Courses) -> SpanFigures:
    label = " ".join(stretch.label.split()) or stretch.id or stretch.key
    start, end = measure.places.get(stretch.start), measure.places.get(stretch.end)
    if start is None or end is None or not _in_one_sequence(start, end):
        return SpanFigures(stretch.key, label, None)
    return SpanFigures(stretch.key, label, of_part(course(measure, start, end)))


def _in_one_sequence(start: Place, end: Place) -> bool:
    return start[-1].sequence == end[-1].sequence and start[-1].at <= end[-1].at


def _by_itself(measure: Measure, start: Place, end: Place) -> Course:
    """A `wait` on the first step is over when the span begins; a queue counts whole."""
    sequence = measure.sequences[start[-1].sequence]
    elements = sequence[start[-1].at : end[-1].at + 1]
    return Course(measure, elements, begun=True)


def _by_lines() -> Courses:
    from vsmdsl.analysis.part import Line, part  # few maps have as many

    lines: dict[str, Line] = {}

    def course(measure: Measure, start: Place, end: Place) -> Course:
        name = start[-1].sequence
        if name not in lines:
            lines[name] = Line(Course(measure, measure.sequences[name]))
        return part(lines[name], start[-1].at, end[-1].at + 1)

    return course

"""What is normal for the field, from published sources; nothing without one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vsmdsl.record import record
from vsmdsl.report.subject import Side, Subject

MARTIN = (
    "Karen Martin: Value Stream Mapping in Office and Service Settings (2009), where an activity "
    "ratio of 1 to 10 % is called a common finding."
)
GEORGE = (
    "Michael L. George: Lean Six Sigma (2002), typical process cycle efficiencies: machining 1 %, "
    "fabrication 10 %, assembly 15 %; world class 20 to 35 %."
)


@record
class Source:
    """A published source by the mark under which it is cited."""

    mark: str
    text: str


@record
class Normal:
    """What is normal for a figure: in a few words, and who says so."""

    figure: str
    applies: Callable[[Side], bool]
    text: str
    source: str


def makes_things(side: Side) -> bool:
    """Whether the stream is one of goods: its timeline counts stock, or steps have cycle times."""
    stream = side.stream
    return stream.settings.timeline == "inventory" or any(step.ct for step in stream.steps())


NORMALS = (
    Normal(
        "flow_efficiency",
        lambda side: not makes_things(side),
        "often 1 to 10 % in offices and services",
        MARTIN,
    ),
    Normal("flow_efficiency", makes_things, "typical in factories: 1 to 15 %", GEORGE),
)


def normal(subject: Subject, figure: str) -> Normal | None:
    """What is normal for a figure of this kind of stream."""
    side = subject.shown
    return next((one for one in NORMALS if one.figure == figure and one.applies(side)), None)


def sources(subject: Subject, figures: Iterator[str]) -> tuple[Source, ...]:
    """The sources of what was said to be normal, each once, by their marks."""
    found = (normal(subject, figure) for figure in figures)
    texts = dict.fromkeys(one.source for one in found if one)
    marks = zip(("¹", "²", "³"), texts, strict=False)
    return tuple(Source(mark, subject.say(text)) for mark, text in marks)

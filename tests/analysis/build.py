"""From the text of a map to its figures, for the tests of the analysis."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from vsmdsl.analysis.analyse import analyse
from vsmdsl.analysis.contract import Json, as_json
from vsmdsl.analysis.findings import find
from vsmdsl.analysis.goals import judge, unmet
from vsmdsl.analysis.result import Analysis, Figure
from vsmdsl.analysis.show import show
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.language.parser import parse
from vsmdsl.language.source import Source
from vsmdsl.model.resolve import Resolved, resolve
from vsmdsl.model.stream import ValueStream

CLOCK = "map { calendar = 8h/day, 5d/week }\n"
F = Fraction
MINUTE, HOUR = 60, 3600
DAY = 8 * HOUR
WEEK = 5 * DAY


@dataclass(frozen=True)
class State:
    """One state of a map with its figures."""

    key: str
    label: str
    stream: ValueStream
    analysis: Analysis


def resolved(text: str) -> Resolved:
    """The meaning of a map; mistakes in the text of a test are mistakes of the test."""
    parsed = parse(Source("test.vsm", text))
    found = resolve(parsed.tree)
    errors = [one for one in (*parsed.diagnostics, *found.diagnostics) if one.is_error]
    assert not errors, [one.message for one in errors]
    return found


def stream(text: str) -> ValueStream:
    """The current state, on a clock of 8 h days unless the text has a `map`."""
    return resolved(text if "map" in text.split() else CLOCK + text).stream


def analysis(text: str) -> Analysis:
    """All figures of the current state."""
    return analyse(stream(text))


def figure(text: str, name: str) -> Figure:
    """One headline figure, which must exist."""
    found = analysis(text).metrics[name]
    assert found is not None, name
    return found


def values(text: str, *names: str) -> tuple[Any, ...]:
    """The values of several headline figures."""
    metrics = analysis(text).metrics
    found = (metrics[name] for name in names)
    return tuple(one.value if one else None for one in found)


def ends(found: Figure) -> tuple[Any, ...]:
    """A figure with its two ends."""
    return found.value, found.low, found.high


def marked(found: Figure) -> tuple[Any, ...]:
    """A figure with what it lacks."""
    return found.value, found.bound, found.missing


def text_of(text: str, name: str) -> str:
    """A headline figure as people read it."""
    return show(figure(text, name), stream(text).calendar)


def whole(text: str) -> Json:
    """Everything that `vsm stats --json` says of a map."""
    found = resolved(text if "map" in text.split() else CLOCK + text)
    now = State("", "", found.stream, analyse(found.stream))
    futures = [State(one.key, one.label, one.stream, analyse(one.stream)) for one in found.futures]
    states = {state.key: (state.stream, state.analysis) for state in (now, *futures)}
    goals = judge(found.stream, states)
    findings = (*find(found.stream, now.analysis), *unmet(goals))
    return as_json(found.stream, now.analysis, futures, goals, findings)


def findings(text: str) -> tuple[Diagnostic, ...]:
    """The findings of the current state."""
    found = stream(text)
    return find(found, analyse(found))


def codes(text: str) -> list[str]:
    """The names of the findings of the current state."""
    return [one.code.name for one in findings(text)]

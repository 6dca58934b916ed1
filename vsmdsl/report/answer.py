"""The answer in one sentence, and the headline figures under it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from vsmdsl.analysis.result import WaitFigures
from vsmdsl.report import words
from vsmdsl.report.sheet import Tile
from vsmdsl.report.subject import Side, Subject

PLACES = {"queue": "in ", "handoff": "at ", "step": "before ", "inside": "inside "}


def answer(subject: Subject) -> str:
    """`It takes 30.6 d to deliver 32 h of work; 39 % of the time is spent waiting in …`."""
    side = subject.shown
    lead = side.analysis.metrics.get("lead_time")
    if lead is None or not side.analysis.segments:
        return "This map has no steps yet."
    parts = (_takes(subject), _waits(side))
    return "; ".join(part for part in parts if part) + "."


def tiles(subject: Subject) -> tuple[Tile, ...]:
    """The headline figures that this map has."""
    return tuple(tile for tile in _tiles(subject) if tile.value)


def biggest(side: Side) -> WaitFigures | None:
    """The longest wait on the timeline."""
    return next((wait for wait in side.analysis.waits if wait.rank == 1 and wait.time.value), None)


def where(wait: WaitFigures) -> str:
    """`in Idea backlog`, `before Develop`: where something waits, inside a sentence."""
    bare = wait.label.startswith(("before ", "after ", "between "))
    return ("" if bare else PLACES[wait.kind]) + wait.label


def _takes(subject: Subject) -> str:
    side, metrics = subject.shown, subject.shown.analysis.metrics
    lead, work = metrics["lead_time"], metrics.get("process_time")
    assert lead is not None
    time = words.worded(lead, side.calendar)
    if side.stream.settings.timeline == "inventory":
        worked = f" around {words.worded(work, side.calendar)} of work" if work else ""
        return f"The material waits {time}{worked}"
    verb = "It will take" if subject.is_future else "It takes"
    before = words.figure(subject.current, "lead_time") if subject.is_future else ""
    instead = f" instead of {before}" if before else ""
    worked = f" to deliver {words.worded(work, side.calendar)} of work" if work else ""
    return f"{verb} {time}{instead}{worked}"


def _waits(side: Side) -> str:
    wait = biggest(side)
    if wait is None or not wait.share:
        return ""
    if side.stream.settings.timeline == "inventory":
        return f"{words.whole(wait.share)} of it {where(wait)}"
    return f"{words.whole(wait.share)} of the time is spent waiting {where(wait)}"


def _tiles(subject: Subject) -> Iterator[Tile]:
    side = subject.shown
    wait = biggest(side)
    yield _tile(subject, "lead_time", "Lead time", _waiting(side))
    yield _tile(subject, "process_time", "Process time", "hands on, one item")
    yield _tile(subject, "flow_efficiency", "Flow efficiency", "process time ÷ lead time")
    yield _tile(subject, "rolled_ca", "Rolled %C&A", "right the first time, end to end")
    if wait:
        yield Tile(
            "Biggest wait",
            words.shown(wait.time, side.calendar),
            f"{where(wait)}, {words.ratio(wait.share)} of the lead time",
            hot=True,
        )
    if side.stream.reworks:
        yield _tile(subject, "expected_lead_time", "Expected lead time", _rework(side))
    yield _tile(subject, "takt_time", "Takt time", "available time ÷ demand")
    yield _constraint(side)
    yield _tile(subject, "handoffs", "Handoffs", "where work changes hands")


def _tile(subject: Subject, name: str, label: str, note: str) -> Tile:
    value = words.figure(subject.shown, name)
    before = words.figure(subject.current, name) if subject.is_future else ""
    return Tile(label, value, f"today {before}" if before and before != value else note)


def _waiting(side: Side) -> str:
    if side.stream.settings.timeline == "inventory":
        return "waiting alone"
    waiting = words.figure(side, "wait_time")
    return f"of which {waiting} waiting" if waiting else ""


def _rework(side: Side) -> str:
    time = words.figure(side, "rework_time")
    return f"with {time} of rework" if time else "with rework"


def _constraint(side: Side) -> Tile:
    found = side.analysis.constraint
    if found is None or found.utilisation is None:
        return Tile("Constraint", "")
    name = side.analysis.labels.get(found.step, found.step)
    text = words.ratio(found.utilisation)
    return Tile("Highest utilisation", text, name, hot=found.utilisation > Fraction(1))

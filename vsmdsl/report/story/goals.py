"""What was promised, in words, and whether the map holds it."""

from __future__ import annotations

from typing import assert_never

from vsmdsl.analysis.goals import GoalResult
from vsmdsl.analysis.metrics import METRICS
from vsmdsl.model.quantity import Count, Duration, Percent, Rate
from vsmdsl.model.stream import Goal
from vsmdsl.record import record
from vsmdsl.report import words
from vsmdsl.report.sheet import Promise
from vsmdsl.report.story.places import name_of
from vsmdsl.report.subject import Side, Subject

SIGNS = {"<=": "≤", ">=": "≥", "<": "<", ">": ">"}
LABELS = {metric.name: metric.label for metric in METRICS}
VERDICTS = {True: ("met", "good"), False: ("missed", "bad"), None: ("open", "")}


@record
class Goals:
    """Every goal with its verdict."""

    lead: str
    promises: tuple[Promise, ...]


def goals(subject: Subject) -> Goals | None:
    """Every goal of the map with its verdict."""
    found = tuple(_promise(subject, one) for one in subject.goals)
    return Goals("", found) if found else None


def _promise(subject: Subject, one: GoalResult) -> Promise:
    verdict, tone = VERDICTS[one.met]
    sides = (subject.current, *subject.futures)
    side = next((side for side in sides if side.key == one.goal.future), subject.current)
    actual = subject.say("no such figure")
    if one.actual:
        actual = subject.say("it is {value}", value=words.shown(subject, one.actual, side.calendar))
    return Promise(_text(subject, one.goal, side), subject.say(verdict), actual, tone)


def _text(subject: Subject, goal: Goal, side: Side) -> str:
    place = f", {words.one_line(side.label) or side.key}" if goal.future else ""
    return f"{_name(subject, goal, side)} {SIGNS[goal.op]} {_value(subject, goal, side)}{place}"


def _name(subject: Subject, goal: Goal, side: Side) -> str:
    target, _, field = goal.metric.rpartition(".")
    known = LABELS.get(field)
    label = subject.say(known) if known else field.replace("_", " ").capitalize()
    return f"{name_of(side, target)}: {label}" if target else label


def _value(subject: Subject, goal: Goal, side: Side) -> str:
    match goal.value:
        case Duration():
            return words.time(subject, goal.value, "waiting", side.calendar)
        case Percent():
            return words.share(subject, goal.value)
        case Count():
            return words.count(subject, goal.value)
        case Rate():
            return words.rate(subject, goal.value)
        case _:
            assert_never(goal.value)

"""What was promised, in words, and whether the map holds it."""

from __future__ import annotations

from typing import assert_never

from vsmdsl.analysis.goals import GoalResult
from vsmdsl.analysis.metrics import METRICS
from vsmdsl.analysis.show import show_count, show_rate, show_share, show_time
from vsmdsl.model.quantity import Count, Duration, Percent, Rate
from vsmdsl.model.stream import Goal
from vsmdsl.report import words
from vsmdsl.report.sheet import Promise
from vsmdsl.report.subject import Side, Subject

SIGNS = {"<=": "≤", ">=": "≥", "<": "<", ">": ">"}
LABELS = {metric.name: metric.label for metric in METRICS}
VERDICTS = {True: ("met", "good"), False: ("missed", "bad"), None: ("open", "")}


def promises(subject: Subject) -> tuple[Promise, ...]:
    """Every goal of the map with its verdict."""
    return tuple(_promise(subject, one) for one in subject.goals)


def _promise(subject: Subject, one: GoalResult) -> Promise:
    verdict, tone = VERDICTS[one.met]
    sides = (subject.current, *subject.futures)
    side = next((side for side in sides if side.key == one.goal.future), subject.current)
    actual = f"it is {words.shown(one.actual, side.calendar)}" if one.actual else "no such figure"
    return Promise(_text(one.goal, side), verdict, actual, tone)


def _text(goal: Goal, side: Side) -> str:
    place = f", {words.one_line(side.label) or side.key}" if goal.future else ""
    return f"{_name(goal, side)} {SIGNS[goal.op]} {_value(goal, side)}{place}"


def _name(goal: Goal, side: Side) -> str:
    target, _, field = goal.metric.rpartition(".")
    label = LABELS.get(field) or field.replace("_", " ").capitalize()
    return (
        f"{words.one_line(side.analysis.labels.get(target, target))}: {label}" if target else label
    )


def _value(goal: Goal, side: Side) -> str:
    match goal.value:
        case Duration():
            return show_time(goal.value, "waiting", side.calendar)
        case Percent():
            return show_share(goal.value)
        case Count():
            return show_count(goal.value)
        case Rate():
            return show_rate(goal.value)
        case _:
            assert_never(goal.value)

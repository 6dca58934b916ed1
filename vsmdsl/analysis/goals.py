"""Whether the goals of a map are met, and by which figure."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from operator import ge, gt, le, lt

from vsmdsl.analysis.lookup import as_figure, look_up
from vsmdsl.analysis.result import Analysis, Figure
from vsmdsl.analysis.show import show
from vsmdsl.language.codes.findings import GOAL_MISSED, GOAL_UNDECIDED
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.model.quantity import Rate
from vsmdsl.model.stream import Goal, ValueStream
from vsmdsl.record import record, replace

States = Mapping[str, tuple[ValueStream, Analysis]]  # by the key of the future, "" is today

COMPARE = {"<=": le, "<": lt, ">=": ge, ">": gt}


@record
class GoalResult:
    """A goal and its answer.

    `met` is None where an incomplete figure could still turn out either way. `actual` is None
    where the figure does not exist; the goal is then missed. `text` says all of it in a sentence.
    """

    goal: Goal
    met: bool | None
    actual: Figure | None
    text: str


def judge(stream: ValueStream, states: States) -> tuple[GoalResult, ...]:
    """Every goal of the map, in the order of the file, in the state it speaks of."""
    return tuple(judged(goal, states.get(goal.future)) for goal in stream.goals)


def unmet(results: tuple[GoalResult, ...]) -> tuple[Diagnostic, ...]:
    """A finding for each goal that is missed, or cannot be decided yet."""
    return tuple(
        (GOAL_MISSED if one.met is False else GOAL_UNDECIDED).at(one.goal.span, one.text)
        for one in results
        if not one.met
    )


def judged(goal: Goal, state: tuple[ValueStream, Analysis] | None) -> GoalResult:
    """One goal in the state it speaks of; None where there is no such state."""
    actual = look_up(*state, goal.metric) if state else None
    if state is None or actual is None:
        return GoalResult(goal, False, None, f"{goal.text}: there is no such figure")
    wanted, actual = in_one_measure(goal, actual)
    met = _certain(actual, goal.op, wanted.value) if wanted else False
    return GoalResult(goal, met, actual, _sentence(goal, met, actual, state))


def in_one_measure(goal: Goal, actual: Figure) -> tuple[Figure | None, Figure]:
    """Both in one measure: rates are counted in the period that the goal speaks of."""
    if not isinstance(goal.value, Rate):
        return as_figure(goal.value), actual
    period = goal.value.period
    value, low, high = actual.value * period, actual.low * period, actual.high * period
    return as_figure(goal.value.count), replace(actual, value=value, low=low, high=high)


def _certain(actual: Figure, op: str, wanted: Fraction) -> bool | None:
    """Whether it holds whatever the unknown parts turn out to be; None where that is open."""
    holds = bool(COMPARE[op](actual.value, wanted))
    if actual.complete:
        return holds
    is_floor = op in (">=", ">")
    match actual.bound:
        case "≥":
            decided = holds is is_floor
        case "≤":
            decided = holds is not is_floor
        case _:
            decided = False
    return holds if decided else None


def _sentence(
    goal: Goal, met: bool | None, actual: Figure, state: tuple[ValueStream, Analysis]
) -> str:
    figure = show(actual, state[0].calendar)
    if met is None:
        missing = ", ".join(state[1].labels.get(key, key) for key in actual.missing)
        return f"{goal.text}: cannot be decided at {figure} while {missing} is not measured"
    return f"{goal.text}: {'met' if met else 'missed'}, it is {figure}"

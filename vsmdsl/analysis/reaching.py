"""A goal that is missed: how much is missing, and which improvements would reach it."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from vsmdsl.analysis.analyse import analyse
from vsmdsl.analysis.goals import GoalResult, in_one_measure, judged
from vsmdsl.analysis.kaizen import MOST, OVER, improved
from vsmdsl.analysis.result import Analysis, Figure
from vsmdsl.analysis.show import show, show_number
from vsmdsl.model.stream import Kaizen, ValueStream
from vsmdsl.record import record, replace

Place = tuple[ValueStream, Analysis]


@record
class _Try:
    """The state after some improvements, and what the goal says of it."""

    state: Place
    result: GoalResult
    done: tuple[Kaizen, ...] = ()


def way_out(missed: GoalResult, state: Place, kaizens: Iterable[Kaizen]) -> str:
    """What would reach a missed goal, in a sentence: one improvement alone, else several.

    `kaizens` are those of the map; what is done, dropped or already in this state brings nothing.
    """
    lacking = _lacking(missed, state)
    if missed.met is None or missed.actual is None:
        return lacking
    best = _nearest(_Try(state, missed), [one for one in kaizens if one.status not in OVER][:MOST])
    return "; ".join(part for part in (lacking, _sentence(best)) if part)


def _nearest(now: _Try, left: list[Kaizen]) -> _Try:
    """The improvements that come nearest to the goal, each time the one that helps most."""
    while left and not now.result.met:
        best = min((_tried(now, one) for one in left), key=_distance)
        if _distance(best) >= _distance(now):
            break
        now = best
        left = [one for one in left if one is not best.done[-1]]
    return now


def _tried(now: _Try, kaizen: Kaizen) -> _Try:
    stream = improved(now.state[0], kaizen)
    state = stream, analyse(stream)
    return _Try(state, judged(now.result.goal, state), (*now.done, kaizen))


def _distance(one: _Try) -> Fraction:
    """How far the figure is on the wrong side of the goal; below zero, it is on the right one."""
    if one.result.actual is None:
        return Fraction(10**15)
    wanted, actual = in_one_measure(one.result.goal, one.result.actual)
    far = actual.value - (wanted.value if wanted else 0)
    return far if one.result.goal.op.startswith("<") else -far


def _sentence(best: _Try) -> str:
    names = [_name(one) for one in best.done]
    if not names:
        return "no improvement that is planned brings it nearer"
    who = ", ".join(names[:-1]) + (" and " if names[1:] else "") + names[-1]
    actual = best.result.actual
    shown = f" ({show(actual, best.state[0].calendar)})" if actual else ""
    if best.result.met:
        return f"{who} {'together ' if names[1:] else 'alone '}would reach it{shown}"
    still = _lacking(best.result, best.state)
    return f"with {who} it would be nearer{shown}, still {still}" if still else f"{who} would help"


def _lacking(one: GoalResult, state: Place) -> str:
    """`6.6 d above the goal`; empty where that cannot be said."""
    if one.actual is None or one.met is not False:
        return ""
    wanted, actual = in_one_measure(one.goal, one.actual)
    if wanted is None or actual.value == wanted.value:
        return ""
    far = abs(actual.value - wanted.value)
    side = "above" if one.goal.op.startswith("<") else "below"
    return f"{_shown(far, one.actual, state)} {side} the goal"


def _shown(far: Fraction, like: Figure, state: Place) -> str:
    if like.kind == "ratio":
        return f"{show_number(far * 100)} points"
    if like.kind == "factor":
        return show_number(far, 2)
    return show(replace(like, value=far, bound=""), state[0].calendar)


def _name(one: Kaizen) -> str:
    return f"`{one.id or one.label}`"

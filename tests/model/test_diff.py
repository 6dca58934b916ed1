"""The difference of two maps: it makes the one of the other, and says no more than was done."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.drawing.streams import NOWHERE, value_streams
from vsmdsl.model.changes import (
    RemoveElement,
    ReplaceElement,
    SetField,
    apply,
)
from vsmdsl.model.diff import diff
from vsmdsl.model.quantity import duration, percent
from vsmdsl.model.stream import (
    FORKS,
    Branch,
    Handoff,
    Metric,
    Note,
    Parallel,
    Queue,
    Step,
    ValueStream,
    walk,
)
from vsmdsl.record import replace

# --- the law --------------------------------------------------------------------------------------

OFTEN = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
ROUNDS = 20  # so many ways to edit each of the maps: 1,000 pairs, each in both directions


@st.composite
def furnished(draw: st.DrawFn) -> ValueStream:
    """A map with notes, metrics and settings; some of its keys are made up, some have an id."""
    found = draw(value_streams())
    keys = [one.key for one in walk(found.elements)]
    notes = draw(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(keys)), max_size=3))
    settings = replace(
        found.settings,
        item=draw(st.sampled_from(("", "feature", "bracket"))),
        show=draw(st.sampled_from(((), ("pt",), ("pt", "ca")))),
    )
    wastes = {one.key: one for one in found.wastes}
    return replace(
        found,
        settings=settings,
        wastes=tuple(wastes.values()),
        notes=tuple(
            Note(key=f"note#{n}", label=label, on=(on,), span=NOWHERE)
            for n, (label, on) in enumerate(notes)
        ),
        metrics=tuple(
            Metric(key=f"metric {n}", id=f"m{n}", value=percent(Fraction(1, 5)), span=NOWHERE)
            for n in range(draw(st.integers(0, 2)))
        ),
    )


@OFTEN
@given(furnished(), furnished())
def test_the_difference_makes_the_one_of_the_other(before: ValueStream, after: ValueStream) -> None:
    assert apply(before, diff(before, after)) == after


@OFTEN
@given(furnished(), st.integers(0, 2**32))
def test_the_difference_undoes_what_was_done(found: ValueStream, seed: int) -> None:
    assert diff(found, found) == ()
    by = Random(seed)
    for _ in range(ROUNDS):
        other = edited(found, by, by.randint(1, 6))
        assert apply(found, diff(found, other)) == other
        assert apply(other, diff(other, found)) == found


def edited(found: ValueStream, by: Random, number: int) -> ValueStream:
    """A map after some edits such as people make, at random."""
    for turn in range(number):
        found = by.choice(EDITS)(found, by, turn)
    return found


def _regrouped(found: ValueStream, edit: Any) -> ValueStream:
    """Every line of elements and of branches, edited."""

    def inside(one: Any) -> Any:
        if isinstance(one, Branch):
            return replace(one, elements=edit(tuple(map(inside, one.elements))))
        if isinstance(one, FORKS):
            return replace(one, branches=edit(tuple(map(inside, one.branches))))
        return one

    return replace(found, elements=edit(tuple(map(inside, found.elements))))


def _shuffled(found: ValueStream, by: Random, turn: int) -> ValueStream:
    return _regrouped(found, lambda group: tuple(by.sample(group, len(group))))


def _thinned(found: ValueStream, by: Random, turn: int) -> ValueStream:
    gone = [one.key for one in walk(found.elements) if by.random() < 0.2]
    return apply(found, [RemoveElement(key) for key in gone])


def _grown(found: ValueStream, by: Random, turn: int) -> ValueStream:
    new: list[Step | Queue | Handoff] = [
        Step(key=f"new {turn}", label="New step", pt=duration(60), span=NOWHERE),
        Queue(key=f"queue#{90 + turn}", wait=duration(99), span=NOWHERE),
        Handoff(key=f"h{turn}", id=f"h{turn}", via="email", span=NOWHERE),
    ]
    elements = list(found.elements)
    elements.insert(by.randint(0, len(elements)), by.choice(new))
    keys = [one.key for one in walk(tuple(elements))]
    return replace(found, elements=tuple(elements)) if len(set(keys)) == len(keys) else found


def _wrapped(found: ValueStream, by: Random, turn: int) -> ValueStream:
    """Some neighbours, put into a branch of a new fork."""
    start = by.randint(0, len(found.elements))
    end = by.randint(start, len(found.elements))
    inner = Branch(key=f"way {turn}", elements=found.elements[start:end], span=NOWHERE)
    other = Branch(key=f"other {turn}", span=NOWHERE)
    fork = Parallel(key=f"wrap {turn}", branches=(inner, other), span=NOWHERE)
    known = {one.key for one in walk(found.elements)}
    if fork.key in known:
        return found
    elements = (*found.elements[:start], fork, *found.elements[end:])
    return replace(found, elements=elements)


def _unwrapped(found: ValueStream, by: Random, turn: int) -> ValueStream:
    elements: list[Any] = []
    for one in found.elements:
        elements += one.branches[0].elements if isinstance(one, FORKS) and one.branches else [one]
    gone = {one.key for one in walk(found.elements)} - {o.key for o in walk(tuple(elements))}
    links = tuple(one for one in found.reworks if not {one.start, one.end} & gone)
    return replace(found, elements=tuple(elements), reworks=links)


def _changed(found: ValueStream, by: Random, turn: int) -> ValueStream:
    key = by.choice([one.key for one in walk(found.elements)] or [""])
    label, wait = f"Label {turn}", duration(turn)
    return apply(found, [SetField(key, "label", label), SetField(key, "wait", wait)])


def _exchanged(found: ValueStream, by: Random, turn: int) -> ValueStream:
    stops = [one.key for one in walk(found.elements) if isinstance(one, Step | Queue)]
    key = by.choice(stops or [""])
    return apply(found, [ReplaceElement(key, Handoff(key=key, label="Hand on", span=NOWHERE))])


def _around(found: ValueStream, by: Random, turn: int) -> ValueStream:
    kept = tuple(one for one in found.reworks if by.random() < 0.7)
    notes = (Note(key=f"note#{50 + turn}", label=f"n{turn}", span=NOWHERE), *found.notes)
    infos = tuple(by.sample(found.infos, len(found.infos)))
    unique = len({one.key for one in notes}) == len(notes)
    return replace(found, reworks=kept, notes=notes if unique else found.notes, infos=infos)


EDITS = (_shuffled, _thinned, _grown, _wrapped, _unwrapped, _changed, _exchanged, _around)

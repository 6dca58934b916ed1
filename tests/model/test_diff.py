"""The difference of two maps: it makes the one of the other, and says no more than was done."""

from __future__ import annotations

import time
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.drawing.streams import NOWHERE, value_streams
from tests.model.reading import read, stream
from vsmdsl.model.changes import (
    AddElement,
    AddThing,
    MoveElement,
    RemoveElement,
    RemoveThing,
    Rename,
    ReplaceElement,
    SetField,
    apply,
)
from vsmdsl.model.diff import diff
from vsmdsl.model.diff.order import staying
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


# --- one edit, one change -------------------------------------------------------------------------

BASE = """
map "M" { calendar = 8h/day; demand = 20/month }
team ops "Operations"
customer shop "Shop"
control plan "Planning"
queue wait=3d
step dev "Develop" pt=3d lt=5d ca=85%
queue wait=5d
step "Code review" pt=1h ca=90%
parallel work {
  branch left { step build pt=2h }
  branch right { step test "Test" pt=4h }
}
handoff "Approval" wait=6d
step release "Release" pt=1h team=ops
info shop -> plan "Orders"
info shop -> plan "Forecast"
rework test -> dev 20%
note "First"
note "Second" on dev
note "Third" on release
waste waiting on dev "why"
kaizen slo "Faster" on dev { set dev lt=4d }
"""

ONE = [
    ("lt=5d", "lt=4d", [SetField]),
    ('"Develop" pt', '"Build it" pt', [SetField]),
    ('"Code review" pt=1h', '"Review of code" pt=1h', [Rename]),
    ("queue wait=5d", "queue wait=2h", [SetField]),
    ("queue wait=3d\n", "", [Rename, RemoveElement]),  # the other queue is the first one now
    ("queue wait=5d\n", "", [RemoveElement]),
    ('"Approval" wait=6d\n', '"Approval" wait=6d\nstep sign pt=1h\n', [AddElement]),
    ('handoff "Approval"', 'queue "Approval"', [ReplaceElement]),
    ("  branch left { step build pt=2h }\n", "", [RemoveElement]),
    ('info shop -> plan "Orders"\n', "", [Rename, RemoveThing]),
    ("rework test -> dev 20%", "rework test -> dev 30%", [SetField]),
    ("rework test -> dev 20%\n", "", [RemoveThing]),
    ('note "First"\n', "", [Rename, RemoveThing]),
    ('note "First"\n', 'note "First, and more"\n', [SetField]),
    ('note "First"\n', 'note "New"\nnote "First"\n', [Rename, AddThing]),
    ('note "Third" on release\n', "", [RemoveThing]),
    ('waste waiting on dev "why"', 'waste waiting on release "why"', [SetField]),
    ("demand = 20/month", "demand = 30/month", [SetField]),
    ("set dev lt=4d", "set dev lt=3d", [SetField]),
    ('team ops "Operations"', 'team ops "Platform"', [SetField]),
]


@pytest.mark.parametrize(("old", "new", "kinds"), ONE)
def test_one_edit_is_one_change(old: str, new: str, kinds: list[type]) -> None:
    assert old in BASE
    before, after = stream(BASE), stream(BASE.replace(old, new, 1))
    changes = diff(before, after)
    assert [type(one) for one in changes] == kinds
    assert apply(before, changes) == after


def test_a_moved_step_is_one_move() -> None:
    lines = BASE.splitlines()
    step = next(one for one in lines if "Code review" in one)
    lines.remove(step)
    lines.insert(5, step)
    changes = diff(stream(BASE), stream("\n".join(lines)))
    assert [type(one) for one in changes if not isinstance(one, Rename)] == [MoveElement]


def test_a_new_id_is_a_new_name_and_all_that_points_at_it_follows() -> None:
    """`test` becomes `check` in the step and in the rework: one thing has another name."""
    after = BASE.replace('step test "Test"', 'step check "Test"').replace(
        "rework test", "rework check"
    )
    (change,) = diff(stream(BASE), stream(after))
    assert isinstance(change, Rename)
    assert [(name.old, name.key) for name in change.names] == [
        ("test", "check"),
        ("test -> dev", "check -> dev"),
    ]


def test_what_goes_with_a_removed_step_is_no_change_of_its_own() -> None:
    gone = ("branch right", "rework test")
    after = "\n".join(line for line in BASE.splitlines() if not line.strip().startswith(gone))
    changes = diff(stream(BASE), stream(after))
    assert [type(one) for one in changes] == [RemoveElement]


def test_steps_put_into_a_fork_are_moved_and_not_made_anew() -> None:
    before = "step a pt=1h\nstep b pt=2h\nstep c pt=3h"
    after = "step a pt=1h\nparallel { branch x { step b pt=2h }\nbranch y { step c pt=3h } }"
    changes = diff(stream(before), stream(after))
    assert [type(one) for one in changes] == [AddElement, MoveElement, MoveElement]


def test_a_step_with_other_content_and_another_name_is_another_step() -> None:
    before = 'step "Manual test" pt=4h ca=80%'
    after = 'step "Automated checks" pt=15min ca=97%'
    kinds = [type(one) for one in diff(stream(before), stream(after))]
    assert kinds == [AddElement, RemoveElement]


@pytest.mark.parametrize("name", ["acme", "checkout", "hospital", "loan", "release-train"])
def test_a_future_is_the_difference_to_it(name: str) -> None:
    text = (Path(__file__).parents[2] / "samples" / f"{name}.vsm").read_text(encoding="utf-8")
    found = read(text)
    for one in found.futures:
        assert apply(found.stream, diff(found.stream, one.stream)) == one.stream
        assert apply(one.stream, diff(one.stream, found.stream)) == found.stream


# --- size -----------------------------------------------------------------------------------------


def test_a_large_map_with_twenty_edits() -> None:
    lines = ["map { calendar = 8h/day }"]
    for number in range(500):
        lines.append(f"queue wait={number % 7 + 1}d")
        lines.append(
            f'step s{number} "Step number {number}" pt={number % 9 + 1}h ca=9{number % 9}%'
        )
    after = list(lines)
    for number in range(5):
        after[102 + number * 60] = after[102 + number * 60].replace("pt=", "lt=9d pt=")
        after[162 + number * 90] = after[162 + number * 90].replace("Step number", "Renamed")
        after.insert(700 + number * 50, f'step n{number} "New {number}" pt=3h')
        del after[500 + number * 30]
    before, later = stream("\n".join(lines)), stream("\n".join(after))
    start = time.process_time()
    changes = diff(before, later)
    assert time.process_time() - start < 0.5
    assert apply(before, changes) == later
    assert len([one for one in changes if not isinstance(one, Rename)]) <= 20


def test_what_stays_in_order() -> None:
    assert staying([]) == set()
    assert staying([3, 0, 1, 2]) == {0, 1, 2}
    assert len(staying([4, 3, 2, 1, 0])) == 1

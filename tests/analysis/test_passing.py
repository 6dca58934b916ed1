"""What a return passes is what a walk through the whole stream would find, and found soon."""

from __future__ import annotations

import time
from fractions import Fraction
from random import Random

import pytest

import vsmdsl
from tests.drawing.wild import wild
from vsmdsl.analysis import passing
from vsmdsl.analysis.costs import weighted, whole_drops
from vsmdsl.analysis.flow import Loop, spread
from vsmdsl.analysis.measure import Measure
from vsmdsl.analysis.passing import Change
from vsmdsl.analysis.path import Cost, total
from vsmdsl.analysis.pieces import Corner
from vsmdsl.model.quantity import percent
from vsmdsl.model.stream import Branch, Rework, ValueStream, walk
from vsmdsl.record import replace


def looped(seed: int) -> ValueStream:
    """A map with loops between anything and anything before it, some of less effort."""
    dice, stream = Random(seed), wild(seed)
    keys = [one.key for one in walk(stream.elements) if not isinstance(one, Branch)]
    efforts = (None, None, percent(Fraction(1, 3)), percent(Fraction(1, 2)))
    reworks = (
        Rework(
            key=f"rework-{number}",
            start=keys[later],
            end=keys[earlier],
            share=percent(Fraction(1, 10)),
            effort=dice.choice(efforts),
            span=stream.span,
        )
        for number in range(10)
        for earlier, later in [sorted(dice.choices(range(len(keys)), k=2))]
    )
    model = dice.choice(("expected", "once", "once_and_check"))
    settings = replace(stream.settings, rework_model=model)
    return replace(stream, reworks=tuple(reworks), settings=settings)


def walked(measure: Measure, loop: Loop, corner: Corner) -> Cost:
    """One return, with a look at every element on the way."""
    sequence, begin, end = loop.stretch
    within, scale = measure.sequences[sequence][begin : end + 1], measure.return_scale
    first, last = loop.end[0].at, loop.start[0].at
    elements = measure.stream.elements[first : last + 1]
    passes = spread(elements, 0, whole_drops(loop.detour, scale), ("", first))
    eased = spread(elements, 0, whole_drops(loop.eased, int(loop.relief * scale)), ("", first))
    return total(within, weighted(measure.costs(corner), passes, eased), measure.inventory).cost


@pytest.mark.parametrize("held", [passing.HELD, 3])
def test_one_return_costs_what_its_elements_do(monkeypatch: pytest.MonkeyPatch, held: int) -> None:
    monkeypatch.setattr(passing, "HELD", held)
    for seed in range(100):
        measure = Measure(looped(seed))
        for loop in measure.loops:
            scale = measure.return_scale
            change = Change(
                whole_drops(loop.detour, scale), whole_drops(loop.eased, int(loop.relief * scale))
            )
            for corner in (Corner.MEAN, Corner.MOST):
                found = measure.passing(corner).stretch(*loop.stretch, change)
                assert found == walked(measure, loop, corner), (seed, loop.key)


@pytest.mark.parametrize("kind", ["parallel", "choice"])
@pytest.mark.parametrize("end", ["q{}", "first"])
def test_loops_out_of_thousands_of_branches_are_no_matter(kind: str, end: str) -> None:
    share = "share=0.05%" if kind == "choice" else ""
    branches = "".join(
        f"branch b{n} {share} {{ step q{n} pt=1h; step p{n} pt={1 + n % 7}h }}\n"
        for n in range(1_900)
    )
    loops = "".join(f"rework p{n} -> {end.format(n)} 0.01%\n" for n in range(1_900))
    compiled = vsmdsl.compile(
        f"step first pt=1h\n{kind} {{\n{branches}}}\nstep last pt=1h\n{loops}"
    )
    assert compiled.metric("lead_time")
    start = time.process_time()
    assert len(compiled.analysis.loops) == 1_900
    assert time.process_time() - start < 10  # about one; it took a minute

"""Thousands of loops and forks are drawn soon: what is in the way is looked up, not tried out."""

from __future__ import annotations

import time
from random import Random

import pytest

import vsmdsl
from vsmdsl.drawing.layout.crowd import Crowd, first_missing
from vsmdsl.drawing.layout.rework.taken import Stretch, Taken


def fork(number: int) -> str:
    inner = (
        f"branch a{number} {{ step s{number} pt=1h }}\nbranch b{number} {{ step t{number} pt=2h }}"
    )
    return f"parallel {{ {inner} }}\nstep u{number} pt=1h\n"


def loops(start: str, end: str) -> str:
    dice = Random(1)
    pairs = [sorted(dice.sample(range(1_500), 2)) for _ in range(2_000)]
    return "".join(f"rework {start}{late} -> {end}{early} 0.01%\n" for early, late in pairs)


@pytest.mark.parametrize("end", ["s", "t"])
def test_loops_between_forks_in_one_row(end: str) -> None:
    """Those to the shorter branch have lettered ends, those to the longer one are lines."""
    compiled = vsmdsl.compile("".join(map(fork, range(1_500))) + loops("u", end))
    assert compiled.current.analysis.metrics
    start = time.process_time()
    picture = str(vsmdsl.render(compiled))
    assert time.process_time() - start < 12  # two seconds; the letters took a minute
    assert picture.count("rework") >= 2_000


def test_forks_in_many_rows() -> None:
    compiled = vsmdsl.compile("".join(map(fork, range(1_000))))
    assert compiled.current.analysis.metrics
    start = time.process_time()
    assert "U999" in str(vsmdsl.render(compiled, width=200))
    assert time.process_time() - start < 12  # two seconds; it took half a minute


def test_a_letter_between_the_legs_of_many_loops() -> None:
    steps = "".join(f"step s{n} pt=1h\n" for n in range(60))
    nested = "".join(f"rework s{59 - n} -> s{n} 0.1%\n" for n in range(25))
    branches = "parallel { branch a { step x pt=1h }; branch b { step y pt=2h } }\n"
    picture = str(vsmdsl.render(vsmdsl.compile(f"{steps}{branches}{nested}rework x -> s30 1%")))
    assert "from X" in picture  # there was no lane for it


def test_the_first_lane_that_nobody_met_is_found() -> None:
    for seed in range(200):
        dice = Random(seed)
        places = dice.randint(1, 12)
        crowd, known = Crowd(places), [set[int]() for _ in range(places)]
        for _ in range(30):
            first, last = sorted(dice.choices(range(places), k=2))
            met = set[int]().union(*known[first : last + 1])
            lane = first_missing(crowd.between(first, last))
            assert lane == min(set(range(31)) - met)
            crowd.add(last, lane)
            known[last].add(lane)


def test_ends_find_the_lane_that_trying_all_of_them_finds() -> None:
    for seed in range(200):
        dice = Random(seed)
        lines = [(dice.randrange(4), stretch(dice, 60)) for _ in range(dice.randrange(6))]
        legs = [(x, lane) for lane, ends in lines for x in ends]
        taken, tried = Taken(12, lines, legs), Tried(12, lines, legs)
        for x in sorted((dice.randrange(400) for _ in range(6)), reverse=True):
            reach = taken.reach(x)
            assert reach == tried.reach(x)
            wide = x - 12.0 - dice.randrange(80), x + 12.0 + dice.randrange(80)
            lane = taken.first_free(wide, reach)
            assert lane == tried.first_free(wide, reach)
            lane = min(lane, 11)
            taken.add(lane, wide, x)
            tried.add(lane, wide, x)


def stretch(dice: Random, most: int) -> Stretch:
    left = float(dice.randrange(400))
    return left, left + dice.randint(1, most)


class Tried:
    """What is taken, as lists of stretches that are all looked at."""

    def __init__(
        self, lanes: int, loops: list[tuple[int, Stretch]], legs: list[tuple[float, int]]
    ) -> None:
        self.taken: list[list[Stretch]] = [[] for _ in range(lanes)]
        for lane, one in loops:
            self.taken[lane].append(one)
        for x, lane in legs:
            self.line(x, lane)

    def line(self, x: float, lane: int) -> None:
        for above in range(lane):
            self.taken[above].append((x - 5, x + 5))

    def add(self, lane: int, one: Stretch, x: float) -> None:
        self.taken[lane].append(one)
        self.line(x, lane)

    def free(self, lane: int, one: Stretch) -> bool:
        return not any(left < one[1] and one[0] < right for left, right in self.taken[lane])

    def reach(self, x: float) -> int:
        lanes = range(len(self.taken))
        blocked = (lane + 1 for lane in lanes if not self.free(lane, (x - 5, x + 5)))
        return next(blocked, len(lanes))

    def first_free(self, one: Stretch, reach: int) -> int:
        return next((lane for lane in range(reach) if self.free(lane, one)), reach)

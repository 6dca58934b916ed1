"""Thousands of goals, and of loops whose share nobody knows, are answered at once."""

import time
from collections.abc import Callable

import pytest

import vsmdsl

LOOPS: dict[str, tuple[str, Callable[[int], tuple[int, int]]]] = {
    "inside each other": ("", lambda n: (1_999 - n, n) if n < 1_000 else (n, 0)),
    "to one step": ("wait=3min pt=7min", lambda n: (n, 0)),
    "each over the next": ("effort=7.77%", lambda n: (n, max(0, n - 2))),
    "anywhere": ("", lambda n: (n, n * 7_919 % (n + 1))),
}


def seconds(text: str) -> float:
    """What the figures and messages of a map take of a processor."""
    compiled = vsmdsl.compile(text)
    start = time.process_time()
    assert compiled.ok
    assert compiled.diagnostics is not None
    return time.process_time() - start


def test_goals_about_steps_and_queues() -> None:
    stream = "".join(f"step s{n} pt=1h\nqueue q{n} qty=3\n" for n in range(2_000))
    goals = "".join(f"goal q{n}.wait <= 9d\ngoal s{n}.pt <= 2h\n" for n in range(2_000))
    start = time.process_time()
    assert seconds(f'map "m" {{ demand = 20/day }}\n{stream}{goals}') < 5  # half a second
    assert time.process_time() - start < 10  # it took half a minute


def test_loops_of_which_nobody_knows_how_often() -> None:
    steps = "".join(f"step s{n} lt=1d\n" for n in range(4_000))
    loops = "".join(f"rework s{3_999 - n} -> s{n} ?\n" for n in range(1_900))
    assert seconds(f"{steps}{loops}") < 8  # one second; it took twenty, and a gigabyte


@pytest.mark.parametrize("kind", LOOPS)
def test_loops_whose_fractions_have_thousands_of_digits(kind: str) -> None:
    steps = "".join(f"step s{n} pt=1h lt=1d people=1 ca=90%\n" for n in range(2_000))
    more, ways = LOOPS[kind]
    loops = "".join(
        f"rework s{start} -> s{end} 0.{n * 7_919 % 997 + 1:04d}% {more}\n"
        for n, (start, end) in enumerate(map(ways, range(2_000)))
    )
    compiled = vsmdsl.compile(f'map "m" {{ demand = 9/month }}\n{steps}{loops}')
    start = time.process_time()
    assert compiled.diagnostics is not None
    assert vsmdsl.stats(compiled)["maps"][0]["steps"][0]["visits"] > 1
    assert time.process_time() - start < 5  # half a second; it took seven, and with demand twenty


@pytest.mark.parametrize("kind", ["parallel", "choice"])
def test_loops_of_different_effort_around_thousands_of_branches(kind: str) -> None:
    share = "share=0.05%" if kind == "choice" else ""
    branches = "".join(
        f"branch b{n} {share} {{ step x{n} pt={1 + n % 7}h lt={8 + n}d }}\n" for n in range(2_000)
    )
    loops = "".join(f"rework z -> a ? effort={n / 20:.2f}%\n" for n in range(1_900))
    text = f"step a pt=1h\n{kind} {{\n{branches}}}\nstep z pt=1h\n{loops}"
    assert seconds(text) < 5  # a second; it took twenty, and one for each loop of a choice

"""Thousands of goals, and of loops whose share nobody knows, are answered at once."""

import time

import vsmdsl


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

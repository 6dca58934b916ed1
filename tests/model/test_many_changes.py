"""A future with thousands of changes is read and carried out soon, whatever they are."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.model.reading import read
from vsmdsl.model.changes import apply
from vsmdsl.model.diff import diff

SIZE = 4_000


def lines(line: Callable[[int], str], count: int = SIZE) -> str:
    return "\n".join(map(line, range(count))) + "\n"


STEPS = lines(lambda n: f"step s{n} pt=1h")
TEAMS = lines(lambda n: f'team t{n} "Team {n}"') + lines(lambda n: f'step s{n} team="Team {n}"')
FORKS = lines(
    lambda n: f"parallel p{n} {{ branch b{n} {{ step s{n} }} branch c{n} {{ step d{n} }} }}", 1_500
)
LOOPS = STEPS + lines(lambda n: f"rework r{n} s{n + 2_000} -> s{n} 1%", 1_900)

MANY = {
    "values": (STEPS, lambda n: f"set s{n} pt=2h"),
    "labels": (STEPS, lambda n: f'set s{n} "Step {n}"'),
    "moves": (STEPS, lambda n: f"move s{n} after s{SIZE - 1}" if n + 1 < SIZE else ""),
    "removals": (STEPS, lambda n: f"remove s{n}"),
    "what goes with them": (LOOPS, lambda n: f"remove s{n}" if n < 1_900 else ""),
    "insertions": (STEPS, lambda n: f"insert after s{n} {{ step t{n} pt=1h }}"),
    "replacements": (STEPS, lambda n: f"replace s{n} {{ step s{n} pt=2h }}"),
    "moves into branches": (FORKS, lambda n: f"move s{n} after d{1_499 - n}" if n < 1_500 else ""),
    "loops": (LOOPS, lambda n: f"remove r{n}" if n < 1_900 else ""),
    "arrows": (STEPS, lambda n: f"info s{n} -> s0" if n < 1_900 else ""),
    "teams": (TEAMS, lambda n: f"remove t{n}"),
    "metrics": (STEPS, lambda n: f"metric m{n} = 3d"),
}


@pytest.mark.parametrize("name", MANY)
def test_thousands_of_changes(name: str) -> None:
    text, change = MANY[name]
    start = time.process_time()
    (future,) = read(f"{text}future f {{\n{lines(change)}}}\n").futures
    assert time.process_time() - start < 6  # one second; most took twenty
    assert len(future.changes) >= 1_500


def test_thousands_of_bursts() -> None:
    bursts = lines(lambda n: f'kaizen k{n} "K" {{ remove s{n} }}')
    start = time.process_time()
    assert len(read(STEPS + bursts).stream.kaizens) == SIZE
    assert time.process_time() - start < 8  # two seconds; it took twenty


def test_thousands_of_futures_one_upon_the_other() -> None:
    steps = lines(lambda n: f"step s{n} pt=1h", 10)
    futures = lines(
        lambda n: f'future "F {n}" from "F {n + 1}" {{ set s1 pt={n + 1}min }}', SIZE
    ).replace(f' from "F {SIZE}"', "")
    start = time.process_time()
    found = read(steps + futures).futures
    assert time.process_time() - start < 5
    assert [len(one.changes) for one in found] == [1] * SIZE


@pytest.mark.parametrize("how", ["reversed", "renamed", "halved", "nothing in common"])
def test_maps_of_thousands_of_steps_are_compared_soon(how: str) -> None:
    names = {
        "reversed": [f"s{n}" for n in reversed(range(SIZE))],
        "renamed": [f"t{n}" for n in range(SIZE)],
        "halved": [f"s{n}" for n in range(0, SIZE, 2)],
        "nothing in common": [],
    }[how]
    notes = lines(lambda n: f'note "{n}"')
    before = read(STEPS + notes).stream
    after = read(lines(lambda n: f"step {names[n]} pt=1h", len(names)) + notes[9:]).stream
    start = time.process_time()
    changes = diff(before, after)
    assert apply(before, changes) == after
    assert time.process_time() - start < 5

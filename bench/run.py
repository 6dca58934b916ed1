"""Races of `vsm` against other programs, each from a cold start. Run by `make bench`.

The runners of a race take turns (A, B, A, B …), so that whatever else the machine does slows all of
them alike. Times are wall time of the whole process; a ratio is taken within each round, against
the first runner, and its median over the rounds is shown. `bench/README.md` says more.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent

# A user's Python keeps its compiled modules; where this is set, every start would compile anew.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


class Runner(NamedTuple):
    """One program in a race; `{out}` in its command is a folder that it may write to."""

    name: str
    command: Sequence[str]


class Race(NamedTuple):
    """Programs that do the same work. The first is what the others are compared with."""

    title: str
    runners: Sequence[Runner]
    at_most: float | None = None  # what the last one's ratio to the first must not exceed


RACES = (
    Race(
        "Draw eight steps as SVG",
        (
            Runner("d2", ("d2", "bench/eight-steps.d2", "{out}/d2.svg")),
            Runner("python -I -c pass", ("python", "-I", "-c", "pass")),
            Runner("vsm render", ("vsm", "render", "samples/checkout.vsm", "-o", "{out}/vsm.svg")),
        ),
        at_most=3.0,
    ),
)


class Row(NamedTuple):
    """What came out for one runner, in milliseconds and as ratios to the first."""

    name: str
    median: float
    fastest: float
    slowest: float
    ratio: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Run every race and print its table; return 1 when a limit was exceeded."""
    rounds = _rounds(arguments)
    kept = [_show(race, run(race, rounds)) for race in RACES]
    return 0 if all(kept) else 1


def run(race: Race, rounds: int) -> list[Row]:
    """Let the runners take turns, `rounds` times each, after one turn that does not count."""
    with tempfile.TemporaryDirectory() as out:
        commands = [_command(runner, out) for runner in race.runners]
        for command in commands:
            _time(command)  # warms the disk cache, and fails early
        times = [[_time(command) for command in commands] for _ in range(rounds)]
    return [_row(runner.name, times, lane) for lane, runner in enumerate(race.runners)]


def _row(name: str, times: list[list[float]], lane: int) -> Row:
    own = [turn[lane] for turn in times]
    ratios = [turn[lane] / turn[0] for turn in times]
    return Row(name, statistics.median(own), min(own), max(own), statistics.median(ratios))


def _time(command: Sequence[str]) -> float:
    start = time.perf_counter()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    elapsed = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
    return elapsed * 1000


def _command(runner: Runner, out: str) -> list[str]:
    program = shutil.which(runner.command[0], path=str(BIN)) or shutil.which(runner.command[0])
    if program is None:
        sys.exit(f"{runner.command[0]} is not installed; `make bench` installs it")
    return [program, *(part.format(out=out) for part in runner.command[1:])]


def _show(race: Race, rows: list[Row]) -> bool:
    print(f"\n{race.title}\n")
    print(f"| {'':<20} | median ms | fastest | slowest | ratio to {rows[0].name} |")
    print(f"|{'-' * 22}|----------:|--------:|--------:|{'-' * (len(rows[0].name) + 10)}:|")
    for row in rows:
        width = len(rows[0].name) + 9
        times = f"{row.median:9.1f} | {row.fastest:7.1f} | {row.slowest:7.1f}"
        print(f"| {row.name:<20} | {times} | {row.ratio:>{width}.2f} |")
    if race.at_most is None:
        return True
    kept = rows[-1].ratio <= race.at_most
    print(f"\n{rows[-1].name}: at most {race.at_most:.2f}: {'kept' if kept else 'EXCEEDED'}")
    return kept


def _rounds(arguments: Sequence[str] | None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("-n", type=int, default=25, help="turns of each runner (default: 25)")
    return max(1, int(parser.parse_args(arguments).n))


if __name__ == "__main__":
    sys.exit(main())

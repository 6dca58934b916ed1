"""Races of `vsm` against other programs, each from a cold start. Run by `make bench`.

The runners of a race take turns (A, B, A, B …), so that whatever else the machine does slows all of
them alike. Times are wall time of the whole process, if the program does not tell its own; a ratio
is taken within each round, against the first runner, and its median over the rounds is shown.
`bench/README.md` says more.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bench import maps, mermaid

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
MERMAID = ROOT / "build" / "mermaid"

# A user's Python keeps its compiled modules; where this is set, every start would compile anew.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
ENVIRONMENT["VSMDSL_CACHE"] = str(ROOT / "build" / "cache")  # for the one who is asked to use it


class Runner(NamedTuple):
    """One program in a race.

    `{out}` in its command is a folder that has the files of `bench/maps.py` and may be written to.
    It is run `times` times in each turn, as number `{n}`. Where `own`, it prints its own result
    (how many milliseconds it took, or what its race is about); else the whole process counts.
    """

    name: str
    command: Sequence[str]
    times: int = 1
    own: bool = False


class Race(NamedTuple):
    """Programs that do the same work. The first is what the others are compared with.

    Where one of them is not installed, it is not raced, and the table says so.
    """

    title: str
    runners: Sequence[Runner]
    at_most: float | None = None  # what the last one's ratio to the first must not exceed
    rounds: int = 1000  # at most so many, for what takes long
    most: float | None = None  # what the last one's median must not exceed
    unit: str = "ms"


EIGHT = ("vsm", "render", "samples/checkout.vsm")
VSM = ("vsm", "render", "--no-cache")  # what was drawn before would be taken as it is
REPORT = ("vsm", "report", "samples/checkout.vsm")
READING = ("python", "bench/reading.py")
MEMORY = ("python", "bench/memory.py")
PRINTING = (
    "{browser}", "--headless", *mermaid.FLAGS, "--user-data-dir={out}/profile",
    "--no-pdf-header-footer", "--print-to-pdf={out}/printed.pdf", "file://{out}/report.html",
)  # fmt: skip
RACES = (
    Race(
        "Draw eight steps as SVG",
        (
            Runner("d2", ("d2", "bench/eight-steps.d2", "{out}/d2.svg")),
            Runner("python -I -c pass", ("python", "-I", "-c", "pass")),
            Runner("vsm render, drawn before", (*EIGHT, "-o", "{out}/vsm.svg")),
            Runner("vsm render", (*EIGHT, "-o", "{out}/vsm.svg", "--no-cache")),
        ),
        at_most=3.0,
    ),
    Race(
        "Draw eight steps as SVG: Mermaid in its browser",
        (
            Runner("vsm render", (*EIGHT, "-o", "{out}/vsm.svg", "--no-cache")),
            Runner("vsm render, drawn before", (*EIGHT, "-o", "{out}/vsm.svg")),
            Runner(
                "mermaid-cli",
                (
                    "{mermaid}",
                    "--quiet",
                    "--puppeteerConfigFile",
                    "{settings}",
                    "--input",
                    "bench/eight-steps.mmd",
                    "--output",
                    "{out}/mermaid.svg",
                ),
            ),
        ),
        rounds=10,
    ),
    Race(
        "Draw eight steps again, in a process that runs",
        (
            Runner("d2, cold", ("d2", "bench/eight-steps.d2", "{out}/d2.svg")),
            Runner("vsmdsl", ("python", "bench/steady.py", "samples/checkout.vsm"), own=True),
        ),
        rounds=10,
        at_most=0.35,  # milliseconds would not carry over from one machine to another
    ),
    Race(
        "Draw a hundred maps of eight steps",
        (
            Runner("d2, once each", ("d2", "{out}/many/{n}.d2", "{out}/d2.svg"), times=maps.MANY),
            Runner("vsm render, drawn before", ("vsm", "render", "{out}/many", "-o", "{out}/svg/")),
            Runner("vsm render, one call", (*VSM, "{out}/many", "-o", "{out}/svg/")),
        ),
        at_most=0.3,
        rounds=5,
    ),
    Race(
        "Draw 500 steps as SVG",
        (
            Runner("d2", ("d2", "{out}/500.d2", "{out}/d2.svg")),
            Runner(
                "vsm render, drawn before",
                ("vsm", "render", "{out}/500.vsm", "-o", "{out}/vsm.svg"),
            ),
            Runner("vsm render", (*VSM, "{out}/500.vsm", "-o", "{out}/vsm.svg")),
        ),
        at_most=2.0,
        rounds=10,
    ),
    Race(
        "Draw 500 steps again, in a process that runs",
        (
            Runner("d2, cold", ("d2", "{out}/500.d2", "{out}/d2.svg")),
            Runner("vsmdsl", ("python", "bench/steady.py", "{out}/500.vsm"), own=True),
        ),
        at_most=1.0,
        rounds=5,
    ),
    Race(
        "Draw ten times as many steps",
        (
            Runner("500 steps", (*VSM, "{out}/500.vsm", "-o", "{out}/vsm.svg")),
            Runner("5,000 steps", (*VSM, "{out}/5000.vsm", "-o", "{out}/vsm.svg")),
        ),
        at_most=12.0,
        rounds=3,
    ),
    Race(
        "Memory at its highest, 500 steps as SVG",
        (
            Runner("d2", (*MEMORY, "{d2}", "{out}/500.d2", "{out}/d2.svg"), own=True),
            Runner(
                "vsm render", (*MEMORY, "{vsm}", "render", "{out}/500.vsm", "--no-cache"), own=True
            ),
        ),
        rounds=3,
        most=120.0,
        unit="MB",
    ),
    Race(
        "Write a report of one map as PDF",
        (
            Runner("chromium, of the HTML", PRINTING),
            Runner("vsm report, written before", (*REPORT, "-o", "{out}/vsm.pdf")),
            Runner("vsm report", (*REPORT, "-o", "{out}/vsm.pdf", "--no-cache")),
        ),
        at_most=2.5,
        rounds=10,
    ),
    Race(
        "Memory at its highest, a report of thirty maps as PDF",
        (
            Runner(
                "vsm report",
                (*MEMORY, "{vsm}", "report", "{out}/thirty", "-o", "{out}/30.pdf", "--no-cache"),
                own=True,
            ),
        ),
        rounds=1,
        most=1000.0,
        unit="MB",
    ),
    Race(
        "Read 10,000 lines that are in memory",
        (
            Runner("Lark, LALR", (*READING, "lark", "{out}/lines.vsm"), own=True),
            Runner("vsmdsl, parse", (*READING, "parse", "{out}/lines.vsm"), own=True),
            Runner("vsmdsl, resolve", (*READING, "resolve", "{out}/lines.vsm"), own=True),
            Runner("vsmdsl, all it says", (*READING, "check", "{out}/lines.vsm"), own=True),
        ),
        at_most=2.0,
        rounds=10,
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
    raced = ((race, run(race, rounds)) for race in RACES)
    kept = [_show(race, rows) for race, rows in raced if rows]
    return 0 if all(kept) else 1


def run(race: Race, rounds: int) -> list[Row]:
    """Let the runners take turns, `rounds` times each, after one turn that does not count."""
    with tempfile.TemporaryDirectory() as out:
        maps.write(Path(out))
        known = {**_programs(race), "out": out}
        missing = [one.name for one in race.runners if _program(one, known) is None]
        runners = [one for one in race.runners if one.name not in missing]
        if any("report.html" in part for one in race.runners for part in one.command):
            _time([known["vsm"], "report", "samples/checkout.vsm", "-o", f"{out}/report.html"])
        for runner in runners:
            _turn(runner, known)  # warms the disk cache, and fails early
        turns = range(min(rounds, race.rounds))
        times = [[_turn(runner, known) for runner in runners] for _ in turns]
    for name in missing:
        print(f"\n{race.title}: {name} is not installed here.")
    return [_row(runner.name, times, lane) for lane, runner in enumerate(runners)]


def _programs(race: Race) -> dict[str, str]:
    """Where the programs are that a command may name; nothing for those that are not there."""
    wanted = "".join("".join(one.command) for one in race.runners)
    found = {name: _found(name) for name in ("d2", "vsm")}
    found |= {"browser": mermaid.browser(), "settings": str(MERMAID / "browser.json")}
    if "{mermaid}" in wanted:
        found["mermaid"] = mermaid.ready(MERMAID)
    return {name: place or "" for name, place in found.items()}


def _row(name: str, times: list[list[float]], lane: int) -> Row:
    own = [turn[lane] for turn in times]
    ratios = [turn[lane] / turn[0] for turn in times]
    return Row(name, statistics.median(own), min(own), max(own), statistics.median(ratios))


def _turn(runner: Runner, known: Mapping[str, str]) -> float:
    return sum(_time(command, runner.own) for command in _commands(runner, known))


def _time(command: Sequence[str], own: bool = False) -> float:
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
    return float(done.stdout) if own else elapsed * 1000


def _commands(runner: Runner, known: Mapping[str, str]) -> Iterator[list[str]]:
    program = _program(runner, known)
    assert program is not None
    for n in range(runner.times):
        yield [program, *(part.format(**known, n=n) for part in runner.command[1:])]


def _program(runner: Runner, known: Mapping[str, str]) -> str | None:
    return _found(runner.command[0].format(**known))


def _found(name: str) -> str | None:
    return (shutil.which(name, path=str(BIN)) or shutil.which(name)) if name else None


def _show(race: Race, rows: list[Row]) -> bool:
    print(f"\n{race.title}\n")
    print(f"| {'':<20} | median {race.unit} | fastest | slowest | ratio to {rows[0].name} |")
    print(f"|{'-' * 22}|----------:|--------:|--------:|{'-' * (len(rows[0].name) + 10)}:|")
    for row in rows:
        width = len(rows[0].name) + 9
        times = f"{row.median:9.1f} | {row.fastest:7.1f} | {row.slowest:7.1f}"
        print(f"| {row.name:<20} | {times} | {row.ratio:>{width}.2f} |")
    last = rows[-1]
    limits = [(last.ratio, race.at_most, ""), (last.median, race.most, f" {race.unit}")]
    for value, limit, unit in limits:
        if limit is not None:
            word = "kept" if value <= limit else "EXCEEDED"
            print(f"\n{last.name}: at most {limit:.2f}{unit}: {word}")
    return all(limit is None or value <= limit for value, limit, _ in limits)


def _rounds(arguments: Sequence[str] | None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("-n", type=int, default=25, help="turns of each runner (default: 25)")
    return max(1, int(parser.parse_args(arguments).n))


if __name__ == "__main__":
    sys.exit(main())

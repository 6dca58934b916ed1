"""A report's printer in a process of its own: the same file, and nobody is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ran
from tests.drawing.look import needs_printer

pytestmark = [
    needs_printer,
    pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all is done by one process"),
]
Vsm = Callable[..., Ran]
LINE = ("report", "checkout.vsm", "-o", "out.pdf", "--no-cache")
# A run of `vsm` that says when it forks, where `print_` replaces what the other process does.
PROGRAM = """
import os, sys, time
from vsmdsl.cli import main, work
from vsmdsl.report import press
def fork(event, _):
    if event == "os.fork":
        sys.stderr.write("fork\\n")
sys.addaudithook(fork)
work.processors, work.crowded = lambda: {processors}, lambda: {crowded}
first, usual = os.getpid(), press.press_all
def print_(html, **more):
    {body}
    return usual(html, **more)
def press_all(html, **more):
    beside = os.getpid() != first and len(html) > 1000  # not when it gets ready
    return print_(html, **more) if beside else usual(html, **more)
press.press_all = press_all
sys.argv = ["vsm", {line}]
main()
"""


def program(
    body: str = "pass", processors: int = 2, line: tuple[str, ...] = LINE, crowded: bool = False
) -> list[str]:
    words = ", ".join(map(repr, line))
    code = PROGRAM.format(body=body, processors=processors, line=words, crowded=crowded)
    return [sys.executable, "-c", code]


def ran(body: str = "pass", **more: Any) -> list[str]:
    """The exit code and what was said."""
    run = program(body, **more)
    done = subprocess.run(run, capture_output=True, text=True, timeout=60)
    return [str(done.returncode), *done.stderr.splitlines()]


@pytest.fixture
def alone(vsm: Vsm, folder: Path) -> bytes:
    """The report as one process writes it: a call from Python never has another."""
    assert vsm(*LINE).code == 0
    data = (folder / "out.pdf").read_bytes()
    (folder / "out.pdf").unlink()
    return data


def test_two_processes_write_the_same_as_one(alone: bytes, folder: Path) -> None:
    assert ran() == ["0", "fork", "wrote out.pdf"]
    assert (folder / "out.pdf").read_bytes() == alone


@pytest.mark.parametrize("busy", [{"processors": 1}, {"crowded": True}], ids=str)
def test_where_no_processor_is_free_there_is_one_process(
    alone: bytes, folder: Path, busy: dict[str, Any]
) -> None:
    assert ran(**busy) == ["0", "wrote out.pdf"]
    assert (folder / "out.pdf").read_bytes() == alone


def test_pictures_and_files_go_over(folder: Path) -> None:
    logo = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    (folder / "logo.svg").write_text(logo, encoding="utf-8")
    line = (*LINE, "--attach-source", "--logo", "logo.svg", "--language", "de")
    code, *said = ran(processors=1, line=line)
    one = (folder / "out.pdf").read_bytes()
    assert ran(line=line) == [code, "fork", *said]
    assert (code, (folder / "out.pdf").read_bytes()) == ("0", one)


@pytest.mark.parametrize("body", ["os._exit(1)", "os.kill(os.getpid(), 9)", "raise ValueError"])
def test_what_the_other_process_does_not_do_is_done_here(
    alone: bytes, folder: Path, body: str
) -> None:
    assert ran(body) == ["0", "fork", "wrote out.pdf"]
    assert (folder / "out.pdf").read_bytes() == alone


def test_several_reports_are_printed_by_one_process(folder: Path) -> None:
    line = ("report", "checkout.vsm", "good.vsm", "-f", "pdf", "-o", "out/", "--no-cache")
    code, *said = ran(line=line)
    assert (code, "fork" in said) == ("0", False)


HOG = "held = [b'-' * 5_000_000 for _ in range(400) if not time.sleep(0.01)]"
GREEDY = "time.sleep(0.7); held = bytearray(9_000_000_000)"


@pytest.mark.parametrize(
    ("limit", "body", "words"),
    [
        ("seconds = 2", "time.sleep(50)", "2 seconds; `seconds = 4`"),
        ("memory = 300", HOG, "300 MB of memory; `memory = 600`"),
        ("memory = 150", GREEDY, "150 MB of memory; `memory = 300`"),
    ],
)
def test_limits_hold_for_both(folder: Path, limit: str, body: str, words: str) -> None:
    (folder / "vsmdsl.toml").write_text(f"[limits]\n{limit}\n")
    assert ran(body) == [
        "1", "fork", f"the report: took more than {words} under `[tool.vsmdsl.limits]` allows more"
    ]  # fmt: skip
    assert not (folder / "out.pdf").exists()


@pytest.fixture
def printing(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A run that is printing, and the process that does it."""
    run = subprocess.Popen(
        program("time.sleep(50)"), stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    end = time.monotonic() + 30
    while not (found := waiting(run.pid)) and time.monotonic() < end:
        time.sleep(0.05)
    yield run, found
    if run.poll() is None:
        run.kill()
    run.communicate()


def waiting(parent: int) -> int:
    """The child that has its page, since its parent waits for the answer; 0 if there is none."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    asleep = Path(f"/proc/{parent}/task/{parent}/wchan").read_text()
    return int(children[0]) if children and "pipe" in asleep else 0


def is_there(pid: int) -> bool:
    """Whether a process is, and has not ended."""
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


@pytest.mark.parametrize("to_all", [False, True])
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_who_ends_a_run_ends_both(
    printing: tuple[subprocess.Popen[str], int], number: int, code: int, to_all: bool
) -> None:
    run, other = printing
    assert is_there(other)
    begin = time.monotonic()
    (os.killpg if to_all else os.kill)(run.pid, number)
    _, said = run.communicate(timeout=20)
    assert (run.returncode, said.splitlines()[-1]) == (
        code, "interrupted" if number == signal.SIGINT else "ended"
    )  # fmt: skip
    assert time.monotonic() - begin < 3  # a second, on a machine at rest
    assert not is_there(other)


def test_one_that_is_killed_leaves_nobody_behind(
    printing: tuple[subprocess.Popen[str], int],
) -> None:
    run, other = printing
    run.kill()
    run.wait(10)
    end = time.monotonic() + 10
    while is_there(other) and time.monotonic() < end:
        time.sleep(0.05)
    assert not is_there(other)

"""A long picture painted by two processes: the same file, and nobody is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_printer import is_there
from vsmdsl import pipeline, rendering
from vsmdsl.drawing.layout.rows import MANY
from vsmdsl.drawing.sharing import sharing

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is one process")
HEAD = 'map "Long" { calendar = 8h/day, 5d/week }'
STEPS = [f"step s{n} {1 + n % 7}h/{1 + n % 3}d" for n in range(MANY)]
MAP = "\n".join((HEAD, *STEPS, "rework s9 -> s2 10%", ""))
# A run of `vsm` that says when it forks, where `body` comes before what the other process does.
PROGRAM = """
import os, sys, time
from vsmdsl.cli import main, second, work
from vsmdsl.drawing import sharing
def fork(event, _):
    if event == "os.fork":
        sys.stderr.write("fork\\n")
sys.addaudithook(fork)
work.processors, work.crowded = lambda: {processors}, lambda: {crowded}
first, usual, second.SOON = os.getpid(), sharing.paint_part, {soon}
def paint_part(*given, **named):
    if os.getpid() != first:
        {body}
    return usual(*given, **named)
sharing.paint_part = paint_part
sys.argv = ["vsm", "render", "long.vsm", "-o", "long.svg", "--no-cache", *{more}]
main()
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("long.vsm").write_text(MAP, encoding="utf-8")
    return tmp_path


def program(
    body: str = "pass",
    *more: str,
    processors: int = 2,
    crowded: bool = False,
    soon: float = 9.0,
) -> list[str]:
    code = PROGRAM.format(body=body, processors=processors, crowded=crowded, soon=soon, more=more)
    return [sys.executable, "-c", code]


def ran(*given: str, **more: Any) -> list[str]:
    """The exit code and what was said."""
    done = subprocess.run(program(*given, **more), capture_output=True, text=True, timeout=60)
    return [str(done.returncode), *done.stderr.splitlines()]


def alone(text: str = MAP, **more: Any) -> str:
    """The picture as one process paints it: a call from Python never has another."""
    assert rendering.shared is None
    return str(pipeline.render(pipeline.compile(text), **more))


def test_two_processes_paint_the_same_as_one() -> None:
    code, *said = ran()
    assert (code, said[0]) == ("0", "fork")
    assert Path("long.svg").read_text(encoding="utf-8") == alone()


def test_they_agree_on_colours() -> None:
    assert ran("pass", "--theme", "dark")[:2] == ["0", "fork"]
    assert Path("long.svg").read_text(encoding="utf-8") == alone(theme="dark")


@pytest.mark.parametrize("busy", [{"processors": 1}, {"crowded": True}], ids=str)
def test_where_no_processor_is_free_there_is_one_process(busy: dict[str, Any]) -> None:
    assert "fork" not in ran(**busy)
    assert Path("long.svg").read_text(encoding="utf-8") == alone()


@pytest.mark.parametrize("more", [("-f", "html", "-o", "long.html"), ("--width", "900")], ids=str)
def test_what_has_no_long_row_of_svg_is_made_by_one(more: tuple[str, ...]) -> None:
    code, *said = ran("pass", *more)
    assert (code, "fork" in said) == ("0", False)


def test_a_short_map_is_drawn_by_one() -> None:
    Path("long.vsm").write_text("\n".join((HEAD, *STEPS[: MANY // 2])), encoding="utf-8")
    assert "fork" not in ran()


@pytest.mark.parametrize(
    "body",
    [
        "os._exit(1)",
        "os.kill(os.getpid(), 9)",
        "raise ValueError",
        "raise KeyboardInterrupt",
        "time.sleep(50)",
    ],
)
def test_what_the_other_process_does_not_do_is_done_here(body: str) -> None:
    code, *said = ran(body, soon=0.5)
    assert (code, said[0], len(said)) == ("0", "fork", 2)
    assert Path("long.svg").read_text(encoding="utf-8") == alone()


@pytest.mark.parametrize("cut", [0, 1, 1000, -1, None])
def test_half_an_answer_is_none(monkeypatch: pytest.MonkeyPatch, cut: int | None) -> None:
    usual = alone()
    cutting = partial(sharing, lambda make: lambda: make()[:cut])
    monkeypatch.setattr(rendering, "shared", cutting)
    assert str(pipeline.render(pipeline.compile(MAP))) == usual


def test_the_time_limit_holds(place: Path) -> None:
    (place / "vsmdsl.toml").write_text("[limits]\nseconds = 1\n")
    code, *said = ran("time.sleep(50)")
    assert (code, said[0]) == ("1", "fork")
    assert "took more than 1 seconds" in said[1]
    assert not Path("long.svg").exists()


@pytest.fixture
def painting() -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A run whose other process is busy."""
    run = subprocess.Popen(
        program("time.sleep(50)"), stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
    end = time.monotonic() + 30
    while not (found := children.read_text().split()) and time.monotonic() < end:
        time.sleep(0.02)
    yield run, int(found[0])
    if run.poll() is None:
        run.kill()
    run.communicate()


@pytest.mark.parametrize("to_all", [False, True])
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_who_ends_a_run_ends_both(
    painting: tuple[subprocess.Popen[str], int], number: int, code: int, to_all: bool
) -> None:
    run, other = painting
    begin = time.monotonic()
    (os.killpg if to_all else os.kill)(run.pid, number)
    run.communicate(timeout=20)
    assert run.returncode == code
    assert time.monotonic() - begin < 3  # a second, on a machine at rest
    assert not is_there(other)
    assert not Path("long.svg").exists()


def test_one_that_is_killed_leaves_nobody_behind(
    painting: tuple[subprocess.Popen[str], int],
) -> None:
    run, other = painting
    run.kill()
    run.wait(10)
    end = time.monotonic() + 10
    while is_there(other) and time.monotonic() < end:
        time.sleep(0.05)
    assert not is_there(other)

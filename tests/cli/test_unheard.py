"""An interruption that comes while Python is where nothing can be raised."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="signals of Unix")

# Objects that are interrupted while they go, once, as the locks of `import` may be.
LOST = """
import os, signal, sys, time
from vsmdsl.cli import main, render

class Going:
    def __del__(self):
        os.kill(os.getpid(), {number})
        for _ in range(1000):
            pass
        {more}

def planned(*_, **__):
    Going()
    time.sleep(20)

render.planned = planned
sys.argv = ["vsm", "render", "m.vsm"]
main()
"""
HANDED_OUT = """
import os, sys, time
from vsmdsl.cli import worker, work

class Going:
    def __del__(self):
        os.kill(os.getpid(), {number})
        for _ in range(1000):
            pass

def task(seconds):
    Going()
    time.sleep(seconds)

worker.begin()
worker.Wanted(task)([20, 20])
"""


def run(code: str, folder: Path) -> tuple[int, str, float]:
    """Its exit code, what it says, and how long it takes."""
    (folder / "m.vsm").write_text("step A pt=1h\n")
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stderr, time.monotonic() - begun


@pytest.mark.parametrize(
    ("number", "code", "said"),
    [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "ended")],
)
def test_it_is_heard_a_moment_later(
    tmp_path: Path, number: signal.Signals, code: int, said: str
) -> None:
    found, words, took = run(LOST.format(number=int(number), more=""), tmp_path)
    assert (found, words.split()) == (code, [said])
    assert took < 10


def test_a_process_that_works_for_another_hears_it_too(tmp_path: Path) -> None:
    code, words, took = run(HANDED_OUT.format(number=int(signal.SIGTERM)), tmp_path)
    assert took < 10
    assert (code, words) == (1, "")  # which the pool notices
    assert "Exception ignored" not in words


def test_what_else_is_lost_is_shown(tmp_path: Path) -> None:
    code = LOST.format(number=0, more="raise ValueError('shown')")
    _, words, _ = run(code.replace("time.sleep(20)", "return []"), tmp_path)
    assert "ValueError: shown" in words

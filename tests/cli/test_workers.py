"""The processes of `-j` end with the run that began them, and as it does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

VSM = str(Path(sys.executable).with_name("vsm"))
MAP = "parallel { step A pt=1h; step B pt=2h }\n" + "".join(
    f"queue wait={1 + n % 7}d\nstep s{n} pt=1h lt=1d\n" for n in range(20)
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")


@contextmanager
def running(
    folder: Path, kind: str, ignored: signal.Signals = signal.SIGUSR1
) -> Iterator[subprocess.Popen[str]]:
    """Reports of many maps in two processes, of which the first is written."""
    for at in range(40):
        (folder / f"{at}.vsm").write_text(MAP)
    command = (VSM, "report", ".", "-f", kind, "-o", "out/", "-j", "2", "--no-cache")
    with subprocess.Popen(
        command,
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(ignored, signal.SIG_IGN),
    ) as child:
        while not (folder / "out" / f"0.{kind}").exists() and child.poll() is None:
            time.sleep(0.02)
        try:
            yield child
        finally:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)


def workers(parent: int) -> list[int]:
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
    return [int(one) for one in found.split()]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_was_handed_out_before_is_not_done_any_more(
    tmp_path: Path, number: signal.Signals
) -> None:
    pytest.importorskip("weasyprint")
    with running(tmp_path, "pdf") as child:
        begin = time.monotonic()
        child.send_signal(number)  # to it alone, as from a service or `kill`
        _, said = child.communicate(timeout=60)
    assert time.monotonic() - begin < 4  # else 15 seconds
    assert said.splitlines()[-1] in ("interrupted", "ended")
    assert "Traceback" not in said


def test_what_is_said_again_and_again_is_heard_once(tmp_path: Path) -> None:
    with running(tmp_path, "html") as child:
        for _ in range(3):
            os.killpg(child.pid, signal.SIGINT)
            time.sleep(0.04)
        _, said = child.communicate(timeout=60)
    assert child.returncode == 130
    assert "Traceback" not in said


def test_a_terminal_that_is_closed_does_not_end_what_was_to_go_on(tmp_path: Path) -> None:
    with running(tmp_path, "html", ignored=signal.SIGHUP) as child:  # `nohup`
        os.killpg(child.pid, signal.SIGHUP)
        child.communicate(timeout=60)
    assert child.returncode == 0
    assert len(list((tmp_path / "out").iterdir())) == 40


def test_one_that_is_killed_is_no_mistake_of_ours(tmp_path: Path) -> None:
    with running(tmp_path, "html") as child:
        os.kill(workers(child.pid)[0], signal.SIGKILL)
        _, said = child.communicate(timeout=60)
    assert child.returncode == 3
    assert "was ended by the system" in said.splitlines()[-1]


def test_one_that_is_told_to_end_does_not_interrupt_the_others(tmp_path: Path) -> None:
    with running(tmp_path, "html") as child:
        os.kill(workers(child.pid)[0], signal.SIGTERM)
        _, said = child.communicate(timeout=60)
    assert child.returncode == 3
    assert "was ended by the system" in said.splitlines()[-1]
    assert "Traceback" not in said


PAINTING = """
import multiprocessing, os, sys
import resvg_py
from vsmdsl.cli import main

def painted(**_):
    os.write(1, b"!")
    sum(range(10**9))  # hears nobody, as the library does

multiprocessing.set_start_method("fork")
resvg_py.svg_to_bytes = painted
sys.argv = ["vsm", "render", ".", "-f", "png", "-j", "2", "-o", "out/", "--no-cache"]
main()
"""


@pytest.mark.parametrize("to_all", [False, True])
def test_a_picture_that_is_painted_is_not_waited_for(tmp_path: Path, to_all: bool) -> None:
    for at in range(8):
        (tmp_path / f"{at}.vsm").write_text("step a pt=1h")
    with subprocess.Popen(
        (sys.executable, "-c", PAINTING),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.read(2) == b"!!"
        begin = time.monotonic()
        (os.killpg if to_all else os.kill)(child.pid, signal.SIGINT)
        _, said = child.communicate(timeout=60)
    assert time.monotonic() - begin < 5  # else 15 seconds
    assert (child.returncode, said) == (130, b"\ninterrupted\n")
    assert list(tmp_path.glob("out/*")) == []

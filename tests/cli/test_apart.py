"""PDFs where somebody set a limit of memory: what crashes there is told by who waits for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.drawing.look import needs_printer

pytestmark = [
    needs_printer,
    pytest.mark.skipif(sys.platform != "linux", reason="nobody limits memory so elsewhere"),
]
MUCH = 8_000_000_000
REPORT = ("report", "checkout.vsm", "-o", "out.pdf", "--no-cache")
RENDER = ("render", "checkout.vsm", "-o", "out.pdf", "--no-cache")
# A run of `vsm` under a limit of memory; whoever prints does something else before.
PROGRAM = """
import os, resource, sys, time
from vsmdsl.cli import main, work
from vsmdsl.report import map_pdf, pdf, press
first, usual = os.getpid(), press.press_all
def press_all(html, **more):
    {body}
    return usual(html, **more)
press.press_all = map_pdf.press_all = press_all
work.processors = lambda: 1
resource.setrlimit(resource.RLIMIT_AS, ({much}, {much}))
sys.argv = ["vsm", {line}]
main()
"""


def program(body: str, line: tuple[str, ...], much: int = MUCH) -> list[str]:
    words = ", ".join(map(repr, line))
    return [sys.executable, "-c", PROGRAM.format(body=body, line=words, much=much)]


def ran(body: str, line: tuple[str, ...], much: int = MUCH) -> tuple[int, str]:
    """The exit code and what was said."""
    run = program(body, line, much)
    done = subprocess.run(run, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stderr


@pytest.mark.parametrize("line", [REPORT, RENDER], ids=lambda line: line[0])
@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGTRAP, signal.SIGABRT])
def test_a_crash_is_a_message(folder: Path, line: tuple[str, ...], number: int) -> None:
    (folder / "out.pdf").write_bytes(b"before")
    assert ran(f"os.kill(os.getpid(), {number})", line) == (
        3,
        "error: the system ended what drew this: it had too little memory, "
        "of 8,000 MB that it may have\n",
    )
    assert (folder / "out.pdf").read_bytes() == b"before"


@pytest.mark.parametrize("line", [REPORT, RENDER], ids=lambda line: line[0])
def test_all_else_is_as_it_is_without_a_limit(folder: Path, line: tuple[str, ...]) -> None:
    run = [sys.executable, "-m", "vsmdsl", *line]
    subprocess.run(run, check=True, capture_output=True, timeout=60)
    one = (folder / "out.pdf").read_bytes()
    (folder / "out.pdf").unlink()
    code, said = ran("assert os.getpid() != first", line)
    assert (code, said.startswith("wrote out.pdf")) == (0, True)
    assert (folder / "out.pdf").read_bytes() == one
    (folder / "checkout.vsm").write_text("step\n", encoding="utf-8")
    assert ran("pass", line)[0] == 1


def test_who_ignores_its_children_is_told_as_well(folder: Path) -> None:
    python, option, code = program("pass", REPORT)
    deaf = "import signal; signal.signal(signal.SIGCHLD, signal.SIG_IGN)"
    done = subprocess.run([python, option, f"{deaf}\n{code}"], timeout=60, check=False)
    assert (done.returncode, (folder / "out.pdf").exists()) == (0, True)


LIBRARY = "raise ImportError('libx.so: failed to map segment from shared object')"


@pytest.mark.parametrize("body", [LIBRARY, "raise MemoryError"])
def test_what_gets_no_memory_says_so(folder: Path, body: str) -> None:
    assert ran(body, REPORT) == (3, "error: out of memory\n")


@pytest.mark.parametrize("megabytes", [180, 230, 280])
@pytest.mark.parametrize("line", [REPORT, RENDER], ids=lambda line: line[0])
def test_a_real_limit_ends_in_a_message_or_a_file(
    folder: Path, line: tuple[str, ...], megabytes: int
) -> None:
    code, said = ran("pass", line, megabytes * 1_000_000)
    assert (code, (folder / "out.pdf").exists()) in ((0, True), (3, False))
    assert "Traceback" not in said
    assert "mistake in vsmdsl" not in said


@pytest.fixture
def printing(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A run that waits for its printer, and the printer."""
    pid = folder / "pid"
    body = f"open({str(pid)!r}, 'w').write(str(os.getpid())); time.sleep(50)"
    run = subprocess.Popen(program(body, REPORT), stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + 30
    while not (pid.exists() and pid.read_text()) and time.monotonic() < end:
        time.sleep(0.05)
    yield run, int(pid.read_text())
    if run.poll() is None:
        run.kill()
    run.communicate()


def gone(pid: int) -> bool:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize(
    ("number", "code", "word"),
    [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "ended"),
     (signal.SIGHUP, 129, "ended"), (signal.SIGKILL, -9, "")],
)  # fmt: skip
def test_who_ends_the_one_that_waits_ends_both(
    printing: tuple[subprocess.Popen[str], int], number: int, code: int, word: str
) -> None:
    run, printer = printing
    assert printer != run.pid
    begin = time.monotonic()
    os.kill(run.pid, number)
    _, said = run.communicate(timeout=20)
    assert (run.returncode, said.strip()) == (code, word)
    assert time.monotonic() - begin < 3  # a second, on a machine at rest
    assert gone(printer)

"""Another program that is asked: nobody loses sight of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence

import pytest

from vsmdsl.drawing import child

ROOM = 1 << 30


class Told(BaseException):
    pass


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_who_is_told_to_end_while_it_begins_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[int] = []
    begin = child._begin

    def told(*_: object) -> None:
        raise Told

    def begin_and_be_told(line: Sequence[str]) -> subprocess.Popen[bytes]:
        one = begin(line)
        begun.append(one.pid)
        os.kill(os.getpid(), signal.SIGTERM)
        return one

    monkeypatch.setattr(child, "_begin", begin_and_be_told)
    before = signal.signal(signal.SIGTERM, told)
    try:
        with pytest.raises(Told):
            child.ask(["sleep", "97"], b"", seconds=5, memory=ROOM)
        assert signal.getsignal(signal.SIGTERM) is told
    finally:
        signal.signal(signal.SIGTERM, before)
    with pytest.raises(ProcessLookupError):
        os.kill(begun[0], 0)


def test_one_that_is_not_there_is_an_error_as_ever() -> None:
    with pytest.raises(FileNotFoundError):
        child.ask(["no-such-program"], b"", seconds=5, memory=ROOM)


SLOW = "import sys, time; time.sleep(0.7); sys.stdout.write(str(len(sys.stdin.buffer.read())))"


def test_one_that_takes_long_to_begin_gets_all_that_it_is_given() -> None:
    given = b"x" * 1_000_000  # more than a pipe holds
    assert child.ask([sys.executable, "-c", SLOW], given, seconds=20, memory=4 * ROOM) == (
        0, b"1000000", b"",
    )  # fmt: skip


@pytest.mark.parametrize("reads", ["pass", "sys.stdin.close()", "sys.stdin.buffer.read(9)"])
def test_one_that_wants_less_answers_all_the_same(reads: str) -> None:
    code = f"import os, sys; {reads}; os.write(1, b'enough')"
    answer = child.ask([sys.executable, "-c", code], b"x" * 1_000_000, seconds=20, memory=4 * ROOM)
    assert answer == (0, b"enough", b"")


def test_one_that_never_reads_is_late() -> None:
    begin = time.monotonic()
    with pytest.raises(child.LateError):
        child.ask(["sleep", "97"], b"x" * 1_000_000, seconds=0.5, memory=ROOM)
    assert time.monotonic() - begin < 10

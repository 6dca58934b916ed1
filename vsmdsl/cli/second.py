"""A second process, which makes a part of something while this one makes the rest."""

from __future__ import annotations

import os
import select
import signal
import sys
from collections.abc import Callable
from contextlib import suppress

from vsmdsl.cli import hearing, patience, work

OFTEN = 0.1  # seconds between two looks whether it is still wanted
SOON = 5.0  # seconds without an answer: then it is made here after all
ROOM = 1 << 20  # bytes that are read at once


def possible() -> bool:
    """Whether this process may have a child, and there is a processor for it.

    A process that is watched is never forked, nor one that is not ours.
    """
    able = sys.platform == "linux" and hearing.ours()
    watched = sys.getprofile() or sys.gettrace()
    return able and not watched and work.processors() > 1 and not work.crowded()


def begin(make: Callable[[], bytes], begun: list[Second]) -> None:
    """Have it made by another process, which is added to those that are begun; if there can be one.

    Who is interrupted meanwhile knows of it already.
    """
    if not possible():
        return
    with hearing.deaf(), patience.alone_for_now() as alone, suppress(OSError):  # no more processes
        begun.extend([Second(make)] if alone else [])


class Second:
    """The other process, which makes one thing and ends."""

    def __init__(self, make: Callable[[], bytes]) -> None:
        self.pipe, answer = os.pipe()
        first = os.getpid()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self.pipe)  # else nobody would be told when the first process is no more
            _serve(make, answer, first)
        os.close(answer)

    def answer(self) -> bytes:
        """Wait for it; nothing where it failed, or takes too long."""
        try:
            return b"".join(self._parts())
        finally:
            self.end()

    def end(self) -> None:
        """End it, whatever it is doing."""
        if self.pid == 0:
            return
        pid, self.pid = self.pid, 0
        os.close(self.pipe)
        with suppress(ProcessLookupError, ChildProcessError):  # where nobody waits for children
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)

    def _parts(self) -> list[bytes]:
        parts: list[bytes] = []
        while select.select([self.pipe], [], [], SOON)[0]:
            part = os.read(self.pipe, ROOM)
            if not part:
                return parts
            parts.append(part)
        return []


# --- in the other process


def _serve(make: Callable[[], bytes], answer: int, first: int) -> None:
    """Make it, hand it over and end; who gets nothing makes it himself."""
    try:
        as_usual()
        _follow(first)
        data = memoryview(make())
        while data:
            data = data[os.write(answer, data) :]
    finally:
        os._exit(0)


def as_usual() -> None:
    """Die at once of what ends a run; what is ignored stays so."""
    for number in hearing.HEARD:
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)
    hearing.heed(True)


def _follow(first: int) -> None:
    """End when the process that began this one is no more."""

    def look(_number: int, _frame: object) -> None:
        if os.getppid() != first:
            os._exit(1)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, OFTEN, OFTEN)

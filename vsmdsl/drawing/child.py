"""Another program asked for an answer, with a limit of time and of memory.

It runs in a process group of its own, so that nothing of it outlives the question. It is listened
to in short turns: in between, whoever ends the drawing is heard.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from math import ceil

TURN = 0.25  # seconds
SPARE = 5  # seconds of a processor beyond those on the clock


class LateError(RuntimeError):
    """It gave no answer in time."""


def ask(
    line: Sequence[str], given: bytes, *, seconds: float, memory: int
) -> tuple[int, bytes, bytes]:
    """How it ended, what it answered, and what it complained of. Raises LateError, OSError."""
    with subprocess.Popen(
        line,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as child:
        try:
            _limit(child.pid, int(seconds) + SPARE, memory)
            answer, complaint = _answer(child, given, seconds)
        finally:
            _end(child)
    return child.returncode, answer, complaint


def _answer(child: subprocess.Popen[bytes], given: bytes, seconds: float) -> tuple[bytes, bytes]:
    left: bytes | None = given
    # Turns are counted, not time: where all is stopped for a while (Ctrl-Z), a single one passes.
    for _ in range(ceil(seconds / TURN) + 1):
        with suppress(subprocess.TimeoutExpired):
            return child.communicate(left, timeout=min(TURN, seconds))
        left = None  # it goes on with what it has
    raise LateError


def _limit(process: int, seconds: int, memory: int) -> None:
    """Before it has read a byte: it waits for its input. Only Linux lets one do so from outside.

    Its time as well: it may be left alone, where we are killed.
    """
    if sys.platform != "linux":
        return
    import resource

    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_DATA: memory,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in limits.items():  # whatever holds for ourselves
        with suppress(OSError, ValueError):  # it has ended already, or a stricter limit holds
            resource.prlimit(process, kind, (most, most))


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is not None:
        return
    if os.name == "posix":
        os.killpg(child.pid, 9)
    else:
        child.kill()

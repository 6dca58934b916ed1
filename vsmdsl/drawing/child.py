"""Another program asked for an answer, with a limit of time and of memory.

It runs in a process group of its own, so that nothing of it outlives the question. It is listened
to in short turns: in between, whoever ends the drawing is heard.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from math import ceil
from types import FrameType
from typing import Any, TypeAlias

TURN = 0.25  # seconds
SPARE = 5  # seconds of a processor beyond those on the clock
# What may end a run, or a map of it; not every system has all of them.
HELD = [
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGALRM", "SIGPROF")
    if hasattr(signal, name)
]

Handler: TypeAlias = Callable[[int, FrameType | None], Any]


class LateError(RuntimeError):
    """It gave no answer in time."""


def ask(
    line: Sequence[str], given: bytes, *, seconds: float, memory: int
) -> tuple[int, bytes, bytes]:
    """How it ended, what it answered, and what it complained of. Raises LateError, OSError."""
    begun: list[subprocess.Popen[bytes]] = []
    try:
        with _signals_held():
            begun.append(_begin(line))
        child = begun[0]
        _limit(child.pid, int(seconds) + SPARE, memory)
        feeder = _feed(child, given)
        answer, complaint = _answer(child, seconds)
        if feeder.is_alive():  # not for long: who has no other thread may have a second process
            feeder.join(TURN)
    finally:
        for one in begun:
            with one:
                _end(one)
    return child.returncode, answer, complaint


def _begin(line: Sequence[str]) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    return subprocess.Popen(line, stdin=pipe, stdout=pipe, stderr=pipe, start_new_session=True)


@contextmanager
def _signals_held() -> Iterator[None]:
    """Within this, what would raise an exception is noted, and raised at the end.

    One raised while a process begins would leave nobody who knows of it. It is not blocked, as the
    new process would then have it blocked for ever.
    """
    told: list[tuple[Handler, int, FrameType | None]] = []
    before: dict[int, Handler] = {}

    def note(number: int, frame: FrameType | None) -> None:
        told.append((before[number], number, frame))

    heard = threading.current_thread() is threading.main_thread()  # no other is told anything
    try:
        for number in HELD if heard else ():
            handler = signal.getsignal(number)
            if callable(handler):
                before[number] = handler
                signal.signal(number, note)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for handler, number, frame in told:
            handler(number, frame)


def _feed(child: subprocess.Popen[bytes], given: bytes) -> threading.Thread:
    """Hand over what it is given, as fast as it takes that.

    `communicate` hands over no more when it is called again after a turn without an answer (CPython
    up to 3.13): one that takes long to begin would wait for the rest until its time is over.
    """
    pipe, child.stdin = child.stdin, None
    assert pipe is not None

    def pour() -> None:
        with suppress(OSError), pipe:  # it has ended, or wants no more
            pipe.write(given)

    feeder = threading.Thread(target=pour, daemon=True)
    try:
        feeder.start()
    except RuntimeError:  # no more threads for this user
        pour()
    return feeder


def _answer(child: subprocess.Popen[bytes], seconds: float) -> tuple[bytes, bytes]:
    # Turns are counted, not time: where all is stopped for a while (Ctrl-Z), a single one passes.
    for _ in range(ceil(seconds / TURN) + 1):
        with suppress(subprocess.TimeoutExpired):
            return child.communicate(timeout=min(TURN, seconds))
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

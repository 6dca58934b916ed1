"""Who ends a run before it is done: the signals that tell it so, and when they are heard."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

# What ends a run; not every system has all of them.
HEARD = tuple(
    getattr(signal, one) for one in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, one)
)
_ours: list[bool] = []


def listen() -> None:
    """Let signals come out as exceptions; what is ignored (`nohup`, background) stays so."""
    with suppress(ValueError):  # only the main thread of a process may
        if callable(signal.getsignal(signal.SIGINT)):
            signal.signal(signal.SIGINT, signal.default_int_handler)
        for number in HEARD[1:]:
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, _ended)
        sys.unraisablehook = _lost
        _ours.append(True)


def ours() -> bool:
    """Whether this process was begun for a run of `vsm`, and hears who ends it."""
    return bool(_ours)


@contextmanager
def deaf() -> Iterator[None]:
    """Hear signals later: Python loses what one raises in the midst of a fork."""
    heed(False)
    try:
        yield
    finally:
        heed(True)


def heed(heard: bool) -> None:
    """Whether signals that end us are heard now, or when they are heard again."""
    if hasattr(signal, "pthread_sigmask"):
        way = signal.SIG_UNBLOCK if heard else signal.SIG_BLOCK
        signal.pthread_sigmask(way, HEARD)


class Ended(KeyboardInterrupt):
    """Told to end by a signal other than Ctrl-C; what was begun is tidied up as after Ctrl-C."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.code = 128 + number


def _ended(number: int, _frame: FrameType | None) -> None:
    raise Ended(number)


def _lost(what: sys.UnraisableHookArgs) -> None:
    from vsmdsl.cli import unheard  # hardly ever needed

    unheard.hear(what, getattr(what.exc_value, "code", 128 + signal.SIGINT) - 128)

"""No map takes more than its time and memory, in a process that belongs to somebody else.

A page may be read in any thread, so no signal helps, and nothing may be killed: a thread looks on,
and lets Python raise `_Ended` in the one that draws.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from vsmdsl import memory
from vsmdsl.language.limits import raising
from vsmdsl.limits import Limits

Result = TypeVar("Result")
TICK = 0.05  # seconds between two looks
AGAIN = 0.5  # seconds until it is said once more: somebody in between may have passed over it


class SpentError(Exception):
    """A map took more than it may: the text says what, `hint` how to allow it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class _Ended(BaseException):
    """No `Exception`, lest those in between take it for a failure that they know a way around."""


def within(limits: Limits, work: Callable[[], Result]) -> Result:
    """What the work gives. Raises SpentError where it takes more than the limits allow.

    Memory is what the process grows by meanwhile: what it had before is not the map's.
    """
    watch = _Watch(limits)
    try:
        watch.begin()
        try:
            return work()
        finally:
            watch.end()
    except _Ended:  # even on the last inch, in `end` itself
        watch.end()
        raise watch.spent from None
    except MemoryError:
        raise SpentError("the machine has no more memory for it") from None
    except RecursionError:
        raise SpentError("it is nested deeper than can be followed", "lower `depth`") from None


class _Watch:
    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.begun, self.before = time.monotonic(), memory.used()
        self.drawing = threading.get_ident()
        self.spent = SpentError("")
        self.over = threading.Event()
        self.saying = threading.Lock()

    def begin(self) -> None:
        """Look on from now."""
        try:
            threading.Thread(target=self._look, daemon=True).start()
        except RuntimeError:  # there are no threads here, or no more of them
            self.over.set()

    def end(self) -> None:
        """Look no more, and take back what was said and not heard yet."""
        with self.saying:
            self.over.set()
        if self.spent.args[0]:
            _raise_in(self.drawing, None)

    def _look(self) -> None:
        while not self.over.wait(TICK):
            if found := self._beyond():
                self.spent = found
                self._say()
                self.over.wait(AGAIN)

    def _beyond(self) -> SpentError | None:
        seconds, megabytes = self.limits.seconds, self.limits.memory
        if memory.used() - self.before > megabytes:
            return _spent("memory", megabytes, f"{megabytes:,} MB of memory")
        if time.monotonic() - self.begun > seconds:
            return _spent("seconds", seconds, f"{seconds} seconds")
        return self.spent if self.spent.args[0] else None

    def _say(self) -> None:
        with self.saying:
            if not self.over.is_set():
                _raise_in(self.drawing, _Ended)


def _spent(setting: str, limit: int, amount: str) -> SpentError:
    return SpentError(f"it takes more than {amount}", raising(setting, limit))


def _raise_in(thread: int, what: type[BaseException] | None) -> None:
    """Let Python raise this in another thread, at its next step; None takes it back."""
    import ctypes  # hardly ever needed

    kind = ctypes.py_object(what) if what else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), kind)

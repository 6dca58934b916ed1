"""What ends a run before it is done: no more time, or no more memory.

Whoever draws strangers' maps must get an answer, come what may.
"""

from __future__ import annotations

import _thread
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from vsmdsl.cli import console
from vsmdsl.limits import Limits

if TYPE_CHECKING:
    from vsmdsl.memory import Bound

GRACE = 5.0  # seconds that Python has to come out of whatever it is in
TICK = 0.05  # seconds between two looks
TURNS = 1000  # that a thread gets to end in
PAUSE = 1.0  # seconds without a look: the run was stopped, or a library let nobody else in
_watch: list[_Watch] = []
_helpers: list[int] = []


def alone() -> bool:
    """Whether this process has no other thread: only then may it be forked."""
    return _thread._count() == 0


@contextmanager
def alone_for_now() -> Iterator[bool]:
    """Within this, nobody looks on; gives whether that leaves no other thread."""
    for one in _watch:
        one.pause()
    try:
        yield alone()
    finally:
        for one in _watch:
            one.look()


def helped(pid: int | None) -> None:
    """From now on, what this other process has in memory counts as well; None: no other does."""
    _helpers[:] = [pid] if pid else []


def begin(
    name: str, limits: Limits, maps: int = 1, spent: float = 0, *, wary: bool = False
) -> None:
    """From now on, this much for what is called so; what was watched before is done.

    What is made of several maps has the time of all of them, and the memory of one: only one of
    them is worked on at once. `spent` seconds of it are gone already. To be `wary` is to let the
    system hold the memory from the start, for what may ask for all of it in one breath.
    """
    end()
    watch = _Watch(name, limits.seconds * maps, limits.memory, spent)
    _watch.append(watch)
    if wary:
        watch.hold()


def end() -> None:
    """Nothing is watched any more."""
    for one in _watch:
        one.end()
    _watch.clear()


def said(error: BaseException) -> str | None:
    """What to say where our own limit ended it; None if a person did, or the machine."""
    told = next((one.message for one in _watch if one.message), None)
    if isinstance(error, MemoryError) or _is_lack(error):
        held = next((one for one in _watch if one.holding), None)
        if told or held is None:
            return told
        held.let_go()  # what was made is still there, and to say so takes some room, too
        return held.too_large
    return told  # it looks like an interruption by a person


def _is_lack(error: BaseException) -> bool:
    """Whether a library could not be loaded, or a system not asked, without more memory."""
    if not isinstance(error, ImportError | OSError | RuntimeError):
        return False
    from vsmdsl.memory import lacking  # hardly ever needed

    return lacking(error)


def code() -> int:
    """The exit code of what our limit ended: 1, or 3 where it was the machine's that came near."""
    return 3 if any(one.starved for one in _watch) else 1


class _Watch:
    def __init__(self, name: str, seconds: int, megabytes: int, spent: float) -> None:
        self.name, self.seconds, self.megabytes = name, seconds, megabytes
        self.spent = spent
        self.looked, self.worked = time.monotonic(), time.process_time()
        self.message, self.starved = "", False
        self.bound: Bound | None = None
        self.holding = False
        self.main = _thread.get_ident()
        self.rung = False
        self.bells = self._hang_bell()
        self.look()

    @property
    def too_late(self) -> str:
        return self._beyond("seconds", self.seconds, f"{self.seconds} seconds")

    @property
    def too_large(self) -> str:
        return self._beyond("memory", self.megabytes, f"{self.megabytes:,} MB of memory")

    def look(self) -> None:
        """Look on from now on."""
        self.over, self.waiting = False, _thread.allocate_lock()
        self.waiting.acquire()
        try:
            _thread.start_new_thread(self._look, ())
        except RuntimeError:  # no more threads: what is left must do without
            from vsmdsl.memory import allowed

            if allowed():  # but libraries may look for memory for ever, and no one would end them
                raise MemoryError from None

    def pause(self) -> None:
        """Look on no longer, until `look`."""
        self.over = True
        self.waiting.release()
        for _ in range(TURNS):
            if alone():
                return
            time.sleep(0)  # let it in, so that it can go

    def hold(self) -> None:
        """Let the system hold the memory, too."""
        from vsmdsl.memory import bound

        self.holding = True  # a request may fail before this knows that it is bound
        self.bound = bound(self.megabytes, _helpers)
        self.holding = self.bound is not None

    def end(self) -> None:
        if self.bells:
            signal.setitimer(signal.ITIMER_PROF, 0)
        if not self.over:
            self.over = True
            self.waiting.release()
        self.let_go()

    def let_go(self) -> None:
        """Let the system hold the memory no longer."""
        if self.bound:
            self.bound.lift()

    def _beyond(self, setting: str, limit: int, amount: str) -> str:
        from vsmdsl.language.limits import raising  # hardly ever needed

        return f"{self.name}: took more than {amount}; {raising(setting, limit)}"

    def _hang_bell(self) -> bool:
        try:
            signal.signal(signal.SIGALRM, self._ring)
            signal.signal(signal.SIGPROF, self._worked_too_long)
        except (AttributeError, ValueError):  # not on Windows, nor in any but the main thread
            return False
        # A library in C, such as the engine of patterns, may let in no other thread that looks on.
        signal.setitimer(signal.ITIMER_PROF, max(self.seconds - self.spent, 0) + PAUSE)
        return True

    def _look(self) -> None:
        seen = time.monotonic()
        while not self._ends_within(TICK):
            try:
                self._look_once()
                seen = time.monotonic()
            except Exception:  # no memory to look, or for a lock; the next look may find some
                if time.monotonic() - seen > GRACE:
                    os.write(2, b"error: out of memory\n")
                    os._exit(3)

    def _ends_within(self, seconds: float) -> bool:
        # What `threading.Event` does; importing it takes as long as starting three threads.
        return self.over or self.waiting.acquire(timeout=seconds)

    def _look_once(self) -> None:
        from vsmdsl import memory  # not for what is done at once

        self._tell_time()
        used = memory.used(_helpers)
        if used > self.megabytes:
            self._stop(self.too_large)
        elif self.spent > self.seconds:
            self._stop(self.too_late)
        elif most := memory.cramped():
            self.starved = True
            self._stop(f"{self.name}: took more memory than this process may have, {most:,.0f} MB")
        elif self.bound is None and used > self.megabytes / 2:
            self.hold()

    def _tell_time(self) -> None:
        """Count what passed since the last look, but not while the run was stopped (Ctrl-Z)."""
        looked, worked = time.monotonic(), time.process_time()
        passed = looked - self.looked
        self.spent += passed if passed < PAUSE else worked - self.worked
        self.looked, self.worked = looked, worked

    def _stop(self, message: str) -> None:
        """Ask Python to come out of what it is in; end it if a library does not let it."""
        from vsmdsl.memory import used

        self.message = message
        self._call()
        end, most = time.monotonic() + GRACE, used(_helpers) + self.megabytes / 8
        while not self._ends_within(TICK):
            if time.monotonic() > end or used(_helpers) > most:
                try:
                    console.say(message)
                finally:
                    os._exit(3 if self.starved else 1)  # outputs are written whole or not at all

    def _call(self) -> None:
        # A signal of our own: that of Ctrl-C may be ignored, as it is for what runs in background.
        if self.bells:
            signal.pthread_kill(self.main, signal.SIGALRM)
            return
        _thread.interrupt_main()

    def _worked_too_long(self, number: int, frame: FrameType | None) -> None:
        self.message = self.message or self.too_late
        self._ring(number, frame)

    def _ring(self, _signal: int, _frame: FrameType | None) -> None:
        # Twice would also end what comes after this map. Without a message, the bell is for the map
        # before, whose watch came to its end meanwhile: nobody would know who interrupts.
        if self.message and not self.over and not self.rung:
            self.rung = True
            raise KeyboardInterrupt

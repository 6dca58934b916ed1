"""The time that a map may take. Whoever draws strangers' maps must get an answer, come what may."""

from __future__ import annotations

import os
import signal
import threading
from types import FrameType

from vsmdsl.cli import console

GRACE = 5.0  # seconds that Python has to come out of whatever it is in
_watch: list[_Watch] = []


def begin(name: str, seconds: int) -> None:
    """From now on, this much time for what is called so; what was timed before is done."""
    end()
    _watch.append(_Watch(name, seconds))


def end() -> None:
    """Nothing is timed any more."""
    for one in _watch:
        one.end()
    _watch.clear()


def expired() -> str | None:
    """What to say if the time was up; it looks like an interruption by a person."""
    return next((one.message for one in _watch if one.is_up), None)


class _Watch:
    def __init__(self, name: str, seconds: int) -> None:
        self.name, self.seconds = name, seconds
        self.is_up = False
        self.bells = hasattr(signal, "SIGALRM") and _in_main_thread()
        if self.bells:
            signal.signal(signal.SIGALRM, self._ring)
            signal.setitimer(signal.ITIMER_REAL, seconds)
        self.timer = threading.Timer(seconds + self.bells * GRACE, self._time_is_up)
        self.timer.daemon = True
        self.timer.start()

    @property
    def message(self) -> str:
        from vsmdsl.language.limits import raising  # hardly ever needed

        more = raising("seconds", self.seconds)
        return f"{self.name}: took more than {self.seconds} seconds; {more}"

    def end(self) -> None:
        self.timer.cancel()
        if self.bells:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _ring(self, _signal: int, _frame: FrameType | None) -> None:
        # A signal of our own: that of Ctrl-C may be ignored, as it is for what runs in background.
        self.is_up = True
        raise KeyboardInterrupt

    def _time_is_up(self) -> None:
        if self.bells or self.is_up:  # a library did not let the interruption through
            console.say(self.message)
            os._exit(1)  # outputs are written whole or not at all
        self.is_up = True
        self.timer = threading.Timer(GRACE, self._time_is_up)
        self.timer.daemon = True
        self.timer.start()
        import _thread

        _thread.interrupt_main()


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()

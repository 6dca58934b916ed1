"""The time that a map may take. Whoever draws strangers' maps must get an answer, come what may."""

from __future__ import annotations

import os
import signal
import threading

from vsmdsl.cli import console
from vsmdsl.language.limits import raising

GRACE = 5.0  # seconds that Python has to come out of whatever it is in
_watch: list[_Watch] = []


def begin(name: str, seconds: int) -> None:
    """From now on, this much time for what is called so; what was timed before is done."""
    end()
    _watch.append(_Watch(name, seconds))


def end() -> None:
    """Nothing is timed any more."""
    for one in _watch:
        one.timer.cancel()
    _watch.clear()


def expired() -> str | None:
    """What to say if the time was up, which looks like an interruption by a person."""
    return next((one.message for one in _watch if one.is_up), None)


class _Watch:
    def __init__(self, name: str, seconds: int) -> None:
        self.is_up = False
        self.message = f"{name}: took more than {seconds} seconds; {raising('seconds', seconds)}"
        self.timer = threading.Timer(seconds, self._interrupt)
        self.timer.daemon = True
        self.timer.start()

    def _interrupt(self) -> None:
        self.is_up = True
        self.timer = threading.Timer(GRACE, self._leave)
        self.timer.daemon = True
        self.timer.start()
        if os.name == "posix":
            os.kill(os.getpid(), signal.SIGINT)  # wakes what waits for a child or a file as well
        else:
            import _thread

            _thread.interrupt_main()

    def _leave(self) -> None:
        # A library did not let the interruption through. Outputs are written whole or not at all.
        console.say(self.message)
        os._exit(1)

"""An interruption that Python lost, heard again.

What a signal raises while Python is in a callback that can raise nothing, such as one for an object
that is gone, is shown as a traceback, and the run goes on as if nobody had said anything.
"""

from __future__ import annotations

import _thread
import signal
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

LATER = 0.01  # seconds, in which Python comes out of any callback


def hear(lost: UnraisableHookArgs, number: int) -> None:
    """Show what could not be raised; an interruption is raised once more, by this signal, if any.

    Raises nothing, as it is called where nothing can be raised.
    """
    if isinstance(lost.exc_value, MemoryError):
        return  # who goes on without what it was about meets the same, and can be told
    if not isinstance(lost.exc_value, KeyboardInterrupt):
        sys.__unraisablehook__(lost)
    elif number:
        here = _thread.get_ident()  # the main thread: no other is interrupted
        _thread.start_new_thread(_again, (here, number))


def _again(thread: int, number: int) -> None:
    time.sleep(LATER)
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(thread, number)  # wakes it up where it waits
    else:
        signal.raise_signal(number)

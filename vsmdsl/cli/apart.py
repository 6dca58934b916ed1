"""A run that may crash, in a process of its own, so that somebody is left to tell of it.

What prints a PDF is written in C, and much of that ends its process without a word to Python where
it gets no memory. Where somebody set a limit (`ulimit -v`), such a run goes on in a child; this
process, which hardly needs any, waits for it, and hands over whatever it is told.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import NoReturn

from vsmdsl.cli import console, hearing, patience
from vsmdsl.cli.refusals import Trouble

WHEN_ITS_PARENT_ENDS = 1  # PR_SET_PDEATHSIG of Linux
BY_SOMEBODY = (
    0  # a signal that a process sent: what a terminal sends, it sends to the child as well
)
CRASH = {"SIGABRT", "SIGBUS", "SIGILL", "SIGKILL", "SIGSEGV", "SIGTRAP"}
ENDED = "the system ended what drew this: it had too little memory, of {:,.0f} MB that it may have"


def go_on() -> None:
    """Go on in a child, where there is a limit of memory, and this process is ours to divide.

    In the child, or where nothing is done, this returns. Here it never does.
    """
    from vsmdsl import memory

    most = memory.allowed()
    if not most or not hearing.ours() or not patience.alone():
        return
    import hashlib  # noqa: F401 - loaded later, without memory, it shows a page of tracebacks

    numbers = {*hearing.HEARD, signal.SIGCHLD}
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # who ignores it is never told of an end
    before = signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
    child = os.fork()
    if child:
        _wait(child, numbers, most)
    _end_with_who_waits()
    signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_who_waits() -> None:
    """Nobody is left to tell where that one is killed; a thread to look would take memory."""
    with suppress(ImportError, OSError, AttributeError):
        import ctypes

        ctypes.CDLL(None).prctl(WHEN_ITS_PARENT_ENDS, signal.SIGKILL)


def _wait(child: int, numbers: set[signal.Signals], most: float) -> NoReturn:
    """Hand over signals to the child until it ends, and end as it did."""
    while True:
        told = signal.sigwaitinfo(numbers)
        if told.si_signo != signal.SIGCHLD:
            if told.si_code == BY_SOMEBODY:
                os.kill(child, told.si_signo)
            continue
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            os._exit(_code(os.waitstatus_to_exitcode(status), most))


def _code(ended: int, most: float) -> int:
    if ended >= 0:
        return ended
    if signal.Signals(-ended).name in CRASH:
        console.say(console.refusal(Trouble(ENDED.format(most))))
        sys.stderr.flush()
        return 3
    return 128 - ended

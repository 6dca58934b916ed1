"""A process that draws some of many maps, for another one."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, Generic, TypeVar

from vsmdsl.cli import console, hearing
from vsmdsl.cli.refusals import Trouble
from vsmdsl.drawing import pixels
from vsmdsl.record import record
from vsmdsl.threads import room

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Task = TypeVar("Task")
Result = TypeVar("Result")

FOR_ALL, FOR_EACH = 2, 3  # threads that a pool has, and a process with who looks on in it
OFTEN = 0.1  # seconds between two looks whether it is still wanted
LOOKS = 3  # that find it idle, and told to end
ENDED = (
    "a process that worked for this one was ended by the system: it may have had too little memory "
    "(`-j 1` works on one at a time)"
)

_told: list[int] = []  # the signal that ended this process
_busy: list[bool] = []


def pool(workers: int) -> ProcessPoolExecutor | None:
    """Processes that work beside this one; None where there is no room for them.

    There are containers without `/dev/shm`, such as functions in a cloud, and with few threads.
    """
    from concurrent.futures import ProcessPoolExecutor as Pool  # loaded by those who begin others

    if not room(FOR_ALL + FOR_EACH * workers):
        return None
    with suppress(OSError, ImportError):
        return Pool(workers, initializer=begin)
    return None


def begin() -> None:
    """End when told to, and when there is nobody any more to work for."""
    console.prepare()
    for number in hearing.HEARD:
        if signal.getsignal(number) is not signal.SIG_IGN:  # as for those who began it: `nohup`
            signal.signal(number, _end)
    sys.unraisablehook = _lost
    pixels.meanwhile = _mortal
    hearing.heed(True)
    try:
        follow()
    except RuntimeError:  # the last thread is taken meanwhile
        os._exit(1)


@record
class Wanted(Generic[Task, Result]):
    """The work on some tasks, as long as nobody has told this process to end.

    What is raised in a task goes to those who wait for it, and the next task begins: without this,
    one that is told to end would do all that it was handed before.
    """

    work: Callable[[Task], Result]

    def __call__(self, tasks: Sequence[Task]) -> list[Result]:
        return [self._one(task) for task in tasks]

    def _one(self, task: Task) -> Result:
        if _told:
            raise KeyboardInterrupt
        _busy.append(True)
        try:
            return self.work(task)
        finally:
            _busy.clear()


def _end(number: int, _frame: FrameType | None) -> None:
    """Come out of the task, once: what tidies up behind it must not be interrupted again.

    Between two tasks there is nothing to come out of, and an exception would be shown to people.
    """
    if not _told:
        _told.append(number)
        if _busy:
            raise KeyboardInterrupt


def _lost(what: sys.UnraisableHookArgs) -> None:
    from vsmdsl.cli import unheard  # hardly ever needed

    unheard.hear(what, _told.pop() if _told else 0)


@contextmanager
def _mortal() -> Iterator[None]:
    """Within this, what tells this process to end ends it at once.

    It would be heard when the picture is painted, which takes seconds on a busy machine; and until
    then nothing is begun that anybody had to tidy up.
    """
    heard = [number for number in hearing.HEARD if signal.getsignal(number) is _end]
    for number in heard:
        signal.signal(number, signal.SIG_DFL)
    try:
        yield
    finally:
        for number in heard:
            signal.signal(number, _end)


@contextmanager
def ended() -> Iterator[None]:
    """Within this, whatever ends the work of this process ends that of all whom it began.

    Raises Trouble where the system ends one of them.
    """
    from concurrent.futures import BrokenExecutor

    try:
        yield
    except BrokenExecutor:  # which ends them itself
        raise Trouble(ENDED) from None
    except BaseException:
        from multiprocessing import active_children

        for one in active_children():
            one.terminate()
        raise


def follow() -> None:
    """End when the process that began this one is no more, or when it was told to and is idle.

    Who is told to end between two tasks waits for the next, which since Python 3.12 never comes
    where another process of the pool has died. One that still hands over a result is let do so.
    """
    if hasattr(os, "getppid"):
        threading.Thread(target=_follow, args=(os.getppid(),), daemon=True).start()


def _follow(parent: int) -> None:
    idle = 0
    while os.getppid() == parent and idle < LOOKS:
        time.sleep(OFTEN)
        idle = idle + 1 if _told and not _busy else 0
    os._exit(1)

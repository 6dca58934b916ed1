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
from vsmdsl.memory import lacking
from vsmdsl.record import record
from vsmdsl.threads import room

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

Task = TypeVar("Task")
Result = TypeVar("Result")

FOR_ALL, FOR_EACH = 2, 3  # threads that a pool has, and a process with who looks on in it
OFTEN = 0.1  # seconds between two looks whether it is still wanted
LOOKS = 3  # that find it idle, and told to end
GRACE = 5.0  # seconds in which a library must let one hear that it is to end
ENDED = (
    "a process that worked for this one was ended by the system: it may have had too little memory "
    "(`-j 1` works on one at a time)"
)

LOST = "out of memory: nobody is left to hand out work (`-j 1` works on one at a time)"

_told: list[int] = []  # the signal that ended this process
_busy: list[bool] = []
_died: list[bool] = []  # a thread of this process, which handed out work or took in results


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
    try:
        _begin()
    except Exception:  # the last thread is taken meanwhile, or the last memory
        os._exit(1)


def _begin() -> None:
    from vsmdsl.cli import unheard  # noqa: F401 - there may be no memory for it when it is needed

    console.prepare()
    for number in hearing.HEARD:
        if signal.getsignal(number) is not signal.SIG_IGN:  # as for those who began it: `nohup`
            signal.signal(number, _end)
    sys.unraisablehook = _lost
    pixels.meanwhile = _mortal
    hearing.heed(True)
    follow()


@record
class Wanted(Generic[Task, Result]):
    """The work on some tasks, as long as nobody has told this process to end.

    What is raised in a task goes to those who wait for it, and the next task begins: without this,
    one that is told to end would do all that it was handed before, and whoever waits would take it
    for an interruption of his own. One without memory could not even say so.
    """

    work: Callable[[Task], Result]

    def __call__(self, tasks: Sequence[Task]) -> list[Result]:
        return [self._one(task) for task in tasks]

    def _one(self, task: Task) -> Result:
        if _told:
            os._exit(1)
        _busy.append(True)
        try:
            return self.work(task)
        except (KeyboardInterrupt, MemoryError, SystemError):  # all is tidied up by now
            os._exit(1)
        except Exception as error:
            if lacking(error):
                os._exit(1)
            raise
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
    try:
        from vsmdsl.cli import unheard  # hardly ever needed

        unheard.hear(what, _told.pop() if _told else 0)
    except Exception:  # no memory even for this: an interruption would be lost
        os._exit(1)


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

    before, threading.excepthook = threading.excepthook, _thread_lost
    _died.clear()
    try:
        yield
    except BrokenExecutor:
        time.sleep(OFTEN)  # Ctrl-C reaches all, and ours is heard here
        _end_all()
        raise Trouble(ENDED) from None
    except BaseException:
        _end_all()
        raise
    finally:
        threading.excepthook = before


def result(task: Future[Result]) -> Result:
    """What became of a task. Raises Trouble where nobody is left to tell this process."""
    from concurrent.futures import wait

    while not task.done():
        if _died:
            raise Trouble(LOST)
        wait((task,), OFTEN)
    return task.result()


def _thread_lost(what: threading.ExceptHookArgs) -> None:
    """Remember that a thread ended; the pool of Python would wait for it for ever."""
    _died.append(True)
    if not (isinstance(what.exc_value, MemoryError) or lacking(what.exc_value)):
        threading.__excepthook__(what)


def _end_all() -> None:
    """End all whom this process began; who is in a library for long is killed."""
    from multiprocessing import active_children

    begun = active_children()
    for one in begun:
        one.terminate()
    end = time.monotonic() + GRACE
    for one in begun:
        one.join(max(0.0, end - time.monotonic()))
        if one.is_alive():
            one.kill()


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

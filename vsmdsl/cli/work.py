"""One task a map, each with an outcome of its own: what goes wrong with one stops no other."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from time import monotonic
from typing import Generic, TypeVar

from vsmdsl.cli import console, hearing, patience
from vsmdsl.cli.refusals import Refusal
from vsmdsl.record import record

Task = TypeVar("Task")
Result = TypeVar("Result")

PATIENCE = 1.0  # seconds that nobody minds
WORTH_A_WORKER = 20  # maps; starting a worker takes as long as drawing some
MANY = 4  # from here on a person likes to see how far we are


@record
class Outcome(Generic[Result]):
    """What became of a task: an exit code, messages for people, and the result if there is one."""

    code: int = 0
    messages: tuple[str, ...] = ()
    result: Result | None = None


def run(
    work: Callable[[Task], Outcome[Result]],
    tasks: Sequence[Task],
    jobs: int | None = None,
) -> Iterator[Outcome[Result]]:
    """Do all the tasks, `jobs` at once, and give the outcomes in order, messages said.

    None is as many as there are processors, where there are tasks enough to be worth it. Raises
    Trouble where the system ends a process that works for this one.
    """
    watched = len(tasks) >= MANY and console.terminal(sys.stderr)
    at_once = min(jobs or _fitting(len(tasks)), len(tasks))
    found = _by_others(work, tasks, at_once) if at_once > 1 else _here(work, tasks)
    for done, outcome in enumerate(found, start=1):
        _progress("", watched)
        for message in outcome.messages:
            console.say(message)
        yield outcome
        _progress(f"{done} of {len(tasks)} done", watched and done < len(tasks))


def worst(outcomes: Iterable[Outcome[Result]]) -> int:
    """The exit code of all tasks together."""
    return max((outcome.code for outcome in outcomes), default=0)


def _fitting(tasks: int) -> int:
    if tasks < 2 * WORTH_A_WORKER:
        return 1
    return min(tasks // WORTH_A_WORKER, processors())


def processors() -> int:
    """How many processors this process may use: a container often has fewer than the machine."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def crowded() -> bool:
    """Whether more wants to run right now than there are processors; Linux alone says so."""
    try:
        load = Path("/proc/loadavg").read_text(encoding="ascii")
        return int(load.split()[3].partition("/")[0]) > (os.cpu_count() or 1)
    except (OSError, ValueError, IndexError):
        return False


def _here(
    work: Callable[[Task], Outcome[Result]], tasks: Sequence[Task]
) -> Iterator[Outcome[Result]]:
    yield from (_Guarded(work)(task) for task in tasks)


def _by_others(
    work: Callable[[Task], Outcome[Result]], tasks: Sequence[Task], workers: int
) -> Iterator[Outcome[Result]]:
    from vsmdsl.cli import worker

    pool = worker.pool(workers)
    if pool is None:
        yield from _here(work, tasks)
        return
    wanted = worker.Wanted(_Guarded(work))
    with pool, worker.ended():
        batch = max(1, len(tasks) // (8 * workers))  # the fewer trips, the less waiting
        with hearing.deaf():  # all workers begin here
            places = range(0, len(tasks), batch)
            begun = deque(pool.submit(wanted, tasks[at : at + batch]) for at in places)
        # `pool.map` would cancel what is left, and the pool trips over that when its workers die.
        while begun:
            yield from worker.result(begun.popleft())


@record
class _Guarded(Generic[Task, Result]):
    """The work, with a refusal turned into an outcome (a class, so that it can be sent)."""

    work: Callable[[Task], Outcome[Result]]

    def __call__(self, task: Task) -> Outcome[Result]:
        try:
            return self.work(task)
        except Refusal as error:
            return Outcome(error.exit_code, (console.refusal(error),))
        except RecursionError:
            return Outcome(1, (console.refusal(console.too_deep()),))
        except (KeyboardInterrupt, MemoryError, ImportError, OSError) as error:
            ours = patience.said(error)
            if ours is None:
                raise
            return Outcome(patience.code(), (ours,))
        finally:
            patience.end()


_begun: list[float] = []


def progress(text: str, tasks: int) -> None:
    """Say how far a task of several maps is, to a person, when it takes longer than a second."""
    if not _begun:
        _begun.append(monotonic())
    slow = monotonic() - _begun[0] > PATIENCE
    watched = tasks > 1 and slow and console.terminal(sys.stderr)
    _progress(text, watched)


def _progress(text: str, watched: bool) -> None:
    if watched:
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()

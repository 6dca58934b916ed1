"""How much memory this process has, and the most that it may ask for, held by the system."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress

from vsmdsl.record import record

MEGABYTE = 1_000_000
NEARLY = 0.9
# As the C library says it, and Python, which may not even get room for a lock.
NO_ROOM = (
    "failed to map segment", "annot allocate memory", "can't allocate lock",
    "can't start new thread",
)  # fmt: skip
SPARE = 0.25  # beyond the limit, for what is needed to say so


@record
class Bound:
    """A limit that the operating system holds: a request beyond it fails at once."""

    before: tuple[int, int]

    def lift(self) -> None:
        """As it was."""
        import resource

        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_DATA, self.before)


def bound(megabytes: int, helpers: Iterable[int] = ()) -> Bound | None:
    """Let single requests for far too much fail, which nobody could look at in time.

    Set only for those that come near to the limit, and somewhat above it: what is written in C
    and Rust aborts where it gets no memory, without a word.
    """
    if sys.platform != "linux":
        return None
    import resource

    before = resource.getrlimit(resource.RLIMIT_DATA)
    most = int(megabytes * MEGABYTE * (1 + SPARE))
    if before[0] != resource.RLIM_INFINITY and before[0] <= most:
        return None
    with suppress(OSError, ValueError):
        for one in (*helpers, 0):  # 0 is this process
            resource.prlimit(one, resource.RLIMIT_DATA, (most, before[1]))
        return Bound(before)
    return None


def used(helpers: Iterable[int] = ()) -> float:
    """Megabytes that this process has in memory, and who helps it."""
    own = _pages(1)
    return _most_used() if own is None else own + sum(_pages(1, one) or 0.0 for one in helpers)


def cramped() -> float:
    """The megabytes that somebody else lets this process have, if it has them nearly all; else 0.

    Where a request fails (`ulimit -v`), Python itself may break on its way out.
    """
    most = allowed()
    return most if most and (_pages(0) or 0.0) > NEARLY * most else 0.0


def allowed() -> float:
    """The megabytes that somebody else lets this process have; 0 if nobody set a limit."""
    if sys.platform != "linux":
        return 0.0
    import resource

    return max(0.0, resource.getrlimit(resource.RLIMIT_AS)[0] / MEGABYTE)


def lacking(error: BaseException | None) -> bool:
    """Whether there was no memory to load a library, or to begin a thread."""
    known = isinstance(error, ImportError | OSError | RuntimeError)
    return known and any(one in str(error) for one in NO_ROOM)


def _pages(column: int, process: int | str = "self") -> float | None:
    """A column of what Linux says of a process, in megabytes; None where it says nothing."""
    try:
        with open(f"/proc/{process}/statm", "rb") as file:  # noqa: PTH123 - looked at 20 times a second
            return int(file.read().split()[column]) * os.sysconf("SC_PAGE_SIZE") / MEGABYTE
    except (OSError, ValueError, IndexError):
        return None


def _most_used() -> float:
    """The most megabytes that this process ever had, where nobody says how many it has."""
    if sys.platform == "win32":
        return 0.0
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / MEGABYTE

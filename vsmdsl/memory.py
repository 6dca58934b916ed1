"""How much memory this process has, and the most that it may ask for, held by the system."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from vsmdsl.record import record

MEGABYTE = 1_000_000
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


def bound(megabytes: int) -> Bound | None:
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
        resource.setrlimit(resource.RLIMIT_DATA, (most, before[1]))
        return Bound(before)
    return None


def used() -> float:
    """Megabytes that this process has in memory."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - looked at 20 times a second
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / MEGABYTE
    except (OSError, ValueError, IndexError):
        return _most_used()  # where there is no such file


def _most_used() -> float:
    """The most megabytes that this process ever had, where nobody says how many it has."""
    if sys.platform == "win32":
        return 0.0
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / MEGABYTE

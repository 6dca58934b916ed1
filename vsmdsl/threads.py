"""How many threads more this process may have: its system, user or container say so."""

from __future__ import annotations

import threading


def room(wanted: int) -> bool:
    """Whether so many threads more can run at once; processes count as such.

    Whoever lets libraries begin some asks before: Pango ends the process where it gets none, and
    the pools of Python wait for ever.
    """
    done = threading.Event()
    begun: list[threading.Thread] = []
    try:
        for _ in range(wanted):
            one = threading.Thread(target=done.wait, daemon=True)
            one.start()
            begun.append(one)
    except RuntimeError:
        return False
    finally:
        done.set()
        for one in begun:
            one.join()
    return True

"""A process that draws some of many maps, for another one."""

from __future__ import annotations

import os
import signal
import threading
import time

from vsmdsl.cli import console, patience

OFTEN = 0.1  # seconds between two looks whether it is still wanted


def begin() -> None:
    """End when told to, and when there is nobody any more to work for."""
    console.prepare()
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            # As Ctrl-C does: one that dies at once is a mistake to those who wait for it.
            signal.signal(getattr(signal, name), signal.default_int_handler)
    patience.heed(True)
    follow()


def follow() -> None:
    """End when the process that began this one is no more."""
    if hasattr(os, "getppid"):
        threading.Thread(target=_follow, args=(os.getppid(),), daemon=True).start()


def _follow(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(OFTEN)
    os._exit(1)

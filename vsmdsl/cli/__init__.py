"""The commands: `vsm`, `vsmdsl` and `python -m vsmdsl`."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from vsmdsl.cli.later import postpone

SELDOM = 1_000_000  # new objects until the next look for rings among them; few maps make as many


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `vsm` with these arguments and return its exit code; without any, end the process."""
    if arguments is None:  # the process is ours
        _end_at_once_when_told()
    try:
        with _collecting_seldom():
            postpone()
            code = _run(arguments)
    except KeyboardInterrupt as told:
        if arguments is not None:
            raise
        code = getattr(told, "code", 130)  # all was done but the way out
    if arguments is None and not (sys.getprofile() or sys.gettrace()):
        # All is written. Python would take its modules apart, which takes a tenth of a short run.
        os._exit(code)
    return code


def _end_at_once_when_told() -> None:
    """While modules are loaded, there is nothing to tidy up and nobody to catch an exception."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupted)


def _interrupted(_number: int, _frame: object) -> None:
    os.write(2, b"\ninterrupted\n")
    os._exit(130)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        from vsmdsl.cli.program import main as run
    except EOFError as error:
        from vsmdsl.cli.bytecode import mend

        sys.stderr.write(f"error: {mend(error)}\n")
        return 3
    return run(arguments)


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Let Python look for rings of dead objects seldom.

    Modules and maps are no garbage, and looking through them takes a tenth of a short run and
    half of a long one. A threshold, not a full stop: a call may be about thousands of maps.
    """
    before = gc.get_threshold()
    gc.set_threshold(SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)

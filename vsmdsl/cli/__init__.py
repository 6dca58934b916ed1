"""The commands: `vsm`, `vsmdsl` and `python -m vsmdsl`.

What is imported before `begin` is imported slowly, so that almost nothing is.
"""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from vsmdsl.cli.start import Start

NO_MEMORY = 12  # as the system numbers it
SELDOM = 1_000_000  # new objects until the next look for rings among them; few maps make as many


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `vsm` with these arguments and return its exit code; without any, end the process.

    Meanwhile Python looks for rings of dead objects seldom: modules and maps are no garbage, and
    looking through them takes a tenth of a short run and half of a long one. A threshold, not a
    full stop: a call may be about thousands of maps.
    """
    before = gc.get_threshold()
    gc.set_threshold(SELDOM)
    try:
        return _whole() if arguments is None else _run(arguments)
    finally:
        gc.set_threshold(*before)


def _whole() -> int:
    """Run with the arguments of the process, which is ours, and end it."""
    kept = None
    try:
        from vsmdsl.cli import start

        kept = start.begin()
        _end_at_once_when_told()
        code = _run(None, kept)
    except KeyboardInterrupt as told:
        code = getattr(told, "code", 130)  # all was done but the way out
    except EOFError as error:
        code = _mended(error)
    except Exception as error:
        code = _not_begun(error)
    if kept and kept.incomplete() and not sys.dont_write_bytecode:
        _keep(kept)
    if not (sys.getprofile() or sys.gettrace()):
        # All is written. Python would look for rings once more and take its modules apart, which
        # takes a tenth of a short run.
        os._exit(code)
    return code


def _keep(met: Start) -> None:
    """Write down what the next start need not look for; the run itself is over."""
    try:
        from vsmdsl.cli import started
    except Exception:  # no memory even for this
        return
    started.end(met)


def _not_begun(error: Exception) -> int:
    """Say why a module could not even be loaded, and return 3; any other error is raised again."""
    lacks = "out of memory" if _lacks_memory(error) else ""
    if not lacks and isinstance(error, OSError):  # such as too many open files
        lacks = f"{error.filename}: {str(error.strerror).lower()}"
    if lacks:
        os.write(2, f"error: {lacks}\n".encode(errors="backslashreplace"))
        return 3
    from vsmdsl.cli import start

    if used := start.in_use():
        from vsmdsl.cli import started

        started.begin_again(used)
    raise error


def _lacks_memory(error: Exception) -> bool:
    # `vsmdsl.memory` knows better, and may be what could not be loaded. SystemError is how Python
    # fails where it gets none.
    if isinstance(error, MemoryError | SystemError) or getattr(error, "errno", 0) == NO_MEMORY:
        return True
    return isinstance(error, ImportError) and "failed to map segment" in str(error)


def _end_at_once_when_told() -> None:
    """While modules are loaded, there is nothing to tidy up and nobody to catch an exception."""
    import _signal  # type: ignore[import-not-found]  # `signal` without names for its numbers

    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        _signal.signal(_signal.SIGINT, _interrupted)


def _interrupted(_number: int, _frame: object) -> None:
    os.write(2, b"\ninterrupted\n")
    os._exit(130)


def _run(arguments: Sequence[str] | None, kept: Start | None = None) -> int:
    try:
        from vsmdsl.cli import later, lightly

        later.postpone()
        lightly.postpone_typing()
        if kept:
            kept.prepare()
        lightly.import_fractions()
        from vsmdsl.cli.program import main as run
    except EOFError as error:
        return _mended(error)
    return run(arguments)


def _mended(error: EOFError) -> int:
    """A module ends too early: mend that and begin again, or say so."""
    from vsmdsl.cli.bytecode import mend

    sys.stderr.write(f"error: {mend(error)}\n")
    return 3

"""The commands: `vsm`, `vsmdsl` and `python -m vsmdsl`."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from vsmdsl.cli.later import postpone

SELDOM = 1_000_000  # new objects until the next look for rings among them; few maps make as many


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `vsm` with these arguments and return its exit code; without any, end the process."""
    with _collecting_seldom():
        postpone()
        from vsmdsl.cli.program import main as run

        code = run(arguments)
    if arguments is None and not (sys.getprofile() or sys.gettrace()):
        # All is written. Python would take its modules apart, which takes a tenth of a short run.
        os._exit(code)
    return code


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

"""Compiled modules that end too early.

Where a disk is full or `ulimit -f` is low, Python may write a module's bytecode in part and not
notice. From then on every run fails at that module, even when there is room again.
"""

from __future__ import annotations

import marshal
import os
import sys
from pathlib import Path
from types import TracebackType

HEAD = 16  # bytes before the code
AGAIN = "VSM_MENDED"


def mend(error: EOFError) -> str:
    """Remove the bytecode that is cut short and start again; or say what is wrong."""
    found = _place(error.__traceback__)
    if found is None:
        return f"a file of the installation ends too early ({error})"
    if AGAIN not in os.environ and _removed(found):
        _begin_again()
    return f"{found}: ends too early; remove it"


def _place(traceback: TracebackType | None) -> Path | None:
    """The bytecode that Python was reading."""
    while traceback:
        found = traceback.tb_frame.f_locals.get("bytecode_path")
        if isinstance(found, str):
            return Path(found)
        traceback = traceback.tb_next
    return None


def _removed(found: Path) -> bool:
    """Remove it, and all that lie beside and below its package and are like it."""
    top = found.parent.parent
    while (top.parent / "__init__.py").exists():
        top = top.parent
    try:
        for one in top.rglob("__pycache__/*.pyc"):
            if _ends_early(one):
                one.unlink()
    except OSError:
        return False
    return not found.exists()


def _ends_early(file: Path) -> bool:
    try:
        marshal.loads(file.read_bytes()[HEAD:])
    except (EOFError, ValueError, TypeError):
        return True
    return False


def _begin_again() -> None:
    # Without bytecode, since the disk may still be full.
    env = {**os.environ, AGAIN: "1", "PYTHONDONTWRITEBYTECODE": "1"}
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], env)

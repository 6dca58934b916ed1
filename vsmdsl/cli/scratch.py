"""A folder for what libraries put down while they work: gone when they are done."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISDIR

PREFIX = "vsmdsl-"
HELD = ".held"  # in such a folder: locked for as long as the run lasts
YOUNG = 60  # seconds in which a folder may not have been locked yet
OLD = 600  # seconds, after which nobody is at work in one that could not be locked
OURS = "abcdefghijklmnopqrstuvwxyz0123456789_"  # what Python names such a folder with
LETTERS = 8


@contextmanager
def scratch() -> Iterator[None]:
    """Within this, temporary files lie in a folder of this run, which is removed at the end.

    WeasyPrint puts the fonts of a PDF into a folder and leaves it to Python to remove that, which
    never happens where a process ends at once. What a killed run left is removed by the next.
    """
    folder = _made()
    if folder is None:
        yield
        return
    import tempfile

    before, tempfile.tempdir = tempfile.tempdir, folder
    held = _hold(Path(folder))
    try:
        yield
    finally:
        tempfile.tempdir = before
        _remove(folder)
        if held is not None:
            os.close(held)


def _made() -> str | None:
    import tempfile

    try:
        _remove_left(Path(tempfile.gettempdir()))
        return tempfile.mkdtemp(prefix=PREFIX)
    except OSError:  # who needs one says so
        return None


def _hold(folder: Path) -> int | None:
    """Lock a folder; None where there are no locks. The system lifts it however the run ends."""
    held = None
    with suppress(ImportError, OSError):
        import fcntl

        held = os.open(folder / HELD, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(held, fcntl.LOCK_EX)
    return held


def _remove_left(place: Path) -> None:
    """Remove the folders of runs that are no more, if they are ours."""
    for folder in place.glob(f"{PREFIX}*"):
        with suppress(ImportError, OSError):
            if _is_left(folder):
                _remove(str(folder))


def _is_left(folder: Path) -> bool:
    import fcntl
    import time

    about = folder.lstat()
    age = time.time() - about.st_mtime
    if about.st_uid != os.geteuid() or age < YOUNG:
        return False
    if not os.path.lexists(folder / HELD):  # who had no more files could neither lock nor remove it
        return age > OLD and S_ISDIR(about.st_mode) and _is_named_as_ours(folder)
    held = os.open(folder / HELD, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(held)
    return True


def _is_named_as_ours(folder: Path) -> bool:
    rest = folder.name.removeprefix(PREFIX)
    return len(rest) == LETTERS and set(rest) <= set(OURS)


def _remove(folder: str) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)

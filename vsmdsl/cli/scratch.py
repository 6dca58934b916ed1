"""A folder for what libraries put down while they work: gone when they are done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def scratch() -> Iterator[None]:
    """Within this, temporary files lie in a folder of this run, which is removed at the end.

    WeasyPrint puts the fonts of a PDF into a folder and leaves it to Python to remove that, which
    never happens where a process ends at once.
    """
    folder = _made()
    if folder is None:
        yield
        return
    import tempfile

    before, tempfile.tempdir = tempfile.tempdir, folder
    try:
        yield
    finally:
        tempfile.tempdir = before
        _remove(folder)


def _made() -> str | None:
    import tempfile

    try:
        return tempfile.mkdtemp(prefix="vsm-")
    except OSError:  # who needs one says so
        return None


def _remove(folder: str) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)

"""The files of a project: what a map may include, and where the project ends."""

from __future__ import annotations

import os
from pathlib import Path

from vsmdsl.language.source import Source, normalise
from vsmdsl.model.resolve.gather import Loader, OutsideProjectError

MARKERS = ("vsmdsl.toml", "pyproject.toml", ".git", ".hg")
LARGEST = 4_000_000  # bytes; a map of 100,000 lines is half of this


def read_bytes(path: Path) -> bytes:
    """What a file holds. Raises OSError, also where it is larger than any map."""
    size = path.stat().st_size
    if size > LARGEST:
        raise OSError(f"{size:,} bytes; a map has at most {LARGEST:,}")
    return path.read_bytes()


def project_root(path: str | Path) -> Path:
    """The nearest folder upward that looks like a project, else the folder of the file."""
    folder = Path(path).resolve().parent
    for above in (folder, *folder.parents):
        if any((above / marker).exists() for marker in MARKERS):
            return above
    return folder


def project_loader(path: str | Path) -> Loader:
    """Reads what the map at `path` includes, and nothing outside its project."""
    root = project_root(path)

    def load(name: str, here: Source) -> Source:
        wanted = (Path(here.name).parent / name).resolve()
        # Both sides are resolved, so that neither `..` nor a link leads outside.
        if not wanted.is_relative_to(root):
            raise OutsideProjectError("lies outside the project")
        shown = os.path.normpath(Path(here.name).parent / name)
        return Source(shown, normalise(read_bytes(wanted).decode("utf-8")))

    return load

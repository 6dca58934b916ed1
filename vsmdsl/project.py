"""The files of a project: what a map may include, and where the project ends."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from vsmdsl.language.source import Source, normalise
from vsmdsl.model.resolve.gather import Loader, OutsideProjectError

MARKERS = ("vsmdsl.toml", "pyproject.toml", ".git", ".hg")
LARGEST = 50_000_000  # bytes that are taken into memory; what a map may have is in `limits`


def read_bytes(path: Path) -> bytes:
    """What a file holds. Raises OSError, also where it is larger than any map."""
    with path.open("rb") as file:
        return read_stream(file)


def read_stream(file: BinaryIO) -> bytes:
    """What is left in a stream, which may be without end. Raises OSError where that is too much."""
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise OSError(f"more than {LARGEST:,} bytes are no map")
    return data


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

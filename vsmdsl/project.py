"""The files of a project: what a map may include, and where the project ends."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import BinaryIO

from vsmdsl.language.source import Source, normalise
from vsmdsl.model.includes import MAP, SAMPLES, Loader, OutsideProjectError

MARKERS = ("vsmdsl.toml", "pyproject.toml", ".git", ".hg")
LARGEST = 50_000_000  # bytes that are taken into memory; what a map may have is in `limits`
ENDINGS = ((MAP,), SAMPLES)  # kinds of files that are read


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
        if any(_is_there(above / marker) for marker in MARKERS):
            return above
    return folder


def _is_there(path: Path) -> bool:
    """Whether something is there, as far as one may look: Python says so itself since 3.14."""
    try:
        return path.exists()
    except OSError:
        return False


def project_loader(path: str | Path) -> Loader:
    """Reads what the map at `path` includes: maps and samples of its project, nothing else."""
    root = project_root(path)

    def load(name: str, here: Source) -> Source:
        wanted = inside(Path(here.name).parent / name, root, name)
        shown = os.path.normpath(Path(here.name).parent / name)
        return Source(shown, normalise(read_bytes(wanted).decode("utf-8")))

    return load


def inside(path: Path, root: Path, name: str) -> Path:
    """Where a file lies that was asked for by a name. Raises OutsideProjectError, see `permit`.

    Both sides are resolved, so that neither `..` nor a link leads outside; `root` is already.
    """
    try:
        found = path.resolve()
        followed = not found.is_symlink()  # Python 3.13 leaves a circle of links as it is
    except (OSError, RuntimeError, ValueError):  # a circle of links; a name no system takes
        followed = False
    if not followed:
        raise OutsideProjectError("cannot be followed to a file")
    if not found.is_relative_to(root):
        raise OutsideProjectError(
            "lies outside the project",
            "copy it into the project, or put a `vsmdsl.toml` into the folder above both",
        )
    permit(found.relative_to(root), name)
    if found.exists() and not found.is_file():  # a pipe would be waited for
        raise OutsideProjectError("is no file")
    return found


def permit(place: PurePath, name: str) -> None:
    """Raise OutsideProjectError unless a map may read the file at this place in the project.

    A message can show a line of what is read, so it is a map, or samples where samples were asked
    for, and neither it nor its folder is hidden: not `.env`, nothing below `.git`.
    """
    if any(part.startswith(".") for part in place.parts):
        raise OutsideProjectError("is hidden", "begin its name, and its folder's, with no dot")
    asked = PurePath(name).suffix.lower()
    kind = next((endings for endings in ENDINGS if asked in endings), ())
    if place.suffix.lower() not in kind:
        raise OutsideProjectError("leads to a file that is no map")

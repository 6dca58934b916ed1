"""The files that a page may draw: maps inside the project, and nothing else.

What a stranger writes into a page names files by text. A name is taken as it stands: nothing is
decoded, expanded or fetched. What may be opened is said in `vsmdsl/project.py`, for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from vsmdsl.language.source import Source, normalise
from vsmdsl.model.includes import MAP, SAMPLES, OutsideProjectError
from vsmdsl.project import inside, read_bytes
from vsmdsl.publish.cache import digest
from vsmdsl.record import record

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")  # `file:`, `https:`, and the letter of a drive


class FileRefusedError(OutsideProjectError):
    """A file may not be read; the text says why."""


@record
class Shelf:
    """Where maps are looked for: in `folders`, in this order, and never outside `root`."""

    root: Path | None = None
    folders: tuple[Path, ...] = ()

    def find(
        self, name: str, *, beside: Path | None = None, endings: tuple[str, ...] = (MAP,)
    ) -> Path:
        """The file that a name means, links resolved.

        Raises OutsideProjectError for a name that leads elsewhere, and FileNotFoundError.
        """
        if self.root is None:
            raise FileRefusedError("cannot be drawn: the project's folder is not known")
        wanted = acceptable(name, endings)
        root = self.root.resolve()
        for folder in self._places(beside):
            path = inside(folder / wanted, root, wanted)
            if path.is_file():
                return path
        shown = ", ".join(_below(one, root) for one in self._places(beside))
        raise FileNotFoundError(f"was not found; it was looked for in {shown}")

    def name_of(self, path: Path) -> str:
        """A file as messages call it: its path from the project's root."""
        root = self.root.resolve() if self.root else path.parent
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name

    def _places(self, beside: Path | None) -> tuple[Path, ...]:
        if beside is not None:
            return (beside,)
        return tuple(dict.fromkeys(one for one in (self.root, *self.folders) if one is not None))


class Reader:
    """Reads what a map includes and keeps the list of it.

    `told` has the digest of what was read of each file; that of the map's own file is given. It is
    empty where two readings differ: somebody wrote the file meanwhile.
    """

    def __init__(self, shelf: Shelf, own: Path | None, told: str = "") -> None:
        self.shelf = shelf
        self.paths: dict[str, Path] = {}  # by the name that messages use
        self.own = own
        self.told: dict[Path, str] = {own: told} if own else {}

    def __call__(self, name: str, here: Source) -> Source:
        """The text of an included file; a name is meant from the file that includes it."""
        above = self.paths.get(here.name, self.own)
        endings = SAMPLES if name.endswith(SAMPLES) else (MAP,)
        path = self.shelf.find(name, beside=above.parent if above else None, endings=endings)
        shown = self.shelf.name_of(path)
        self.paths[shown] = path
        data = read_bytes(path)
        self._note(path, digest(data))
        return Source(shown, normalise(data.decode("utf-8")))

    def _note(self, path: Path, told: str) -> None:
        self.told[path] = told if self.told.get(path, told) == told else ""


def acceptable(name: str, endings: tuple[str, ...] = (MAP,)) -> str:
    """A relative name of a file that ends so. Raises FileRefusedError for everything else."""
    for bad, why in _faults(name, endings):
        if bad:
            raise FileRefusedError(why)
    return name


def _faults(name: str, endings: tuple[str, ...]) -> Iterator[tuple[bool, str]]:
    yield not name.strip(), "is no name of a file"
    yield not name.isprintable(), "has a sign in it that no file name should have"
    yield bool(SCHEME.match(name)), "is an address; nothing is fetched, give a path"
    yield "\\" in name, "has a `\\` in it; a path is written with `/`"
    yield name.startswith(("/", "~")), "is no path from the project's folder"
    shown = " or ".join(f"`{ending}`" for ending in endings)
    yield not name.endswith(endings), f"does not end in {shown}, and nothing else is read"
    yield len(name) > 1000, "is longer than any path"


def _below(folder: Path, root: Path) -> str:
    found = folder.resolve()
    if not found.is_relative_to(root):
        return folder.name
    return (
        found.relative_to(root).as_posix().replace(".", "the project's folder", 1)
        if (found == root)
        else f"{found.relative_to(root).as_posix()}/"
    )

"""The files that a page may draw: maps inside the project, and nothing else.

What a stranger writes into a page names files by text. A name is taken as it stands: nothing is
decoded, expanded or fetched. Only files that end in `.vsm`, after resolving links, are opened, so
that no message can show a line of anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from vsmdsl.language.source import Source
from vsmdsl.model.resolve.gather import OutsideProjectError
from vsmdsl.project import read_bytes
from vsmdsl.record import record

ENDING = ".vsm"
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")  # `file:`, `https:`, and the letter of a drive


class FileRefusedError(OSError):
    """A file may not be read; the text says why."""


@record
class Shelf:
    """Where maps are looked for: in `folders`, in this order, and never outside `root`."""

    root: Path | None = None
    folders: tuple[Path, ...] = ()

    def find(self, name: str, *, beside: Path | None = None) -> Path:
        """The file that a name means, links resolved.

        Raises FileRefusedError for a name that leads elsewhere, and FileNotFoundError.
        """
        if self.root is None:
            raise FileRefusedError("cannot be drawn: the project's folder is not known")
        wanted = acceptable(name)
        root = self.root.resolve()
        for folder in self._places(beside):
            path = _resolved(folder / wanted)
            if not path.is_relative_to(root):
                raise FileRefusedError("lies outside the project")
            if path.is_file():
                return _map(path, root)
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
    """Reads what a map includes and keeps the list of it."""

    def __init__(self, shelf: Shelf, own: Path | None) -> None:
        self.shelf = shelf
        self.paths: dict[str, Path] = {}  # by the name that messages use
        self.own = own

    def __call__(self, name: str, here: Source) -> Source:
        """The text of an included file; a name is meant from the file that includes it."""
        above = self.paths.get(here.name, self.own)
        path = self._found(name, above.parent if above else None)
        shown = self.shelf.name_of(path)
        self.paths[shown] = path
        return Source(shown, _text(read_bytes(path)))

    def _found(self, name: str, beside: Path | None) -> Path:
        try:
            return self.shelf.find(name, beside=beside)
        except FileRefusedError as refused:
            raise OutsideProjectError(str(refused)) from None


def acceptable(name: str) -> str:
    """A relative name of a map. Raises FileRefusedError for everything else."""
    for bad, why in _faults(name):
        if bad:
            raise FileRefusedError(why)
    return name


def _faults(name: str) -> Iterator[tuple[bool, str]]:
    yield not name.strip(), "is no name of a file"
    yield not name.isprintable(), "has a sign in it that no file name should have"
    yield bool(SCHEME.match(name)), "is an address; nothing is fetched, give a path"
    yield "\\" in name, "has a `\\` in it; a path is written with `/`"
    yield name.startswith(("/", "~")), "is no path from the project's folder"
    yield not name.endswith(ENDING), f"does not end in `{ENDING}`, and nothing else is drawn"
    yield len(name) > 1000, "is longer than any path"


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):  # a circle of links; a name no system takes
        raise FileRefusedError("cannot be followed to a file") from None


def _map(path: Path, root: Path) -> Path:
    hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
    if hidden or path.suffix != ENDING:
        raise FileRefusedError("leads to a file that is no map")
    return path


def _below(folder: Path, root: Path) -> str:
    found = folder.resolve()
    if not found.is_relative_to(root):
        return folder.name
    return (
        found.relative_to(root).as_posix().replace(".", "the project's folder", 1)
        if (found == root)
        else f"{found.relative_to(root).as_posix()}/"
    )


def _text(data: bytes) -> str:
    from vsmdsl.language.source import normalise

    return normalise(data.decode("utf-8"))

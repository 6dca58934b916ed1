"""Which state of which map is meant: `map.vsm`, `map.vsm:q1`, `HEAD~3:map.vsm`."""

from __future__ import annotations

import posixpath
from pathlib import Path, PurePosixPath

from vsmdsl import pipeline
from vsmdsl.cli import files, git, maps, patience, settings
from vsmdsl.cli.files import Input
from vsmdsl.cli.refusals import Misuse
from vsmdsl.language.source import Source, normalise
from vsmdsl.model.includes import Loader, OutsideProjectError
from vsmdsl.pipeline import Compiled
from vsmdsl.project import permit
from vsmdsl.record import record


@record
class Wanted:
    """One side of a comparison: a file or `-`, perhaps at a revision or in a future."""

    path: str
    revision: str = ""
    future: str = ""

    @property
    def name(self) -> str:
        """As people typed it."""
        return ":".join(filter(None, (self.revision, self.path)))


def wanted(text: str) -> Wanted:
    """What one argument means. A file of that name comes first, then a future, then a revision."""
    if text == "-" or Path(text).exists():
        return Wanted(text)
    first, colon, rest = text.partition(":")
    if colon and (first == "-" or Path(first).is_file()):
        return Wanted(first, future=rest)
    if colon and rest:
        path, _, future = rest.partition(":")
        return Wanted(path, revision=first, future=future)
    raise Misuse(f"no such file: {text}{files.nearest(text, _maps_here(text))}")


def compiled(one: Wanted) -> Compiled:
    """Read and compile one side."""
    if not one.revision:
        return maps.compiled(Input(None if one.path == "-" else Path(one.path)))
    root = git.top(Path.cwd())
    hash = git.commit(root, one.revision)
    with git.Blobs(root) as past:
        path = _found(past, root, hash, one)
        return at_revision(past, hash, path, one.name)


def at_revision(blobs: git.Blobs, hash: str, path: str, name: str) -> Compiled:
    """A map as it stood, with what it included then."""
    data, load = blobs.read(hash, path) or b"", _loader(blobs, hash, path, name)
    limits = settings.config(Input(None)).limits
    patience.begin(name, limits)
    return pipeline.compile_bytes(data, name=name, file=path, load=load, limits=limits)


def _found(blobs: git.Blobs, root: Path, hash: str, one: Wanted) -> str:
    """The path from the root of the checkout; from the current folder where that is not there."""
    here = (Path.cwd() / one.path).resolve()
    tried = [posixpath.normpath(one.path.replace("\\", "/"))]
    if here.is_relative_to(root.resolve()):
        tried.append(here.relative_to(root.resolve()).as_posix())
    for path in tried:
        if blobs.read(hash, path) is not None:
            return path
    raise Misuse(f"there is no `{one.path}` at `{one.revision}`")


def _loader(blobs: git.Blobs, hash: str, path: str, name: str) -> Loader:
    """Reads what a map includes, at the same revision."""
    places = {name: path}

    def load(wanted: str, here: Source) -> Source:
        place = posixpath.normpath(posixpath.join(posixpath.dirname(places[here.name]), wanted))
        if place.startswith(("..", "/")):
            raise OutsideProjectError("lies outside the project")
        permit(PurePosixPath(place), wanted)
        content = blobs.read(hash, place)
        if content is None:
            raise FileNotFoundError(2, "there is no such file", place)
        shown = f"{hash[:9]}:{place}"
        places[shown] = place
        return Source(shown, normalise(content.decode("utf-8")))

    return load


def _maps_here(text: str) -> list[str]:
    folder = Path(text).parent
    return [str(path) for path in folder.glob("*.vsm")] if folder.is_dir() else []

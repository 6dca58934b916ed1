"""What was made before: a picture or a report of maps that have not changed is not made again.

It is found by its maps, by how it is wanted, and by what the project says; what the maps include
must be as it was. Only that is kept beside which nothing was said.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from vsmdsl.cli import files, settings
from vsmdsl.cli.files import Input
from vsmdsl.project import read_bytes
from vsmdsl.publish.cache import DAMAGED, Cache, Entry, digest, key_of, usual_cache
from vsmdsl.record import record


@record
class Made:
    """A file that was made, and its figures in a few words."""

    data: bytes
    headline: str = ""


@record
class Place:
    """Where something is kept, and the bytes of the maps that it shows."""

    cache: Cache
    key: str
    maps: tuple[bytes, ...]


def place(
    kind: str, inputs: Sequence[Input], wishes: Iterable[object], catalogue: str | None
) -> Place | None:
    """Where this is kept that is made of these maps; None where nothing is to be kept.

    The wishes are all else that it depends on: texts, numbers, and lists of them.
    """
    cache = usual_cache()
    paths = [one.path.absolute() for one in inputs if one.path]
    if cache is None or len(paths) < len(inputs):
        return None
    maps = tuple(files.read_bytes(one) for one in inputs)
    told = [
        (one.name, str(path), digest(data), repr(settings.config(one)), _words(one, catalogue))
        for one, path, data in zip(inputs, paths, maps, strict=True)
    ]
    key = key_of(kind, told, list(wishes), os.environ.get("SOURCE_DATE_EPOCH", ""))
    return Place(cache, key, maps)


def _words(one: Input, catalogue: str | None) -> list[str]:
    """What the files hold that have a say in the words."""
    if not (catalogue or settings.config(one).catalogue):
        return []
    from vsmdsl.cli import language  # most maps speak as they are written

    return [_now(str(path)) for path in language.catalogues(one, catalogue)]


def find(where: Place) -> Made | None:
    """What was made before, if what its maps include is as it was."""
    entry = where.cache.get(where.key)
    try:
        if entry is None or any(_now(path) != told for path, told in entry.about["files"]):
            return None
        return Made(entry.picture, str(entry.about["headline"]))
    except DAMAGED:
        return None


def keep(where: Place, made: Made, included: Mapping[Path, str]) -> None:
    """Keep what was made, unless a file that a map includes has changed since it was read."""
    from vsmdsl.language.source import normalise

    told = []
    for path, text in included.items():
        try:
            data = read_bytes(path)
        except OSError:
            return
        if normalise(data.decode("utf-8", "replace")) != text:
            return
        told.append((str(path), digest(data)))
    where.cache.put(where.key, Entry({"headline": made.headline, "files": told}, made.data))


def _now(path: str) -> str:
    try:
        return digest(read_bytes(Path(path)))
    except OSError:
        return ""

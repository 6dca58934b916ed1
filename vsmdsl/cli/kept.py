"""Pictures that were drawn before: what has not changed is not drawn again.

A picture is found by its map, by how it is wanted, and by what the project says; what the map
includes must be as it was. Only pictures beside which nothing was said are kept.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from vsmdsl.cli import files, settings
from vsmdsl.cli.files import Input
from vsmdsl.project import read_bytes
from vsmdsl.publish.cache import Cache, Entry, digest, key_of, usual_cache
from vsmdsl.record import field_names, record

if TYPE_CHECKING:
    from vsmdsl.cli.render import Look


@record
class Picture:
    """A picture, and its figures in a few words."""

    data: bytes
    headline: str


@record
class Place:
    """Where a picture is kept, and the bytes of the map that it shows."""

    cache: Cache
    key: str
    map: bytes


def place(one: Input, look: Look) -> Place | None:
    """Where this picture of this map is kept; None where nothing is to be kept."""
    cache = usual_cache() if look.cache and one.path else None
    if cache is None or one.path is None:
        return None
    data = files.read_bytes(one)
    own = settings.config(one)
    told = [str(one.path.absolute()), digest(data), *_wishes(look), repr(own)]
    if look.catalogue or own.catalogue:
        from vsmdsl.cli import language  # most maps speak as they are written

        told += [_now(str(path)) for path in language.catalogues(one, look.catalogue)]
    key = key_of("render", told, os.environ.get("SOURCE_DATE_EPOCH", ""))
    return Place(cache, key, data)


def _wishes(look: Look) -> list[object]:
    return [getattr(look, name) for name in field_names(look)]


def find(where: Place) -> Picture | None:
    """The picture, if it was drawn before and what it includes is as it was."""
    entry = where.cache.get(where.key)
    if entry is None or any(_now(path) != told for path, told in entry.about["files"]):
        return None
    return Picture(entry.picture, entry.about["headline"])


def keep(where: Place, picture: Picture, included: Mapping[Path, str]) -> None:
    """Keep a picture, unless a file that it includes has changed since it was read."""
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
    where.cache.put(where.key, Entry({"headline": picture.headline, "files": told}, picture.data))


def _now(path: str) -> str:
    try:
        return digest(read_bytes(Path(path)))
    except OSError:
        return ""

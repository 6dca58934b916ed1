"""Pictures of a document that were drawn before: under which key, and whether they still hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vsmdsl.language.source import Source
from vsmdsl.project import read_bytes
from vsmdsl.publish.cache import DAMAGED, Entry, digest, key_of
from vsmdsl.publish.notice import Notice
from vsmdsl.publish.options import Options
from vsmdsl.publish.request import Drawn, Request
from vsmdsl.record import field_names, replace


def key_for(request: Request, options: Options, path: Path | None, data: bytes) -> str:
    """The key of what is made of these bytes; nothing where nothing is kept."""
    if request.cache is None:
        return ""
    wanted = [getattr(options, name) for name in field_names(Options)]
    # Includes are found from the places where they are looked for.
    places = [str(one) for one in (request.shelf.root, *request.shelf.folders)]
    here = str(path) if path else places
    return key_of(request.format, wanted, sorted(request.colors.items()), here, digest(data))


def kept(
    request: Request, key: str, options: Options, source: Source, path: Path | None
) -> Drawn | None:
    """What was drawn before, if the files that it shows are as they were."""
    entry = request.cache.get(key) if request.cache else None
    try:
        return _again(entry, request, options, source, path) if entry else None
    except DAMAGED:
        return None


def _again(
    entry: Entry, request: Request, options: Options, source: Source, path: Path | None
) -> Drawn | None:
    files: dict[Path, str] = {Path(one): told for one, told in entry.about["files"]}
    if any(_digest(one) != told for one, told in files.items()):
        return None
    shift = 0 if path else request.line - 1
    notices = (_moved(Notice(**one), "", source.name, shift) for one in entry.about["notices"])
    return Drawn(
        tuple(notices), options, request.shown(source, path), source.name if path else "",
        tuple(files), entry.about["title"], entry.about["description"], entry.picture,
    )  # fmt: skip


def keep(request: Request, key: str, result: Drawn, told: Mapping[Path, str]) -> None:
    """Keep a picture, with all that is said of it.

    `told` has the digests of the files as they were read. As they are now tells nothing: they may
    have changed since, and the picture would be taken for one of what they hold then.
    """
    if request.cache is None or not all(told.get(one) for one in result.dependencies):
        return
    shift = 0 if result.file else 1 - request.line
    own = result.file or request.document
    notices = [_moved(one, own, "", shift) for one in result.notices]
    about: dict[str, Any] = {
        "files": [(str(one), told[one]) for one in result.dependencies],
        "notices": [{name: getattr(one, name) for name in field_names(Notice)} for one in notices],
        "title": result.title,
        "description": result.description,
    }
    request.cache.put(key, Entry(about, result.picture))


def _moved(one: Notice, old: str, new: str, shift: int) -> Notice:
    """The same message about a text that stands elsewhere; warnings are shown in a line only."""
    return replace(one, file=new, line=one.line + shift, text="") if one.file == old else one


def _digest(path: Path) -> str:
    try:
        return digest(read_bytes(path))
    except OSError:
        return ""

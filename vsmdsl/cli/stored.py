"""Where what was understood is kept: the user's own cache, where nobody else may write to it.

It is run when it comes out, as Python's compiled modules are. So it never comes from a folder that
somebody names below the current one: that may be part of a project, and written by a stranger.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from vsmdsl.publish.cache import Cache, Entry, digest, own_folder, usual_folder
from vsmdsl.report import understood


def begin() -> None:
    """Keep what this run has to understand, and take what another did."""
    place = _place() if hasattr(os, "geteuid") else None  # elsewhere nobody says who wrote a file
    understood.keep_in(Stored(place) if place else None)


def _place() -> Path | None:
    """The folder that the platform has; None where nothing is to be kept, or nobody knows where."""
    if usual_folder() is None:
        return None
    try:
        folder = own_folder()
        named = os.environ.get("XDG_CACHE_HOME")
        inside = named and folder.resolve().is_relative_to(Path.cwd())
    except (OSError, RuntimeError):  # no home, or a current folder that is gone
        return None
    return None if inside else folder / "understood"


class Stored:
    """A cache whose folder is ours alone, and the files in it that we wrote."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.cache = folder, Cache(folder)

    def get(self, name: str) -> bytes | None:
        """What is kept under a name: whole, and written by ourselves."""
        key = digest(name.encode())
        if not (self._is_ours() and _owned(self.folder / key)):
            return None
        entry = self.cache.get(key)
        return entry.picture if entry else None

    def put(self, name: str, data: bytes) -> None:
        """Keep it where only we could have written it."""
        with suppress(OSError):  # a home that is somebody else's, as in many containers
            self.folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if self._is_ours() or not self.folder.exists():
                self.cache.put(digest(name.encode()), Entry({}, data))

    def _is_ours(self) -> bool:
        return _owned(self.folder, but=stat.S_IWGRP | stat.S_IWOTH)


def _owned(path: Path, but: int = 0) -> bool:
    """Whether we own it, `but` not where these permissions are given."""
    try:
        facts = path.lstat()
    except OSError:
        return False
    return facts.st_uid == os.geteuid() and not facts.st_mode & but

"""Pictures that were drawn before: one file each, found by what they were made from.

A cache is never needed: where it cannot be read or written, the picture is drawn again. It lies in
the user's own folder for caches, outside the project, since a file that a stranger can put into
the project must never be taken for a picture of ours.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from vsmdsl import __version__
from vsmdsl.record import record

try:
    from _blake2 import blake2b  # what `hashlib` gives, without OpenSSL, which loads for long
except ImportError:
    from hashlib import blake2b

LARGEST = 256 * 1024 * 1024  # bytes of all pictures together
OFTEN = 5 / 256  # how many of those who write a picture look whether there is room
STALE = 3600  # seconds after which a half-written file has no writer any more
DAY = 86_400
HEAD = b"vsmdsl 1\n"
DAMAGED = (KeyError, TypeError, ValueError)  # what an entry that is none gives those who read it
HEX = frozenset("0123456789abcdef")
KEY, BEGIN, RANDOM = 64, 16, 12  # digits of a key, and of both parts of a half-written file's name
DRAWS = (".py", ".j2", ".css", ".js", ".po", ".ttf")


@record
class Entry:
    """A picture, and what was known about it: words and numbers that JSON can hold."""

    about: dict[str, Any]
    picture: bytes


class Cache:
    """A folder of pictures. It may be used by many builds at once."""

    def __init__(self, folder: Path, largest: int = LARGEST) -> None:
        self.folder = folder
        self.largest = largest

    def get(self, key: str) -> Entry | None:
        """What is kept under a key, or None; what is damaged is forgotten."""
        path = self.folder / key
        try:
            if not path.is_file() or path.stat().st_size > self.largest:  # a pipe, a device
                return None
            entry = _entry(path.read_bytes())
            if entry is None:
                path.unlink(missing_ok=True)
            else:
                _touch(path)
        except OSError:
            return None
        return entry

    def put(self, key: str, entry: Entry) -> None:
        """Keep a picture: whole, or not at all."""
        temporary = self.folder / f".{key[:BEGIN]}.{os.urandom(RANDOM // 2).hex()}.tmp"
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                temporary.write_bytes(_packed(entry))
                temporary.replace(self.folder / key)
            finally:
                temporary.unlink(missing_ok=True)
            if os.urandom(1)[0] / 256 < OFTEN:
                self.tidy()
        except OSError:
            return

    def tidy(self) -> None:
        """Forget what was not used for longest, until a quarter of the room is free.

        The folder may be anybody's: what we did not write neither counts nor goes.
        """
        files = sorted(_files(self.folder), key=lambda one: one[1], reverse=True)
        for path, used, _ in files:
            if _half_written(path.name) and time.time() - used > STALE:
                path.unlink(missing_ok=True)
        entries = [one for one in files if _is_key(one[0].name)]
        if _bytes_of(entries) > self.largest:
            self._shrink([one for one in entries if _is_entry(one[0])])

    def _shrink(self, entries: list[Found]) -> None:
        """Leave those that were used last, if all together are too many."""
        full, total = _bytes_of(entries) > self.largest, 0
        for path, _, size in entries:
            total += size
            if full and total > self.largest * 3 // 4:
                path.unlink(missing_ok=True)


def key_of(*parts: object) -> str:
    """The name under which a picture is kept: it changes with each of the parts, and with us.

    The parts are texts, numbers, and lists of them.
    """
    return digest(repr([_edition(), *parts]).encode())


def digest(data: bytes) -> str:
    """What stands for the content of a file."""
    return str(blake2b(data, digest_size=32).hexdigest())


def usual_cache() -> Cache | None:
    """The user's cache; None where `VSMDSL_CACHE` is `off`, or where nobody knows a folder."""
    folder = usual_folder()
    return Cache(folder) if folder else None


def usual_folder() -> Path | None:
    """`VSMDSL_CACHE`, else the folder that the platform has for caches."""
    asked = os.environ.get("VSMDSL_CACHE", "")
    if asked:
        return None if asked.lower() in ("off", "no", "0") else Path(asked).absolute()
    try:
        return own_folder()
    except RuntimeError:  # a user without a home
        return None


def own_folder() -> Path:
    """What the platform has for caches. Raises RuntimeError for a user without a home."""
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", "")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / "vsmdsl" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "vsmdsl"
    shared = os.environ.get("XDG_CACHE_HOME", "")
    # The specification of base directories: a relative path is to be ignored.
    return (Path(shared) if shared.startswith("/") else Path.home() / ".cache") / "vsmdsl"


@cache
def _edition() -> str:
    """What draws: the version, and in a checkout the time of its last change."""
    package = Path(__file__).parent.parent
    if (package / "_data").is_dir():
        return __version__
    changes = (*_changes(str(package)), *_changes(str(package.parent / "templates")))
    return f"{__version__} {max(changes)}"


def _changes(folder: str) -> Iterator[int]:
    """When each module and template below a folder was written."""
    with os.scandir(folder) as found:
        for one in found:
            if one.name.endswith(DRAWS):
                yield one.stat().st_mtime_ns
            elif one.is_dir() and not one.name.startswith("__"):
                yield from _changes(one.path)


def sealed(content: bytes) -> bytes:
    """The file of an entry: its digest stands before it, since disks and copies go wrong."""
    return HEAD + digest(content).encode() + b"\n" + content


def _packed(entry: Entry) -> bytes:
    import json  # takes as long as reading a map

    about = json.dumps(entry.about, ensure_ascii=True)
    return sealed(about.encode() + b"\n" + entry.picture)


def _entry(data: bytes) -> Entry | None:
    import json

    content = data[len(HEAD) + KEY + 1 :]
    if data != sealed(content):
        return None
    line, _, picture = content.partition(b"\n")
    try:
        about = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return Entry(about, picture) if isinstance(about, dict) else None


def _touch(path: Path) -> None:
    """Note that a picture is in use, once a day."""
    if time.time() - path.stat().st_mtime > DAY:
        os.utime(path)


Found = tuple[Path, float, int]  # a file, when it was used, and its bytes


def _files(folder: Path) -> Iterator[Found]:
    with os.scandir(folder) as found:
        for one in found:
            try:
                facts = one.stat(follow_symlinks=False)
            except FileNotFoundError:  # another build tidies up
                continue
            if one.is_file(follow_symlinks=False):
                yield Path(one.path), facts.st_mtime, facts.st_size


def _bytes_of(files: Iterable[Found]) -> int:
    return sum(size for _, _, size in files)


def _is_key(name: str) -> bool:
    return len(name) == KEY and HEX.issuperset(name)


def _half_written(name: str) -> bool:
    """Whether this is the name of a file that `put` has not written to its end."""
    before, begin, random, after = name.split(".") if name.count(".") == 3 else [""] * 4
    sizes = (len(before), len(begin), len(random), after)
    return sizes == (0, BEGIN, RANDOM, "tmp") and HEX.issuperset(begin + random)


def _is_entry(path: Path) -> bool:
    """Whether a file with the name of a key is ours: other programs name files so, too."""
    try:
        with path.open("rb") as file:
            return file.read(len(HEAD)) == HEAD
    except OSError:
        return False

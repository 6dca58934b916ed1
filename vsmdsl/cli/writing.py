"""Files written whole or not at all: beside their place, and then moved there."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from vsmdsl.cli import console
from vsmdsl.cli.files import Input, is_map
from vsmdsl.cli.refusals import Misuse, Trouble
from vsmdsl.record import record

SHOWN = 24  # letters of a name that its forerunner has, too: no system takes a name without end
OUTPUT = 1  # the number of standard output
ACCESS = "system.posix_acl_access"  # the list of who may do what with a file


@record
class _Old:
    """The file whose place another takes."""

    path: Path
    facts: os.stat_result


def write_made(path: Path, data: bytes, made_of: Iterable[Input] = ()) -> None:
    """Write a picture, a report, or whatever was made of maps: never over a map."""
    if is_map(_resolved(path).name) or any(_same(path, one.path) for one in made_of):
        raise Misuse(f"{path} is a map, or called like one: give `-o` another name")
    write_whole(path, data)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; what stood there before survives a failure."""
    try:
        if _is_standard_output(path):
            console.put(data)
        elif path.exists() and not _is_replaceable(path):
            _pour(path, data)
        else:
            _replace(_resolved(path), data)  # a link stays a link
    except OSError as error:
        raise console.trouble(error, path) from None


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet. Raises OSError, and then there is still none."""
    with path.open("xb") as file:
        try:
            file.write(data)
            file.flush()
        except BaseException:
            path.unlink()
            raise


def _resolved(path: Path) -> Path:
    try:
        found = path.resolve()
        round_about = found.is_symlink()  # Python 3.13 follows such a link no further
    except OSError as error:  # the current folder is gone
        raise console.trouble(error, path) from None
    except RuntimeError:  # what older Pythons call it
        round_about = True
    if round_about:
        raise Trouble(f"{path}: this link leads back to itself")
    return found


def _same(path: Path, other: Path | None) -> bool:
    with suppress(OSError):
        return other is not None and path.samefile(other)
    return False


def _is_standard_output(path: Path) -> bool:
    """Whether it is where standard output goes: `/dev/stdout`, or a file after `>`.

    What else is written there must not be lost.
    """
    try:
        facts = path.stat()
        return not stat.S_ISCHR(facts.st_mode) and os.path.samestat(facts, os.fstat(OUTPUT))
    except OSError:
        return False


def _is_replaceable(path: Path) -> bool:
    """Whether a file lies in a folder: not a device or a pipe, nor what only has a number."""
    return path.is_file() and _resolved(path).exists()


def _pour(path: Path, data: bytes) -> None:
    with path.open("wb") as device:
        device.write(data)


def _replace(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    before = _Old(target, target.stat()) if target.exists() else None
    if before and not os.access(target, os.W_OK):
        raise PermissionError(13, "this file is write-protected", str(target))
    if before is None and _written_unnamed(target, data, None):
        return
    temporary = target.with_name(f".{target.name[:SHOWN]}.{os.urandom(4).hex()}.tmp")
    try:
        if not _written_unnamed(temporary, data, before):
            _written_named(temporary, data, before)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _written_named(path: Path, data: bytes, before: _Old | None) -> None:
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, _first_mode(before))
    with open(number, "wb") as file:  # noqa: PTH123 - a number, no path
        file.write(data)
    _become(path, before)


def _written_unnamed(path: Path, data: bytes, before: _Old | None) -> bool:
    """Write a file that gets its name when it is whole: one who is killed before leaves nothing.

    Only Linux has such files, and not on every disk.
    """
    way = getattr(os, "O_TMPFILE", 0)
    try:
        number = os.open(path.parent, os.O_WRONLY | way, _first_mode(before)) if way else -1
    except OSError:
        return False
    if number < 0:
        return False
    with open(number, "wb") as file:  # noqa: PTH123 - a number, no path
        file.write(data)
        file.flush()
        _become(number, before)
        return _named(number, path)


_BINARY = getattr(os, "O_BINARY", 0)  # Windows


def _first_mode(before: _Old | None) -> int:
    """What is to be private is so from the start."""
    return 0o600 if before else 0o666


def _become(made: int | Path, before: _Old | None) -> None:
    """Give a file the owner, the group and the permissions of the one whose place it takes."""
    if before is None:
        return
    facts = before.facts
    if hasattr(os, "chown") and _ids(os.stat(made)) != _ids(facts):  # noqa: PTH116 - or a number
        _hand_over(made, facts)
    wanted = stat.S_IMODE(facts.st_mode)
    attributes = _attributes(before.path)
    if ACCESS in attributes:
        wanted &= ~stat.S_IRWXG  # these bits say what all on the list may have at most
    if stat.S_IMODE(os.stat(made).st_mode) != wanted:  # noqa: PTH116 - not every disk has them
        os.chmod(made, wanted)  # noqa: PTH101
    for name, value in attributes.items():
        with suppress(OSError):  # not every disk has them either
            os.setxattr(made, name, value)


def _attributes(path: Path) -> dict[str, bytes]:
    """Who else may do what with a file (`getfacl`), and what its owner noted beside it."""
    found: dict[str, bytes] = {}
    with suppress(OSError):
        for name in os.listxattr(path) if hasattr(os, "listxattr") else ():
            if name == ACCESS or name.startswith("user."):
                found[name] = os.getxattr(path, name)
    return found


def _ids(facts: os.stat_result) -> tuple[int, int]:
    return facts.st_uid, facts.st_gid


def _hand_over(made: int | Path, facts: os.stat_result) -> None:
    for owner in (facts.st_uid, -1):  # only the first user of a machine gives files away
        with suppress(OSError):
            os.chown(made, owner, facts.st_gid)
            return


def _named(number: int, path: Path) -> bool:
    try:
        # With a folder, Python follows the link: the file itself is meant, not what stands for it.
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.link(f"/proc/self/fd/{number}", path.name, dst_dir_fd=folder)
        finally:
            os.close(folder)
    except OSError:
        return False
    return True

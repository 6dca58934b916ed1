"""Write the file that `start` reads: after a run that imported what it did not have."""

from __future__ import annotations

import marshal
import os
import sys
from itertools import accumulate

from vsmdsl.cli.start import HEAD, MAGIC, WITHOUT, fresh

TYPE_CHECKING = False  # `typing` may be what does not go
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType
    from typing import TypeAlias

    from vsmdsl.cli.start import Entry, Start

    # Its source, when that was changed, its size, what it imports.
    Module: TypeAlias = tuple[str, int, int, tuple[str, ...]]


# Not ours, no room, a source that is being written, bytecode that a full disk cut short, no memory,
# a thread that still imports.
REFUSED = (
    OSError, ImportError, SyntaxError, ValueError, EOFError, TypeError, MemoryError, SystemError,
    RuntimeError,
)  # fmt: skip
NO_COLUMNS, MOST = 13, 8  # in a table of lines: a kind of entry, and instructions that one is for
LARGEST = 65_536  # bytes of a bundle, about: what is larger comes from new memory each time
NEW = -1  # the bundle of what is in none yet
FILES = 4  # that stay: for Pythons and lists of places in use


def end(start: Start) -> None:
    """Write the file anew with what this run met and it does not have, if it can be written."""
    try:
        keep(start)
    except REFUSED:
        return  # it goes without


def begin_again(start: Start) -> None:
    """Before anything was done: what is kept does not go with this installation after all.

    Without a file in use, or where it cannot be removed, nothing happens.
    """
    if not start.entries or "vsmdsl.cli.program" in sys.modules:
        return
    try:
        os.unlink(start.path)
    except OSError:
        return
    env = {**os.environ, WITHOUT: "off"}
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], env)


def keep(start: Start) -> None:
    """Write the file whole or not at all. Raises OSError where that cannot be done."""
    import signal

    for number in (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        signal.signal(number, signal.SIG_IGN)  # the run itself is over
    folder, name = os.path.split(start.path)
    beside = os.path.join(folder, f".{name}.{os.getpid()}")
    with open(beside, "wb") as file:
        try:
            file.write(_content(start))
            file.flush()
            os.replace(beside, start.path)
        except BaseException:
            os.unlink(beside)
            raise
    _forget_the_oldest(folder)


def _forget_the_oldest(folder: str) -> None:
    """Whenever a package is installed there is another file; those before are in the way."""
    files = [one for one in os.scandir(folder) if one.name.lstrip(".").startswith("start-")]
    for one in sorted(files, key=lambda one: one.stat().st_mtime, reverse=True)[FILES:]:
        os.unlink(one)


def _content(start: Start) -> bytes:
    entries: dict[str, Entry] = {}
    bundles: list[list[CodeType]] = []
    open_ones: dict[tuple[int, int], tuple[int, int]] = {}  # which bundle, how large by now
    for name, module, bundle, code in _modules(start):
        # What one run wanted together, and another did not, is no bundle any more.
        together = bundle, start.imported.get(name, 0)
        number, size = open_ones.get(together, (0, LARGEST))
        if size >= LARGEST:
            number, size = len(bundles), 0
            bundles.append([])
        entries[name] = (*module, number, len(bundles[number]))
        bundles[number].append(code)
        open_ones[together] = number, size + len(marshal.dumps(code))
    patterns = start.patterns.all() if start.patterns else {}
    data = [marshal.dumps(tuple(codes)) for codes in bundles]
    ends = [0, *accumulate(len(one) for one in data)]
    places = [(begin, len(one)) for begin, one in zip(ends, data, strict=False)]
    listed = marshal.dumps((entries, places, patterns, start.templates))
    return b"".join([MAGIC, len(listed).to_bytes(HEAD - len(MAGIC), "little"), listed, *data])


def _modules(start: Start) -> Iterator[tuple[str, Module, int, CodeType]]:
    """The modules of the file that are as they were, with their bundles, and those of this run."""
    from importlib.machinery import SourceFileLoader

    codes = [start.read(bundle) for bundle in range(len(start.bundles))]
    for name, entry in start.entries.items():
        *_, bundle, place = entry
        code = codes[bundle][place]
        if code and name not in start.unknown and fresh(entry):
            yield name, entry[:4], bundle, code
    for name, (source, imports) in list(start.unknown.items()):  # a thread may still import
        before = os.stat(source)
        new = _lightened(SourceFileLoader(name, source).get_code(name))
        after = os.stat(source)
        if (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size):
            yield name, (source, after.st_mtime_ns, after.st_size, imports), NEW, new


def _lightened(code: CodeType | None) -> CodeType:
    """Compiled code that knows of each function only the line where it begins.

    The others are a quarter of all, and nobody reads them in a run. Who wants to see where
    something happens starts without what is kept (see `start.begin`).
    """
    assert code is not None
    if sys.version_info >= (3, 15):  # may write its tables in another way
        return code
    inner = [_lightened(one) if type(one) is type(code) else one for one in code.co_consts]
    return code.replace(co_linetable=_one_line(len(code.co_code) // 2), co_consts=tuple(inner))


def _one_line(instructions: int) -> bytes:
    """The table of a code that is all on its first line (`Objects/locations.md` of CPython).

    An entry stands for eight instructions at most: its kind, here without columns, and how many
    they are; then how many lines further it is.
    """
    whole, rest = divmod(instructions, MOST)
    counts = [MOST] * whole + [rest] * (rest > 0)
    return b"".join([bytes((0x80 | NO_COLUMNS << 3 | count - 1, 0)) for count in counts])

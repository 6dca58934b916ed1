"""Work that is done again whenever a map, or a file that it includes, is saved.

The times and sizes of the files are asked for a few times a second: it works on every disk, in
containers and on shared folders, where messages of the system do not arrive.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from vsmdsl import pipeline
from vsmdsl.cli import console, settings
from vsmdsl.cli.files import Input
from vsmdsl.cli.refusals import Misuse
from vsmdsl.language.source import Source
from vsmdsl.project import project_loader, project_root, read_bytes

PAUSE = 0.25  # seconds between two looks
SETTINGS = ("vsmdsl.toml", "pyproject.toml")
Seen = dict[Path, tuple[int, int] | None]


def watch(
    inputs: Sequence[Input], again: Callable[[Collection[Input]], None], pause: float = PAUSE
) -> int:
    """Do it once for all, then for each whose files change, until somebody interrupts."""
    if any(one.path is None for one in inputs):
        raise Misuse("standard input cannot be watched: name a file")
    seen = {one: _look(_files(one)) for one in inputs}
    again(inputs)
    console.say(f"watching {len(seen)} map{'s' * (len(seen) != 1)}; Ctrl-C ends it")
    while True:
        time.sleep(pause)
        changed = [one for one in inputs if _look(seen[one]) != seen[one]]
        if not changed:
            continue
        console.say(f"changed: {', '.join(console.harmless(one.name) for one in changed)}")
        seen |= {one: _look(_files(one)) for one in changed}  # before: what is saved meanwhile
        settings.forget()
        again(changed)


def _look(paths: Iterable[Path]) -> Seen:
    """When each file was written, and how large it is; a file that is not there is not known."""
    return {path: _stamp(path) for path in paths}


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _files(one: Input) -> set[Path]:
    """A map, the settings of its project, and what it includes, there or not."""
    path = one.path or Path()
    found = {path, *(folder / name for folder in _upward(path) for name in SETTINGS)}
    load = project_loader(path)

    def noted(name: str, here: Source) -> Source:
        with suppress(RuntimeError):  # a link that leads back to itself: reading it says so
            found.add((Path(here.name).parent / name).resolve())
        return load(name, here)

    try:
        data = read_bytes(path)
    except OSError:
        return found
    pipeline.compile_bytes(data, name=str(path), load=noted)
    return found


def _upward(path: Path) -> Iterator[Path]:
    """The folders that belong to the project of a file."""
    folder, root = path.resolve().parent, project_root(path)
    yield folder
    while folder != root:
        folder = folder.parent
        yield folder

"""Files at the rim: which ones are meant, what they hold, and where their output goes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from vsmdsl import project
from vsmdsl.cli import console
from vsmdsl.cli.refusals import BadInput, Misuse
from vsmdsl.record import record

STDIN = "<stdin>"
PASSED_BY = (".", "node_modules")  # folders in which nobody's own maps lie


@record
class Input:
    """One map to work on. `path` is None for standard input; `below` is its folder's own path
    below the folder that was asked for."""

    path: Path | None
    below: Path = Path()

    @property
    def name(self) -> str:
        """The file as people typed it."""
        return STDIN if self.path is None else _spelled(str(self.path))

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return "stdin" if self.path is None else self.path.stem  # as it is: files are called so


def _spelled(name: str) -> str:
    """A name with its bytes that are no UTF-8 as `\\xe9`: no format of ours could hold them."""
    return name if name.isascii() else os.fsencode(name).decode("utf-8", "backslashreplace")


def is_map(name: str) -> bool:
    """Whether a file of a folder is a map."""
    return name.endswith(".vsm")


def collect(paths: tuple[str, ...], wanted: Callable[[str], bool] = is_map) -> list[Input]:
    """The files that these arguments mean: files, all that are wanted below folders, `-`.

    Each once.
    """
    found: dict[Path | None, Input] = {}
    for path in paths:
        for one in _meant(path, wanted):
            found.setdefault(one.path and _place(one.path), one)
    return list(found.values())


def _place(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a link that leads back to itself: reading it says so
        return path.absolute()


def read_text(one: Input) -> str:
    """The text of an input as it stands there, byte order mark and line ends included."""
    data = read_bytes(one)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(_not_utf8(one.name, data, error)) from None


def destinations(
    inputs: Sequence[Input], output: str | None, ending: str, usual: Callable[[Input], Path | None]
) -> list[Path | None]:
    """Where the output of each input goes: a file, a folder; None is standard output.

    Without `output` it is the input's `usual` folder, else beside the input.
    """
    if output is not None and len(inputs) > 1 and not is_folder(output):
        raise Misuse(f"{len(inputs)} maps do not go into `-o {output}`; give a folder")
    targets = [_destination(one, output, ending, usual) for one in inputs]
    for index, target in enumerate(targets):
        if target and target in targets[:index]:
            first = inputs[targets.index(target)].name
            raise Misuse(f"{first} and {inputs[index].name} would both become {target}")
    return targets


def is_folder(output: str) -> bool:
    """Whether an output means a folder: it is one, or is written like one."""
    return output.endswith(("/", os.sep)) or Path(output).is_dir()


def _destination(
    one: Input, output: str | None, ending: str, usual: Callable[[Input], Path | None]
) -> Path | None:
    name = f"{one.stem}.{ending}"
    if output == "-" or (output is None and one.path is None):
        return None
    if output is not None:
        return Path(output) / one.below / name if is_folder(output) else Path(output)
    folder = usual(one)
    return folder / one.below / name if folder else (one.path or Path()).with_name(name)


def _meant(path: str, wanted: Callable[[str], bool]) -> Iterator[Input]:
    if path == "-":
        yield Input(None)
    elif Path(path).is_dir():
        yield from _inside(Path(path), wanted)
    elif Path(path).exists():
        yield Input(Path(path))
    else:
        raise Misuse(f"no such file or folder: {path}{_similar(Path(path))}")


def _inside(folder: Path, wanted: Callable[[str], bool]) -> list[Input]:
    found: list[Input] = []
    for place, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = sorted(name for name in folders if not name.startswith(PASSED_BY))
        maps = (Path(place, name) for name in sorted(names) if wanted(name))
        below = Path(place).relative_to(folder)
        found += (Input(path, below) for path in maps if path.is_file() or not path.exists())
    if not found:
        raise Misuse(f"no .vsm file in {folder}")
    return found


def _refuse(error: OSError) -> None:
    raise console.trouble(error)


def _similar(path: Path) -> str:
    try:
        names = {str(one) for one in path.parent.glob("*.vsm")} - {str(path)}  # a link to nowhere
    except OSError:
        return ""
    return nearest(str(path), names)


def nearest(word: str, words: Collection[str]) -> str:
    """`; did you mean …?` where one of the words is near, else nothing."""
    from difflib import get_close_matches  # only for those who mistyped

    near = get_close_matches(word, sorted(words), n=1, cutoff=0.5)
    return f"; did you mean `{near[0]}`?" if near else ""


def read_bytes(one: Input) -> bytes:
    """What a file or standard input holds."""
    try:
        return (
            project.read_stream(sys.stdin.buffer)
            if one.path is None
            else project.read_bytes(one.path)
        )
    except OSError as error:
        raise console.trouble(error, one.name) from None


def _not_utf8(name: str, data: bytes, error: UnicodeDecodeError) -> str:
    line = data.count(b"\n", 0, error.start) + 1
    column = error.start - data.rfind(b"\n", 0, error.start)
    byte = f"0x{data[error.start]:02X}"
    return f"{name}:{line}:{column}: not UTF-8 (the byte {byte}); save the file as UTF-8"

"""What a check found in a file, whatever it is written as."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from vsmdsl.analysis.goals import GoalResult
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.record import record


@record
class Checked:
    """A file and its messages; `failed` are those that fail it. `maps` is how many it holds."""

    file: str
    ok: bool
    found: tuple[Diagnostic, ...]
    failed: tuple[Diagnostic, ...] = ()
    goals: tuple[GoalResult, ...] = ()
    maps: int = 1


@record
class Message:
    """One message, once: what several maps include is told of in one place."""

    one: Diagnostic
    file: str  # relative to the folder in which the check ran, where it lies below it
    fingerprint: str


def messages(checked: Iterable[Checked], base: Path) -> Iterator[Message]:
    """All messages, each once, in order."""
    seen: set[tuple[str, str, int, str]] = set()
    prints: dict[str, int] = {}
    for one in (found for result in checked for found in result.found):
        file = relative(one.span.source.name, base)
        key = (one.code.code, file, one.span.start, one.message)
        if key not in seen:
            seen.add(key)
            yield Message(one, file, _fingerprint(one, file, prints))


def relative(name: str, base: Path) -> str:
    """A file's path from a folder, with `/`; a path outside of it as it is."""
    path = Path(name)
    try:
        return path.resolve().relative_to(base.resolve()).as_posix() if path.exists() else name
    except (OSError, ValueError):
        return path.as_posix()


def _fingerprint(one: Diagnostic, file: str, prints: dict[str, int]) -> str:
    """What stays the same when lines move: code, file, the line's words, and which of its like."""
    line = " ".join(one.span.source.line(one.span.line).split())
    value = sha256(f"{one.code.code}\n{file}\n{line}".encode(errors="replace")).hexdigest()[:16]
    prints[value] = prints.get(value, 0) + 1
    return f"{value}:{prints[value]}"

"""Carry out the fixes that are certain, in the file they belong to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from vsmdsl import pipeline
from vsmdsl.cli import console, files
from vsmdsl.cli.files import Input
from vsmdsl.cli.writing import write_whole
from vsmdsl.language.diagnostics import Edit, Fix
from vsmdsl.language.source import Source, normalise
from vsmdsl.pipeline import Compiled
from vsmdsl.project import project_loader
from vsmdsl.publish.hosts import Fence, Lines, host_of
from vsmdsl.publish.hosts.reading import Held, compiled_anew
from vsmdsl.record import record

MARK = "\ufeff"  # of the order of bytes
ROUNDS = 10  # a fix may bring another one to light; this many in a row are no accident


@record
class Mending:
    """What a map became, and what to say about it."""

    after: Compiled
    message: str


def mended(one: Input, map_: Compiled) -> Mending:
    """Apply the fixes of a map to its file (standard input: to standard output)."""
    after, count = _as_far_as_it_goes(map_, lambda text: _compiled(one, text))
    if one.path is None:
        console.put(console.encoded(after.source.text))
    elif count:
        write_whole(one.path, _as_it_was(one, after.source.text))
    return Mending(after, f"{one.name}: {count} mended" if count else "")


def mended_document(
    one: Input, path: Path, raw: str, found: Sequence[Held]
) -> tuple[Source, str] | None:
    """Apply the fixes of the maps in a document, each inside its fence; None if there are none.

    What a fence names is not mended: that file may be checked itself.
    """
    new, total = [], 0
    for each in found:
        if each.compiled and each.compiled.source is each.inner:
            again = partial(compiled_anew, each, path=path)
            after, count = _as_far_as_it_goes(each.compiled, again)
            new += [(each.fence, after.source.text)] if count else []
            total += count
    if not total:
        return None
    text = in_document(one, raw, new)
    write_whole(path, text.encode())
    return Source(one.name, normalise(text)), f"{one.name}: {total} mended"


def in_document(one: Input, raw: str, new: Sequence[tuple[Fence, str]]) -> str:
    """A document as its file has it, with other texts in its fences."""
    host, lines = host_of(one.name), Lines(raw.removeprefix(MARK))
    assert host is not None
    for fence, inner in reversed(new):  # from the end, so that the places of those before stay
        if inner != fence.text:
            lines.make(host.write(lines.text, fence, inner))
    return (MARK if raw.startswith(MARK) else "") + lines.raw()


def _as_far_as_it_goes(map_: Compiled, again: Callable[[str], Compiled]) -> tuple[Compiled, int]:
    """Mend, look again, mend what has come to light; the map, and how many fixes it took."""
    count = 0
    for _ in range(ROUNDS):
        text, done = applied(map_)
        if not done:
            break
        after = again(text)
        if _mistakes(after) > _mistakes(map_):
            break  # no fix: it did harm
        map_, count = after, count + done
    return map_, count


def applied(map_: Compiled) -> tuple[str, int]:
    """The text with all fixes that do not get into each other's way, and how many they were."""
    text = map_.source.text
    chosen = _chosen([one.fix for one in map_.diagnostics if one.fix], map_)
    edits = sorted((edit for fix in chosen for edit in fix.edits), key=_start, reverse=True)
    for edit in edits:
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text, len(chosen)


def _chosen(fixes: list[Fix], map_: Compiled) -> list[Fix]:
    chosen: list[Fix] = []
    taken: list[Edit] = []
    for fix in fixes:
        ours = all(edit.span.source is map_.source for edit in fix.edits)
        ours = ours and any(edit.span.text != edit.text for edit in fix.edits)
        if ours and not any(_meet(edit, other) for edit in fix.edits for other in taken):
            chosen.append(fix)
            taken += fix.edits
    return chosen


def _meet(one: Edit, other: Edit) -> bool:
    return one.span.start <= other.span.end and other.span.start <= one.span.end


def _start(edit: Edit) -> int:
    return edit.span.start


def _mistakes(map_: Compiled) -> int:
    return sum(one.is_error for one in map_.diagnostics)


def _compiled(one: Input, text: str) -> Compiled:
    load = None if one.path is None else project_loader(one.path)
    return pipeline.compile(text, name=one.name, load=load)


def _as_it_was(one: Input, text: str) -> bytes:
    """The text of a map with the byte order mark and the line ends that its file has."""
    raw = files.read_text(one)
    mark = MARK if raw.startswith(MARK) else ""
    ends = "\r\n" if "\r\n" in raw else "\n"
    return (mark + text.replace("\n", ends)).encode()

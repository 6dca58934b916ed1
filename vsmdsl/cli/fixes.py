"""Carry out the fixes that are certain, in the file they belong to."""

from __future__ import annotations

from vsmdsl import pipeline
from vsmdsl.cli import console, files
from vsmdsl.cli.files import Input
from vsmdsl.language.diagnostics import Edit, Fix
from vsmdsl.pipeline import Compiled
from vsmdsl.project import project_loader
from vsmdsl.record import record

ROUNDS = 10  # a fix may bring another one to light; this many in a row are no accident


@record
class Mending:
    """What a map became, and what to say about it."""

    after: Compiled
    message: str


def mended(one: Input, map_: Compiled) -> Mending:
    """Apply the fixes of a map to its file (standard input: to standard output)."""
    before, count = map_, 0
    for _ in range(ROUNDS):
        text, done = applied(map_)
        if not done:
            break
        again = _compiled(one, text)
        if _mistakes(again) > _mistakes(map_):
            break  # no fix: it did harm
        map_, count = again, count + done
    if one.path is None:
        console.put(map_.source.text)
    elif count:
        files.write_whole(one.path, _as_it_was(before, one, map_.source.text))
    return Mending(map_, f"{one.name}: {count} mended" if count else "")


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


def _as_it_was(before: Compiled, one: Input, text: str) -> bytes:
    """The text with the byte order mark and the line ends that the file has."""
    raw = files.read_text(one)
    mark = "\ufeff" if raw.startswith("\ufeff") else ""
    ends = "\r\n" if "\r\n" in raw and "\r\n" not in before.source.text else "\n"
    return (mark + text.replace("\n", ends)).encode()

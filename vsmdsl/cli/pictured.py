"""Comparisons as pictures: an SVG for each map, or one page for all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, cast

from vsmdsl.beside import comparison_scene
from vsmdsl.cli import console, files, settings
from vsmdsl.cli.comparison import Comparison, figures_judged, sentence
from vsmdsl.cli.files import Input
from vsmdsl.cli.pictures import environment
from vsmdsl.cli.refusals import Misuse
from vsmdsl.cli.writing import write_made
from vsmdsl.drawing.placement import Engine
from vsmdsl.drawing.scene import Scene
from vsmdsl.drawing.svg import paint
from vsmdsl.drawing.theme import STANDARD, Theme, brand
from vsmdsl.wording import ENGLISH, Wording

if TYPE_CHECKING:
    from vsmdsl.report.changes_html import ChangedMap

WIDTH = 1124.0  # units of a picture in a page, so that its words are as large as those around


def put_svg(found: Sequence[Comparison], output: str | None) -> None:
    """Write one picture, or one for each map into a folder."""
    if len(found) != 1 and not (output and files.is_folder(output)):
        raise Misuse(
            f"{len(found)} maps changed: give a folder with `-o`, or `-f html` for one page"
        )
    for one in found:
        picture = console.encoded(paint(_scene(one), colours=_colours(one)))
        name = PurePosixPath(one.name).with_suffix(".svg")
        target = Path(output, *_below(name)) if output and files.is_folder(output) else output
        put(picture, str(target) if target else None)


def html(found: Sequence[Comparison]) -> bytes:
    """One page for all maps."""
    from vsmdsl.pipeline import GENERATOR
    from vsmdsl.report.changes_html import render_changes_html

    titles = [one.after.stream.settings.title or one.name for one in found]
    page = render_changes_html(
        [_map(one) for one in found],
        title=f"{titles[0]}: what changed" if len(titles) == 1 else "Value streams: what changed",
        generator=GENERATOR,
        colours=_colours(found[0]) if found else STANDARD,
    )
    return console.encoded(page)


def put(data: bytes, output: str | None) -> None:
    """Write a file, or to standard output."""
    if output in (None, "-"):
        console.put(data)
        return
    write_made(Path(str(output)), data)
    console.say(f"wrote {console.harmless(str(output))}")


def _below(name: PurePosixPath) -> tuple[str, ...]:
    """A path that stays below the folder it is put into."""
    kept = tuple(part for part in name.parts if part not in ("..", ".", "/"))
    return kept if not name.is_absolute() else (name.name,)


def _map(one: Comparison) -> ChangedMap:
    from vsmdsl.report.changes_html import ChangedMap as Made
    from vsmdsl.report.changes_html import FigureRow

    rows = tuple(FigureRow(*row, better) for row, better in figures_judged(one))
    return Made(
        title=one.after.stream.settings.title or one.name,
        before=one.old,
        after=one.new,
        summary=sentence(one) if one.changed else "Nothing changed in the stream.",
        clock=one.after.stream.calendar.text,
        figures=rows,
        changes=tuple((it.what, it.text) for it in one.said),
        scene=_scene(one, WIDTH, ENGLISH),  # as the sentences of the page are
    )


def _scene(one: Comparison, width: float | None = None, words: Wording | None = None) -> Scene:
    own = settings.config(_input(one))
    names = one.old, one.new
    with environment():
        return comparison_scene(
            one.before,
            one.after,
            names=names,
            width=width or own.width,
            engine=cast("Engine", own.engine),
            words=words,
        )


def _colours(one: Comparison) -> Theme:
    own = settings.colours(_input(one))
    return brand(own) if own else STANDARD


def _input(one: Comparison) -> Input:
    return Input(None if one.name == "-" else Path(one.name))

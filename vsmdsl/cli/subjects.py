"""From a compiled map to the subject of a report: its pictures, and its past where it is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from vsmdsl import pipeline
from vsmdsl.analysis.retold import retold
from vsmdsl.cli import console
from vsmdsl.drawing import bands
from vsmdsl.drawing.layout import compare
from vsmdsl.drawing.placement import Engine, place
from vsmdsl.drawing.svg import paint
from vsmdsl.drawing.theme import STANDARD, Theme, brand
from vsmdsl.pipeline import Compiled, State
from vsmdsl.record import replace
from vsmdsl.report.subject import Revision, Side, Subject
from vsmdsl.wording import ENGLISH, Wording, wording

# The report has the headline figures on its cover: the map need not repeat them.
BANDS = tuple(band for band in bands.BANDS if band != "tiles")
# A comparison of one row is the easiest to read; one that is wider than this is wrapped.
LONG, WRAPPED = 1900.0, 1500.0
MOST = 1000  # revisions that are looked at


def subject(
    map_: Compiled,
    state: State,
    *,
    today: date | None = None,
    history: tuple[Revision, ...] = (),
    colors: Mapping[str, str | tuple[str, str]] | None = None,
    engine: Engine = "auto",
    page: str | None = None,
    words: Wording | None = None,
) -> Subject:
    """What a report on this state of a map is about; `colors` and `engine` as in a picture.

    With `page` the map is drawn for this kind of paper as well. The report is in the words given,
    else in those of the language that the map names.
    """
    colours = brand(colors) if colors else STANDARD
    told = wording(map_.stream.settings.language) if words is None else words
    draw = partial(pipeline.scene, state, bands=BANDS, engine=engine, words=told)
    return Subject(
        name=Path(map_.source.name).name,
        shown=side(state, told),
        picture=paint(draw(), colours=colours),
        current=side(map_.current, told),
        futures=tuple(side(one, told) for one in map_.futures),
        comparisons=tuple(_comparisons(map_, colours, engine, told)),
        history=history,
        goals=map_.goals,
        messages=map_.diagnostics,
        version=console.version(),
        today=today,
        colours=colours,
        drawn=draw(page=page) if page else None,
        wording=told,
    )


def side(state: State, words: Wording = ENGLISH) -> Side:
    """One state with its figures."""
    figures = retold(state.analysis, state.stream, words)
    return Side(state.key, state.label, state.stream, figures)


def history(path: Path, future: str = "") -> tuple[Revision, ...]:
    """The sound revisions of a file, oldest first, and the file as it is if it differs.

    Raises Misuse where git knows no such file.
    """
    from vsmdsl.cli.trend import revisions  # asks git, which few reports need

    found = revisions(path, future, MOST)
    return tuple(
        Revision(one.commit.day, one.commit.subject, side(one.state)) for one in found if one.state
    )


def _comparisons(
    map_: Compiled, colours: Theme, engine: Engine, words: Wording
) -> Iterator[tuple[str, str]]:
    """Today above every state to come, by the key of the future."""
    now, put = map_.current, partial(place, engine=engine)
    for then in map_.futures:
        states = now.stream, now.analysis, then.stream, then.analysis
        draw = partial(compare.compare, *states, place=put, wording=words)
        drawn = draw()
        if drawn.width > LONG:
            drawn = draw(width=WRAPPED)
        name = f"{now.stream.settings.title}\n{then.key} compared"
        yield then.key, paint(replace(drawn, name=name), colours=colours)

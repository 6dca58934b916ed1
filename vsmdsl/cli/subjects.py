"""From a compiled map to the subject of a report: its pictures, and its past where it is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from vsmdsl import pipeline
from vsmdsl.cli import console
from vsmdsl.drawing import bands
from vsmdsl.drawing.layout import compare
from vsmdsl.drawing.placement import Engine, place
from vsmdsl.drawing.svg import paint
from vsmdsl.drawing.theme import STANDARD, Theme, brand
from vsmdsl.pipeline import Compiled, State
from vsmdsl.record import replace
from vsmdsl.report.subject import Revision, Side, Subject

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
) -> Subject:
    """What a report on this state of a map is about; `colors` and `engine` as in a picture.

    With `page` the map is drawn for this kind of paper as well.
    """
    look: dict[str, Any] = {"colors": colors, "engine": engine}
    picture = pipeline.render(map_, "svg", future=state.key, bands=BANDS, **look)
    assert isinstance(picture, str)
    colours = brand(colors) if colors else STANDARD
    return Subject(
        name=Path(map_.source.name).name,
        shown=side(state),
        picture=picture,
        current=side(map_.current),
        futures=tuple(side(one) for one in map_.futures),
        comparisons=tuple(_comparisons(map_, colours, engine)),
        history=history,
        goals=map_.goals,
        messages=map_.diagnostics,
        version=console.version(),
        today=today,
        colours=colours,
        drawn=pipeline.scene(state, page=page, bands=BANDS, engine=engine) if page else None,
    )


def side(state: State) -> Side:
    """One state with its figures."""
    return Side(state.key, state.label, state.stream, state.analysis)


def history(path: Path, future: str = "") -> tuple[Revision, ...]:
    """The sound revisions of a file, oldest first, and the file as it is if it differs.

    Raises click.UsageError where git knows no such file.
    """
    from vsmdsl.cli.trend import revisions  # asks git, which few reports need

    found = revisions(path, future, MOST)
    return tuple(
        Revision(one.commit.day, one.commit.subject, side(one.state)) for one in found if one.state
    )


def _comparisons(map_: Compiled, colours: Theme, engine: Engine) -> Iterator[tuple[str, str]]:
    """Today above every state to come, by the key of the future."""
    now, put = map_.current, partial(place, engine=engine)
    for then in map_.futures:
        draw = partial(
            compare.compare, now.stream, now.analysis, then.stream, then.analysis, place=put
        )
        drawn = draw()
        if drawn.width > LONG:
            drawn = draw(width=WRAPPED)
        name = f"{now.stream.settings.title}\n{then.key} compared"
        yield then.key, paint(replace(drawn, name=name), colours=colours)

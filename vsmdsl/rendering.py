"""The picture of one state: laid out, and painted in the format that is asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from vsmdsl.drawing.layout import PAGES, layout
from vsmdsl.drawing.placement import Engine, place
from vsmdsl.drawing.scene import Scene
from vsmdsl.drawing.theme import Theme as Colours
from vsmdsl.formats import FORMATS, Look, Theme
from vsmdsl.model.resolve.plan import UNNAMED
from vsmdsl.record import replace
from vsmdsl.states import State
from vsmdsl.wording import Wording, wording

if TYPE_CHECKING:
    from vsmdsl.drawing.sharing import Share

# Whoever has a process to spare says here how it paints a part of a long picture meanwhile: by the
# name and the colours of the picture (`vsmdsl.drawing.sharing`).
shared: Callable[[str, Theme, Colours], Share | None] | None = None


def painted(
    state: State,
    format: str,
    look: Look,
    *,
    width: float | None = None,
    bands: tuple[str, ...] | None = None,
    engine: Engine = "auto",
    words: Wording | None = None,
) -> str | bytes:
    """The picture of one state; the options are those of `pipeline.render`.

    Raises ValueError for an unknown format or page, and what `pipeline.render` raises besides.
    """
    if format == "dot":
        return _dot(state)
    if format not in FORMATS:
        raise ValueError(f"no picture is made as {format!r}")
    spoken = words or wording(state.stream.settings.language)
    share = shared(_name(state), look.theme, look.colours) if shared and format == "svg" else None
    drawn = scene(
        state,
        width=width,
        page=look.page,
        bands=bands,
        engine=engine,
        words=spoken,
        share=share,
    )
    return FORMATS[format](drawn, replace(look, words=spoken), state.stream.settings)


def scene(
    state: State,
    *,
    width: float | None = None,
    page: str | None = None,
    bands: tuple[str, ...] | None = None,
    engine: Engine = "auto",
    words: Wording | None = None,
    share: Share | None = None,
) -> Scene:
    """The picture of one state, before it is painted; the options are those of `pipeline.render`.

    Its captions are in the words given, else in those of the language that the map names. `share`
    is for who paints it as SVG at once: a part of it may be painted by another process.
    """
    sheet = page.casefold().removesuffix("-landscape") if page else None
    if sheet is not None and sheet not in PAGES:
        raise ValueError(f"no page is called {page!r}; there is {', '.join(PAGES)}")
    put = partial(place, engine=engine)
    spoken = words or wording(state.stream.settings.language)
    figures = state.analysis
    if spoken.texts:
        from vsmdsl.analysis.retold import retold  # only for readers of other languages

        figures = retold(figures, state.stream, spoken)
    drawn = layout(
        state.stream,
        figures,
        width=width,
        page=sheet,
        bands=bands,
        place=put,
        wording=spoken,
        label=state.label if state.key and state.label != UNNAMED else "",
        share=share,
    )
    return replace(drawn, name=_name(state))


def _name(state: State) -> str:
    """What tells this picture from others on a page, and stays when the figures change."""
    title = state.stream.settings.title
    return f"{title}\n{state.key}" if state.key else title


def _dot(state: State) -> str:
    from vsmdsl.drawing.dot import to_dot

    return to_dot(state.stream, state.analysis)

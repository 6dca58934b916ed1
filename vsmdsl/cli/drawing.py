"""One picture of one map: compiled, drawn, and told in a few words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from vsmdsl import pipeline, rendering
from vsmdsl.analysis.show import show
from vsmdsl.cli import console, maps, parts, settings
from vsmdsl.cli.files import Input
from vsmdsl.cli.kept import Made
from vsmdsl.cli.pictures import environment
from vsmdsl.drawing.placement import Engine
from vsmdsl.formats import Theme
from vsmdsl.pipeline import Compiled, State
from vsmdsl.record import record

if TYPE_CHECKING:
    from vsmdsl.cli.render import Look

LONG = 150  # steps and queues: what may have a row that is painted by two


@record
class Drawing:
    """What became of a map: its picture if it could be drawn, and what there is to say.

    `included` are the texts of the files that it includes; `lasting` says whether the same map
    gives the same picture, and as few words, on any day.
    """

    picture: Made | None
    messages: tuple[str, ...]
    included: dict[Path, str]
    lasting: bool = False


def draw(one: Input, look: Look, data: bytes | None, *, all_messages: bool) -> Drawing:
    """Draw a map, unless it has mistakes. `data` is what the file holds, where it is known."""
    included: dict[Path, str] = {}
    map_ = maps.compiled(one, data, maps.noting(one, included))
    messages = maps.drawing_messages(map_, everything=all_messages)
    if not map_.ok:
        return Drawing(None, (*messages, f"{one.name}: not drawn"), included)
    with _room(look.format):
        picture = (_state if look.compare is None else _comparison)(map_, look, one)
    lasting = not messages and not (look.format in ("png", "pdf") and _borrowed(map_))
    return Drawing(picture, messages, included, lasting)


def _room(format: str) -> AbstractContextManager[None]:
    if format != "pdf":
        return nullcontext()
    from vsmdsl.cli.scratch import scratch  # only what prints leaves something behind

    return scratch()


def _borrowed(map_: Compiled) -> bool:
    """Whether our font lacks a letter: pixels and paper then depend on the fonts of the machine."""
    from vsmdsl.drawing.glyphs import foreign  # only for those two

    return bool(foreign(map_.source.text))


def _state(map_: Compiled, look: Look, one: Input) -> Made:
    state = maps.state(map_, look.future)
    bands = parts.chosen(look.bands or settings.config(one).bands)
    with environment(), _helped(state):
        made = pipeline.render(
            map_, look.format, future=state.key, bands=bands, **_options(look, one, map_)
        )
    return Made(_bytes(made), _headline(state))


@contextmanager
def _helped(state: State) -> Iterator[None]:
    """Within this, another process may paint a part of a long picture; none is left behind."""
    if len(state.stream.elements) < LONG:
        yield
        return
    from vsmdsl.cli import second
    from vsmdsl.drawing.sharing import sharing

    begun: list[second.Second] = []

    def ask(make: Callable[[], bytes]) -> Callable[[], bytes] | None:
        second.begin(make, begun)
        return begun[-1].answer if begun else None

    rendering.shared = partial(sharing, ask)
    try:
        yield
    finally:
        rendering.shared = None
        for one in begun:
            one.end()


def _comparison(map_: Compiled, look: Look, one: Input) -> Made:
    from vsmdsl.beside import render_comparison  # few maps are compared

    keys = (look.compare or "").split(":")
    before, after = (maps.state(map_, "" if key.casefold() == "current" else key) for key in keys)
    with environment():
        made = render_comparison(before, after, look.format, **_options(look, one, map_))
    return Made(_bytes(made), _change(before, after))


def _bytes(made: str | bytes) -> bytes:
    return console.encoded(made) if isinstance(made, str) else made


def _options(look: Look, one: Input, map_: Compiled) -> dict[str, Any]:
    """What a flag says, else the project."""
    own = settings.config(one)
    return {
        "theme": look.theme or cast("Theme", own.theme),
        "width": None if look.page else look.width or own.width,
        "page": look.page,
        "scale": look.scale,
        "colors": settings.colours(one),
        "engine": cast("Engine", own.engine),
        **_language(look, one, map_),
    }


def _language(look: Look, one: Input, map_: Compiled) -> dict[str, Any]:
    """Where nobody but the map can say a language, it says it by itself."""
    own = settings.config(one)
    if not (look.language or look.catalogue or own.language or own.catalogue):
        return {}
    from vsmdsl.cli import language  # most maps speak as they are written

    told = map_.stream.settings.language
    words = language.words(one, told, look.language, look.catalogue)
    return {"language": words.language, "catalogue": words.origin or None}


def _headline(state: State) -> str:
    figure = state.analysis.metrics.get("lead_time")
    if figure is None:
        return ""
    where = f", {state.label}" if state.key else ""
    return f" (lead time {show(figure, state.stream.calendar)}{where})"


def _change(before: State, after: State) -> str:
    figures = [one.analysis.metrics.get("lead_time") for one in (before, after)]
    texts = [
        show(figure, one.stream.calendar) if figure else "?"
        for figure, one in zip(figures, (before, after), strict=True)
    ]
    return f" (lead time {texts[0]} → {texts[1]})" if any(figures) else ""

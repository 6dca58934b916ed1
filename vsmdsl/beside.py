"""Two states of a value stream beside each other: what changed, and the picture of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from vsmdsl.drawing.layout import PAGES
from vsmdsl.drawing.layout.compare import BEFORE_AND_AFTER, Names, compare
from vsmdsl.drawing.placement import Engine, place
from vsmdsl.drawing.scene import Scene
from vsmdsl.drawing.theme import STANDARD, brand
from vsmdsl.formats import FORMATS, GENERATOR, Look, Theme
from vsmdsl.model.changes import Change
from vsmdsl.model.diff import diff as between
from vsmdsl.record import replace
from vsmdsl.states import State
from vsmdsl.wording import Wording, spoken, wording


def diff(before: State, after: State) -> tuple[Change, ...]:
    """The changes that make the one state out of the other.

    >>> from vsmdsl import compile
    >>> old, new = compile("step Dev 3d/5d"), compile("step Dev 3d/4d")
    >>> [(one.target, one.field) for one in diff(old.current, new.current)]
    [('Dev', 'lt')]
    >>> diff(old.current, old.current)
    ()
    """
    return between(before.stream, after.stream)


def render_comparison(
    before: State,
    after: State,
    format: str = "svg",
    *,
    names: tuple[str, str] | None = None,
    theme: Theme = "auto",
    width: float | None = None,
    page: str | None = None,
    scale: float = 1.0,
    colors: Mapping[str, str | tuple[str, str]] | None = None,
    engine: Engine = "auto",
    language: str = "",
    catalogue: str | Path | None = None,
) -> str | bytes:
    """The picture of two states, one above the other: `svg`, `html`, `json`, `png` or `pdf`.

    The states may be those of one map or of two; `names` are what a reader calls them, else their
    labels. The other options are those of `render`. Raises ValueError for an unknown format or page
    and what `render` raises for a missing library.

    >>> from vsmdsl import compile
    >>> map_ = compile('step Dev 3d/5d; future soon { set Dev lt=4d }')
    >>> "Lead time: 5 d before, 4 d after." in render_comparison(map_.current, map_.state("soon"))
    True
    """
    if format not in FORMATS:
        raise ValueError(f"no comparison is drawn as {format!r}")
    colours = brand(colors) if colors else STANDARD
    words = _words(after, language, catalogue)
    look = Look(
        theme=theme, colours=colours, scale=scale, page=page, generator=GENERATOR, words=words
    )
    drawn = comparison_scene(
        before, after, names=names, width=width, page=page, engine=engine, words=words
    )
    return FORMATS[format](drawn, look, after.stream.settings)


def comparison_scene(
    before: State,
    after: State,
    *,
    names: tuple[str, str] | None = None,
    width: float | None = None,
    page: str | None = None,
    engine: Engine = "auto",
    words: Wording | None = None,
) -> Scene:
    """The picture of two states before it is painted; the options are those of `render`.

    Its captions are in the words given, else in those of the language that the later map names.
    """
    sheet = page.casefold().removesuffix("-landscape") if page else None
    if sheet is not None and sheet not in PAGES:
        raise ValueError(f"no page is called {page!r}; there is {', '.join(PAGES)}")
    said = _words(after) if words is None else words
    drawn = compare(
        before.stream,
        before.analysis,
        after.stream,
        after.analysis,
        names=_names(before, after, names, said),
        width=width,
        page=sheet,
        place=partial(place, engine=engine),
        wording=said,
    )
    return replace(drawn, name=f"{drawn.title}\n{before.key}:{after.key}")


def _words(after: State, language: str = "", catalogue: str | Path | None = None) -> Wording:
    if language or catalogue:
        return spoken(language, Path(catalogue) if catalogue else None)
    return wording(after.stream.settings.language)


def _names(before: State, after: State, names: tuple[str, str] | None, words: Wording) -> Names:
    """What the picture calls two states: now and future, or before and after."""
    old, new = names or (_label(before, words), _label(after, words))
    if not before.key and after.key:
        return Names(note=new)
    return replace(BEFORE_AND_AFTER, note=f"{old} → {new}" if old != new else "")


def _label(state: State, words: Wording) -> str:
    return (state.label or state.key) if state.key else words.say(state.label)

"""Two states of a value stream beside each other: what changed, and the picture of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from vsmdsl.drawing.layout import PAGES
from vsmdsl.drawing.layout.compare import Names, compare
from vsmdsl.drawing.placement import Engine, place
from vsmdsl.drawing.scene import Scene
from vsmdsl.drawing.theme import STANDARD, brand
from vsmdsl.formats import FORMATS, GENERATOR, Look, Theme
from vsmdsl.model.changes import Change
from vsmdsl.model.diff import diff as between
from vsmdsl.record import replace
from vsmdsl.states import State
from vsmdsl.wording import wording


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
    look = Look(theme=theme, colours=colours, scale=scale, page=page, generator=GENERATOR)
    drawn = comparison_scene(before, after, names=names, width=width, page=page, engine=engine)
    return FORMATS[format](drawn, look, after.stream.settings)


def comparison_scene(
    before: State,
    after: State,
    *,
    names: tuple[str, str] | None = None,
    width: float | None = None,
    page: str | None = None,
    engine: Engine = "auto",
) -> Scene:
    """The picture of two states before it is painted; the options are those of `render`."""
    sheet = page.casefold().removesuffix("-landscape") if page else None
    if sheet is not None and sheet not in PAGES:
        raise ValueError(f"no page is called {page!r}; there is {', '.join(PAGES)}")
    drawn = compare(
        before.stream,
        before.analysis,
        after.stream,
        after.analysis,
        names=_names(before, after, names),
        width=width,
        page=sheet,
        place=partial(place, engine=engine),
        wording=wording(after.stream.settings.language),
    )
    return replace(drawn, name=f"{drawn.title}\n{before.key}:{after.key}")


def _names(before: State, after: State, names: tuple[str, str] | None) -> Names:
    """What the picture calls two states: now and future, or before and after."""
    old, new = names or (before.label or before.key, after.label or after.key)
    if not before.key and after.key:
        return Names(note=new)
    return Names(
        pill="Before → after",
        before="Before",
        after="After",
        title="before and after",
        note=f"{old} → {new}" if old != new else "",
    )

"""From a text to a compiled map: the only place that knows the order of the stages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from vsmdsl import __version__
from vsmdsl.analysis.analyse import analyse
from vsmdsl.analysis.goals import GoalResult, judge, unmet
from vsmdsl.analysis.result import Analysis
from vsmdsl.analysis.show import show
from vsmdsl.drawing.layout import PAGES, layout
from vsmdsl.drawing.placement import Engine, place
from vsmdsl.drawing.scene import Scene
from vsmdsl.drawing.theme import STANDARD, brand
from vsmdsl.formats import FORMATS, Look, Theme
from vsmdsl.language.allow import Allowances, allowed
from vsmdsl.language.decode import decode
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.language.parser import Parsed, parse
from vsmdsl.language.source import Source, normalise
from vsmdsl.language.syntax import Tree
from vsmdsl.limits import LIMITS, Limits
from vsmdsl.model.changes import Change
from vsmdsl.model.resolve import Future, Loader, resolve
from vsmdsl.model.stream import ValueStream
from vsmdsl.record import field, record, replace
from vsmdsl.wording import Wording, wording

GENERATOR = f"vsmdsl {__version__}"
NOTEBOOK = 1000.0  # rows of this many units fit into a notebook


@record
class State:
    """One state of a stream, the current one or a future: its meaning and, if asked, its figures.

    `key` is empty for the current state; `changes` lead to it from the state `base`.
    """

    key: str
    label: str
    stream: ValueStream
    base: str = ""
    changes: tuple[Change, ...] = ()
    borrowed: bool = False  # belongs to the map that this file is a future of

    @cached_property
    def analysis(self) -> Analysis:
        """All its figures."""
        return analyse(self.stream)


@record
class Compiled:
    """A `.vsm` text with everything that follows from it.

    `mistakes` holds errors and warnings in the order of the file, without those that the file
    allows. A map with errors is still compiled as far as it could be read; ask `ok` first. What
    only some readers want (figures, goals, findings) is computed when it is asked for.
    """

    source: Source
    tree: Tree
    current: State
    futures: tuple[State, ...]
    mistakes: tuple[Diagnostic, ...]
    allowances: Allowances = field(repr=False)

    @property
    def ok(self) -> bool:
        """Whether the text is free of errors."""
        return not any(diagnostic.is_error for diagnostic in self.mistakes)

    @cached_property
    def goals(self) -> tuple[GoalResult, ...]:
        """What became of the goals."""
        states = (self.current, *self.futures)
        return judge(self.stream, {one.key: (one.stream, one.analysis) for one in states})

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Errors, warnings and findings in the order of the file, without those it allows."""
        if not self.ok:  # a stream that was misread has no findings
            return self.mistakes
        from vsmdsl.analysis.findings import find  # not for a picture

        found = (*find(self.stream, self.analysis), *unmet(self.goals))
        kept = (one for one in found if not self.allowances.covers(one))
        return _in_order((*self.mistakes, *kept), self.source)

    @property
    def stream(self) -> ValueStream:
        """The current state's stream."""
        return self.current.stream

    @property
    def analysis(self) -> Analysis:
        """The current state's figures."""
        return self.current.analysis

    def state(self, key: str = "") -> State | None:
        """The current state (empty key) or the future with this key."""
        return next((one for one in (self.current, *self.futures) if one.key == key), None)

    def metric(self, name: str, future: str = "") -> str | None:
        """A headline figure as people read it, `30.6 d`; None where it cannot exist.

        Raises KeyError for an unknown name or future.
        """
        state = self.state(future)
        if state is None:
            raise KeyError(future)
        figure = state.analysis.metrics[name]
        return None if figure is None else show(figure, state.stream.calendar)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        """How a notebook shows a map: its picture, or a box that says what is wrong."""
        if self.ok:
            picture = str(render(self, width=NOTEBOOK))
            title = self.stream.settings.title or self.source.name
            lead_time = self.metric("lead_time") or "?"
            return {
                "text/plain": f"{title}: lead time {lead_time}",
                "text/html": f'<div class="vsm-figure">{picture}</div>',
                "image/svg+xml": picture,
            }
        from vsmdsl.language.excerpt import excerpt
        from vsmdsl.report.box import box

        said = [excerpt(one, color=False) for one in self.mistakes if one.is_error]
        return {"text/plain": "\n\n".join(said), "text/html": box(said, self.source.text)}


def compile(
    text: str, *, name: str = "map.vsm", load: Loader | None = None, limits: Limits = LIMITS
) -> Compiled:
    """Compile a `.vsm` text; mistakes in it are values in `diagnostics`, never exceptions.

    `name` is what messages call the text. `load` fetches what the text includes; without it,
    nothing is read but the text itself. A text beyond the `limits` is not read.

    >>> compiled = compile("queue Ideas 12d; step Develop 3d/5d 85%")
    >>> compiled.ok
    True
    >>> compiled.metric("lead_time")
    '17 d'
    """
    return compile_source(Source(name, normalise(text)), load, limits=limits)


def compile_file(path: str | Path, limits: Limits = LIMITS) -> Compiled:
    """Compile a file, with the files of its project that it includes.

    Raises OSError where the file cannot be read.
    """
    from vsmdsl.project import project_loader, read_bytes

    data = read_bytes(Path(path))
    return compile_bytes(data, name=str(path), load=project_loader(path), limits=limits)


def compile_bytes(
    data: bytes, *, name: str = "map.vsm", load: Loader | None = None, limits: Limits = LIMITS
) -> Compiled:
    """Compile a text as it stands in a file; bytes that are not UTF-8 are a mistake like others."""
    source, said = decode(name, data)
    return compile_source(source, load, said=said, limits=limits)


def compile_source(
    source: Source,
    load: Loader | None = None,
    more: Source | None = None,
    said: tuple[Diagnostic, ...] = (),
    limits: Limits = LIMITS,
) -> Compiled:
    """Compile a text that has a name already; `more` is read as if it stood at its end.

    `said` is what is wrong with it so far.
    """
    parsed = parse(source, limits)
    if more is not None:
        parsed = _joined(parsed, parse(more))
    resolved = resolve(parsed.tree, load, limits)
    current = State("", "Current state", resolved.stream)
    futures = tuple(_future(future) for future in resolved.futures)
    allowances = allowed(parsed.tree)
    found = (*said, *parsed.diagnostics, *resolved.diagnostics, *allowances.diagnostics)
    kept = _in_order(tuple(one for one in found if not allowances.covers(one)), source)
    return Compiled(source, parsed.tree, current, futures, _capped(kept, limits), allowances)


def _capped(found: tuple[Diagnostic, ...], limits: Limits) -> tuple[Diagnostic, ...]:
    if len(found) <= limits.mistakes:
        return found
    from vsmdsl.language.limits import capped  # nobody reads as many

    return capped(found, limits)


def _joined(parsed: Parsed, more: Parsed) -> Parsed:
    tree = replace(parsed.tree, entries=(*parsed.tree.entries, *more.tree.entries))
    return Parsed(tree, (*parsed.diagnostics, *more.diagnostics))


def _future(future: Future) -> State:
    return State(
        future.key,
        future.label,
        future.stream,
        future.base,
        future.changes,
        future.borrowed,
    )


def _in_order(found: tuple[Diagnostic, ...], source: Source) -> tuple[Diagnostic, ...]:
    """By place in the file; what lies in an included file comes first."""
    return tuple(sorted(found, key=lambda one: (one.span.source is source, one.span.start)))


def render(
    compiled: Compiled,
    format: str = "svg",
    *,
    future: str = "",
    theme: Theme = "auto",
    width: float | None = None,
    page: str | None = None,
    bands: tuple[str, ...] | None = None,
    scale: float = 1.0,
    colors: Mapping[str, str | tuple[str, str]] | None = None,
    engine: Engine = "auto",
) -> str | bytes:
    """The picture of a compiled map: `svg`, `html`, `dot`, `json` are texts, `png`, `pdf` bytes.

    `json` is what the picture is made of: boxes, lines and texts with their roles and places.

    `theme` follows the reader's screen, or is always `light` or `dark`; paper and PNG are light
    unless dark is asked for. `colors` replaces colours by their role: `{"va": "#004499"}` the one
    for light paper, `{"va": ("#004499", "#66AAFF")}` both.

    `width` wraps the stream into rows (in SVG units); `page` (`a4`, `a3`, `letter`, each also as
    `a4-landscape`) wraps it for paper, and a PDF then has as many pages as it needs. Without
    either, the map is one row, and the page of a PDF is as large as the picture. `bands` chooses
    parts of the picture. `scale` is pixels a unit in a PNG. `engine` says which Graphviz places
    the boxes: the one that comes with vsmdsl (`pure`), that of the machine (`system`), or the
    first that is there; the picture is the same.

    Raises KeyError for an unknown future, ValueError for an unknown format or page and for colours
    that could not be read, `vsmdsl.report.press.PdfUnavailableError` where a library that a PDF
    needs is missing, and `vsmdsl.drawing.placement.PlacementError` without a Graphviz.

    >>> render(compile("step Develop 3d/5d"), "html").startswith("<!doctype html>")
    True
    """
    state = compiled.state(future)
    if state is None:
        raise KeyError(future)
    if format == "dot":
        return _dot(state)
    if format not in FORMATS:
        raise ValueError(f"no picture is made as {format!r}")
    colours = brand(colors) if colors else STANDARD
    look = Look(theme=theme, colours=colours, scale=scale, page=page, generator=GENERATOR)
    drawn = scene(state, width=width, page=page, bands=bands, engine=engine)
    return FORMATS[format](drawn, look, state.stream.settings)


def scene(
    state: State,
    *,
    width: float | None = None,
    page: str | None = None,
    bands: tuple[str, ...] | None = None,
    engine: Engine = "auto",
    words: Wording | None = None,
) -> Scene:
    """The picture of one state, before it is painted; the options are those of `render`.

    Its captions are in the words given, else in those of the language that the map names.
    """
    sheet = page.casefold().removesuffix("-landscape") if page else None
    if sheet is not None and sheet not in PAGES:
        raise ValueError(f"no page is called {page!r}; there is {', '.join(PAGES)}")
    put = partial(place, engine=engine)
    spoken = words or wording(state.stream.settings.language)
    drawn = layout(
        state.stream,
        state.analysis,
        width=width,
        page=sheet,
        bands=bands,
        place=put,
        wording=spoken,
    )
    return replace(drawn, name=_name(state))


def _name(state: State) -> str:
    """What tells this picture from others on a page, and stays when the figures change."""
    title = state.stream.settings.title
    return f"{title}\n{state.key}" if state.key else title


def _dot(state: State) -> str:
    from vsmdsl.drawing.dot import to_dot

    return to_dot(state.stream, state.analysis)


def stats(*maps: Compiled, today: date | None = None) -> dict[str, Any]:
    """The figures of maps as data, `vsm stats --json` (schema version 1).

    Times are seconds of each map's clock, ratios are shares of one; the JSON Schema lies in
    `templates/schema/`. Improvements that are due before `today` and not done are overdue.
    """
    from vsmdsl.analysis.contract import document

    return document([_stats(one, today) for one in maps])


def _stats(compiled: Compiled, today: date | None) -> dict[str, Any]:
    from vsmdsl.analysis.contract import as_json
    from vsmdsl.analysis.plan import as_json as action_as_json
    from vsmdsl.analysis.plan import plan

    own = tuple(future for future in compiled.futures if not future.borrowed)
    found = as_json(compiled.stream, compiled.analysis, own, compiled.goals, compiled.diagnostics)
    actions = plan(compiled.stream, compiled.analysis, today)
    return found | {"kaizens": [action_as_json(one) for one in actions]}


def format_text(text: str, *, expand: bool = False) -> str:
    """The text in canonical form, `vsm fmt`; statements with a mistake stay as they are.

    >>> print(format_text("step Dev 3d/5d 85 %; queue Inbox 2 days"), end="")
    step      Dev pt=3d lt=5d ca=85%
    queue     Inbox wait=2d
    """
    from vsmdsl.language.formatter import format_source

    return format_source(Source("", normalise(text)), expand=expand)

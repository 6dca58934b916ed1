"""From a text to a compiled map: the only place that knows the order of the stages."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from vsmdsl.analysis.analyse import analyse
from vsmdsl.analysis.contract import as_json, document
from vsmdsl.analysis.findings import find
from vsmdsl.analysis.goals import GoalResult, judge, unmet
from vsmdsl.analysis.result import Analysis
from vsmdsl.analysis.show import show
from vsmdsl.drawing.layout import layout
from vsmdsl.drawing.scene import Scene
from vsmdsl.drawing.svg import paint
from vsmdsl.language.allow import allowed
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.language.parser import parse
from vsmdsl.language.source import Source, normalise
from vsmdsl.language.syntax import Tree
from vsmdsl.model.changes import Change
from vsmdsl.model.resolve import Future, Loader, resolve
from vsmdsl.model.stream import ValueStream
from vsmdsl.record import record

Theme = Literal["auto", "light", "dark"]


@record
class State:
    """One state of a stream, the current one or a future: its meaning and its figures.

    `key` is empty for the current state; `changes` lead to it from the state `base`.
    """

    key: str
    label: str
    stream: ValueStream
    analysis: Analysis
    base: str = ""
    changes: tuple[Change, ...] = ()
    borrowed: bool = False  # belongs to the map that this file is a future of


@record
class Compiled:
    """A `.vsm` text with everything that follows from it.

    `diagnostics` holds errors, warnings and findings in the order of the file, without those the
    file allows. A map with errors is still compiled as far as it could be read; ask `ok` first.
    """

    source: Source
    tree: Tree
    current: State
    futures: tuple[State, ...]
    goals: tuple[GoalResult, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def ok(self) -> bool:
        """Whether the text is free of errors."""
        return not any(diagnostic.is_error for diagnostic in self.diagnostics)

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


def compile(text: str, *, name: str = "map.vsm", load: Loader | None = None) -> Compiled:
    """Compile a `.vsm` text; mistakes in it are values in `diagnostics`, never exceptions.

    `name` is what messages call the text. `load` fetches what the text includes; without it,
    nothing is read but the text itself.

    >>> compiled = compile("queue Ideas 12d; step Develop 3d/5d 85%")
    >>> compiled.ok
    True
    >>> compiled.metric("lead_time")
    '17 d'
    """
    return compile_source(Source(name, normalise(text)), load)


def compile_file(path: str | Path) -> Compiled:
    """Compile a file, with the files of its project that it includes.

    Raises OSError where the file cannot be read, UnicodeDecodeError where it is not UTF-8.
    """
    from vsmdsl.project import project_loader, read_source

    source = read_source(path)
    return compile_source(source, project_loader(path))


def compile_source(source: Source, load: Loader | None = None) -> Compiled:
    """Compile a text that has a name already."""
    parsed = parse(source)
    resolved = resolve(parsed.tree, load)
    current = State("", "Current state", resolved.stream, analyse(resolved.stream))
    futures = tuple(_future(future) for future in resolved.futures)
    states = {state.key: (state.stream, state.analysis) for state in (current, *futures)}
    goals = judge(resolved.stream, states)
    found = (*parsed.diagnostics, *resolved.diagnostics)
    if not any(one.is_error for one in found):  # a stream that was misread has no findings
        found = (*found, *find(resolved.stream, current.analysis), *unmet(goals))
    diagnostics = _in_order(found, source)
    allowances = allowed(parsed.tree)
    kept = tuple(one for one in diagnostics if not allowances.covers(one))
    return Compiled(source, parsed.tree, current, futures, goals, kept)


def _future(future: Future) -> State:
    return State(
        future.key,
        future.label,
        future.stream,
        analyse(future.stream),
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
    bands: tuple[str, ...] | None = None,
    scale: float = 1.0,
) -> str | bytes:
    """The picture of a compiled map: `svg`, `dot` and `json` are texts, `png` is bytes.

    `width` wraps the stream into rows (in SVG units), `bands` chooses parts of the picture,
    `scale` is pixels a unit in a PNG. Raises KeyError for an unknown future and ValueError for
    an unknown format.
    """
    state = compiled.state(future)
    if state is None:
        raise KeyError(future)
    match format:
        case "svg":
            return paint(scene(state, width=width, bands=bands), theme=theme)
        case "png":
            from vsmdsl.drawing.raster import to_png

            still: Theme = "dark" if theme == "dark" else "light"
            picture = paint(scene(state, width=width, bands=bands), theme=still)
            return to_png(picture, scale=scale)
        case "dot":
            from vsmdsl.drawing.dot import to_dot

            return to_dot(state.stream, state.analysis)
        case "json":
            import json

            return json.dumps(stats(compiled), indent=2, ensure_ascii=False) + "\n"
        case _:
            raise ValueError(f"no picture is made as {format!r}")


def scene(
    state: State, *, width: float | None = None, bands: tuple[str, ...] | None = None
) -> Scene:
    """The picture of one state, before it is painted."""
    return layout(state.stream, state.analysis, width=width, bands=bands)


def stats(*maps: Compiled) -> dict[str, Any]:
    """The figures of maps as data, `vsm stats --json` (schema version 1).

    Times are seconds of each map's clock, ratios are shares of one; the JSON Schema lies in
    `templates/schema/`.
    """
    return document([_stats(one) for one in maps])


def _stats(compiled: Compiled) -> dict[str, Any]:
    own = tuple(future for future in compiled.futures if not future.borrowed)
    return as_json(compiled.stream, compiled.analysis, own, compiled.goals, compiled.diagnostics)


def format_text(text: str, *, expand: bool = False) -> str:
    """The text in canonical form, `vsm fmt`; statements with a mistake stay as they are.

    >>> print(format_text("step Dev 3d/5d 85 %; queue Inbox 2 days"), end="")
    step      Dev pt=3d lt=5d ca=85%
    queue     Inbox wait=2d
    """
    from vsmdsl.language.formatter import format_source

    return format_source(Source("", normalise(text)), expand=expand)

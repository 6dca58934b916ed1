"""From a text to a compiled map: the only place that knows the order of the stages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vsmdsl.compiled import Compiled, in_order
from vsmdsl.drawing.placement import Engine
from vsmdsl.drawing.theme import STANDARD, brand
from vsmdsl.formats import GENERATOR, Look, Theme
from vsmdsl.language.allow import allowed
from vsmdsl.language.decode import decode
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.language.parser import Parsed, parse
from vsmdsl.language.source import Source, normalise
from vsmdsl.limits import LIMITS, Limits
from vsmdsl.model.includes import Loader
from vsmdsl.model.resolve import resolve
from vsmdsl.record import replace
from vsmdsl.rendering import painted, scene
from vsmdsl.states import State, current, planned
from vsmdsl.wording import spoken

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "GENERATOR",
    "Compiled",
    "State",
    "compile",
    "compile_bytes",
    "compile_file",
    "compile_source",
    "format_text",
    "render",
    "scene",
    "stats",
]


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
    data: bytes,
    *,
    name: str = "map.vsm",
    file: str = "",
    load: Loader | None = None,
    limits: Limits = LIMITS,
) -> Compiled:
    """Compile a text as it stands in a file; bytes that are not UTF-8 are a mistake like others.

    `file` is its path, where messages call it something else.
    """
    source, said = decode(name, data, file)
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
    futures = tuple(planned(future) for future in resolved.futures)
    allowances = allowed(parsed.tree)
    found = (*said, *parsed.diagnostics, *resolved.diagnostics, *allowances.diagnostics)
    kept = in_order(tuple(one for one in found if not allowances.covers(one)), source)
    today = current(resolved.stream)
    return Compiled(source, parsed.tree, today, futures, _capped(kept, limits), allowances)


def _capped(found: tuple[Diagnostic, ...], limits: Limits) -> tuple[Diagnostic, ...]:
    if len(found) <= limits.mistakes:
        return found
    from vsmdsl.language.limits import capped  # nobody reads as many

    return capped(found, limits)


def _joined(parsed: Parsed, more: Parsed) -> Parsed:
    tree = replace(parsed.tree, entries=(*parsed.tree.entries, *more.tree.entries))
    return Parsed(tree, (*parsed.diagnostics, *more.diagnostics))


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
    language: str = "",
    catalogue: str | Path | None = None,
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
    first that is there; the picture is the same. `language` is that of the captions (`de`), else
    the map's own; `catalogue` is a file with the words of a language that we do not ship.

    Raises KeyError for an unknown future, ValueError for an unknown format or page, for colours
    that could not be read and for a language without words, PdfUnavailableError (from
    `vsmdsl.report.press`) where a library that a PDF needs is missing, and PlacementError (from
    `vsmdsl.drawing.placement`) without a Graphviz.

    >>> render(compile("step Develop 3d/5d"), "html").startswith("<!doctype html>")
    True
    """
    state = compiled.state(future)
    if state is None:
        raise KeyError(future)
    colours = brand(colors) if colors else STANDARD
    look = Look(theme=theme, colours=colours, scale=scale, page=page, generator=GENERATOR)
    words = None
    if language or catalogue:
        words = spoken(language, Path(catalogue) if catalogue else None)
    return painted(state, format, look, width=width, bands=bands, engine=engine, words=words)


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

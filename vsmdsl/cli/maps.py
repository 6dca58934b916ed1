"""From a file to a compiled map, and its messages as people read them."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from vsmdsl import pipeline
from vsmdsl.cli import console, files, patience, settings
from vsmdsl.cli.files import Input
from vsmdsl.cli.refusals import BadInput, Misuse
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.language.source import Source
from vsmdsl.model.includes import Loader
from vsmdsl.pipeline import Compiled, State
from vsmdsl.project import project_loader

LIMIT = 20  # messages a file: after so many, people read no further


def compiled(one: Input, data: bytes | None = None, load: Loader | None = None) -> Compiled:
    """Read and compile an input; what cannot be read at all is a refusal.

    `data` is what it holds and `load` reads what it includes, where somebody knows better.
    """
    limits = settings.config(one).limits
    patience.begin(one.name, limits)
    if data is None:
        data = files.read_bytes(one)
    if load is None and one.path:
        load = project_loader(one.path)
    return pipeline.compile_bytes(data, name=one.name, load=load, limits=limits)


def page_text(one: Input) -> str:
    """The text of a document; one that is larger than a map may be is a refusal."""
    from vsmdsl.language.limits import raising  # documents are few
    from vsmdsl.publish.hosts import beyond

    text, most = files.read_text(one), settings.config(one).limits.file_size
    if beyond(one.name, text, most):
        said = f"{one.name}: {len(text):,} letters in a document; at most {most:,} are read"
        raise BadInput(f"{said}; {raising('file_size', most)}")
    return text


def noting(one: Input, included: dict[Path, str]) -> Loader | None:
    """What reads the files that an input includes, and notes the text of each."""
    if one.path is None:
        return None
    load = project_loader(one.path)

    def noted(name: str, here: Source) -> Source:
        found = load(name, here)
        included[(Path(here.name).parent / name).absolute()] = found.text
        return found

    return noted


def state(map_: Compiled, key: str) -> State:
    """The current state, or the future that was asked for by its id or its label."""
    for one in (map_.current, *map_.futures):
        if key in (one.key, one.label) and (key or one is map_.current):
            return one
    names = [one.key for one in map_.futures]
    known = files.nearest(key, names) or (f"; there is {', '.join(names)}" if names else "")
    raise Misuse(f"{map_.source.name}: no future is called `{key}`{known}")


def drawing_messages(map_: Compiled, *, everything: bool = False) -> tuple[str, ...]:
    """What to say beside a picture: mistakes in full, advice in a line, findings not at all."""
    errors = [one for one in map_.mistakes if one.is_error]
    if errors:
        return in_full(errors, everything=everything)
    return tuple(in_line(one) for one in map_.mistakes if one.severity == "warning")


def in_full(found: Sequence[Diagnostic], *, everything: bool = False) -> tuple[str, ...]:
    """Each message with its excerpt; at most 20 unless everything is wanted."""
    from vsmdsl.language.excerpt import excerpt  # only for those who made mistakes

    color = console.colour(sys.stderr)
    shown = found if everything else found[:LIMIT]
    texts = tuple(excerpt(one, color=color) for one in shown)
    left = len(found) - len(shown)
    return (*texts, f"… and {left} more (--all-messages shows them)") if left else texts


def in_line(one: Diagnostic) -> str:
    """A message in one line: `map.vsm:3:7: warning[W403] name: …`."""
    span = one.span
    place = f"{span.source.name}:{span.line}:{span.column}"
    style = {"error": "red", "warning": "yellow"}.get(one.severity, "blue")
    head = console.paint(f"{one.severity}[{one.code.code}]", style)
    return f"{console.harmless(place)}: {head} {one.code.name}: {console.harmless(one.message)}"


def tally(found: Sequence[Diagnostic]) -> str:
    """`2 errors, 1 warning`."""
    counts = Counter(one.severity for one in found)
    return ", ".join(
        f"{counts[kind]} {kind}{'s' if counts[kind] > 1 else ''}"
        for kind in ("error", "warning", "finding")
        if counts[kind]
    )

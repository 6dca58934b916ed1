"""Every map of a document compiled, each message at its place in the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from vsmdsl import pipeline
from vsmdsl.language.codes import structure
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.language.source import Source, Span, normalise
from vsmdsl.limits import LIMITS, Limits
from vsmdsl.model.includes import Loader
from vsmdsl.model.resolve.spelling import near, nearest
from vsmdsl.model.resolve.texts import reason, shorten
from vsmdsl.pipeline import Compiled
from vsmdsl.project import project_root, read_bytes
from vsmdsl.publish.files import Shelf
from vsmdsl.publish.hosts import fences
from vsmdsl.publish.hosts.fence import Fence, in_host
from vsmdsl.publish.options import OPTIONS, OptionError
from vsmdsl.record import record

THEIRS = ("name", "class", "align", "id", "linenos", "lineno-start", "emphasize-lines", "force")
NOW = ("", "current")  # what the current state is called in options


@record
class Held:
    """A map of a document: compiled, and what there is to say about its fence.

    `inner` is the text of the fence; where a fence only names a file, `compiled` is that file.
    """

    fence: Fence
    host: Source
    inner: Source
    compiled: Compiled | None
    about_fence: tuple[Diagnostic, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether it can be drawn."""
        return not self.about_fence and (self.compiled is None or self.compiled.ok)

    def in_host(self, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Messages about the map as messages about the document."""
        return (in_host(one, self.fence, self.inner, self.host) for one in found)


def held(host: Source, path: Path, limits: Limits = LIMITS) -> list[Held]:
    """All maps of a document that lies at `path`."""
    return [_compiled(fence, host, path, limits) for fence in fences(host.name, host.text)]


def compiled_anew(one: Held, text: str, path: Path) -> Compiled:
    """The map of a fence with another text."""
    return pipeline.compile_source(Source(one.host.name, text), _loader(path))


def find_file(name: str, path: Path) -> Path:
    """The file that a fence of the document at `path` names. Raises OSError where there is none.

    It is looked for beside the document, then in the folders above, as far as the project goes:
    what stands in front of a name differs between the programs that build pages.
    """
    root, folder = project_root(path), path.resolve().parent
    above = [one for one in (folder, *folder.parents) if one.is_relative_to(root)]
    shelf = Shelf(root, tuple(above))
    for place in above:
        try:
            return shelf.find(name.lstrip("/"), beside=place)
        except FileNotFoundError:
            continue
    raise FileNotFoundError(2, "there is no such file")


def _compiled(fence: Fence, host: Source, path: Path, limits: Limits) -> Held:
    inner = Source(host.name, fence.text)
    if fence.file:
        return _named(fence, host, inner, path, limits)
    map_ = pipeline.compile_source(inner, _loader(path), limits=limits)
    return Held(fence, host, inner, map_, tuple(_about(fence, host, map_)))


def _named(fence: Fence, host: Source, inner: Source, path: Path, limits: Limits) -> Held:
    span, shown = _place(fence, host, fence.file), f"`{shorten(fence.file)}`"
    try:
        map_ = pipeline.compile_file(_shown(find_file(fence.file, path)), limits)
    except (OSError, ValueError) as problem:
        message = f"{shown} cannot be read: {reason(problem)}"
        hint = "the path starts at the folder of the document, or at that of the project"
        missing = structure.INCLUDE_UNREADABLE.at(span, message, hint=hint)
        return Held(fence, host, inner, None, (missing,))
    return Held(fence, host, inner, map_, tuple(_about(fence, host, map_)))


def _loader(path: Path) -> Loader:
    """Reads what a map in the document at `path` includes: maps of its project, nothing else."""

    def load(name: str, here: Source) -> Source:
        found = find_file(name, path if here.name == str(path) else Path(here.name))
        return Source(str(_shown(found)), normalise(read_bytes(found).decode("utf-8")))

    return load


def _shown(path: Path) -> Path:
    """A path as people would type it here."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _about(fence: Fence, host: Source, map_: Compiled) -> Iterator[Diagnostic]:
    """What is wrong with the options of a fence.

    Those that are none of ours are passed over, unless they look like a slip of the pen: programs
    that build pages have options of their own.
    """
    for name, text in fence.options.items():
        try:
            if name in OPTIONS:
                OPTIONS[name].read(text)
            elif name not in THEIRS and (meant := near(name, OPTIONS)):
                span, said = _place(fence, host, name), f"there is no option `{shorten(name)}`"
                yield structure.UNKNOWN_KEY.at(span, said, hint=f"did you mean `{meant}`?")
        except OptionError as wrong:
            yield structure.UNKNOWN_CHOICE.at(
                _place(fence, host, text), str(wrong), hint=wrong.hint
            )
    yield from _states(fence, host, map_)


def _states(fence: Fence, host: Source, map_: Compiled) -> Iterator[Diagnostic]:
    """The futures that the options of a fence name, and that are none."""
    asked = (fence.options.get("future", ""), *fence.options.get("compare", "").split(":"))
    keys = [one.key for one in map_.futures]
    known = {*NOW, *keys, *(one.label for one in map_.futures)}
    for name in dict.fromkeys(word.strip() for word in asked):
        if name not in known and map_.ok:
            message = f"no future is called `{shorten(name)}`"
            hint = nearest(name, keys, f"there is {', '.join(keys)}" if keys else "")
            yield structure.UNKNOWN_FUTURE.at(_place(fence, host, name), message, hint=hint)


def _place(fence: Fence, host: Source, word: str) -> Span:
    """Where a word of the options stands; else the line that opens the fence."""
    start, end = fence.head
    body = fence.starts[0] if fence.text else len(host.text)
    at = host.text.find(word, start, max(end, min(body, end + 1000))) if word else -1
    return Span(host, at, at + len(word)) if at >= 0 else Span(host, start, end)

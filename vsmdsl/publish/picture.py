"""From the text and the options in a document to a picture, or to what keeps it from being drawn.

    drawn(Request("queue Ideas 2d; step Develop 1d", {"bands": "ladder"}))

This is the one way of fences, directives and notebooks. Nothing is raised for what a document
says. Settings and templates of the project are not read: only the host's own configuration is.
"""

from __future__ import annotations

from pathlib import Path

from vsmdsl.config import ConfigError, read_limits
from vsmdsl.drawing.placement import PlacementError
from vsmdsl.drawing.scene import Scene
from vsmdsl.drawing.theme import STANDARD, brand
from vsmdsl.formats import FORMATS, Look
from vsmdsl.language.decode import decode
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.language.limits import PLACE
from vsmdsl.language.source import Source, normalise
from vsmdsl.limits import Limits
from vsmdsl.model.resolve.spelling import near
from vsmdsl.model.resolve.stages import title_of
from vsmdsl.pipeline import GENERATOR, Compiled, State, compile_source, scene
from vsmdsl.project import read_bytes
from vsmdsl.publish.cache import digest
from vsmdsl.publish.files import Reader
from vsmdsl.publish.notice import Notice, notice_of, trouble
from vsmdsl.publish.options import OTHERS, OptionError, Options, read_options
from vsmdsl.publish.patience import SpentError, within
from vsmdsl.publish.remembered import keep, kept, key_for
from vsmdsl.publish.request import Colours, Drawn, Request
from vsmdsl.record import replace
from vsmdsl.wording import Wording, wording

__all__ = ["Colours", "Drawn", "Request", "drawn", "spent"]

MOST = 20  # messages shown about one map


def drawn(request: Request) -> Drawn:
    """Draw a map, or take it from the cache; never raises for what the document says."""
    try:
        limits = read_limits(request.limits, "the site")
    except ConfigError as error:
        return _refused(request, "option", str(error))
    return _drawn(request, limits)


def spent(request: Request, error: SpentError) -> Drawn:
    """What became of a map that took more than it may."""
    hint = error.hint.replace(PLACE, request.limits_at)
    return replace(_refused(request, "limit", str(error), hint), spent=error)


def _drawn(request: Request, limits: Limits) -> Drawn:
    try:
        options = read_options({**_defaults(request), **request.options})
    except OptionError as error:
        return _refused(request, "option", str(error), error.hint)
    try:
        path, source, data = _read(request, options)
    except OSError as error:
        said = f"`{options.file}` {error}" if error.errno is None else _system(options.file, error)
        return _refused(request, "file", said, options=options)
    if options.file and request.text.strip():
        said = "there is a text in here, and `file` says to draw another one"
        return _refused(request, "option", said, "leave one of them out", options)
    if not source.text.strip():
        said = f"`{options.file}` is empty" if options.file else "there is nothing to draw"
        return _refused(request, "empty", said, 'write a map, or say file="map.vsm"', options)
    key = key_for(request, options, path, data)
    if known := kept(request, key, options, source, path):
        return known
    try:
        return within(limits, lambda: _made(request, limits, key, options, source, data, path))
    except SpentError as error:
        return spent(request, error)


def _defaults(request: Request) -> dict[str, str]:
    """What the site says, without what does not go together with what the document says."""
    passed_over = {other for name in request.options for other in OTHERS.get(name, ())}
    return {name: one for name, one in request.defaults.items() if name not in passed_over}


def _read(request: Request, options: Options) -> tuple[Path | None, Source, bytes]:
    if not options.file:
        # The lines above are empty, so that messages count the lines of the document.
        text = "\n" * (request.line - 1) + normalise(request.text)
        return None, Source(request.document, text), request.text.encode(errors="replace")
    path = request.shelf.find(options.file)
    data = read_bytes(path)
    return path, decode(request.shelf.name_of(path), data)[0], data


def _made(
    request: Request,
    limits: Limits,
    key: str,
    options: Options,
    source: Source,
    data: bytes,
    path: Path | None,
) -> Drawn:
    reader = Reader(request.shelf, path, digest(data))
    said = decode(source.name, data)[1] if path else ()
    compiled = compile_source(source, reader, said=said, limits=limits)
    files = tuple(one for one in (path, *reader.paths.values()) if one)
    found = _notices(compiled, request)
    result = Drawn(
        found, options, request.shown(source, path), source.name if path else "",
        tuple(dict.fromkeys(files)),
    )  # fmt: skip
    if not result.ok:
        return result
    try:
        whole, picture = _painted(compiled, options, request)
    except OptionError as error:
        return replace(result, notices=(_trouble(request, "option", str(error), error.hint),))
    except PlacementError as error:
        return replace(result, notices=(_trouble(request, "graphviz", str(error)),))
    result = replace(result, title=whole.title, description=whole.description, picture=picture)
    keep(request, key, result, reader.told)
    return result


def _painted(compiled: Compiled, options: Options, request: Request) -> tuple[Scene, bytes]:
    try:
        colours = brand(request.colors) if request.colors else STANDARD
    except ValueError as error:
        raise OptionError(f"the site's colours: {error}") from None
    words = wording(compiled.stream.settings.language)
    whole = _scene(compiled, options, options.title or _no_title(compiled, request), words)
    if options.alt:
        whole = replace(whole, description=options.alt)
    look = Look(theme=options.theme, colours=colours, generator=GENERATOR, words=words)
    try:
        found = FORMATS[request.format](whole, look, compiled.stream.settings)
    except ValueError as error:  # more pixels than are painted
        raise OptionError(str(error)) from None
    return whole, found if isinstance(found, bytes) else found.encode()


def _no_title(compiled: Compiled, request: Request) -> str:
    """What stands above a map without a title: the name of its page is none."""
    inline = compiled.source.name == request.document
    named = compiled.stream.settings.title == title_of(request.document)
    return title_of("") if inline and named else ""


def _scene(compiled: Compiled, options: Options, title: str, words: Wording) -> Scene:
    if options.compare is None:
        state = _titled(_state(compiled, options.future), title)
        return scene(state, width=options.width, bands=options.bands, words=words)
    from vsmdsl.beside import comparison_scene  # few maps are compared

    before, after = (_titled(_state(compiled, key), title) for key in options.compare)
    return comparison_scene(before, after, width=options.width, words=words)


def _state(compiled: Compiled, key: str) -> State:
    for one in (compiled.current, *compiled.futures):
        if key in (one.key, one.label) and (key or one is compiled.current):
            return one
    names = [one.key for one in compiled.futures]
    found = near(key, names)
    hint = f"did you mean `{found}`?" if found else ""
    there = f"there is {', '.join(names)}" if names else "this map has no futures"
    raise OptionError(f"no future is called `{key}`", hint or there)


def _titled(state: State, title: str) -> State:
    if not title:
        return state
    settings = replace(state.stream.settings, title=title)
    return replace(state, stream=replace(state.stream, settings=settings))


def _notices(compiled: Compiled, request: Request) -> tuple[Notice, ...]:
    """Errors alone where there are some; else the warnings. Findings are no matter of a page."""
    errors = [one for one in compiled.mistakes if one.is_error]
    shown = (errors or compiled.mistakes)[:MOST]
    return tuple(notice_of(_at_home(one, request)) for one in shown)


def _at_home(one: Diagnostic, request: Request) -> Diagnostic:
    """A message that says where the site raises a limit."""
    return one.hinted(one.hint.replace(PLACE, request.limits_at)) if one.hint else one


def _refused(
    request: Request, name: str, message: str, hint: str = "", options: Options | None = None
) -> Drawn:
    shown = (_trouble(request, name, message, hint),)
    return Drawn(shown, options or Options(), normalise(request.text))


def _trouble(request: Request, name: str, message: str, hint: str = "") -> Notice:
    return trouble(name, message, request.document, max(1, request.line - 1), hint)


def _system(file: str, error: OSError) -> str:
    """What the system says about a file, without the path that it knows it by."""
    return f"`{file}`: {error.strerror}"

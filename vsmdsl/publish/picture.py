"""From the text and the options in a document to a picture, or to what keeps it from being drawn.

    drawn(Request("queue Ideas 2d; step Develop 1d", {"bands": "ladder"}))

This is the one way of fences, directives and notebooks. Nothing is raised for what a document
says. Settings and templates of the project are not read: only the host's own configuration is.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

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
from vsmdsl.publish.cache import DAMAGED, Cache, Entry, digest, key_of
from vsmdsl.publish.files import Reader, Shelf
from vsmdsl.publish.notice import Notice, notice_of, trouble
from vsmdsl.publish.options import OTHERS, OptionError, Options, read_options
from vsmdsl.publish.patience import SpentError, within
from vsmdsl.record import field, field_names, record, replace
from vsmdsl.wording import Wording, wording

Colours = Mapping[str, str | tuple[str, str]]
MOST = 20  # messages shown about one map


@record
class Request:
    """One map that a document asks for.

    `options` are as written in the document, `defaults` what the site says where the document
    does not; both are read by the same table. `document` and `line` say where the text begins.
    `format` is one of `vsmdsl.formats.FORMATS`. `limits` are those that the site sets, and
    `limits_at` is where it does so.
    """

    text: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    document: str = "map.vsm"
    line: int = 1
    shelf: Shelf = Shelf()
    defaults: Mapping[str, str] = field(default_factory=dict)
    colors: Colours = field(default_factory=dict)
    format: str = "svg"
    cache: Cache | None = None
    limits: Mapping[str, Any] = field(default_factory=dict)
    limits_at: str = PLACE


@record
class Drawn:
    """What became of a request. Without errors in `notices` there is a picture, and only then.

    `source` is the text that was drawn, `file` the file it came from, by its name in the project.
    `dependencies` are all files that were read. `title` and `description` say it in words. `spent`
    is there where the map took more time or memory than it may.
    """

    notices: tuple[Notice, ...]
    options: Options
    source: str = ""
    file: str = ""
    dependencies: tuple[Path, ...] = ()
    title: str = ""
    description: str = ""
    picture: bytes = b""
    spent: SpentError | None = None

    @property
    def ok(self) -> bool:
        """Whether there is a picture."""
        return not self.errors

    @property
    def errors(self) -> tuple[Notice, ...]:
        """What keeps it from being drawn."""
        return tuple(one for one in self.notices if one.is_error)

    @property
    def svg(self) -> str:
        """The picture as text, for the formats that are text."""
        return self.picture.decode()


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
    key = _key(request, options, path, data)
    try:
        known = _kept(request, key, options, source, path)
    except DAMAGED:
        known = None
    if known:
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
    reader = Reader(request.shelf, path)
    said = decode(source.name, data)[1] if path else ()
    compiled = compile_source(source, reader, said=said, limits=limits)
    files = tuple(one for one in (path, *reader.paths.values()) if one)
    found = _notices(compiled, request)
    result = Drawn(
        found, options, _text(source, request, path), source.name if path else "",
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
    _keep(request, key, result)
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


def _text(source: Source, request: Request, path: Path | None) -> str:
    return source.text if path else source.text[request.line - 1 :]


# --- what was drawn before ---------------------------------------------------------------------


def _key(request: Request, options: Options, path: Path | None, data: bytes) -> str:
    if request.cache is None:
        return ""
    wanted = [getattr(options, name) for name in field_names(Options)]
    # Includes are found from the places where they are looked for.
    places = [str(one) for one in (request.shelf.root, *request.shelf.folders)]
    here = str(path) if path else places
    return key_of(request.format, wanted, sorted(request.colors.items()), here, digest(data))


def _kept(
    request: Request, key: str, options: Options, source: Source, path: Path | None
) -> Drawn | None:
    entry = request.cache.get(key) if request.cache else None
    if entry is None:
        return None
    files: dict[Path, str] = {Path(one): told for one, told in entry.about["files"]}
    if any(_digest(one) != told for one, told in files.items()):
        return None
    shift = 0 if path else request.line - 1
    notices = (_moved(Notice(**one), "", source.name, shift) for one in entry.about["notices"])
    return Drawn(
        tuple(notices), options, _text(source, request, path), source.name if path else "",
        tuple(files), entry.about["title"], entry.about["description"], entry.picture,
    )  # fmt: skip


def _keep(request: Request, key: str, result: Drawn) -> None:
    if request.cache is None:
        return
    shift = 0 if result.file else 1 - request.line
    own = result.file or request.document
    notices = [_moved(one, own, "", shift) for one in result.notices]
    about: dict[str, Any] = {
        "files": [(str(one), _digest(one)) for one in result.dependencies],
        "notices": [{name: getattr(one, name) for name in field_names(Notice)} for one in notices],
        "title": result.title,
        "description": result.description,
    }
    request.cache.put(key, Entry(about, result.picture))


def _moved(one: Notice, old: str, new: str, shift: int) -> Notice:
    """The same message about a text that stands elsewhere; warnings are shown in a line only."""
    return replace(one, file=new, line=one.line + shift, text="") if one.file == old else one


def _digest(path: Path) -> str:
    try:
        return digest(read_bytes(path))
    except OSError:
        return ""

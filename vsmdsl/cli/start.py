"""What Python finds, reads and compiles anew at every start, kept in one file.

Half of a short run is importing some 200 modules, one after the other. Here they lie in one file
beside the package's own bytecode, as trusted as that is, with the order in which they import each
other. What is always imported together is a bundle and read at once: a word that many of them use
is in it but once. Patterns and the templates of records lie there, too. `started` writes it at the
end of a run that met something else. What has changed since is imported by Python's own means, and
where nothing can be written, as in an installation that belongs to somebody else, all is.

What this module imports is imported slowly, so that it is next to nothing.
"""

from __future__ import annotations

import _thread
import marshal
import os
import sys
from _imp import source_hash

from vsmdsl import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
    from types import CodeType, ModuleType
    from typing import Any, TypeAlias

    from vsmdsl.cli.patterns import Known, Patterns

    # Source, when it was changed, its size, what it imports of ours, its bundle, its place in that.
    Entry: TypeAlias = tuple[str, int, int, tuple[str, ...], int, int]
else:  # `importlib.machinery` and `types` have other names for them, and are files to be found
    ModuleSpec, SourceFileLoader = type(__spec__), type(__spec__.loader)
    CodeType, ModuleType = type((lambda: 0).__code__), type(sys)
    PathFinder = sys.modules["_frozen_importlib_external"].PathFinder

OURS = "vsmdsl."
MAGIC = b"vsm start 5\n"
HEAD = len(MAGIC) + 8  # … and the size of all but the modules' code
# `pathlib` looks for these on every machine.
ELSEWHERE = ("nt", "_winapi") if os.name == "posix" else ()
WITHOUT = "VSMDSL_START"  # `off`: import everything by Python's own means
ENDING = str(__spec__.cached).rpartition("/start")[2]
STREAMS = 3  # standard input, output and error
DAMAGED = (OSError, EOFError, ValueError, TypeError, LookupError, OverflowError, MemoryError)


def begin() -> Start | None:
    """Import from the file of this installation from now on; None where there can be none.

    There is none for `python -m vsmdsl`, which also imports from the folder that people stand in,
    nor where somebody looks at lines: with a tracer, or at the traceback of a mistake.
    """
    package, main = sys.modules["vsmdsl"].__spec__, sys.modules["__main__"]
    if package is None or package.cached is None or not hasattr(os, "pread"):
        return None
    if os.environ.get(WITHOUT) == "off" or os.environ.get("VSM_TRACEBACK") or sys.gettrace():
        return None
    if main.__spec__ or not hasattr(main, "__file__") or PathFinder not in sys.meta_path:
        return None
    start = Start(_place(package.cached))
    sys.meta_path[sys.meta_path.index(PathFinder)] = start
    return start


def lacks(module: str) -> bool:
    """Whether this run would keep a module, imported here, that the file does not have yet."""
    used = in_use()
    if used is None or sys.dont_write_bytecode:
        return False
    return module not in used.entries and os.access(os.path.dirname(used.path), os.W_OK)


def in_use() -> Start | None:
    """What modules are imported from right now."""
    return next((one for one in sys.meta_path if isinstance(one, Start)), None)


def _place(cached: str) -> str:
    """The file: one for each Python, and for each list of places where modules are looked for."""
    versions = sys.version, __version__
    places = "\n".join([*versions, *[f"{one} {_changed(one)}" for one in sys.path]])
    known = source_hash(0, places.encode("utf-8", "surrogatepass")).hex()
    name = f"start-{known}.{sys.implementation.cache_tag}-{sys.flags.optimize}"
    return os.path.join(os.path.dirname(cached), name)


def _changed(place: str) -> int:
    """When something was last installed there."""
    try:
        return os.stat(place).st_mtime_ns if place.endswith("-packages") else 0
    except OSError:
        return 0


class Start:
    """A finder of modules: from the file what it has, and all others by Python's own means."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.entries: dict[str, Entry] = {}
        self.bundles: list[tuple[int, int]] = []  # where each begins, and how long it is
        self.open: dict[int, list[CodeType | None]] = {}  # bundles as read, less what is used
        self.kept: tuple[Known, dict[str, CodeType]] = {}, {}
        self.imported: dict[str, int] = {}  # in the order in which they were done: for which import
        self.asked = 0  # how many imports were asked for that do not stand in an imported module
        self.within = False  # … one of which is being done
        self.unknown: dict[str, tuple[str, tuple[str, ...]]] = {}  # its source, what it imports
        self.thread = _thread.get_ident()
        self.patterns: Patterns | None = None
        try:
            self._open()
        except DAMAGED:
            self.entries, self.bundles = {}, []

    def _open(self) -> None:
        self.file = os.open(self.path, os.O_RDONLY | os.O_NONBLOCK)  # nobody writes into a pipe
        if self.file < STREAMS:  # one of them is closed, and this must not stand in for it
            os.close(self.file)
            return
        head = os.pread(self.file, HEAD, 0)
        size = int.from_bytes(head[len(MAGIC) :], "little")
        self.codes = HEAD + size
        if head.startswith(MAGIC):
            found = marshal.loads(os.pread(self.file, size, HEAD))
            self.entries, self.bundles, patterns, templates = found
            self.kept = patterns, templates

    def prepare(self) -> None:
        """Hand out what is kept beside the modules."""
        from vsmdsl.cli.patterns import Patterns
        from vsmdsl.record import TEMPLATES

        patterns, templates = self.kept
        self.patterns = Patterns(patterns)
        self.patterns.begin()
        self.templates = TEMPLATES
        self.templates.update(templates)

    def __getattr__(self, name: str) -> Any:
        # All else that is asked of a finder, such as which packages are installed.
        return getattr(PathFinder, name)

    def incomplete(self) -> bool:
        """Whether something was met that the file does not have."""
        if self.patterns is None:
            return False
        return bool(
            self.unknown or self.patterns.unknown or len(self.templates) > len(self.kept[1])
        )

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where a module is, as `import` asks every finder; None lets it ask the next one."""
        entry = self.entries.get(name)
        if entry and fresh(entry):
            return _spec(entry[0], _Kept(name, entry[0], self))
        if name in ELSEWHERE:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec and type(spec.loader) is SourceFileLoader:
            spec.loader = _Noted(name, spec.loader.path, self)
        return spec

    def read(self, bundle: int) -> list[CodeType | None]:
        """The modules of a bundle. Raises EOFError if the file ends before it does."""
        offset, length = self.bundles[bundle]
        data = os.pread(self.file, length, self.codes + offset)
        if len(data) < length:
            raise EOFError
        return [*marshal.loads(data)]

    def code(self, name: str) -> CodeType | None:
        """A compiled module of the file; None where that is damaged, and then forgotten."""
        *_, bundle, place = self.entries[name]
        try:
            if bundle not in self.open or self.open[bundle][place] is None:
                self.open[bundle] = self.read(bundle)
            modules = self.open[bundle]
            code, modules[place] = modules[place], None
        except DAMAGED:
            self.entries, self.bundles = {}, []
            return None
        return code

    def import_before(self, name: str) -> None:
        """Import what a module of ours imports, the innermost first, so that it finds all in place.

        Otherwise `import` would find its way to each of them, which takes as long as reading it.
        Modules of others may import each other in a circle, where all depends on the order.
        """
        if _thread.get_ident() != self.thread:  # `import` also keeps threads apart
            return
        for one in self.entries[name][3] if name in self.entries else ():
            if one not in sys.modules and not self._imported(one):
                break

    def _imported(self, name: str) -> bool:
        package, _, last = name.rpartition(".")
        if package not in sys.modules:  # a package imports what is in it
            __import__(package)
            if name in sys.modules:
                return True
        entry = self.entries.get(name)
        code = self.code(name) if entry and fresh(entry) else None
        if entry is None or code is None:
            return False
        module = _module(_spec(entry[0], SourceFileLoader(name, entry[0])))
        sys.modules[name] = module
        try:
            exec(code, module.__dict__)
        except BaseException:
            sys.modules.pop(name, None)
            raise
        setattr(sys.modules[package], last, sys.modules[name])  # it may put another in its place
        self.imported[name] = self.asked
        return True


def fresh(entry: Entry) -> bool:
    """Whether the source is as it was."""
    try:
        now = os.stat(entry[0])
    except OSError:
        return False
    return now.st_mtime_ns == entry[1] and now.st_size == entry[2]


def _spec(source: str, loader: SourceFileLoader) -> ModuleSpec:
    folder, _, file = source.rpartition(os.sep)
    spec = ModuleSpec(loader.name, loader, origin=source, is_package=file == "__init__.py")
    spec.has_location = True
    spec.cached = f"{folder}/__pycache__/{file[:-3]}{ENDING}"  # which it would take long to find
    if spec.submodule_search_locations is not None:
        spec.submodule_search_locations.append(folder)
    return spec


def _module(spec: ModuleSpec) -> ModuleType:
    """An empty module, as `importlib.util` makes it, in a tenth of the time."""
    spec._initializing = False  # type: ignore[attr-defined]  # else every import looks in vain
    module = ModuleType(spec.name)
    module.__spec__, module.__loader__, module.__file__ = spec, spec.loader, spec.origin
    module.__package__ = spec.parent
    if spec.submodule_search_locations is not None:
        module.__path__ = spec.submodule_search_locations
    return module


class _Loader(SourceFileLoader):
    def __init__(self, name: str, path: str, start: Start) -> None:
        super().__init__(name, path)
        self.start = start

    def exec_module(self, module: ModuleType) -> None:
        start = self.start
        outermost = not start.within
        if outermost:
            start.asked, start.within = start.asked + 1, True
        try:
            self.carry_out(module)
        finally:
            start.within = not outermost
        start.imported[self.name] = start.asked

    def carry_out(self, module: ModuleType) -> None:
        super().exec_module(module)


class _Kept(_Loader):
    """A module of the file."""

    def get_code(self, fullname: str) -> CodeType | None:
        kept = self.start.code(fullname) if fullname in self.start.entries else None
        return kept or super().get_code(fullname)

    def carry_out(self, module: ModuleType) -> None:
        self.start.import_before(self.name)
        super().carry_out(module)


class _Noted(_Loader):
    """A module that the file does not have."""

    def carry_out(self, module: ModuleType) -> None:
        before = len(self.start.imported)
        super().carry_out(module)
        ours = [one for one in [*self.start.imported][before:] if one.startswith(OURS)]
        self.start.unknown[self.name] = self.path, tuple(ours)

"""What others import at their start, and hardly need: modules of the standard library, and types.

`click` imports `inspect` in order to write help pages; with all that `inspect` imports, this takes
as long as reading and drawing a small map. Python's own `importlib.util.LazyLoader` is no help: it
loads a module as soon as anything is asked of it, and every option asks for `cleandoc`.
"""

from __future__ import annotations

import _thread
import sys

TYPE_CHECKING = False  # `typing` is one of those who import such
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import ModuleType
    from typing import Any
else:
    ModuleType = type(sys)


# What is written in C of a module, and is enough for most: the rest takes long to make. `datetime`
# makes all again in Python, up to 3.11; `signal` gives numbers more telling names.
CORES = {"datetime": "_datetime", "signal": "_signal"}

_cores: dict[str, str] = {}  # those that nobody has asked for
_told: dict[str, Callable[[], None]] = {}


def postpone() -> None:
    """Let `import inspect` and the like give modules that are loaded when they are used."""
    import urllib

    for seldom in ("warnings", "weakref", "ntpath", "fnmatch", "decimal", "tempfile", "traceback"):
        postpone_one(seldom)
    for name, core in CORES.items():
        postpone_one(name)
        _cores[name] = core
    postpone_one("threading", local=_thread._local)
    postpone_one("inspect", cleandoc=_cleandoc)
    postpone_one("gettext", gettext=str, ngettext=_number)  # `click` looks for catalogues
    postpone_one("urllib.parse", urllib, quote_from_bytes=_quoted)  # for `Path.as_uri`
    postpone_one("difflib", get_close_matches=_close_matches)
    postpone_one("uuid", UUID=_Uuid)  # for a type of option that we have not


class Later(ModuleType):
    """A module that is loaded when something is asked of it that is not known beforehand."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name != "__all__":
            raise AttributeError(name)
        vars(self).update(_compiled(_cores.pop(self.__name__, "")))
        if name not in vars(self):
            load(self)
        return getattr(self, name)


def postpone_one(name: str, package: ModuleType | None = None, /, **known: Any) -> None:
    if name in sys.modules:
        return
    module = Later(name)
    vars(module).update(known)
    sys.modules[name] = module
    if package:
        setattr(package, name.rpartition(".")[2], module)


def when_loaded(name: str, told: Callable[[], None]) -> None:
    """Have somebody told as soon as a postponed module is what it stands for."""
    _told[name] = told


def load(module: ModuleType) -> None:
    """Make a postponed module what it stands for. Raises ImportError where there is none."""
    from importlib.util import find_spec  # not before one is needed

    name = module.__name__
    del sys.modules[name]  # else that is all there is to find
    try:
        spec = find_spec(name)
    finally:
        sys.modules[name] = module
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    module.__spec__, module.__loader__, module.__file__ = spec, spec.loader, spec.origin
    module.__package__ = spec.parent
    if spec.submodule_search_locations is not None:
        module.__path__ = spec.submodule_search_locations
    module.__class__ = ModuleType
    try:
        spec.loader.exec_module(module)
    except BaseException:  # no memory for it
        module.__class__ = Later
        raise
    if name in _told:
        _told.pop(name)()


def _cleandoc(text: str) -> str:
    """What `inspect.cleandoc` gives, which is loaded only for texts of several lines."""
    if "\n" not in text and "\t" not in text:
        return text.lstrip()
    load(sys.modules["inspect"])
    return str(sys.modules["inspect"].cleandoc(text))


def _close_matches(word: str, possibilities: Iterable[str], *more: Any, **named: Any) -> list[str]:
    """What `difflib.get_close_matches` gives, and nothing for a short option such as `-o`.

    `click` first looks for it among the long ones, and says to nobody what is near there.
    """
    if word.startswith("-") and not word.startswith("--"):
        return []
    load(sys.modules["difflib"])
    matches = sys.modules["difflib"].get_close_matches
    return list(matches(word, possibilities, *more, **named))


def _compiled(core: str) -> dict[str, Any]:
    try:
        made = vars(__import__(core)) if core else {}
    except ImportError:
        return {}
    return {name: one for name, one in made.items() if not name.startswith("_")}


def _number(one: str, many: str, count: int) -> str:
    """What `gettext.ngettext` gives where there is no catalogue, as there is none of `click`."""
    return one if count == 1 else many


def _quoted(*given: Any) -> str:
    load(sys.modules["urllib.parse"])
    return str(sys.modules["urllib.parse"].quote_from_bytes(*given))


class _Uuid:
    """What `uuid.UUID` is before anybody makes one."""

    def __new__(cls, *given: Any, **named: Any) -> Any:
        load(sys.modules["uuid"])
        return sys.modules["uuid"].UUID(*given, **named)

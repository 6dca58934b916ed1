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
    from collections.abc import Iterable
    from types import ModuleType
    from typing import Any
else:
    ModuleType = type(sys)


def postpone() -> None:
    """Let `import inspect` and the like give modules that are loaded when they are used."""
    import urllib

    for seldom in ("warnings", "weakref", "ntpath", "fnmatch", "decimal"):
        _postpone(seldom)
    _postpone("signal", **_compiled("_signal"))
    _postpone("threading", local=_thread._local)
    _postpone("datetime", **_compiled("_datetime"))
    _postpone("inspect", cleandoc=_cleandoc)
    _postpone("gettext", gettext=str, ngettext=_number)  # `click` looks for catalogues
    _postpone("urllib.parse", urllib, quote_from_bytes=_quoted)  # for `Path.as_uri`
    _postpone("difflib", get_close_matches=_close_matches)
    _postpone("uuid", UUID=_Uuid)  # for a type of option that we have not


def import_lightly() -> None:
    """Import `click` and `fractions` without what they name, and nobody uses when a program runs.

    Types that `click` names in strings would be compiled one by one, and the first makes all
    classes of syntax trees; generic types are made anew for each use. It notes the streams of the
    process, which live as long as their notes.
    """
    import typing

    types = _Lent(typing, ForwardRef=_Named, Generic=_Bare, TypedDict=_Bare, overload=_same)
    with types, _Lent(sys.modules["weakref"], WeakKeyDictionary=dict):
        import click  # noqa: F401
    with _Lent(sys.modules["decimal"], Decimal=_Decimal):
        import fractions  # noqa: F401


class _Lent:
    """Other values for some names of a module, for a while."""

    def __init__(self, module: ModuleType, **names: Any) -> None:
        self.names, self.lent = vars(module), names

    def __enter__(self) -> None:
        self.before = {name: self.names[name] for name in self.lent if name in self.names}
        self.names.update(self.lent)

    def __exit__(self, *_: object) -> None:
        for name, lent in self.lent.items():
            if self.names[name] is lent:  # else the module was loaded meanwhile
                del self.names[name]
                self.names.update({name: self.before[name]} if name in self.before else {})


class _Bare:
    """A class that is generic for type checkers alone."""

    def __init_subclass__(cls, **_: Any) -> None:
        pass

    def __class_getitem__(cls, _: Any) -> Any:
        return cls


class _OfThisName(type):
    def __instancecheck__(cls, one: object) -> bool:
        return type(one).__name__ == "Decimal"


class _Decimal(metaclass=_OfThisName):
    """What `fractions` takes for a decimal number: any that there is."""


def _same(function: Any) -> Any:
    return function


class _Named:
    """A type that is only named."""

    def __init__(self, name: str, **_: Any) -> None:
        self.name = name


class _Later(ModuleType):
    """A module that is loaded when something is asked of it that is not known beforehand."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name != "__all__":
            raise AttributeError(name)
        _load(self)
        return getattr(self, name)


def _postpone(name: str, package: ModuleType | None = None, /, **known: Any) -> None:
    if name in sys.modules:
        return
    module = _Later(name)
    vars(module).update(known)
    sys.modules[name] = module
    if package:
        setattr(package, name.rpartition(".")[2], module)


def _load(module: ModuleType) -> None:
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
    module.__class__ = ModuleType
    try:
        spec.loader.exec_module(module)
    except BaseException:  # no memory for it
        module.__class__ = _Later
        raise


def _cleandoc(text: str) -> str:
    """What `inspect.cleandoc` gives, which is loaded only for texts of several lines."""
    if "\n" not in text and "\t" not in text:
        return text.lstrip()
    _load(sys.modules["inspect"])
    return str(sys.modules["inspect"].cleandoc(text))


def _close_matches(word: str, possibilities: Iterable[str], *more: Any, **named: Any) -> list[str]:
    """What `difflib.get_close_matches` gives, and nothing for a short option such as `-o`.

    `click` first looks for it among the long ones, and says to nobody what is near there.
    """
    if word.startswith("-") and not word.startswith("--"):
        return []
    _load(sys.modules["difflib"])
    matches = sys.modules["difflib"].get_close_matches
    return list(matches(word, possibilities, *more, **named))


def _compiled(core: str) -> dict[str, Any]:
    """What is written in C of a module: the rest is left out, which takes long to make.

    `datetime` makes all again in Python, up to 3.11; `signal` gives numbers more telling names.
    """
    try:
        made = vars(__import__(core))
    except ImportError:
        return {}
    return {name: one for name, one in made.items() if not name.startswith("_")}


def _number(one: str, many: str, count: int) -> str:
    """What `gettext.ngettext` gives where there is no catalogue, as there is none of `click`."""
    return one if count == 1 else many


def _quoted(*given: Any) -> str:
    _load(sys.modules["urllib.parse"])
    return str(sys.modules["urllib.parse"].quote_from_bytes(*given))


class _Uuid:
    """What `uuid.UUID` is before anybody makes one."""

    def __new__(cls, *given: Any, **named: Any) -> Any:
        _load(sys.modules["uuid"])
        return sys.modules["uuid"].UUID(*given, **named)

"""What others import at their start, and hardly need: modules of the standard library, and types.

`click` imports `inspect` in order to write help pages; with all that `inspect` imports, this takes
as long as reading and drawing a small map. Python's own `importlib.util.LazyLoader` is no help: it
loads a module as soon as anything is asked of it, and every option asks for `cleandoc`.
"""

from __future__ import annotations

import sys
import typing
from collections.abc import Iterable
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any


def postpone() -> None:
    """Let `import inspect` and the like give modules that are loaded when they are used.

    Then `click`, which needs most of them, is imported; what it names only is left out as well.
    """
    _postpone("inspect", cleandoc=_cleandoc)
    _postpone("gettext", gettext=str, ngettext=_number)  # `click` looks for catalogues
    _postpone("urllib.parse", quote_from_bytes=_quoted)  # for `Path.as_uri`
    _postpone("difflib", get_close_matches=_close_matches)
    _postpone("uuid", UUID=_Uuid)  # for a type of option that we have not
    _postpone("datetime", **_compiled_times())
    _import_click()


def _import_click() -> None:
    """Without the types that it names in strings, and that nobody asks for when a program runs.

    They would be compiled one by one, and the first makes all classes of syntax trees.
    """
    named = typing.ForwardRef
    typing.ForwardRef = _Named  # type: ignore[assignment, misc]
    try:
        import click  # noqa: F401
    finally:
        typing.ForwardRef = named  # type: ignore[misc]


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


def _postpone(name: str, **known: Any) -> None:
    spec = None if name in sys.modules else find_spec(name)
    if spec is None:
        return
    module = module_from_spec(spec)
    module.__class__ = _Later
    vars(module).update(known)
    sys.modules[name] = module
    package, _, last = name.rpartition(".")
    if package:
        setattr(sys.modules[package], last, module)


def _load(module: ModuleType) -> None:
    module.__class__ = ModuleType
    assert module.__spec__ is not None
    assert module.__spec__.loader is not None
    module.__spec__.loader.exec_module(module)


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


def _compiled_times() -> dict[str, Any]:
    """What `datetime` gives: all of it again in Python is made first, up to 3.11."""
    try:
        import _datetime  # type: ignore[import-not-found]
    except ImportError:
        return {}
    return {name: made for name, made in vars(_datetime).items() if not name.startswith("_")}


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

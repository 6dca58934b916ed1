"""What others import at their start, without what they only name, and nobody uses in a run.

`typing` has fifty classes of its own; nearly all that is imported from it is for type checkers.
"""

from __future__ import annotations

import sys

from vsmdsl.cli.later import Later, load, postpone_one

TYPE_CHECKING = False  # this is where it is made light
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any
else:
    ModuleType = type(sys)


def postpone_typing() -> None:
    """Let modules of ours import types that are none, until a module of somebody else is imported.

    Whoever asks for anything else of it, such as `Optional`, gets the whole module, too.
    """
    if "typing" not in sys.modules:
        postpone_one("typing", **_types())
        sys.meta_path.insert(0, _Strangers())


def import_fractions() -> None:
    """Import `fractions` without what it names, and nobody uses when a program runs."""
    with _Lent(sys.modules["decimal"], Decimal=_Decimal):
        import fractions  # noqa: F401


def import_click() -> None:
    """Import `click` without what it names, and nobody uses when a program runs.

    Types that it names in strings would be compiled one by one, and the first makes all classes of
    syntax trees; generic types are made anew for each use. It notes the streams of the process,
    which live as long as their notes.
    """
    import typing

    _whole(typing)
    types = _Lent(typing, ForwardRef=_Named, Generic=_Bare, TypedDict=_Bare, overload=_same)
    with types, _Lent(sys.modules["weakref"], WeakKeyDictionary=dict):
        import click  # noqa: F401


def _types() -> dict[str, Any]:
    """What our modules want of `typing` while they are imported: all else is for type checkers."""
    names = (
        "Any", "BinaryIO", "ClassVar", "Generic", "IO", "Literal", "NoReturn", "Protocol", "Self",
        "TextIO", "TypeAlias",
    )  # fmt: skip
    return {
        **dict.fromkeys(names, _Bare),
        "TYPE_CHECKING": False,
        "TypeVar": _variable,
        "assert_never": _never,
        "cast": _cast,
        "dataclass_transform": _transform,
        "overload": _same,
    }


class _Strangers:
    """A finder of no module; but from the first of somebody else on, these are whole for all."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:  # noqa: ARG002
        if path is None and name != "vsmdsl" and name not in sys.stdlib_module_names:
            for light in ("typing", "re"):
                _whole(sys.modules.get(light))


def _whole(module: ModuleType | None) -> None:
    if isinstance(module, Later):
        load(module)


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


def _transform(**_: Any) -> Any:
    return _same


def _cast(_type: Any, value: Any) -> Any:
    return value


def _variable(_name: str, *_types: Any, **_more: Any) -> Any:
    return _Bare


def _never(value: Any) -> Any:
    raise AssertionError(f"nothing else was expected, but there is {value!r}")


class _Named:
    """A type that is only named."""

    def __init__(self, name: str, **_: Any) -> None:
        self.name = name

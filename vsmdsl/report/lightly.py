"""WeasyPrint loaded with no more than a page of ours needs.

It asks for libraries by names that only other systems know; Python then searches for them with the
compiler and the linker, as child processes. It brings the larger half of fontTools for fonts that
HarfBuzz does not take, as good as never. And it reads its own styles, which can be known already.
"""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from importlib import import_module
from io import StringIO
from types import ModuleType
from typing import Any

from vsmdsl.report.styling import unread
from vsmdsl.report.understood import declarations

# Modules that are loaded when they are used, and which of their functions are asked for by name.
POSTPONED = {
    "fontTools.subset": (),
    "fontTools.ttLib.woff2": (),
    "fontTools.varLib.instancer": ("instantiateVariableFont",),
}


@contextmanager
def lightly() -> Iterator[None]:
    """Import within this, and as few other modules and programs as can be are loaded and run."""
    search = ctypes.util.find_library
    ours = [_Later(name) for name in POSTPONED if name not in sys.modules]
    sys.modules.update({one.__name__: one for one in ours})
    if sys.platform.startswith("linux"):  # finds them by the names of their files
        ctypes.util.find_library = _nothing
    try:
        with quietly(), declarations(), unread():
            yield
    finally:
        ctypes.util.find_library = search
        for one in ours:
            del sys.modules[one.__name__]


@contextmanager
def quietly() -> Iterator[None]:
    """WeasyPrint prints a page of advice where a library is missing; ours is one line."""
    with redirect_stdout(StringIO()):
        yield


class _Later(ModuleType):
    """Stands for a module until something of it is used."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        for function in POSTPONED[name]:
            setattr(self, function, _called_later(name, function))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(import_module(self.__name__), name)


def _called_later(module: str, function: str) -> Any:
    def call(*given: Any, **named: Any) -> Any:
        return getattr(import_module(module), function)(*given, **named)

    return call


def _nothing(name: str) -> str | None:  # noqa: ARG001
    return None

"""What takes long to understand, is the same at every start, and may be kept between two of them.

cffi reads the declarations of the libraries in C that WeasyPrint calls with a parser of C, Jinja2
makes Python of our templates, and WeasyPrint reads its styles and ours (`styling`). All is done
anew at each start, and takes longer than reading and drawing a map. Who begins a process may say
where it can be kept; else nothing is.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from vsmdsl import __version__

if TYPE_CHECKING:
    from jinja2 import BytecodeCache


Value = TypeVar("Value")


class Store(Protocol):
    """Where it is kept. What comes out is run: it must be what we put there, or nothing."""

    def get(self, name: str) -> bytes | None:
        """What is kept under a name."""

    def put(self, name: str, data: bytes) -> None:
        """Keep it, if possible."""


_stores: list[Store] = []


def keep_in(store: Store | None) -> None:
    """From now on, keep it there; None: nowhere."""
    _stores[:] = [] if store is None else [store]


def taken(name: str, made: Callable[[bytes], Value]) -> Value | None:
    """What is kept under this name by this Python, `made` of its bytes; None if it is of no use."""
    with suppress(Exception):  # whatever is wrong with it
        data = _stores[0].get(_own(name)) if _stores else None
        return made(data) if data else None
    return None


def keep(name: str, written: Callable[[], bytes]) -> None:
    """Keep under this name what is `written`, if it can be."""
    if _stores:
        with suppress(Exception):  # then it goes on as it did
            _stores[0].put(_own(name), written())


def _own(name: str) -> str:
    return f"{name}\n{sys.implementation.cache_tag} {__version__}"


# --- declarations of libraries in C


@contextmanager
def declarations() -> Iterator[None]:
    """Within this, cffi knows at once what was declared to it before."""
    if not _stores or sys.implementation.name != "cpython":
        yield
        return
    import cffi

    usual = cffi.FFI
    cffi.FFI = partial(_Declared, usual)
    try:
        yield
    finally:
        cffi.FFI = usual


class _Declared:
    """Stands for an `FFI` and becomes it, with all that it can do, when it is told its text."""

    def __init__(self, usual: Any) -> None:
        self._usual = usual

    def cdef(self, text: str) -> None:
        made = _known(self._usual, text)
        able = (name for name in dir(made) if not name.startswith("_"))
        vars(self).update({name: getattr(made, name) for name in able})


def _known(usual: Any, text: str) -> Any:
    import _cffi_backend

    name = f"declarations, cffi {_cffi_backend.__version__}\n{text}"
    known = taken(name, lambda data: _cffi_backend.FFI("vsmdsl", **marshal.loads(data)))
    if known is not None:
        return known
    made = usual()
    made.cdef(text)
    keep(name, lambda: marshal.dumps(_tables(made)))
    return made


def _tables(made: Any) -> dict[str, Any]:
    """What cffi writes into a module of its own, for a library that is opened by its name."""
    import ast
    import io

    from cffi.recompiler import Recompiler

    made.set_source("vsmdsl", None)
    writer = Recompiler(made, "vsmdsl", target_is_python=True)
    writer.collect_type_table()
    writer.collect_step_tables()
    module = io.StringIO()
    writer.write_source_to_f(module, None)
    call = next(one for one in ast.walk(ast.parse(module.getvalue())) if isinstance(one, ast.Call))
    return {str(one.arg): ast.literal_eval(one.value) for one in call.keywords}


# --- templates


def compiled(options: str) -> BytecodeCache | None:
    """Where Jinja2 finds templates that were compiled before, with these options."""
    if not _stores:
        return None
    import jinja2

    class Compiled(jinja2.BytecodeCache):
        def load_bytecode(self, bucket: Any) -> None:
            taken(name(bucket), bucket.bytecode_from_string)

        def dump_bytecode(self, bucket: Any) -> None:
            keep(name(bucket), bucket.bytecode_to_string)

    def name(bucket: Any) -> str:
        return f"template, Jinja2 {jinja2.__version__}\n{options}\n{bucket.key} {bucket.checksum}"

    return Compiled()

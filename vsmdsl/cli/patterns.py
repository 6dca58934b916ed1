"""Patterns of `re` as they are once compiled: what Python makes of the same text at every start.

Twenty patterns take as long as drawing a small map, and so does importing what compiles them.
Python keeps compiled modules from one run to the next, but no compiled patterns; here they are
numbers, which its own engine checks when it takes them.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import marshal
import sys

from vsmdsl.cli.later import load, postpone_one, when_loaded

TYPE_CHECKING = False  # `typing` is one of the modules that are kept, and `re` is what is not here
if TYPE_CHECKING:
    import re
    from collections.abc import Callable
    from typing import Any, TypeAlias

    Asked: TypeAlias = tuple[bool, str | bytes, int]  # whether for bytes, the text, the flags
    Known: TypeAlias = dict[Asked, bytes]  # what the engine takes for it

ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in "()[]{}?*+-|^$\\.&~# \t\n\r\v\f"})
TEXTS = str, bytes
MOST = 500  # a program with more makes them of what it reads

# What `re` calls its flags and functions; a flag can also be given in the place after so many.
FLAGS = {"ASCII": 256, "DOTALL": 16, "IGNORECASE": 2, "MULTILINE": 8, "VERBOSE": 64}
FLAGS |= {"A": 256, "S": 16, "I": 2, "M": 8, "X": 64}
FUNCTIONS = {
    "findall": 1, "finditer": 1, "fullmatch": 1, "match": 1, "search": 1, "split": 2, "sub": 3,
    "subn": 3,
}  # fmt: skip


class Patterns:
    """The patterns that are kept, and what is not among them."""

    def __init__(self, kept: Known) -> None:
        self.kept = kept
        self.unknown: set[Asked] = set()
        self.made: dict[Asked, re.Pattern[Any]] = {}
        self.compiler: Any = None
        self.compile: Callable[..., Any]  # what Python's compiler does by itself

    def begin(self) -> None:
        """Hand them out from now on, and import `re` itself only for one that is not kept."""
        if "re" in sys.modules:  # by the command's script, as pip wrote it before 25.3
            self.stand_in()
        else:
            postpone_one("re", **self.names())
            when_loaded("re", self.stand_in)

    def stand_in(self) -> None:
        """Let `re` ask here for what it compiles."""
        compiler: Any = sys.modules["re._compiler"]
        self.compiler, self.compile = compiler, compiler.compile
        compiler.compile = self.compiled

    def compiled(self, pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        """A pattern, as `re` asks for it when it is first used."""
        made = self._made(pattern, flags)
        if made is not None:
            return made
        if type(pattern) in TEXTS and len(self.kept) + len(self.unknown) < MOST:
            # `re.sub` has a zero of its own since 3.13.
            self.unknown.add((type(pattern) is bytes, pattern, int(flags)))
        new: re.Pattern[Any] = self.compile(pattern, flags)
        return new

    def all(self) -> Known:
        """All that are known by now."""
        if not self.unknown:
            return self.kept
        self.compiler._sre = _Asked()
        try:
            new = {one: marshal.dumps(self.compile(*one[1:])) for one in sorted(self.unknown)}
        finally:
            self.compiler._sre = _sre
        return {**self.kept, **new}

    def names(self) -> dict[str, Any]:
        """What stands in for `re`, with as much of it as most of its users want."""

        def escape(pattern: Any) -> Any:
            if type(pattern) is str:
                return pattern.translate(ESCAPED)
            return _whole().escape(pattern)

        def compile(pattern: Any, flags: int = 0) -> re.Pattern[Any]:
            made = self._made(pattern, flags)
            if made is not None:
                return made
            new: re.Pattern[Any] = _whole().compile(pattern, flags)
            return new

        functions = {name: _function(name, most, compile) for name, most in FUNCTIONS.items()}
        return {**FLAGS, "compile": compile, "escape": escape, **functions}

    def _made(self, pattern: Any, flags: int) -> re.Pattern[Any] | None:
        if type(pattern) not in TEXTS:
            return None
        key = type(pattern) is bytes, pattern, flags
        made = self.made.get(key)
        if made is None and key in self.kept:
            made = self.made[key] = _sre.compile(pattern, *marshal.loads(self.kept[key]))
        return made


def _whole() -> Any:
    """What only stood in for `re`, as `re` itself."""
    whole = sys.modules["re"]
    load(whole)
    return whole


def _function(name: str, most: int, compile: Callable[..., Any]) -> Callable[..., Any]:
    def function(pattern: Any, *given: Any, flags: int = 0, **named: Any) -> Any:
        if len(given) > most:
            *given, flags = given  # type: ignore[assignment]  # a list will do
        return getattr(compile(pattern, flags), name)(*given, **named)

    return function


class _Asked:
    """The engine, but that it tells what it was given."""

    def compile(self, _text: str, flags: int, code: list[int], *groups: Any) -> tuple[Any, ...]:
        """What the compiler makes of a pattern; some of its numbers also have a name."""
        return int(flags), [int(one) for one in code], *groups

    def __getattr__(self, name: str) -> Any:
        return getattr(_sre, name)

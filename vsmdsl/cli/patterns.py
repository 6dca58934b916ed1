"""Patterns of `re` as they are once compiled: what Python makes of the same text at every start.

Twenty patterns take as long as drawing a small map. Python keeps compiled modules from one run to
the next, but no compiled patterns; here they are numbers, which its own engine checks when it
takes them.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import marshal
import re
import sys

TYPE_CHECKING = False  # `typing` is one of the modules that are kept
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    Known: TypeAlias = dict[tuple[str, int], bytes]  # by text and flags what the engine takes

compiler: Any = sys.modules.get("re._compiler")
MOST = 500  # a program with more makes them of what it reads


class Patterns:
    """The patterns that are kept, and what is not among them."""

    def __init__(self, kept: Known) -> None:
        self.kept = kept
        self.unknown: set[tuple[str, int]] = set()
        if compiler is not None:
            self.compile = compiler.compile
            compiler.compile = self.compiled

    def compiled(self, pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        """A pattern, as `re` asks for it when it is first used."""
        found = self.kept.get((pattern, flags)) if isinstance(pattern, str) else None
        made: re.Pattern[Any]
        if found is not None:
            made = _sre.compile(pattern, *marshal.loads(found))
            return made
        if type(pattern) is str and len(self.kept) + len(self.unknown) < MOST:
            self.unknown.add((pattern, int(flags)))  # `re.sub` has a zero of its own since 3.13
        made = self.compile(pattern, flags)
        return made

    def all(self) -> Known:
        """All that are known by now."""
        if not self.unknown:
            return self.kept
        compiler._sre = _Asked()
        try:
            new = {one: marshal.dumps(self.compile(*one)) for one in sorted(self.unknown)}
        finally:
            compiler._sre = _sre
        return {**self.kept, **new}


class _Asked:
    """The engine, but that it tells what it was given."""

    def compile(self, _text: str, flags: int, code: list[int], *groups: Any) -> tuple[Any, ...]:
        """What the compiler makes of a pattern; some of its numbers also have a name."""
        return int(flags), [int(one) for one in code], *groups

    def __getattr__(self, name: str) -> Any:
        return getattr(_sre, name)

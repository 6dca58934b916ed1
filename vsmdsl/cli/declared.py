"""What can be said to a verb, as data: its options, its arguments, and what they take.

It is declared once and read by two. `click` (`vsmdsl.cli.clicked`) reads all that people type, and
says what is wrong with it. Loading it, and `typing` for it, takes a tenth of a short run, and a
quarter of one that finds its picture drawn. So what there is nothing to say about, which is most of
what programs and people type, is read without it (`vsmdsl.cli.plain`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from vsmdsl.record import record

Function = TypeVar("Function", bound=Callable[..., Any])


@record
class Text:
    """Any words."""


@record
class Choice:
    """One of these words."""

    words: tuple[str, ...]
    case_sensitive: bool = True


@record
class Whole:
    """A whole number from the lowest to the highest."""

    lowest: int
    highest: int | None = None


@record
class Number:
    """A number from the lowest to the highest; `nan` is none."""

    lowest: float
    highest: float


@record
class Day:
    """A day of the calendar, as 2027-01-31."""


@record
class FileName:
    """A file or a folder."""


Kind = Text | Choice | Whole | Number | Day | FileName
TEXT = Text()


@record
class Option:
    """`--name VALUE`; a flag, which takes no value, stands for a value of its own."""

    name: str
    flags: tuple[str, ...]
    kind: Kind
    default: Any
    help: str
    metavar: str | None
    flag: Any  # None where it takes a value
    many: bool


@record
class Argument:
    """What stands by itself; `many` of it become a tuple."""

    name: str
    kind: Kind
    default: Any
    metavar: str | None
    many: bool
    required: bool


@record
class Verb:
    """A verb with all that can be said to it, in the order of its help page."""

    name: str
    run: Callable[..., int]
    epilog: str
    said: tuple[Option | Argument, ...]

    @property
    def help(self) -> str:
        """What it does."""
        from vsmdsl.docstrings import docstring  # only for help pages

        return docstring(self.run)


def verb(name: str, epilog: str) -> Callable[[Callable[..., int]], Verb]:
    """Make a function a verb, with what the decorators below it declare."""

    def made(function: Callable[..., int]) -> Verb:
        said = tuple(reversed(vars(function).get("said", [])))
        return Verb(name, function, epilog, said)

    return made


def option(
    *flags: str,
    name: str = "",
    kind: Kind = TEXT,
    default: Any = None,
    help: str = "",
    metavar: str | None = None,
    flag: Any = None,
    many: bool = False,
) -> Callable[[Function], Function]:
    """`--flag VALUE`, or with `flag=True` one that is there or not; `many` may be repeated."""
    named = name or flags[-1].strip("-").replace("-", "_")
    usual: Any = False if flag is True else () if many else default
    return _adding(Option(named, flags, kind, usual, help, metavar, flag, many))


def argument(
    name: str,
    kind: Kind = TEXT,
    default: Any = None,
    metavar: str | None = None,
    many: bool = False,
    required: bool = True,
) -> Callable[[Function], Function]:
    """What stands by itself; with a default, it may be left out."""
    wanted = required and default is None
    return _adding(Argument(name, kind, () if many else default, metavar, many, wanted))


def _adding(said: Option | Argument) -> Callable[[Function], Function]:
    def added(function: Function) -> Function:
        vars(function).setdefault("said", []).append(said)
        return function

    return added

"""Small texts, resolved: what the tests of the model share."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from vsmdsl.language.parser import parse
from vsmdsl.language.source import Source, normalise
from vsmdsl.model.includes import OutsideProjectError
from vsmdsl.model.quantity import Count, Duration, Percent, Rate
from vsmdsl.model.resolve import Resolved, resolve
from vsmdsl.model.stream import ValueStream

HOUR = 3600
DAY = 8 * HOUR


def read(text: str, files: Mapping[str, str] | None = None) -> Resolved:
    """The meaning of a text that can be read, with files that it may include."""

    def load(name: str, here: Source) -> Source:
        if name.startswith(".."):
            raise OutsideProjectError("outside")
        if files is None or name not in files:
            raise FileNotFoundError(2, "No such file or directory", name)
        return Source(name, normalise(files[name]))

    parsed = parse(Source("map.vsm", normalise(text)))
    assert [one.message for one in parsed.diagnostics] == []
    return resolve(parsed.tree, None if files is None else load)


def stream(text: str, files: Mapping[str, str] | None = None) -> ValueStream:
    """The current stream of a text without errors."""
    found = read(text, files)
    assert [one.message for one in found.diagnostics if one.is_error] == []
    return found.stream


def future(text: str, key: str = "q") -> ValueStream:
    """The stream of one future of a text without errors."""
    found = read(text)
    assert [one.message for one in found.diagnostics if one.is_error] == []
    return next(one.stream for one in found.futures if one.key == key)


def codes(text: str, files: Mapping[str, str] | None = None) -> list[str]:
    """The codes of everything that is said about a text, but for the usual W403 and W402."""
    found = [one.code.code for one in read(text, files).diagnostics]
    return [code for code in found if code not in ("W402", "W403")]


def said(text: str, files: Mapping[str, str] | None = None) -> str:
    """The one message about a text, with its hint and its fix."""
    found = [one for one in read(text, files).diagnostics if one.code.code not in ("W402", "W403")]
    assert len(found) == 1, [one.message for one in found]
    one = found[0]
    fix = f" => {one.fix.edits[0].text}" if one.fix else ""
    return f"{one.code.code} {one.message} ({one.hint}){fix}"


def value(text: str, key: str = "pt", calendar: str = "") -> Any:
    """What a key of a step is, on a calendar."""
    line = f"map {{ calendar = {calendar} }}\n" if calendar else ""
    step = stream(f"{line}step dev {key}={text}").steps()[0]
    return getattr(step, "yield_" if key == "yield" else key)


def seconds(text: str, calendar: str = "") -> Fraction:
    """The length of a time."""
    found = value(text, calendar=calendar)
    assert isinstance(found, Duration)
    return found.seconds


def ends(found: object) -> tuple[Fraction, Fraction, Fraction]:
    """Low end, mean and high end of a quantity."""
    match found:
        case Duration():
            return found.low, found.seconds, found.high
        case Percent():
            return found.low, found.ratio, found.high
        case Count():
            return found.low, found.amount, found.high
        case Rate():
            return ends(found.count)
        case _:
            raise AssertionError(found)

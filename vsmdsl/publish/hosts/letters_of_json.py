"""JSON with the places of its strings: which letters of a file a text of it is written with."""

from __future__ import annotations

import re
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

from vsmdsl.record import record

_BLANK = re.compile(r"[ \t\n\r]*")
_SCALAR = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|NaN|-?Infinity")
_LETTER = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|[^\\]", re.DOTALL)
DEEPEST = 200


@record
class Text:
    """A string: its value, and where it stands, quotes included."""

    value: str
    start: int
    end: int

    def letters(self, file: str) -> list[tuple[int, int]]:
        """From where to where each letter of the value is written in the file."""
        inner = _LETTER.finditer(file, self.start + 1, self.end - 1)
        return [one.span() for one in inner]


@record
class Items:
    """A list or an object: its values (an object's by name), and where it stands."""

    values: Any
    start: int
    end: int

    def get(self, name: str) -> Any:
        """The value of this name, where it is an object that has one."""
        return self.values.get(name) if isinstance(self.values, dict) else None

    def all(self) -> list[Any]:
        """The values of a list; nothing where it is an object."""
        return self.values if isinstance(self.values, list) else []


def read(file: str) -> Any:
    """A JSON text as `Text`, `Items` and None. Raises ValueError where it is none."""
    value, at = _value(file, _blank(file, 0), 0)
    if _blank(file, at) != len(file):
        raise JSONDecodeError("more than one value", file, at)
    return value


def _value(file: str, at: int, depth: int) -> tuple[Any, int]:
    sign = file[at : at + 1]
    if depth > DEEPEST:
        raise JSONDecodeError("nested too deeply", file, at)
    if sign == '"':
        value, end = scanstring(file, at + 1, True)
        return Text(value, at, end), end
    if sign in ("{", "["):
        return _items(file, at, depth + 1)
    if scalar := _SCALAR.match(file, at):
        return None, scalar.end()
    raise JSONDecodeError("a value is missing", file, at)


def _items(file: str, start: int, depth: int) -> tuple[Items, int]:
    close = "}" if file[start] == "{" else "]"
    keyed: dict[str, Any] = {}
    listed: list[Any] = []
    at = _blank(file, start + 1)
    while file[at : at + 1] != close:
        key, at = _key(file, at) if close == "}" else ("", at)
        value, at = _value(file, at, depth)
        keyed[key] = value
        listed.append(value)
        at = _blank(file, at)
        if file[at : at + 1] == ",":
            at = _blank(file, at + 1)
        elif file[at : at + 1] != close:
            raise JSONDecodeError("a comma is missing", file, at)
    return Items(keyed if close == "}" else listed, start, at + 1), at + 1


def _key(file: str, at: int) -> tuple[str, int]:
    if file[at : at + 1] != '"':
        raise JSONDecodeError("a name is missing", file, at)
    key, at = scanstring(file, at + 1, True)
    at = _blank(file, at)
    if file[at : at + 1] != ":":
        raise JSONDecodeError("a colon is missing", file, at)
    return key, _blank(file, at + 1)


def _blank(file: str, at: int) -> int:
    found = _BLANK.match(file, at)
    return found.end() if found else at

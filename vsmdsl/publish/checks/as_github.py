"""Commands of GitHub Actions: a message stands beside its line in the pull request."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from vsmdsl.publish.checks.result import Checked, Message, messages
from vsmdsl.steering import BREAKING, CONTROLS, HALVES, NO_SIGNS, TURNING

# What steers a terminal in which a log is read: names of files may hold it.
STEERING = re.compile(f"[\t\n{CONTROLS}{TURNING}{BREAKING}{HALVES}{NO_SIGNS}]")
COMMANDS = {"error": "error", "warning": "warning", "finding": "notice"}


def write(checked: Sequence[Checked], base: Path) -> str:
    """One command a line, mistakes first: GitHub shows ten of a kind a step."""
    found = sorted(messages(checked, base), key=lambda one: list(COMMANDS).index(_severity(one)))
    return "".join(f"{_command(one)}\n" for one in found)


def _severity(found: Message) -> str:
    return found.one.severity


def _command(found: Message) -> str:
    one, span = found.one, found.one.span
    line, column = span.source.position(span.end)
    places: dict[str, object] = {"file": found.file, "line": span.line, "endLine": line}
    if line == span.line:
        places |= {"col": span.column, "endColumn": max(column - 1, span.column)}
    places["title"] = f"{one.code.code} {one.code.name}"
    text = f"{one.message}\n{one.hint}" if one.hint else one.message
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in places.items())
    return f"::{COMMANDS[one.severity]} {listed}::{_data(text)}"


def _data(text: str) -> str:
    """A message on one line: what would end the command is spelled."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return STEERING.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

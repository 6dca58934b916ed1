"""A code quality report, which GitLab shows in a merge request."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from vsmdsl.json_text import json_text
from vsmdsl.publish.checks.result import Checked, Message, messages

SEVERITIES = {"error": "major", "warning": "minor", "finding": "info"}


def write(checked: Sequence[Checked], base: Path) -> str:
    """A list with an entry for each message."""
    found = [_entry(one) for one in messages(checked, base)]
    return json_text(found) + "\n"


def _entry(found: Message) -> dict[str, object]:
    one = found.one
    text = f"{one.code.name}: {one.message}" + (f" ({one.hint})" if one.hint else "")
    end = one.span.source.position(one.span.end)
    return {
        "description": text,
        "check_name": one.code.code,
        "fingerprint": found.fingerprint,
        "severity": SEVERITIES[one.severity],
        "location": {
            "path": found.file,
            "positions": {
                "begin": {"line": one.span.line, "column": one.span.column},
                "end": {"line": end[0], "column": end[1]},
            },
        },
    }

"""`vsm check --format json`: all that is known about each message."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from vsmdsl.json_text import json_text
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.language.source import Span
from vsmdsl.publish.checks.result import Checked

Entry = dict[str, object]


def write(checked: Sequence[Checked], base: Path) -> str:  # noqa: ARG001
    """The document, schema version 1."""
    files = [_entry(one) for one in checked]
    return json_text({"schema": 1, "files": files}) + "\n"


def _entry(one: Checked) -> Entry:
    goals = [{"text": goal.goal.text, "met": goal.met} for goal in one.goals]
    found = [_message(diagnostic) for diagnostic in one.found]
    return {"file": one.file, "ok": one.ok, "diagnostics": found, "goals": goals}


def _message(one: Diagnostic) -> Entry:
    return {
        "code": one.code.code,
        "name": one.code.name,
        "severity": one.severity,
        "message": one.message,
        "hint": one.hint or None,
        "on": list(one.on),
        **_place(one.span),
        "related": [{"message": label.text, **_place(label.span)} for label in one.labels],
        "fix": one.fix and one.fix.title,
    }


def _place(span: Span) -> Entry:
    end = span.source.position(span.end)
    start = {"file": span.source.name, "line": span.line, "column": span.column}
    return {**start, "end_line": end[0], "end_column": end[1]}

"""SARIF 2.1.0 (OASIS standard, 27 March 2020), for code scanning.

Places are counted in code points, and files are named from the root of the sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import quote

from vsmdsl import __version__, resources
from vsmdsl.json_text import json_text
from vsmdsl.language.codes import CODES
from vsmdsl.language.diagnostics import Code, Fix
from vsmdsl.language.source import Span
from vsmdsl.publish.checks.result import Checked, Message, messages, relative

Entry = dict[str, object]
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "finding": "note"}
ROOT = "SRCROOT"


def write(checked: Sequence[Checked], base: Path) -> str:
    """The log, with one run."""
    found = list(messages(checked, base))
    rules = sorted({one.one.code.code for one in found})
    run: Entry = {
        "tool": {"driver": _driver(rules)},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
        "artifacts": [{"location": _file(file)} for file in _files(checked, base)],
        "results": [_result(one, rules, base) for one in found],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_text(log) + "\n"


def _files(checked: Iterable[Checked], base: Path) -> list[str]:
    return list(dict.fromkeys(relative(one.file, base) for one in checked))


def _driver(rules: Iterable[str]) -> Entry:
    return {
        "name": "vsmdsl",
        "semanticVersion": __version__,
        "rules": [_rule(CODES[code]) for code in rules],
    }


def _rule(row: Code) -> Entry:
    sentence = f"{row.summary[:1].upper()}{row.summary[1:]}."
    page = resources.explain_page(row.code) or sentence
    return {
        "id": row.code,
        "name": row.name,
        "shortDescription": {"text": sentence},
        "fullDescription": {"text": sentence},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": LEVELS[row.severity]},
        "properties": {"tags": [row.severity]},
    }


def _result(found: Message, rules: list[str], base: Path) -> Entry:
    one = found.one
    text = f"{one.message}\n{one.hint}" if one.hint else one.message
    result: Entry = {
        "ruleId": one.code.code,
        "ruleIndex": rules.index(one.code.code),
        "level": LEVELS[one.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": _place(one.span, base)}],
        "partialFingerprints": {"primaryLocationLineHash": found.fingerprint},
    }
    related = [
        {"id": number, "physicalLocation": _place(label.span, base), "message": {"text": said}}
        for number, label in enumerate(one.labels, 1)
        if (said := label.text or "see here")
    ]
    if related:
        result["relatedLocations"] = related
    if one.fix:
        result["fixes"] = [_fix(one.fix, base)]
    return result


def _fix(fix: Fix, base: Path) -> Entry:
    changes: dict[str, list[Entry]] = {}
    for edit in fix.edits:
        change: Entry = {"deletedRegion": _region(edit.span)}
        if edit.text:
            change["insertedContent"] = {"text": edit.text}
        changes.setdefault(relative(edit.span.source.name, base), []).append(change)
    return {
        "description": {"text": fix.title},
        "artifactChanges": [
            {"artifactLocation": _file(file), "replacements": edits}
            for file, edits in changes.items()
        ],
    }


def _place(span: Span, base: Path) -> Entry:
    shown: Entry = {"text": span.source.line(span.line)}
    return {
        "artifactLocation": _file(relative(span.source.name, base)),
        "region": _region(span) | {"snippet": {"text": span.text}},
        "contextRegion": {"startLine": span.line, "snippet": shown},
    }


def _region(span: Span) -> Entry:
    line, column = span.source.position(span.end)
    return {
        "startLine": span.line, "startColumn": span.column, "endLine": line, "endColumn": column,
    }  # fmt: skip


def _file(path: str) -> Entry:
    if Path(path).is_absolute():
        return {"uri": f"file://{quote(path)}"}
    return {"uri": quote(path), "uriBaseId": ROOT}

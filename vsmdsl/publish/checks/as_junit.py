"""JUnit XML: a file is a suite, a mistake is a test that failed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.language.excerpt import excerpt
from vsmdsl.publish.checks.result import Checked, relative
from vsmdsl.steering import BREAKING, TURNING

# What XML 1.0 cannot hold, written in any way.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# What would steer a terminal that shows it.
_STEERING = re.compile(f"[\x7f-\x9f{TURNING}{BREAKING}]")


def write(checked: Sequence[Checked], base: Path) -> str:
    """The report. Advice and findings that fail nothing are in a suite's output."""
    root = Element("testsuites", name="vsm check")
    for one in checked:
        _suite(root, one, relative(one.file, base))
    for key in ("tests", "failures"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    indent(root)
    text = _STEERING.sub(_spelled, tostring(root, encoding="unicode"))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _suite(root: Element, one: Checked, file: str) -> None:
    failed = one.failed
    suite = SubElement(root, "testsuite", name=_text(file), errors="0", skipped="0")
    suite.set("tests", str(max(1, len(failed))))
    suite.set("failures", str(len(failed)))
    for found in failed:
        _failure(suite, found, file)
    if not failed:
        SubElement(suite, "testcase", classname=_text(file), name="vsm check")
    rest = [found for found in one.found if found not in failed]
    if rest:
        output = "\n".join(excerpt(found, color=False) for found in rest)
        SubElement(suite, "system-out").text = _text(output)


def _failure(suite: Element, found: Diagnostic, file: str) -> None:
    code = f"{found.code.code} {found.code.name}"
    case = SubElement(suite, "testcase", classname=_text(file))
    case.set("name", f"{code} in line {found.span.line}")
    case.set("file", _text(file))
    case.set("line", str(found.span.line))
    failure = SubElement(case, "failure", message=_text(found.message), type=found.code.code)
    failure.text = _text(excerpt(found, color=False))


def _text(words: str) -> str:
    return _FORBIDDEN.sub("�", words)


def _spelled(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"

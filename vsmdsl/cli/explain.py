"""`vsm explain`: what a message means, why it matters, an example and the better version."""

from __future__ import annotations

import re
import sys

from vsmdsl import resources
from vsmdsl.cli import console, declared, files, options
from vsmdsl.cli.refusals import Misuse
from vsmdsl.language.codes import CODES, find_code


@declared.verb(
    "explain",
    epilog=options.examples("vsm explain E201", "vsm explain unknown-target", "vsm explain"),
)
@declared.argument("code", default="")
def command(code: str) -> int:
    """Tell what a message means and how to mend it, by its code or its name.

    Without a code, list them all.
    """
    console.put(_page(code) if code else _list())
    return 0


def _list() -> str:
    width = max((len(row.name) for row in CODES.values()), default=0)
    rows = (f"{row.code}  {row.name:<{width}}  {row.summary}\n" for row in CODES.values())
    return "".join(rows)


def _page(asked: str) -> str:
    row = find_code(asked.strip("[]"))
    if row is None:
        names = {*CODES, *(row.name for row in CODES.values())}
        near = files.nearest(asked, names)
        raise Misuse(f"no message has the code or name {asked}{near}")
    page = resources.explain_page(row.code)
    text = page or f"# {row.code} {row.name}\n\n{row.summary}\n"
    return _styled(text) if console.colour(sys.stdout) else text


def _styled(text: str) -> str:
    """Markdown for a terminal: headings bold, code blue, fences without their marks."""
    lines, code = [], False
    for line in text.splitlines():
        if line.startswith("```"):
            code = not code
        else:
            lines.append(_styled_line(line, code))
    return "\n".join(lines) + "\n"


def _styled_line(line: str, code: bool) -> str:
    if code:
        return "    " + _paint(line, "blue")
    if line.startswith("#"):
        return _paint(line.lstrip("# "), "bold")
    line = re.sub(r"\*\*(.+?)\*\*", lambda match: _paint(match[1], "bold"), line)
    return re.sub(r"`([^`]+)`", lambda match: _paint(match[1], "blue"), line)


def _paint(text: str, style: str) -> str:
    return console.paint(text, style, sys.stdout) if text else text

"""Writes the parts of the documentation that come out of the code: tables and pictures.

`make reference` rewrites `docs/figures.md`, `docs/messages.md` and `docs/pictures/`; a test holds
them to the code.
"""

from __future__ import annotations

import inspect
from pathlib import Path

import vsmdsl
from vsmdsl.analysis.metrics import METRICS
from vsmdsl.drawing.specimen import specimen
from vsmdsl.drawing.svg import paint
from vsmdsl.language.codes import CODES

ROOT = Path(__file__).resolve().parent.parent
DOCS, SAMPLES = ROOT / "docs", ROOT / "samples"
PICTURED = ("checkout", "acme", "hospital", "loan")
COMPARED = "reference/5-delta"
KINDS = {
    "E1": "Mistakes of writing",
    "E2": "Mistakes of names and structure",
    "E3": "Mistakes of quantities and of the calendar",
    "W4": "Advice",
    "F5": "Findings about the stream",
}


def pages() -> dict[str, str]:
    """The generated files by their name below `docs/`."""
    return {"figures.md": figures(), "messages.md": messages(), **pictures()}


def pictures() -> dict[str, str]:
    """The maps of `PICTURED` as SVG, two states beside each other, every symbol on one sheet."""
    drawn = {
        f"pictures/{name}.svg": str(vsmdsl.render(vsmdsl.compile_file(SAMPLES / f"{name}.vsm")))
        for name in PICTURED
    }
    return {
        **drawn,
        "pictures/comparison.svg": comparison(),
        "pictures/symbols.svg": paint(specimen()),
    }


def comparison() -> str:
    """The map of `COMPARED` today, and under it its future."""
    compiled = vsmdsl.compile_file(SAMPLES / f"{COMPARED}.vsm")
    return str(vsmdsl.render_comparison(compiled.current, compiled.futures[0], width=1440))


def figures() -> str:
    """Every figure with its formula and source."""
    rows = [
        "# The figures",
        "",
        "Every figure is computed with exact fractions; only what is printed is rounded. A figure",
        "that lacks a part is printed with a bound (`≥ 12.5 d`) and names what is missing.",
        "",
    ]
    for metric in METRICS:
        rows += [f"## {metric.label}", "", f"`{metric.name}`", "", _words(metric.explanation), ""]
    return "\n".join(rows)


def _words(text: str) -> str:
    return inspect.cleandoc(text)


def messages() -> str:
    """Every code with its name and what it says."""
    rows = ["# The messages", "", "`vsm explain CODE` tells more of each, with an example.", ""]
    for start, title in KINDS.items():
        rows += [f"## {title}", "", "| code | name | what it says |", "|---|---|---|"]
        for code in sorted(CODES):
            if code.startswith(start):
                row = CODES[code]
                rows.append(f"| {row.code} | `{row.name}` | {row.summary} |")
        rows.append("")
    return "\n".join(rows)


if __name__ == "__main__":
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")

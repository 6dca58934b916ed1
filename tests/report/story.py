"""The words of a report as lines of text: headings, sentences, rows of tables."""

from __future__ import annotations

import re
from html.parser import HTMLParser

BLOCKS = frozenset({
    "h1", "h2", "h3", "h4", "h5", "p", "li", "tr", "dt", "figcaption", "caption", "blockquote",
    "pre", "section", "header",
})  # fmt: skip
CELLS = frozenset({"td", "th", "dd"})
SILENT = frozenset({"style", "script", "svg", "nav", "title"})
HEADINGS = {"h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### ", "h5": "##### "}


class _Lines(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines = [""]
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        if tag in BLOCKS:
            self.lines.append(HEADINGS.get(tag, ""))
        elif tag in CELLS and self.lines[-1].strip():
            self.lines[-1] += " | "
        elif tag == "small":
            self.lines[-1] += " – "

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.lines[-1] += data


def told(page: str) -> str:
    """The story without markup and pictures, and without the map and its twin in words."""
    reader = _Lines()
    reader.feed(re.sub(r'<section id="map".*?</section>', "", page, flags=re.DOTALL))
    lines = (" ".join(line.split()).strip() for line in reader.lines)
    kept = [line for line in lines if re.search(r"\w", line)]
    return "".join(f"\n{line}\n" if line.startswith("#") else f"{line}\n" for line in kept).lstrip()

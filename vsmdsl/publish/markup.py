"""A picture, or what keeps it from being drawn, as markup for the page of a document.

Whatever a user wrote is escaped by the drawing's own `escape`. The figure brings its few rules of
style along as attributes: a page need not load anything.
"""

from __future__ import annotations

import re

from vsmdsl.drawing.svg import escape
from vsmdsl.publish.notice import Notice
from vsmdsl.publish.picture import Drawn
from vsmdsl.report import box as boxes

FIGURE = "margin:1.5em 0;overflow-x:auto"
FITTING = ' style="display:block;max-width:100%;height:auto"'
PREFIX = re.compile(r'aria-labelledby="(vsm-[0-9a-f]{8})-t')
CAPTION = "max-width:none;margin:.5em 0 0;font-size:.85em;text-align:center"


def on_page(drawn: Drawn, taken: dict[str, int], *, link: str = "") -> str:
    """The figure, or the box in its place. `link` is where the source can be fetched."""
    return figure(drawn, taken, link=link) if drawn.ok else box(drawn.errors, drawn.source)


def figure(drawn: Drawn, taken: dict[str, int], *, link: str = "") -> str:
    """The picture with its caption and its source, as one block of HTML.

    `taken` are the ids on the page so far: hand in the same dictionary for all pictures of a page.
    """
    options = drawn.options
    link = link or (options.source if options.source.lower().startswith("http") else "")
    anchor = f'<a class="vsm-source" href="{escape(link)}">Source</a>' if link else ""
    words = " · ".join(part for part in (escape(options.caption), anchor) if part)
    caption = f'<figcaption style="{CAPTION}">{words}</figcaption>' if words else ""
    shown = boxes.folded(drawn.source) if options.source == "show" else ""
    svg = fitting(unique(drawn.svg, taken))
    return f'<figure class="vsm-figure" style="{FIGURE}">\n{svg}{caption}{shown}</figure>'


def fitting(svg: str) -> str:
    """The picture, no wider than its page."""
    return svg.replace(' class="vsm"', f' class="vsm"{FITTING}', 1)


def box(errors: tuple[Notice, ...], source: str) -> str:
    """What is wrong, where, and the text that could not be drawn."""
    return boxes.box((one.text or one.in_a_line for one in errors), source)


def unique(svg: str, taken: dict[str, int]) -> str:
    """The same picture with ids that no other picture on its page has; `taken` keeps the books."""
    found = PREFIX.search(svg)
    if not found:
        return svg
    prefix = found[1]
    taken[prefix] = number = taken.get(prefix, 0) + 1
    if number == 1:
        return svg
    own = f"{prefix}-{number}"
    # Quotes in what a user wrote are escaped, so this finds nothing but our own attributes.
    names = f'aria-labelledby="{prefix}-t {prefix}-d"'
    svg = svg.replace(names, f'aria-labelledby="{own}-t {own}-d"', 1)
    return svg.replace(f' id="{prefix}-', f' id="{own}-')

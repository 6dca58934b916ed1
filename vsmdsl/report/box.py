"""What keeps a map from being drawn, as a box on a page: the message, the place, and the text.

Whatever a user wrote is escaped by the drawing's own `escape`. The box brings its few rules of
style along as attributes, and its colours do on light and on dark paper.
"""

from __future__ import annotations

from collections.abc import Iterable

from vsmdsl.drawing.svg import escape

BOX = (
    "margin:1.5em 0;padding:.8em 1.1em;border:1px solid #c0392b;border-left-width:6px;"
    "border-radius:4px;background:rgba(192,57,43,.08);overflow-x:auto;text-align:left"
)
HEADING = "margin:0 0 .5em;font-weight:700"
CODE = "margin:.4em 0;padding:0;background:none;border:0;color:inherit;overflow-x:auto"
FONT = "font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:13px"
MONO = f"display:block;padding:0;background:none;border:0;box-shadow:none;color:inherit;{FONT}"
MESSAGE = f"margin:.6em 0 0;overflow-wrap:anywhere;{FONT}"


def box(messages: Iterable[str], source: str) -> str:
    """The box: each message is a sentence and, on the lines below, an excerpt."""
    said = "".join(map(_message, messages))
    text = folded(source, " open") if source.strip() else ""
    return (
        f'<div class="vsm-error" role="group" aria-label="Map not drawn" style="{BOX}">\n'
        f'<p style="{HEADING}">This value stream map could not be drawn</p>\n'
        f"{said}{text}</div>"
    )


def folded(text: str, state: str = "") -> str:
    """A text that a reader may open."""
    head = f'<details class="vsm-text" style="text-align:left"{state}><summary>Source</summary>'
    return f"{head}{_code(text)}</details>\n"


def _message(text: str) -> str:
    """The sentence, which may wrap, and below it the excerpt, which may not."""
    head, _, rest = text.partition("\n")
    return f'<p style="{MESSAGE}">{escape(head)}</p>\n{_code(rest) if rest else ""}'


def _code(text: str) -> str:
    # An empty line would end the block of HTML for some readers of Markdown.
    lines = (escape(line) or " " for line in text.rstrip("\n").split("\n"))
    return f'<pre style="{CODE}"><code style="{MONO}">{chr(10).join(lines)}</code></pre>\n'

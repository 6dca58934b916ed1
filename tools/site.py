"""What the builder of the documentation cannot know: pages of messages, texts shown as text."""

from __future__ import annotations

import re
from typing import Any

from mkdocs.structure.files import File

from vsmdsl.language.codes import CODES
from vsmdsl.resources import explain_page

# Pages that teach the language show a text first, and its picture below.
TEACHING = ("language.md", "guide/tutorial.md")
FENCE = re.compile(r"^```vsm(?P<options>[^\n]*)\n(?P<text>.*?)^```\n", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| (?P<code>[EWF][0-9]{3}) \|", re.MULTILINE)


def on_files(files: Any, *, config: Any) -> Any:
    """Add `messages/E101.md` and so on: what `vsm explain` prints."""
    for code in CODES:
        page = explain_page(code)
        if page:
            text = page.replace("```vsm\n", "```vsm-source\n")
            files.append(File.generated(config, f"messages/{code}.md", content=text))
    return files


def on_page_markdown(markdown: str, *, page: Any, config: Any, files: Any) -> str:  # noqa: ARG001
    """Link the messages to their pages, and show what is drawn on pages that teach."""
    if page.file.src_uri == "messages.md":
        return ROW.sub(r"| [\g<code>](messages/\g<code>.md) |", markdown)
    if page.file.src_uri in TEACHING:
        return FENCE.sub("```vsm-source\n\\g<text>```\n\n\\g<0>", markdown)
    return markdown

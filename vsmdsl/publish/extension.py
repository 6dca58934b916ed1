"""The fence as an extension of Python-Markdown: one line of configuration.

    markdown.markdown(text, extensions=["vsmdsl"])

It joins SuperFences where that is loaded, and works alone where it is not. In both, options may be
written with or without quotes: ```` ```vsm file=maps/checkout.vsm ````. A fence that nobody could
read is told in the log.
"""

from __future__ import annotations

from typing import Any

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from vsmdsl.publish import fence
from vsmdsl.publish.blocks import Block, blocks
from vsmdsl.publish.heads import options, quoted
from vsmdsl.publish.picture import MOST

BEFORE_FENCES, AFTER_FENCES = 26, 24  # SuperFences and fenced_code begin at 25
SETTINGS = {
    "width": "Wrap the maps to this many units",
    "theme": "auto, light or dark",
    "bands": "The parts of the pictures",
    "source": "show or link: what stands below each picture",
    "colors": "Colours by their role",
    "limits": "How much a map may have of everything",
    "cache": "A folder for pictures that were drawn before, or false",
    "project_settings": "Whether vsmdsl.toml and pyproject.toml of the project count",
}


class VsmExtension(Extension):  # type: ignore[misc]  # Markdown carries no types
    """Draws the maps of a page."""

    def __init__(self, **settings: Any) -> None:
        # Not None: Markdown would take every value for a yes or a no.
        self.config = {name: ["", help] for name, help in SETTINGS.items()}
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's own name
        """Look at the page before the programs that know fences do, and after them."""
        settings = {name: one for name, one in self.getConfigs().items() if one != ""}
        fence.SETTINGS[md] = settings
        md.preprocessors.register(_Before(md), "vsm", BEFORE_FENCES)
        md.preprocessors.register(_After(md), "vsm_left", AFTER_FENCES)


def makeExtension(**settings: Any) -> VsmExtension:  # noqa: N802 - Markdown's own name
    """What Python-Markdown asks a module of an extension for."""
    return VsmExtension(**settings)


class _Before(Preprocessor):  # type: ignore[misc]
    """Hands our fences to SuperFences in a form that it reads, else draws them."""

    def run(self, lines: list[str]) -> list[str]:
        others = _superfences(self.md)
        if others is None:
            return [line for one in blocks(lines) for line in self._drawn(one)]
        if not any(one["name"] == "vsm" for one in others.superfences):
            others.extend_super_fences("vsm", _formatted, fence.validator, None)
        return [line for one in blocks(lines) for line in quoted(one)]

    def _drawn(self, block: Block) -> list[str]:
        if not block.ours or not block.closed or block.opening["margin"]:
            return block.lines
        html = fence.page_html(
            "\n".join(block.lines[1:-1]), options(block.opening["rest"]), self.md
        )
        return ["", self.md.htmlStash.store(html), ""]


class _After(Preprocessor):  # type: ignore[misc]
    """Tells of fences that are still there: the page shows them as they were written."""

    def run(self, lines: list[str]) -> list[str]:
        left = [block for block in blocks(lines) if block.ours]
        for block in left[:MOST]:
            fence.report(_left(block, _superfences(self.md)), self.md)
        if len(left) > MOST:
            fence.report(f"{len(left) - MOST} more fences are not drawn", self.md)
        return lines


def _left(block: Block, superfences: Any) -> str:
    if not block.closed:
        return "this fence is never closed, so its map is not drawn"
    if superfences is None:
        return "this fence is indented, so its map is not drawn; load pymdownx.superfences"
    return "this fence could not be read, so its map is not drawn; look at its first line"


def _superfences(md: Markdown) -> Any:
    found = (one for one in md.registeredExtensions if hasattr(one, "extend_super_fences"))
    return next(found, None)


def _formatted(src: str, language: str, md: Any, options: Any, **more: Any) -> str:
    return fence.page_html(src, options or {}, md)

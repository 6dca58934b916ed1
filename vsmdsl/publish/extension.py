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
from vsmdsl.publish.heads import misspelt, options, quoted

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
        others, found = _superfences(self.md), list(blocks(lines))
        heads = [block.opening["rest"] for block in found if block.opening]
        fence.report([said for one in heads if (said := misspelt(one))], self.md)
        if others is None:
            return [line for one in found for line in self._drawn(one)]
        if not any(one["name"] == "vsm" for one in others.superfences):
            others.extend_super_fences("vsm", _formatted, fence.validator, None)
        return [line for one in found for line in self._handed(one)]

    def _handed(self, block: Block) -> list[str]:
        """What SuperFences reads; it takes nothing behind the mark of a list for a fence."""
        return self._drawn(block) if block.ours and block.opening["item"] else quoted(block)

    def _drawn(self, block: Block) -> list[str]:
        if not block.ours or not block.closed:
            return block.lines
        if block.in_item:
            return [f"{block.opening['margin']}{block.opening['item']}{self._picture(block)}"]
        beside = block.opening["margin"] or block.opening["item"]
        return block.lines if beside else ["", self._picture(block), ""]

    def _picture(self, block: Block) -> str:
        """What stands for the picture until the page is written."""
        html = fence.page_html(block.text, options(block.opening["rest"]), self.md)
        return str(self.md.htmlStash.store(html))


class _After(Preprocessor):  # type: ignore[misc]
    """Tells of fences that are still there: the page shows them as they were written."""

    def run(self, lines: list[str]) -> list[str]:
        others = _superfences(self.md)
        fence.report([_left(one, others) for one in blocks(lines) if one.ours], self.md)
        return lines


def _left(block: Block, superfences: Any) -> str:
    if not block.closed:
        return "this fence is never closed, so its map is not drawn"
    if block.opening["item"]:
        return (
            "this fence begins right behind the mark of a list, so its map is not drawn; "
            "begin it on a line of its own"
        )
    if superfences is None:
        return "this fence is indented, so its map is not drawn; load pymdownx.superfences"
    return "this fence could not be read, so its map is not drawn; look at its first line"


def _superfences(md: Markdown) -> Any:
    found = (one for one in md.registeredExtensions if hasattr(one, "extend_super_fences"))
    return next(found, None)


def _formatted(src: str, language: str, md: Any, options: Any, **more: Any) -> str:
    return fence.page_html(src, options or {}, md)

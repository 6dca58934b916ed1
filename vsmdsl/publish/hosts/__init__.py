"""Documents that hold maps: Markdown and MyST, reStructuredText, notebooks.

A room for each format, one table of them. `fences` finds the maps of a document with the place of
each letter, so that a message about a map is a message about a line of its document.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from vsmdsl.publish.hosts import markdown, notebook, restructured
from vsmdsl.publish.hosts.fence import Fence, in_host
from vsmdsl.publish.hosts.line_ends import Change, Lines
from vsmdsl.publish.hosts.rewrite import in_lines
from vsmdsl.record import record

__all__ = ["HOSTS", "Fence", "Host", "Lines", "beyond", "fences", "host_of", "in_host"]


@record
class Host:
    """A format: how its files end, how maps are found in it, and what makes one another."""

    endings: tuple[str, ...]
    find: Callable[[str], list[Fence]]
    write: Callable[[str, Fence, str], Change] = in_lines


HOSTS = (
    Host((".md", ".markdown", ".mdx", ".myst"), markdown.fences),
    Host((".rst", ".rest"), restructured.fences),
    Host((".ipynb",), notebook.fences, notebook.rewritten),
)
ENDINGS = {ending: host for host in HOSTS for ending in host.endings}


def beyond(name: str, text: str, most: int) -> bool:
    """Whether a page has more letters than are looked through for maps: Markdown takes its time."""
    return host_of(name) is HOSTS[0] and len(text) > most and markdown.likely(text)


def host_of(name: str) -> Host | None:
    """The format of a file, by how its name ends; None for a file that is a map itself."""
    return ENDINGS.get(PurePath(name).suffix.lower())


def fences(name: str, text: str) -> list[Fence]:
    """All maps of a document, in order; its text has plain newlines."""
    host = host_of(name)
    return host.find(text) if host and "vsm" in text else []

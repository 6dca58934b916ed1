"""The place of a map in a document."""

from __future__ import annotations

from docutils import nodes


# Sphinx calls a node's class by its name, so it is written as docutils writes such names.
class value_stream_map(nodes.General, nodes.Element):  # noqa: N801
    """Holds the `request` and what became of it, `drawn`."""

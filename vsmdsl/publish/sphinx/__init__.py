"""Maps in Sphinx: `extensions = ["vsmdsl.publish.sphinx"]`.

    .. vsm::
       :caption: The way of a feature

       queue Ideas 12d
       step  Develop 3d/5d

    .. vsm-file:: maps/checkout.vsm
       :future: q1

A map is drawn when its page is read. Pages for browsers get it as part of the page, so that it
follows the theme; all others get the best picture that they can show. What cannot be drawn is a
box that says why, and a warning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vsmdsl import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """What Sphinx calls."""
    from vsmdsl.publish.pygments import VsmLexer
    from vsmdsl.publish.sphinx import pages
    from vsmdsl.publish.sphinx.directives import Vsm, VsmFile
    from vsmdsl.publish.sphinx.images import Pictures
    from vsmdsl.publish.sphinx.nodes import value_stream_map

    app.add_config_value("vsmdsl_defaults", {}, "env", types=frozenset({dict}))
    app.add_config_value("vsmdsl_colors", {}, "env", types=frozenset({dict}))
    app.add_config_value("vsmdsl_limits", {}, "env", types=frozenset({dict}))
    app.add_config_value("vsmdsl_root", "", "env", types=frozenset({str}))
    app.add_node(value_stream_map, html=(pages.visit, pages.depart))
    app.add_directive("vsm", Vsm)
    app.add_directive("vsm-file", VsmFile)
    app.add_post_transform(Pictures)
    app.add_lexer("vsm", VsmLexer)
    app.connect("env-get-outdated", pages.broken)
    app.connect("env-purge-doc", pages.forget)
    app.connect("env-merge-info", pages.merge)
    return {
        "version": __version__,
        "env_version": _edition(),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _edition() -> int:
    """A number that changes with the version: what an older one drew is drawn again."""
    return int("".join(f"{int(part):03}" for part in __version__.split(".")[:3] if part.isdigit()))

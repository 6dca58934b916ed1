"""Pages for browsers: the map as part of the page; and the books on pages with a broken map."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from docutils import nodes

from vsmdsl.drawing.svg import escape
from vsmdsl.publish.markup import box, unique
from vsmdsl.publish.picture import Drawn

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

FRAME = "margin:1.5em 0;overflow-x:auto"
PLACES = {"left": "0 auto 0 0", "right": "0 0 0 auto"}  # margins; all else is in the middle


def visit(writer: Any, node: nodes.Element) -> None:
    """Write the map, or the box that says what is wrong with it."""
    result: Drawn = node["drawn"]
    align = str(node.get("align", "default"))
    ids = "".join(f'<span id="{escape(one)}"></span>' for one in node["ids"])
    if result.ok:
        names = escape(" ".join(("vsm-map", f"align-{align}", *node["classes"])))
        inner = f'<div class="{names}" style="{FRAME}">\n{_svg(writer, result, align)}</div>'
    else:
        inner = box(result.errors, result.source)  # themes put what is aligned into the middle
    writer.body.append(f"{ids}{inner}\n")
    raise nodes.SkipNode


def depart(writer: Any, node: nodes.Element) -> None:
    """Nothing is left to do; `visit` has written it all."""


def _svg(writer: Any, result: Drawn, align: str) -> str:
    taken: dict[str, int] = vars(writer).setdefault("vsm_taken", {})  # one book a page
    style = (
        f' style="display:block;max-width:100%;height:auto;margin:{PLACES.get(align, "0 auto")}"'
    )
    return unique(result.svg, taken).replace(' class="vsm"', f' class="vsm"{style}', 1)


# --- A page with a broken map is read at every build, so that its warning is heard at every build.


def broken_pages(env: BuildEnvironment) -> set[str]:
    """The names of the pages with a map that could not be drawn."""
    found: set[str] = vars(env).setdefault("vsmdsl_broken", set())
    return found


def broken(app: Sphinx, env: BuildEnvironment, *_: object) -> Iterable[str]:  # noqa: ARG001
    """What Sphinx has to read again."""
    return sorted(broken_pages(env) & env.all_docs.keys())


def forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:  # noqa: ARG001
    """A page is read again, or has gone."""
    broken_pages(env).discard(docname)


def merge(
    app: Sphinx,  # noqa: ARG001
    env: BuildEnvironment,
    docnames: Iterable[str],
    other: BuildEnvironment,
) -> None:
    """Take over what another process has read."""
    broken_pages(env).update(broken_pages(other) & set(docnames))

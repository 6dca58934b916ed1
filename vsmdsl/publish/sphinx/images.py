"""All that is no page for browsers: the best picture that a builder can show, or words."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from docutils import nodes
from sphinx.builders import Builder
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.logging import getLogger

from vsmdsl.publish.cache import usual_cache
from vsmdsl.publish.notice import Notice
from vsmdsl.publish.picture import Drawn, Request, drawn
from vsmdsl.publish.sphinx.nodes import value_stream_map
from vsmdsl.record import replace

logger = getLogger(__name__)
# From the best to the one that everybody can show. resvg wants no library, a PDF wants Pango.
TYPES = {"application/pdf": "pdf", "image/svg+xml": "svg", "image/png": "png"}


class Pictures(SphinxPostTransform):
    """Puts pictures in the place of maps."""

    default_priority = 7

    def run(self, **kwargs: object) -> None:  # noqa: ARG002
        """Replace all maps of a document, unless they become part of the page."""
        if written_inline(self.app.builder):
            return
        for node in list(self.document.findall(value_stream_map)):
            node.replace_self(self._instead(node))

    def _instead(self, node: value_stream_map) -> list[nodes.Element]:
        result: Drawn = node["drawn"]
        new = self._picture(node) if result.ok else _box(result)
        for name in ("ids", "names", "classes"):
            new[0][name] += node[name]
        return new

    def _picture(self, node: value_stream_map) -> list[nodes.Element]:
        request: Request = node["request"]
        result: Drawn = node["drawn"]
        supported = self.app.builder.supported_image_types
        refused: list[Notice] = []
        for type, format in TYPES.items():
            made = _drawn(request, result, format) if type in supported else None
            if made and made.picture:
                return [self._image(made.picture, type, format, node, result)]
            refused += made.errors if made else ()
        for one in refused[:1]:  # else the words would stand there without a reason
            logger.warning("%s", one.in_a_line, location=node, type="vsmdsl", subtype=one.name)
        return [nodes.paragraph("", _words(result))]

    def _image(
        self, picture: bytes, type: str, format: str, node: value_stream_map, result: Drawn
    ) -> nodes.Element:
        path = self._kept(picture, format)
        self.env.images.add_file(self.env.docname, path)
        image = nodes.image(uri=path, candidates={type: path}, alt=_words(result))
        image["align"] = "center" if node.get("align", "default") == "default" else node["align"]
        image.source, image.line = node.source, node.line
        return image

    def _kept(self, picture: bytes, format: str) -> str:
        """The picture as a file, named by what it holds; two builds at once do no harm."""
        folder = Path(self.app.doctreedir) / "images"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"vsm-{sha256(picture).hexdigest()[:20]}.{format}"
        if not path.exists():
            temporary = path.with_suffix(f".{os.getpid()}.tmp")
            temporary.write_bytes(picture)
            temporary.replace(path)
        return str(path)


def written_inline(builder: Builder) -> bool:
    """Whether a builder writes pages for browsers: they hold the map itself."""
    return builder.format == "html" and not getattr(builder, "embedded", False)


def _drawn(request: Request, result: Drawn, format: str) -> Drawn | None:
    """The map in another format; None where this machine cannot make it.

    A picture in a book follows no screen: it is light, unless dark was asked for.
    """
    from vsmdsl.report.press import PdfUnavailableError  # not for those who build pages

    still = "light" if result.options.theme == "auto" else result.options.theme
    options = {**request.options, "theme": still}
    try:
        wanted = replace(request, options=options, format=format, cache=usual_cache())
        return drawn(wanted)
    except PdfUnavailableError:
        return None


def _words(result: Drawn) -> str:
    said = result.options.alt or result.description
    named = said.startswith(result.title)
    return " ".join((said if named else f"{result.title}: {said}").split())


def _box(result: Drawn) -> list[nodes.Element]:
    """What is wrong, where, and the text that could not be drawn."""
    said = "\n".join(one.text or one.in_a_line for one in result.errors)
    title = nodes.paragraph("", "", nodes.strong("", "This value stream map could not be drawn"))
    parts: list[nodes.Element] = [title, nodes.literal_block(said, said, language="none")]
    if result.source.strip():
        source = result.source.rstrip("\n")
        parts.append(nodes.literal_block(source, source, language="none"))
    return [nodes.container("", *parts)]

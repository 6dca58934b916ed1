"""`.. vsm::` and `.. vsm-file::`: read the options, draw, and tell Sphinx what came of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.logging import getLogger

from vsmdsl.project import project_root
from vsmdsl.publish.cache import usual_cache
from vsmdsl.publish.files import Shelf
from vsmdsl.publish.notice import Notice
from vsmdsl.publish.picture import Drawn, Request, drawn
from vsmdsl.publish.sites import WIDTH
from vsmdsl.publish.sphinx import pages
from vsmdsl.publish.sphinx.nodes import value_stream_map

logger = getLogger(__name__)
DEFAULTS = {"width": WIDTH}
OURS = ("name", "class", "align")  # what Sphinx knows about any picture


class _Any(dict[str, Any]):
    """Takes every option, so that one we do not know is a box on the page and not a gap in it."""

    def __missing__(self, key: str) -> Any:
        return directives.unchanged

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str)


class Vsm(SphinxDirective):
    """A map written in the page."""

    has_content = True
    option_spec: ClassVar = _Any(
        {
            "name": directives.unchanged,
            "class": directives.class_option,
            "align": lambda text: directives.choice(text, ("left", "center", "right")),
        }
    )

    def run(self) -> list[nodes.Node]:
        """The map, as a figure where it has a caption."""
        request = self._request()
        self._note_files(request)
        result = drawn(request)
        for path in result.dependencies:
            self.env.note_dependency(str(path))
        for notice in result.notices:
            self._tell(notice)
        if not result.ok:
            pages.broken_pages(self.env).add(self.env.docname)
        return [*self._shown(request, result), *self._source(result)]

    def _request(self) -> Request:
        folder = Path(self.env.doc2path(self.env.docname)).parent
        document, line = self._place()
        config = self.config
        written = {key: text or "" for key, text in self.options.items() if key not in OURS}
        return Request(
            "\n".join(self.content),
            {**written, **self._file()},
            document=document,
            line=line,
            shelf=Shelf(self._root(), (folder, Path(self.env.srcdir))),
            defaults=DEFAULTS | {key: str(one) for key, one in config.vsmdsl_defaults.items()},
            colors={
                role: tuple(colour) if isinstance(colour, list) else colour
                for role, colour in config.vsmdsl_colors.items()
            },
            cache=usual_cache(),
            limits=config.vsmdsl_limits,
            limits_at="`vsmdsl_limits` in `conf.py`",
        )

    def _file(self) -> dict[str, str]:
        name = self.options.get("file")
        return {"file": self._from_root(str(name))} if name else {}

    def _from_root(self, name: str) -> str:
        """As Sphinx means a path: from the folder of the page, or with a `/` from the source's."""
        folder = Path(self.env.doc2path(self.env.docname)).parent
        srcdir, root = Path(self.env.srcdir), self._root().resolve()
        near = (srcdir if name.startswith("/") else folder) / name.lstrip("/")
        try:
            found = near.resolve()
            return found.relative_to(root).as_posix() if found.is_file() else name.lstrip("/")
        except (OSError, ValueError):
            return name.lstrip("/")

    def _root(self) -> Path:
        srcdir, asked = Path(self.env.srcdir), self.config.vsmdsl_root
        return srcdir / asked if asked else project_root(srcdir / "index")

    def _place(self) -> tuple[str, int]:
        """The document as messages call it, and the line on which the map begins."""
        source, line = self.get_source_info()
        if self.content:
            path, offset = self.content.items[0]
            source = path or source
            # MyST counts the lines of a directive from its head, docutils those of the file.
            own = type(self.state_machine).__module__.startswith("docutils")
            line = offset + 1 if own else self.lineno + self.content_offset + 1
        else:
            line += 1  # what is said about a map without a text is said about the line above
        file = Path(source or self.env.doc2path(self.env.docname))
        srcdir = Path(self.env.srcdir)
        shown = file.relative_to(srcdir).as_posix() if file.is_relative_to(srcdir) else file.name
        return shown, max(1, line)

    def _note_files(self, request: Request) -> None:
        """A file that is not there counts too: once it is, the page is read again."""
        if name := request.options.get("file"):
            self.env.note_dependency(str(self._root() / name))

    def _tell(self, notice: Notice) -> None:
        """Mistakes are warnings, which `-W` takes for errors; advice is for those who ask."""
        here = notice.file == self._place()[0]
        marker = nodes.comment()
        marker.source, marker.line = self.get_source_info()
        if here and notice.code:
            marker.line = notice.line
        where = "" if here else f"{notice.file}:{notice.line}: "
        code = f"{notice.code} " if notice.code else ""
        picture = "\n".join(notice.text.split("\n")[1:])
        said = f"{where}{code}{notice.name}: {notice.message}"
        text = f"{said}\n{picture}" if picture else said
        say = logger.warning if notice.is_error else logger.info
        subtype = notice.code or notice.name
        say("%s", text, location=marker, type="vsmdsl", subtype=subtype)

    def _shown(self, request: Request, result: Drawn) -> list[nodes.Node]:
        node = value_stream_map(request=request, drawn=result)
        node["classes"] += self.options.get("class", [])
        self.set_source_info(node)
        if not result.options.caption:
            node["align"] = self.options.get("align", "default")
            self.add_name(node)
            return [node]
        words, said = self.parse_inline(result.options.caption, lineno=self.lineno)
        figure = nodes.figure("", node, nodes.caption("", "", *words))
        figure["align"] = self.options.get("align", "default")
        self.set_source_info(figure)
        self.add_name(figure)
        return [figure, *said]

    def _source(self, result: Drawn) -> list[nodes.Node]:
        """The text below the picture, or a link to it, where that is wanted."""
        wanted = result.options.source
        if wanted == "show" and result.ok:
            block = nodes.literal_block(result.source, result.source, language="vsm")
            self.set_source_info(block)
            return [block]
        if wanted.startswith("http"):
            return [nodes.paragraph("", "", nodes.reference("", "Source", refuri=wanted))]
        if wanted == "link" and result.file:
            path = os.path.relpath(self._root().resolve() / result.file, self.env.srcdir)
            target = f"/{Path(path).as_posix()}"
            page = self.env.docname
            link = addnodes.download_reference("", "Source", reftarget=target, refdoc=page)
            return [nodes.paragraph("", "", link)]
        return []


class VsmFile(Vsm):
    """A map in a file of its own."""

    has_content = False
    required_arguments = 0
    optional_arguments = 1
    final_argument_whitespace = True

    def _file(self) -> dict[str, str]:
        name = self.arguments[0] if self.arguments else str(self.options.get("file", ""))
        return {"file": self._from_root(name.strip())}

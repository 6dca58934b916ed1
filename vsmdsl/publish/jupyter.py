"""Maps in a notebook: `%load_ext vsmdsl`, and a cell that begins with `%%vsm` is drawn.

    %%vsm width=900 caption="As of May" as=checkout
    queue Ideas wait=2d
    step Develop pt=1d

The options are those of a fence. With `as`, the compiled map is kept under a name, to go on with
in Python. A compiled map shows itself: `vsmdsl.pipeline.Compiled` knows how.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from IPython.core.magic import Magics, cell_magic, line_magic, magics_class
from IPython.display import HTML

from vsmdsl.language.source import Source
from vsmdsl.pipeline import Compiled, compile_source
from vsmdsl.project import project_root
from vsmdsl.publish.files import Reader, Shelf
from vsmdsl.publish.hosts.fence import words
from vsmdsl.publish.markup import on_page
from vsmdsl.publish.picture import Drawn, Request, drawn

CELL = "cell"  # what messages call the text of one
WIDTH = "1000"  # rows of this many units fit into a notebook


def load_ipython_extension(shell: Any) -> None:
    """Teach a running IPython the magic: what `%load_ext vsmdsl` calls."""
    shell.register_magics(VsmMagics)


@magics_class
class VsmMagics(Magics):
    """`%%vsm` draws its cell, `%vsm file=maps/checkout.vsm` a file of the project."""

    @cell_magic("vsm")  # type: ignore[arg-type]  # says that it takes nothing
    def of_cell(self, line: str, cell: str) -> HTML:
        """Draw the text of a cell."""
        return self._shown(line, cell)

    @line_magic("vsm")  # type: ignore[arg-type]
    def of_line(self, line: str) -> HTML:
        """Draw a file."""
        return self._shown(line, "")

    def _shown(self, line: str, text: str) -> HTML:
        options = words(line)
        name = options.pop("as", "")
        shelf = _shelf()
        told = {"width": WIDTH}
        result = drawn(Request(text, options, CELL, 2, shelf, told))
        if name and result.ok and self.shell:
            self.shell.user_ns[name] = _compiled(result, shelf, name)
        return HTML(on_page(result, {}))  # type: ignore[no-untyped-call]


def _compiled(result: Drawn, shelf: Shelf, name: str) -> Compiled:
    own = result.dependencies[0] if result.file else None
    return compile_source(Source(result.file or name, result.source), Reader(shelf, own))


def _shelf() -> Shelf:
    here = Path.cwd()
    return Shelf(project_root(here / "notebook"), (here,))

"""From the syntax tree to the value stream and its futures, with everything that is wrong."""

from __future__ import annotations

from vsmdsl.language import syntax
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.model.resolve.gather import Loader, OutsideProjectError, gather
from vsmdsl.model.resolve.log import Log
from vsmdsl.model.resolve.plan import Future
from vsmdsl.model.resolve.stages import Stages
from vsmdsl.model.stream import ValueStream
from vsmdsl.record import record

__all__ = ["Future", "Loader", "OutsideProjectError", "Resolved", "resolve"]


@record
class Resolved:
    """What a tree means: the current stream, its futures in order, and what is wrong with it."""

    stream: ValueStream
    futures: tuple[Future, ...]
    diagnostics: tuple[Diagnostic, ...]


def resolve(tree: syntax.Tree, load: Loader | None = None) -> Resolved:
    """The meaning of a tree. `load` fetches the text of an included file. Never raises."""
    log = Log()
    stream, futures = Stages(gather(tree, load, log), load, log).run()
    return Resolved(stream, futures, tuple(log.entries))

"""From the syntax tree to the value stream and its futures, with everything that is wrong."""

from __future__ import annotations

from vsmdsl.language import syntax
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.language.source import Source
from vsmdsl.limits import LIMITS, Limits
from vsmdsl.model.includes import Loader, Samples
from vsmdsl.model.resolve.gather import Gathered, gather
from vsmdsl.model.resolve.log import Log, TooManyMistakesError
from vsmdsl.model.resolve.plan import Future
from vsmdsl.model.resolve.size import oversize
from vsmdsl.model.resolve.stages import Stages
from vsmdsl.model.stream import ValueStream
from vsmdsl.record import record

__all__ = ["Future", "Resolved", "resolve"]


@record
class Resolved:
    """What a tree means: the current stream, its futures in order, and what is wrong with it."""

    stream: ValueStream
    futures: tuple[Future, ...]
    diagnostics: tuple[Diagnostic, ...]


def resolve(tree: syntax.Tree, load: Loader | None = None, limits: Limits = LIMITS) -> Resolved:
    """The meaning of a tree. `load` fetches the text of an included file. Never raises.

    A map beyond the limits has no meaning, nor has one with more errors than are told: its stream
    is empty.
    """
    log = Log(limits.mistakes)
    try:
        return _resolved(tree, load, limits, log)
    except TooManyMistakesError:
        return Resolved(_nothing(tree.source), (), tuple(log.entries))


def _resolved(tree: syntax.Tree, load: Loader | None, limits: Limits, log: Log) -> Resolved:
    gathered = gather(tree, load, log, limits)
    if refused := oversize(gathered.statements, limits):
        log = Log()  # what else is wrong with it does not matter
        log.add(refused)
        return Resolved(_nothing(gathered.source), (), tuple(log.entries))
    samples = Samples(load, limits.file_size) if load else None
    stream, futures = Stages(gathered, samples, log).run()
    return Resolved(stream, futures, tuple(log.entries))


def _nothing(source: Source) -> ValueStream:
    return Stages(Gathered((), source), None, Log()).run()[0]

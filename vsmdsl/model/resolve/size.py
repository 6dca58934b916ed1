"""How large a map is, counted before anything is made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vsmdsl.language import syntax
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.language.source import Span
from vsmdsl.limits import Limits
from vsmdsl.model.resolve.fields import head
from vsmdsl.model.resolve.schema import STREAM_WORDS

LINKS = frozenset({"rework", "info", "shipment"})


def oversize(statements: tuple[syntax.Statement, ...], limits: Limits) -> Diagnostic | None:
    """The message that a map is larger than what is read, or None.

    Counted are its statements, at most one of a stream as often as its parts. Every future is a
    whole stream of its own, so what all states hold together has a limit as well.
    """
    steps: list[syntax.Statement] = []
    links: list[syntax.Statement] = []
    others: list[syntax.Statement] = []
    for one in _all(statements):
        kind = steps if one.word in STREAM_WORDS else links if one.word in LINKS else others
        kind.extend([one] * _parts(one))
    for found, setting, limit, what in (
        (steps, "steps", limits.steps, "steps and queues"),
        (links, "links", limits.links, "reworks, information arrows and shipments"),
        (others, "remarks", limits.remarks, "statements around the stream"),
    ):
        if len(found) > limit:
            return _refusal(head(found[limit]), setting, limit, len(found), what)
    return _in_all_states(statements, len(steps), limits)


def _in_all_states(
    statements: tuple[syntax.Statement, ...], steps: int, limits: Limits
) -> Diagnostic | None:
    futures = [one for one in statements if one.word == "future"]
    together = steps * (len(futures) + 1)
    if together <= limits.states:
        return None
    what = f"steps and queues in {len(futures) + 1:,} states"
    return _refusal(head(futures[-1]), "states", limits.states, together, what)


def _all(statements: Iterable[syntax.Entry]) -> Iterator[syntax.Statement]:
    for one in statements:
        if isinstance(one, syntax.Statement):
            yield one
            if one.block is not None:
                yield from _all(one.block.entries)


def _parts(one: syntax.Statement) -> int:
    """The elements that a statement stands for: a `stream` line has many, as has `a -> b, c`."""
    if one.word == "stream":
        return sum(1 for item in one.items if isinstance(item, syntax.Segment))
    if one.word in LINKS:
        return max(1, sum(len(item.ends) for item in one.items if isinstance(item, syntax.Link)))
    return 1


def _refusal(span: Span, setting: str, limit: int, actual: int, what: str) -> Diagnostic:
    from vsmdsl.language.limits import refusal  # only a mistake needs it

    return refusal(span, setting, limit, actual, what)

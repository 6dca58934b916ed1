"""Two states of a stream that speak of the same things by the same key, in one order.

Who is who is found as `diff` finds it: by id, by name, by place and likeness. A thing that stands
elsewhere in the later state is two things here: one that goes and one that comes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vsmdsl.drawing.layout.compare.merging import merged
from vsmdsl.model.changes import apply
from vsmdsl.model.diff.naming import renames
from vsmdsl.model.diff.order import staying
from vsmdsl.model.renaming import Name, renamed
from vsmdsl.model.stream import FORKS, Branch, Element, Queue, Step, ValueStream
from vsmdsl.record import record, replace

GONE = "{} (before)"
BESIDE = ("safety", "buffer")


@record
class Pair:
    """Both states with common keys, all their elements in one order, and who goes and comes."""

    before: ValueStream
    after: ValueStream
    elements: tuple[Element, ...]
    gone: frozenset[str]  # elements and branches that only the earlier state has
    fresh: frozenset[str]  # those that only the later one has
    moved: frozenset[str]  # of both, what stands elsewhere in the later one
    names: dict[str, str]  # the earlier names of steps that are called otherwise now


def pair(before: ValueStream, after: ValueStream) -> Pair:
    """Find out who is who in two states of a stream."""
    before = _with_common_keys(before, after)
    moves = tuple(_moves(before, after))
    before = renamed(before, moves)
    now, then = _keys(before), _keys(after)
    old = {one.key: one.label or one.key for one in before.steps()}
    names = {one.key: old[one.key] for one in after.steps() if one.key in old}
    return Pair(
        before=before,
        after=after,
        elements=merged(before.elements, after.elements),
        gone=now - then,
        fresh=then - now,
        moved=frozenset(key for name in moves for key in (name.old, name.key)),
        names={
            one.key: names[one.key]
            for one in after.steps()
            if names.get(one.key, one.label or one.key) != (one.label or one.key)
        },
    )


def _with_common_keys(before: ValueStream, after: ValueStream) -> ValueStream:
    """The earlier state by the keys of the later one, its labels as they were."""
    labels = {one.key: one.label for one in before.everything}
    for one in renames(before, after):
        names = (replace(name, label=labels.get(name.old, name.label)) for name in one.names)
        before = apply(before, (replace(one, names=tuple(names)),))
    return before


def _keys(stream: ValueStream) -> frozenset[str]:
    return frozenset(one.key for one in stream.everything)


def _moves(before: ValueStream, after: ValueStream) -> Iterator[Name]:
    """New keys for what does not stay where it is, and for what has become another kind."""
    taken = _keys(before) | _keys(after)
    stays = set(_staying(before.elements, after.elements))
    common = _keys(after)
    for one in before.everything:
        if one.key in common and one.key not in stays:
            key = GONE.format(one.key)
            while key in taken:
                key += "*"
            yield Name(one.key, key, one.id, one.label)


def _staying(before: Sequence[Element], after: Sequence[Element]) -> Iterator[str]:
    """The keys of what stands in the same line in both states, in the same order."""
    places = {one.key: at for at, one in enumerate(after)}
    common = [
        one for one in before if one.key in places and _sort(one) == _sort(after[places[one.key]])
    ]
    fixed = staying([places[one.key] for one in common])
    for one in common:
        if places[one.key] in fixed:
            yield one.key
            other = after[places[one.key]]
            if isinstance(one, FORKS) and isinstance(other, FORKS):
                yield from _staying_inside(one.branches, other.branches)


def _staying_inside(before: Sequence[Branch], after: Sequence[Branch]) -> Iterator[str]:
    lines = {branch.key: branch for branch in after}
    for branch in before:
        if other := lines.get(branch.key):
            yield branch.key
            yield from _staying(branch.elements, other.elements)


def _sort(one: Element) -> str:
    """A queue may become a handoff and stay; a step that becomes a queue is a step less."""
    if isinstance(one, Step):
        return "step"
    if isinstance(one, Queue) and one.kind in BESIDE:
        return "beside"  # a safety stock shares a column with its supermarket
    return type(one).__name__ if isinstance(one, FORKS) else "held"

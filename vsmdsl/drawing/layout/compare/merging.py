"""The elements of two states in one line, so that every step stands under itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vsmdsl.model.quantity import Duration, Gap, Time
from vsmdsl.model.stream import FORKS, Branch, Element, Handoff, Queue, Step
from vsmdsl.record import replace


def merged(before: Sequence[Element], after: Sequence[Element]) -> tuple[Element, ...]:
    """The elements of both states in one order: those of the later, with what is gone between."""
    return tuple(_merged(before, after))


def _merged(before: Sequence[Element], after: Sequence[Element]) -> Iterator[Element]:
    kept = {one.key for one in after}
    places = {one.key: at for at, one in enumerate(before)}
    at = 0
    for one in after:
        if one.key in places:
            place = places[one.key]
            yield from (gone for gone in before[at:place] if gone.key not in kept)
            at = max(at, place + 1)
            yield _both(before[place], one)
        else:
            yield one
    yield from (gone for gone in before[at:] if gone.key not in kept)


def _both(before: Element, after: Element) -> Element:
    """What waits in either state has a column of its own; a fork has the branches of both."""
    if isinstance(before, Step) and isinstance(after, Step):
        return after if _waits(after.wait) else replace(after, wait=before.wait)
    if isinstance(before, Queue | Handoff) and isinstance(after, Handoff):
        return after if _waits(after.wait) else before
    if not isinstance(before, FORKS) or not isinstance(after, FORKS):
        return after
    old = {branch.key: branch for branch in before.branches}
    branches: list[Branch] = []
    for branch in after.branches:
        earlier = old.pop(branch.key, None)
        elements = merged(earlier.elements, branch.elements) if earlier else branch.elements
        branches.append(replace(branch, elements=elements))
    return replace(after, branches=(*branches, *old.values()))


def _waits(wait: Time | None) -> bool:
    """Whether time passes there, known or not."""
    return wait.seconds > 0 if isinstance(wait, Duration) else wait is Gap.UNKNOWN

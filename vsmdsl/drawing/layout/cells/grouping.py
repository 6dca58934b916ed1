"""What shares a column between two steps: a queue with the handoffs beside it that cost no time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vsmdsl.drawing.layout.cells.shape import Held
from vsmdsl.model.quantity import Duration, Gap
from vsmdsl.model.stream import Fork, Handoff, Queue, Step


def grouped(run: Sequence[Held]) -> Iterator[tuple[Held, ...]]:
    """A queue and the handoffs beside it that cost no time share a column."""
    group: list[Held] = []
    for one in run:
        full = any(waits(held) for held in group) and waits(one) and not _beside(group, one)
        if full:
            yield tuple(group)
            group = []
        group.append(one)
    if group:
        yield tuple(group)


def _beside(group: Sequence[Held], one: Held) -> bool:
    """A safety stock that costs no time stands beside the supermarket it protects."""
    return (
        len(group) == 1
        and isinstance(group[0], Queue)
        and isinstance(one, Queue)
        and (group[0].kind, one.kind) in (("supermarket", "safety"), ("supermarket", "buffer"))
        and not time_in(one.wait)
    )


def waits(held: Held) -> bool:
    return isinstance(held, Queue) or time_in(held.wait)


def time_in(wait: Duration | Gap | None) -> bool:
    if isinstance(wait, Duration):
        return wait.seconds > 0
    return wait is Gap.UNKNOWN


def included(group: Sequence[Held]) -> bool:
    """Whether the waiting of a queue is part of the lead time of the step after it."""
    return any(isinstance(one, Queue) and one.wait is Gap.INCLUDED for one in group)


def marked(groups: Sequence[tuple[Held, ...]]) -> int:
    marked = [index for index, one in enumerate(groups) if any(isinstance(h, Handoff) for h in one)]
    return marked[0] if marked else len(groups) - 1


def arrival(group: Sequence[Held], after: Step | Fork | None, own: Step | None) -> str:
    """How work goes on from here: as the next step says, else as the queue is said to be."""
    flow = after.flow if isinstance(after, Step) else ""
    queues = [one for one in group if isinstance(one, Queue)]
    for queue in queues:
        if queue.kind == "fifo":
            return "fifo"
        flow = flow or queue.flow
    if any(one.kind in ("supermarket", "safety", "buffer") for one in queues):
        return flow or "pull"
    delayed = own is not None or any(waits(one) for one in group)
    return flow or ("push" if delayed else "")

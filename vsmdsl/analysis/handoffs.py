"""How often the work changes hands: every place between two steps is looked at once."""

from __future__ import annotations

from typing import assert_never

from vsmdsl.model.stream import Choice, Element, Handoff, Parallel, Queue, Step
from vsmdsl.record import record, replace


@record
class _End:
    """Where work stands on its way to the next step: who had it, and whether it was handed on."""

    team: tuple[str, ...] = ()
    handed: bool = False


def count_handoffs(elements: tuple[Element, ...]) -> int:
    """Places where a handoff stands or the team changes; every edge of a fork or join is one.

    The ends of the stream count only where a handoff stands there.
    """
    count, ends = _walk(elements, [_End()])
    return count + sum(end.handed for end in ends)


def _walk(elements: tuple[Element, ...], ends: list[_End]) -> tuple[int, list[_End]]:
    count = 0
    for element in elements:
        match element:
            case Step():
                count += sum(_changes(end, element) for end in ends)
                ends = [_End(element.team)]
            case Handoff():
                ends = [replace(end, handed=True) for end in ends]
            case Queue():
                pass
            case Parallel() | Choice():
                inside, ends = _fork(element, ends)
                count += inside
            case _:
                assert_never(element)
    return count, ends


def _fork(fork: Parallel | Choice, ends: list[_End]) -> tuple[int, list[_End]]:
    count = 0
    joined: list[_End] = []
    for branch in fork.branches:
        inside, last = _walk(branch.elements, ends)
        count += inside
        if branch.joins:
            joined += last
        else:  # a dead end is an end of the stream
            count += sum(end.handed for end in last if branch.elements)
    return count, joined or ends


def _changes(end: _End, step: Step) -> bool:
    return end.handed or bool(end.team and step.team and set(end.team) != set(step.team))

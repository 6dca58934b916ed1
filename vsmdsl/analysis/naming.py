"""What people call an element: its id, else its label, else where it stands (`before Develop`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import assert_never

from vsmdsl.model.stream import (
    FORKS,
    Choice,
    Element,
    Handoff,
    Parallel,
    Queue,
    Rework,
    Step,
    Thing,
    ValueStream,
)
from vsmdsl.wording import ENGLISH, Say, Wording

Name = Callable[[Thing], str]


def names(stream: ValueStream) -> dict[str, str]:
    """Key → the name that JSON and messages use: id, else label, else `before STEP`."""
    return _named(stream, lambda thing: thing.id or thing.label)


def labels(stream: ValueStream, wording: Wording = ENGLISH) -> dict[str, str]:
    """Key → what people read: the label, else the id, else `before Develop`."""
    return _named(stream, lambda thing: _one_line(thing.label) or thing.id or "", wording.say)


def _named(stream: ValueStream, name: Name, say: Say = ENGLISH.say) -> dict[str, str]:
    found = {thing.key: name(thing) for thing in _things(stream)}
    found.update(_placed(stream.elements, name, say, "", ""))
    for rework in stream.reworks:
        found[rework.key] = rework.id or _arrow(rework, found)
    return found


def _things(stream: ValueStream) -> Iterator[Thing]:
    return chain(
        stream.teams, stream.parties, stream.kaizens, stream.metrics, stream.stretches,
        stream.infos, stream.shipments, stream.notes, stream.wastes, stream.goals,
    )  # fmt: skip


def _placed(
    elements: tuple[Element, ...], name: Name, say: Say, before: str, beyond: str
) -> Iterator[tuple[str, str]]:
    """Names of a sequence; `before` and `beyond` are the steps around it."""
    last = before
    for element, ahead in zip(elements, _ahead(elements, name), strict=True):
        yield element.key, name(element) or _place(say, last, ahead, beyond) or element.key
        if isinstance(element, FORKS):
            for which, branch in enumerate(element.branches, 1):
                yield branch.key, name(branch) or say("branch {number}", number=which)
                yield from _placed(branch.elements, name, say, last, ahead or beyond)
        last = _step(element, name, last, backwards=True)


def _ahead(elements: tuple[Element, ...], name: Name) -> list[str]:
    """For each element the name of the first step behind it; empty where there is none."""
    found: list[str] = []
    ahead = ""
    for element in reversed(elements):
        found.append(ahead)
        ahead = _step(element, name, ahead)
    return found[::-1]


def _place(say: Say, last: str, ahead: str, beyond: str) -> str:
    match (ahead, last, beyond):
        case ("", "", ""):
            return ""
        case ("", "", _):
            return say("before {name}", name=beyond)
        case ("", _, _):
            return say("after {name}", name=last)
        case _:
            return say("before {name}", name=ahead)


def _step(element: Element, name: Name, else_: str, *, backwards: bool = False) -> str:
    """The name of the first (or last) step of an element, or another where it has none."""
    if isinstance(element, Step):
        return name(element)
    if isinstance(element, FORKS):
        return next(_steps((element,), name, backwards=backwards), else_)
    return else_


def _steps(elements: tuple[Element, ...], name: Name, *, backwards: bool = False) -> Iterator[str]:
    """The names of the steps, first to last or last to first; as lazy as the caller."""
    for element in reversed(elements) if backwards else elements:
        match element:
            case Step():
                yield name(element)
            case Parallel() | Choice():
                for branch in reversed(element.branches) if backwards else element.branches:
                    yield from _steps(branch.elements, name, backwards=backwards)
            case Queue() | Handoff():
                pass
            case _:
                assert_never(element)


def _arrow(rework: Rework, found: dict[str, str]) -> str:
    start, end = found.get(rework.start, rework.start), found.get(rework.end, rework.end)
    return f"{start} -> {end}"


def _one_line(text: str) -> str:
    return " ".join(text.split())

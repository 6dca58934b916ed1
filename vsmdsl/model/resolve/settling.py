"""When all changes of a block are read: forks without branches go, shares make 100 % again."""

from __future__ import annotations

from vsmdsl.language.source import Span
from vsmdsl.model.changes import Change, RemoveElement, RemoveThing, SetField
from vsmdsl.model.resolve.changing import Changing
from vsmdsl.model.resolve.checks import senseless
from vsmdsl.model.resolve.forks import check_sum, settled
from vsmdsl.model.stream import FORKS, Choice


def settle(to: Changing) -> None:
    """Carry out what follows from the changes, and say where they do not fit together."""
    if all(_is_plain(one.change) for one in to.placed):
        return
    span = to.placed[-1].span
    if to.bench.grove.forks:
        _forks(to, span)
        for choice in [one for one in to.stream.everything if isinstance(one, Choice)]:
            _shares(to, choice, span)
    if to.bench.all_of("reworks") or to.bench.all_of("stretches"):
        for rework in senseless(to.stream, to.log, to.changed):
            to.do(RemoveThing("reworks", rework.key), rework.span)


def _is_plain(change: Change) -> bool:
    """Whether it changes neither what stands where nor any share."""
    return isinstance(change, SetField) and change.field != "share"


def _forks(to: Changing, span: Span) -> None:
    """Remove forks that lost their last branch; the branches around them stay."""
    for empty in [one for one in to.stream.everything if is_empty(one)]:
        to.do(RemoveElement(empty.key), span)


def is_empty(one: object) -> bool:
    """Whether it is a fork without branches."""
    return isinstance(one, FORKS) and not one.branches


def _shares(to: Changing, choice: Choice, span: Span) -> None:
    branches = list(choice.branches)
    place = next((to.changed[b.key] for b in branches if b.key in to.changed), choice.span)
    check_sum(branches, place if place is not choice.span else span, to.log)
    for old, new in zip(branches, settled(branches), strict=True):
        if old.share != new.share:
            to.do(SetField(old.key, "share", new.share), place)

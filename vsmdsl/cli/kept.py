"""Pictures that take long are kept: what has not changed is not made again."""

from __future__ import annotations

import os
from collections.abc import Callable

from vsmdsl.cli.pictures import environment
from vsmdsl.pipeline import State

SLOW = ("png", "pdf")  # the others are made as fast as they are looked up


def picture(
    render: Callable[[], str | bytes],
    format: str,
    states: tuple[State, ...],
    *asked: object,
    cache: bool,
) -> bytes:
    """What `render` makes of some states, or made before for the same states and wishes."""
    if format not in SLOW or not cache:
        return _made(render)
    from vsmdsl.publish.cache import Entry, key_of, usual_cache

    shelf = usual_cache()
    if shelf is None:
        return _made(render)
    told = [(one.key, one.label, repr(one.stream)) for one in states]
    key = key_of("render", format, told, asked, os.environ.get("SOURCE_DATE_EPOCH", ""))
    entry = shelf.get(key)
    if entry is None:
        entry = Entry({}, _made(render))
        shelf.put(key, entry)
    return entry.picture


def _made(render: Callable[[], str | bytes]) -> bytes:
    with environment():
        made = render()
    return made.encode() if isinstance(made, str) else made

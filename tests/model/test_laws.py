"""What holds for every text, however damaged, and for every change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.model.reading import read
from vsmdsl.language.parser import parse
from vsmdsl.language.source import Source, normalise
from vsmdsl.model import changes
from vsmdsl.model.changes import COLLECTIONS, MAP, Place
from vsmdsl.model.quantity import duration
from vsmdsl.model.resolve import Resolved, resolve
from vsmdsl.model.resolve.fields import head
from vsmdsl.model.stream import Note, Parallel, ValueStream, walk
from vsmdsl.record import replace

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.vsm"))
TEXTS = [normalise(path.read_text(encoding="utf-8")) for path in SAMPLES]
LINES = sorted({line for text in TEXTS for line in text.splitlines()})
BITS = [
    " ", "\n", "{", "}", "=", "->", "?", "none", '"', "%", "3d", "3", "5%", "..", "~", "-", ",",
    " on ", " from ", "future q { ", "insert after ", "remove ", "move ", "apply ", "replace ",
    "choice {", "parallel {", "branch b {", "stream a -> b", 'include "x"', "goal lead_time <= 3d",
    "metric x = ", "span ", "rework ", "kaizen ", "team ", "set ", "step ", "queue ",
]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A sample with letters, words or lines taken out, put in or moved."""
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(text)))
        match draw(st.integers(0, 4)):
            case 0:
                text = text[:at] + text[at + draw(st.integers(1, 30)) :]
            case 1:
                text = text[:at] + draw(st.sampled_from(BITS)) + text[at:]
            case 2:
                text = text[:at] + "\n" + draw(st.sampled_from(LINES)) + "\n" + text[at:]
            case 3:
                end = draw(st.integers(at, min(at + 200, len(text))))
                to = draw(st.integers(0, at))
                text = text[:to] + text[at:end] + text[to:at] + text[end:]
            case _:
                lines = text.split("\n")
                line = draw(st.integers(0, len(lines) - 1))
                lines[line : line + 1] = [lines[line]] * draw(st.integers(0, 3))
                text = "\n".join(lines)
    return text


def keys(stream: ValueStream) -> list[str]:
    """All keys of a stream; those of teams are a room of their own."""
    things = [getattr(stream, name) for name in COLLECTIONS if name != "teams"]
    around = [one.key for collection in things for one in collection]
    return [one.key for one in walk(stream.elements)] + around


def hold(found: Resolved) -> None:
    """The laws of what `resolve` gives."""
    for state in (found.stream, *(one.stream for one in found.futures)):
        assert len(keys(state)) == len(set(keys(state)))
        teams = [team.key for team in state.teams]
        assert len(teams) == len(set(teams))
        assert all(set(step.team) <= set(teams) for step in state.steps())
        places = {one.key for one in walk(state.elements)} | {one.key for one in state.parties}
        for info in state.infos:
            assert places.issuperset((info.start, *info.ends))
        for shipment in state.shipments:
            assert places.issuperset((shipment.start, *shipment.ends))
        for loop in state.reworks:
            assert places.issuperset((loop.start, loop.end))
    states = {"": found.stream} | {one.key: one.stream for one in found.futures}
    for one in found.futures:
        after = changes.apply(states[one.base], one.changes)
        assert replace(after, settings=one.stream.settings) == one.stream
    for diagnostic in found.diagnostics:
        assert diagnostic.span.start <= diagnostic.span.end <= len(diagnostic.span.source.text)
        assert diagnostic.message


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_are_free_of_errors(path: Path) -> None:
    found = read(path.read_text(encoding="utf-8"))
    assert [one.message for one in found.diagnostics if one.is_error] == []
    hold(found)


@settings(max_examples=300)
@given(damaged())
def test_any_text_has_a_meaning(text: str) -> None:
    hold(resolve(parse(Source("map.vsm", text)).tree))


@pytest.mark.parametrize("text", TEXTS, ids=[path.stem for path in SAMPLES])
def test_a_future_without_changes_is_the_current_state(text: str) -> None:
    found = read(text + "\nfuture nothing-at-all { }\n")
    nothing = found.futures[-1]
    assert nothing.changes == ()
    assert nothing.stream.settings.state == "future"
    assert replace(nothing.stream, settings=found.stream.settings) == found.stream


# --- changes ------------------------------------------------------------------------------------

WHOLE = read(
    TEXTS[[path.stem for path in SAMPLES].index("release-train")]
    + "\ncustomer\ninfo customer -> plan\nteam a"
).stream
KEYS = st.sampled_from([*keys(WHOLE), *(team.key for team in WHOLE.teams), MAP, "", "nobody"])
SIDES: list[Any] = ["after", "before", "first", "last"]
PLACES = st.builds(Place, st.sampled_from(SIDES), KEYS)
PARTS = [one for one in walk(WHOLE.elements) if not isinstance(one, Parallel)]
NEW = [replace(one, key=f"new {place}") for place, one in enumerate(PARTS)]
NOTE = Note(key="new note", label="x", on=("plan",), span=WHOLE.span)
FIELDS = st.sampled_from(["label", "wait", "pt", "share", "team", "key", "nothing", "demand"])
VALUES = st.sampled_from([None, duration(3), "text", ()])
CHANGES = st.one_of(
    st.builds(changes.SetField, KEYS, FIELDS, VALUES),
    st.builds(changes.AddElement, st.sampled_from([*PARTS, *NEW]), PLACES),
    st.builds(changes.RemoveElement, KEYS),
    st.builds(changes.MoveElement, KEYS, PLACES),
    st.builds(changes.AddThing, st.sampled_from(["notes", "nothing"]), st.just(NOTE)),
    st.builds(changes.RemoveThing, st.sampled_from([*COLLECTIONS, "nothing"]), KEYS),
)


@settings(max_examples=300)
@given(st.lists(CHANGES, max_size=8))
def test_changes_can_always_be_carried_out(some: list[changes.Change]) -> None:
    after = changes.apply(WHOLE, some)
    assert isinstance(after, ValueStream)
    found = [one.key for one in walk(after.elements)]
    assert len(found) == len(set(found))
    assert changes.apply(changes.apply(WHOLE, some[:3]), some[3:]) == after


def test_a_move_to_nowhere_loses_nothing() -> None:
    for place in (Place("after", "nobody"), Place("after", "backend"), Place("last", "back")):
        after = changes.apply(WHOLE, [changes.MoveElement("work", place)])
        assert sorted(keys(after)) == sorted(keys(WHOLE))


def test_spans_of_heads_leave_the_block_out() -> None:
    (statement,) = parse(Source("map.vsm", "future q {\n}\n")).tree.entries
    assert head(statement).text == "future q"  # type: ignore[arg-type]

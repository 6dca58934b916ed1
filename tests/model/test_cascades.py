"""One mistake is one message, or two; never one for every line that follows."""

from __future__ import annotations

from vsmdsl.language.parser import parse
from vsmdsl.language.source import Source
from vsmdsl.model.resolve import Resolved, resolve


def resolved(text: str) -> Resolved:
    return resolve(parse(Source("map.vsm", text)).tree)


def codes(text: str) -> list[str]:
    return [one.code.code for one in resolved(text).diagnostics]


def test_a_brace_too_many_swallows_no_names() -> None:
    found = resolved("supplier {\nstep a 1h\nstep b 2h\nrework b -> a 5%\n}")
    assert [one.code.code for one in found.diagnostics] == ["E208"]
    assert (
        found.diagnostics[0].message == "`step` may not stand in `supplier`, nor may the 2 after it"
    )
    assert [one.key for one in found.stream.elements] == ["a", "b"]
    assert [one.key for one in found.stream.reworks] == ["b -> a"]


def test_lines_outside_of_a_block_are_told_once() -> None:
    assert codes("step a 1h\npt = 3h\nlt = 4h\nca = 80%\nstep b 1h\npt = 2h") == ["E236", "E236"]


def test_what_the_parser_has_answered_is_not_answered_again() -> None:
    assert codes("step a pt=1h [x] colour=red teem=y") == []
    assert codes("step dev:") == []
    assert codes("info a to b\nstep a 1h\nstep b 1h") == []


def test_many_unknown_names_are_told_quickly() -> None:
    steps = "".join(f"step step{n} 1h\n" for n in range(300))
    loops = "".join(f"rework stepx{n} -> stepy{n} 5%\n" for n in range(300))
    found = resolved(steps + loops).diagnostics
    assert len(found) == 600
    assert found[0].hint.startswith("did you mean")
    assert found[-1].hint == ""

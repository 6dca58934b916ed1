"""What `vsm check` does with a file: a map, or a document that holds some."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath

from vsmdsl.analysis.reaching import way_out
from vsmdsl.cli import console, files, fixes, maps, patience, settings
from vsmdsl.cli.files import Input
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.language.source import Source, normalise
from vsmdsl.pipeline import Compiled
from vsmdsl.publish.checks.result import Checked
from vsmdsl.publish.hosts import host_of
from vsmdsl.publish.hosts.reading import Held, held
from vsmdsl.record import record

GOALS = ("goal-missed", "goal-undecided")


@record
class Rules:
    """What to show and what to fail on."""

    select: tuple[str, ...]
    ignore: tuple[str, ...]
    strict: bool
    goals: bool
    fix: bool
    format: str
    all_messages: bool

    def shows(self, one: Diagnostic) -> bool:
        """Whether a message is wanted. A mistake always is: it cannot be wished away."""
        if self.goals and one.code.name in GOALS:
            return True
        chosen = not self.select or one.code.code.startswith(self.select)
        dropped = bool(self.ignore) and one.code.code.startswith(self.ignore)
        return one.is_error or (chosen and not dropped)

    def fails(self, one: Diagnostic) -> bool:
        """Whether a message makes the check fail."""
        advice = self.strict and one.severity == "warning"
        return one.is_error or advice or (self.goals and one.code.name in GOALS)


def checked(one: Input, rules: Rules) -> tuple[Checked, str]:
    """Check one file, and say what was mended in it."""
    held_by = one.path and host_of(one.name)
    return _document(one, one.path, rules) if one.path and held_by else _map(one, rules)


def missed(result: Checked, rules: Rules) -> bool:
    """Whether a goal is not met for certain, and that was asked for."""
    return rules.goals and any(not goal.met for goal in result.goals)


def with_ways_out(map_: Compiled, found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The same messages; those about missed goals say what would reach them."""
    ways = {
        goal.goal.span: way_out(goal, (state.stream, state.analysis), map_.stream.kaizens)
        for goal in map_.goals
        if not goal.met and (state := map_.state(goal.goal.future))
    }
    return [
        one.hinted(ways[one.span]) if one.code.name == "goal-missed" and ways.get(one.span) else one
        for one in found
    ]


def _map(one: Input, rules: Rules) -> tuple[Checked, str]:
    map_ = maps.compiled(one)
    mending = fixes.mended(one, map_) if rules.fix else None
    map_ = mending.after if mending else map_
    found = _wanted(map_, rules)
    failed = tuple(filter(rules.fails, found))
    return Checked(one.name, map_.ok, found, failed, map_.goals), mending.message if mending else ""


def _wanted(map_: Compiled, rules: Rules) -> tuple[Diagnostic, ...]:
    found = [one for one in map_.diagnostics if rules.shows(one)]
    return tuple(with_ways_out(map_, found) if rules.goals else found)


# --- documents


def _document(one: Input, path: Path, rules: Rules) -> tuple[Checked, str]:
    if b"vsm" not in files.read_bytes(one):  # most pages have nothing to do with us
        return Checked(one.name, True, (), maps=0), ""
    limits = settings.config(one).limits
    patience.begin(one.name, limits)
    raw = maps.page_text(one)
    host = Source(one.name, normalise(raw))
    found, said = held(host, path, limits), ""
    if rules.fix and (mending := fixes.mended_document(one, path, raw, found)):
        host, said = mending
        found = held(host, path, limits)
    return _result(one, found, rules), said


def _result(one: Input, found: Sequence[Held], rules: Rules) -> Checked:
    messages = tuple(dict.fromkeys(_messages(found, rules)))
    goals = tuple(goal for each in found if each.compiled for goal in each.compiled.goals)
    failed = tuple(filter(rules.fails, messages))
    return Checked(
        one.name, all(each.ok for each in found), messages, failed, goals, maps=len(found)
    )


def _messages(found: Sequence[Held], rules: Rules) -> Iterator[Diagnostic]:
    for each in found:
        yield from each.about_fence
        if each.compiled:
            yield from each.in_host(_wanted(each.compiled, rules))


def folder_endings(name: str) -> bool:
    """Whether a file in a folder is looked into: a map, or a document that may hold some."""
    return PurePath(name).suffix == ".vsm" or host_of(name) is not None


def summary(result: Checked) -> str:
    """What to say about a file at the end; nothing about a document without a map."""
    name = console.harmless(result.file)
    if result.found:
        return f"{name}: {maps.tally(result.found)}"
    return f"{name}: nothing to report" if result.maps else ""

"""Work on its way from hand to hand: waits between teams, consents, places, returns to a team."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby

from vsmdsl.analysis.findings.words import label, listed, named, part, span_of, time
from vsmdsl.analysis.result import Analysis
from vsmdsl.language.codes.findings import (
    COMES_BACK_TO_TEAM,
    MANY_HANDOFFS,
    WAIT_BETWEEN_TEAMS,
    WAIT_FOR_APPROVAL,
)
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.model.stream import FORKS, Branch, Step, ValueStream

WORTH_SAYING = Fraction(5, 100)  # of the lead time; below, nobody's attention is well spent
MOST_PLACES = Fraction(1, 2)  # more often handed on than kept
FEW_HANDOFFS = 3  # up to two are a normal division of labour
APPROVAL = re.compile(r"approv|sign.?off|\bcab\b|change board|authori[sz]|consent", re.I)


def wait_between_teams(stream: ValueStream, analysis: Analysis) -> Iterator[Diagnostic]:
    """A step of another team begins only after a wait."""
    lead = analysis.metrics["lead_time"]
    for giver, taker in _changes_of_team(stream):
        figures = analysis.step(taker.key)
        if not figures or not lead or not figures.on_path:
            continue
        waited = figures.wait_before
        if waited.value > WORTH_SAYING * lead.value:
            long = time(stream, waited.value, waited.unit)
            teams = f"{_teams(stream, giver)} to {_teams(stream, taker)}"
            name = label(analysis, taker.key)
            message = f"work waits {long} on its way from {teams}, before {name}"
            on = named(analysis, [taker.key])
            yield WAIT_BETWEEN_TEAMS.at(taker.span, message, on=on)


def wait_for_approval(stream: ValueStream, analysis: Analysis) -> Iterator[Diagnostic]:
    """Something that is called an approval makes the work wait."""
    for key in dict.fromkeys(wait.key for wait in analysis.waits if wait.share):
        element = stream.find(key)
        own = (element.id or element.label) if element else ""
        if not own or not APPROVAL.search(f"{own} {analysis.labels[key]}"):
            continue
        waits = [wait for wait in analysis.waits_at(key) if wait.share]
        share = sum((wait.share or Fraction(0) for wait in waits), Fraction(0))
        if share > WORTH_SAYING:
            total = sum((wait.time.value for wait in waits), Fraction(0))
            long = time(stream, total, waits[0].time.unit)
            name = label(analysis, key)
            message = (
                f"approval at {name} makes the work wait {long}, {part(share)} of the lead time: "
                "which risk does it catch that evidence from the work could not?"
            )
            yield WAIT_FOR_APPROVAL.at(span_of(stream, key), message, on=named(analysis, [key]))


def many_handoffs(stream: ValueStream, analysis: Analysis) -> Iterator[Diagnostic]:
    """At most places the work changes hands."""
    count = analysis.metrics["handoffs"]
    places = len(analysis.steps) - 1
    if count and count.value >= FEW_HANDOFFS and count.value > MOST_PLACES * places:
        message = (
            f"work changes hands {count.value} times in {len(analysis.steps)} steps: each time "
            "it may wait, and some knowledge stays behind"
        )
        yield MANY_HANDOFFS.at(stream.span, message)


def comes_back_to_team(stream: ValueStream, analysis: Analysis) -> Iterator[Diagnostic]:
    """A team lets go of the work, and later it is theirs again."""
    steps = [one for one in stream.elements if isinstance(one, Step) and one.team]
    turns = [(team, list(group)) for team, group in groupby(steps, key=lambda step: step.team)]
    seen: dict[tuple[str, ...], int] = {}
    for team, group in turns:
        seen[team] = seen.get(team, 0) + 1
        if seen[team] == 2:
            name = label(analysis, group[0].key)
            message = (
                f"the work comes back to {_teams(stream, group[0])} at {name} after others had it: "
                "each return means finding one's way into it again"
            )
            on = named(analysis, [group[0].key])
            yield COMES_BACK_TO_TEAM.at(group[0].span, message, on=on)


def _changes_of_team(stream: ValueStream) -> Iterator[tuple[Step, Step]]:
    """Neighbours on one line, of two teams."""
    lines = [stream.elements]
    lines += [one.elements for one in stream.everything if isinstance(one, Branch)]
    for line in lines:
        last: Step | None = None
        for element in line:
            if isinstance(element, FORKS):
                last = None
            elif isinstance(element, Step):
                if last and last.team and element.team and set(last.team) != set(element.team):
                    yield last, element
                last = element


def _teams(stream: ValueStream, step: Step) -> str:
    teams = ((key, stream.team(key)) for key in step.team)
    return listed(f"`{team.label if team and team.label else key}`" for key, team in teams)


FINDINGS = (wait_between_teams, wait_for_approval, many_handoffs, comes_back_to_team)

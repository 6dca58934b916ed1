"""Who does what: a ribbon over the steps of one team, and a dashed line where teams meet."""

from __future__ import annotations

from itertools import groupby

from vsmdsl.drawing.fonts import ellipsize
from vsmdsl.drawing.layout import captions, gaps
from vsmdsl.drawing.layout.cells import Cell
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import Grid
from vsmdsl.drawing.layout.lanes import RIBBON, Stage
from vsmdsl.drawing.scene import Group, Item, Items
from vsmdsl.drawing.shapes import text_room
from vsmdsl.drawing.symbols.people import boundary, team_ribbon


def ribbons(grid: Grid, facts: Facts, stage: Stage) -> Items:
    """Draw one ribbon over each run of steps of one team on the main line."""
    main = [cell for cell in stage.cells if not cell.lane and cell.kind in ("step", "fork")]
    items: list[Item] = []
    for team, run in groupby(main, key=lambda cell: cell.step.team if cell.step else ()):
        members = [cell for cell in run if cell.step]
        if team and members:
            items.append(_ribbon(grid, facts, stage, members))
    return tuple(items)


def _ribbon(grid: Grid, facts: Facts, stage: Stage, members: list[Cell]) -> Item:
    row, step = stage.row, members[0].step
    assert step is not None
    edges = [row.edge(grid.ranks[cell.index]) for cell in (members[0], members[-1])]
    left = (sum(edges[0]) - row.step) / 2
    right = (sum(edges[1]) + row.step) / 2
    name = facts.team(step)
    drawn = team_ribbon(
        (left + right) / 2,
        stage.ribbon + RIBBON / 2,
        width=right - left,
        name=ellipsize(name, text_room(right - left, 4), 10.5, 700),
        tint=facts.tints[step.team[0]],
    )
    team = facts.stream.team(step.team[0])
    title = facts.say("Team: {name}", name=name)
    if team and team.people:
        title += f", {facts.say('{number} people', number=team.people.amount)}"
    return Group("team", drawn, title, "", team.url if team else "")


def boundaries(grid: Grid, facts: Facts, stage: Stage) -> Items:
    """Draw the dashed lines between teams, over and under what stands in their column."""
    items: list[Item] = []
    for cell in stage.cells:
        starts = stage.row.number and grid.ranks[cell.index] == stage.row.start
        if cell.cross and not cell.lane and not starts:
            left, right = stage.row.edge(grid.ranks[cell.index])
            middle = (left + right) / 2
            fy = stage.lines[0]
            words = captions.labels(cell, facts, stage.row.room(grid.ranks[cell.index]))
            top = fy - (46 if cell.holds else 8)
            low = fy + gaps.under(cell) - 4 + words.height if words.height else fy + 14
            items.append(boundary(middle, stage.ribbon - 2, top))
            if stage.lowest - low > 8:
                items.append(boundary(middle, low, stage.lowest))
    return tuple(items)

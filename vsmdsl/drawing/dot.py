"""The stream as a labelled DOT file, for people who want to take it further with Graphviz.

Whatever a user wrote is quoted by the `graphviz` package's own `escape` and `nohtml`, so that it
is never read as an HTML label or as an attribute.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import graphviz

from vsmdsl.analysis.result import Analysis
from vsmdsl.analysis.show import show
from vsmdsl.drawing.characters import visible
from vsmdsl.drawing.layout import words
from vsmdsl.drawing.layout.cells import Cell, Network, network
from vsmdsl.drawing.layout.facts import Facts, facts
from vsmdsl.drawing.svg import SAFE_LINK
from vsmdsl.model.stream import Handoff, ValueStream

SHAPES = {"step": "box", "gap": "trapezium", "fork": "box", "join": "box"}


def to_dot(stream: ValueStream, analysis: Analysis) -> str:
    """Write nodes for steps, waits and forks, solid edges for the flow, dashed ones for rework."""
    known, net = facts(stream, analysis), network(stream, analysis)
    name = quoted((stream.settings.title or "Value stream",))
    graph = graphviz.Digraph(graph_attr={"rankdir": "LR", "label": name, "labelloc": "t"})
    for what, size in (("graph", "14"), ("node", "10"), ("edge", "10")):
        graph.attr(what, fontname="Helvetica", fontsize=size)
    for cell in net.cells:
        graph.node(f"n{cell.index}", **_node(cell, known))
    for way in net.edges:
        graph.edge(f"n{way.start}", f"n{way.end}")
    _reworks(graph, net, known)
    return str(graph.source)


def quoted(lines: Iterable[str]) -> str:
    """Some lines of any text as one label in which nothing has a special meaning."""
    joined = "\\n".join(str(graphviz.escape(visible(line))) for line in lines)
    plain: str = graphviz.nohtml(joined)
    return plain


def _node(cell: Cell, known: Facts) -> dict[str, str]:
    if cell.kind in ("fork", "join"):
        bar = {"shape": "box", "style": "filled", "fillcolor": "black", "width": "0.08"}
        return {**bar, "height": "0.8", "label": "", "tooltip": cell.kind}
    look = {"shape": SHAPES[cell.kind], "label": quoted(_lines(cell, known))}
    urls = [one.url for one in (cell.step, *cell.holds) if one and re.fullmatch(SAFE_LINK, one.url)]
    return {**look, **({"URL": quoted(urls[:1])} if urls else {})}


def _lines(cell: Cell, known: Facts) -> list[str]:
    """What stands in a node: name, people or amount, and the figures."""
    if cell.step:
        step = cell.step
        team = known.team(step)
        rows = [f"{key} {value}".strip() for key, value in known.rows[step.key]]
        return [step.label or step.key, *([team] if team else []), *rows]
    lines = []
    for held in cell.holds:
        name = held.label or (held.via if isinstance(held, Handoff) else "")
        lines += [name] if name else []
        lines += () if isinstance(held, Handoff) else words.count(held.qty or held.wip)
        lines += [show(wait.time, known.calendar) for wait in known.waits.get(held.key, ())]
    if cell.waits_for:
        found = known.waits.get(cell.waits_for.key, ())
        lines += [show(wait.time, known.calendar) for wait in found if wait.kind == "step"]
    return lines or ["→"]


def _reworks(graph: graphviz.Digraph, net: Network, known: Facts) -> None:
    places = {
        one.key: cell.index
        for cell in net.cells
        for one in (cell.step, *cell.holds)
        if one is not None
    }
    for loop in known.stream.reworks:
        if loop.start in places and loop.end in places:
            back = f"{words.share(loop.share) or '?'} back"
            label = [back, loop.label] if loop.label else [back]
            start, end = f"n{places[loop.start]}", f"n{places[loop.end]}"
            graph.edge(start, end, label=quoted(label), style="dashed", constraint="false")

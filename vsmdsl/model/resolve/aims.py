"""Numbers asked of the map: stated metrics, spans, goals."""

from __future__ import annotations

from typing import Any

from vsmdsl.language import syntax
from vsmdsl.language.codes import quantities, structure
from vsmdsl.model.figures import FIGURES
from vsmdsl.model.quantity import Gap
from vsmdsl.model.resolve.fields import Fields
from vsmdsl.model.resolve.names import ELEMENTS
from vsmdsl.model.resolve.site import Site, label_of, thing
from vsmdsl.model.resolve.texts import as_text, as_word
from vsmdsl.model.stream import Goal, Metric, Stated, Stretch

METRIC_ALIASES = {
    "lead_time_for_changes": "change_lead_time",
    "change_failure_rate": "change_fail_rate",
    "time_to_restore": "failed_deployment_recovery_time",
    "mttr": "failed_deployment_recovery_time",
    "activity_ratio": "flow_efficiency",
}


def metric(site: Site, statement: syntax.Statement) -> Metric | None:
    """A number that the author states, or the name of a figure."""
    attr = next(iter(statement.of_kind(syntax.Attr)), None)
    fields = site.reading.rest(statement, (attr,) if attr else ())
    if attr is None:
        return None  # the parser has said so
    name = as_word(attr.key) if isinstance(attr.key, syntax.Word) else attr.key.text
    name = METRIC_ALIASES.get(name, name)
    value, figure = _stated(site, attr.value)
    if value is None:
        return None
    label = label_of(fields) or (name if isinstance(attr.key, syntax.Text) else "")
    key = site.keys.take(None, f"metric {name}", "metric")
    own: dict[str, Any] = {"value": value, "figure": figure, "text": as_text(attr.value)}
    return Metric(**thing(fields, key, name, label), **own)


def _stated(site: Site, node: syntax.Value) -> tuple[Stated | None, str]:
    """What a metric states, and the figure that it names, if it does."""
    if isinstance(node, syntax.Word) and ("." in node.text or figure_name(node) in FIGURES):
        return node.text, figure_name(node)
    values = site.reading.values
    return values.stated(values.unquoted(node)), ""


def figure_name(node: syntax.Ref) -> str:
    """The name of a figure: a computed one in any spelling, another as it is written."""
    word = as_word(node)
    word = METRIC_ALIASES.get(word, word)
    if word in FIGURES or word in METRIC_ALIASES.values():
        return word
    owner, dot, figure = node.text.rpartition(".")
    return f"{owner}{dot}{METRIC_ALIASES.get(figure, figure)}"


def stretch(site: Site, statement: syntax.Statement) -> Stretch | None:
    """A part of the stream, from the start of one element to the end of another."""
    fields = site.reading.fields(statement)
    id = site.claimed(fields)
    start, end = (_stop(site, fields, word) for word in ("from", "to"))
    if start is None or end is None:
        return None
    key = site.keys.take(id, fields.label, "span")
    return Stretch(**thing(fields, key, id, fields.label), start=start, end=end)


def _stop(site: Site, fields: Fields, word: str) -> str | None:
    clause = fields.clauses.get(word)
    if clause is None or not clause.refs:
        message = f"the span does not say where it {'begins' if word == 'from' else 'ends'}"
        hint = 'as in `span cycle "Cycle time" from dev to release`'
        return site.lacks(structure.MISSING_PART, fields, message, hint)
    return site.find(clause.refs[0], ELEMENTS - {"branch"}, structure.UNKNOWN_STEP)


def goal(site: Site, statement: syntax.Statement) -> Goal | None:
    """What a figure should reach; which figure it is, is asked when all are known."""
    from vsmdsl.language import spelling  # few maps have goals

    names = [item for item in statement.items if isinstance(item, syntax.Word | syntax.Text)][:1]
    aims = statement.of_kind(syntax.Comparison)[:1]
    fields = site.reading.rest(statement, (*names, *aims))
    if not names or not aims:
        return None  # the parser has said so
    value = _aim(site, aims[0])
    if value is None:
        return None
    name = figure_name(names[0])
    clause = fields.clauses.get("in")
    future = clause.refs[0].text if clause and clause.refs else ""
    text = f"{name} {aims[0].op} {spelling.value(aims[0].value)}"
    own: dict[str, Any] = {"metric": name, "op": aims[0].op, "value": value, "future": future}
    own["text"] = f"{text} in {future}" if future else text
    key = site.keys.take(None, f"goal {name}", "goal")
    return Goal(**thing(fields, key, None, ""), **own)


def _aim(site: Site, aim: syntax.Comparison) -> Any:
    node = site.reading.values.unquoted(aim.value)
    value = site.reading.values.stated(node)
    if not isinstance(value, str | Gap):
        return value
    message = f"`{aim.value.span.text}` is nothing that a figure can be compared with"
    hint = "a goal compares with a number and its unit: `24d`, `15%`, `2/week`"
    site.log.add(quantities.UNLIKE_QUANTITIES.at(aim.value.span, message, hint=hint))
    return None

"""`set`: another value for keys of an element, a link, a team or the map."""

from __future__ import annotations

from typing import Any

from vsmdsl.language import syntax
from vsmdsl.language.codes import structure
from vsmdsl.model.changes import MAP, SetField
from vsmdsl.model.resolve import complaints
from vsmdsl.model.resolve.changing import Changing
from vsmdsl.model.resolve.fields import Fields, block_attributes, block_statements, head
from vsmdsl.model.resolve.forks import stray_keys
from vsmdsl.model.resolve.goals import word_of
from vsmdsl.model.resolve.links import known_share
from vsmdsl.model.resolve.names import Named
from vsmdsl.model.stream import Branch, Choice, Party, Rework
from vsmdsl.record import replace

# What a future may say of the map. How its numbers are made stays, or nothing could be compared.
SETTABLE = (
    "demand", "item", "cost_rate", "scope", "date", "author", "version", "language", "show",
    "wrap", "url", "source",
)  # fmt: skip
STOCK = ("wait", "qty", "wip")


def read_set(to: Changing, statement: syntax.Statement) -> None:
    """`set test ca=95%`, `set test "New label"`, `set demand=30/month`, `set test.ca = 95%`."""
    complaints.misplaced(to.log, statement, list(block_statements(statement)))
    items = (*statement.items, *block_attributes(statement))
    target = next(
        (i for i in items if isinstance(i, syntax.Word | syntax.Text | syntax.Link)), None
    )
    dotted = [i for i in items if isinstance(i, syntax.Attr) and _is_dotted(i)]
    rest = tuple(item for item in items if item is not target and item not in dotted)
    for attr in dotted:
        _set_dotted(to, statement, attr)
    if isinstance(target, syntax.Word) and target.text.lower() == MAP:
        target = target if to.scope.named(target) else None
    if target is None and rest:
        _set_map(to, statement, rest)
    elif target is not None and not rest and not statement.block:
        _nothing(to, statement, target)
    elif target is not None and (named := to.named(target)):
        _set_on(to, statement, named, rest)


def _is_dotted(attr: syntax.Attr) -> bool:
    return isinstance(attr.key, syntax.Word) and "." in attr.key.text


def _nothing(to: Changing, statement: syntax.Statement, target: syntax.Ref | syntax.Link) -> None:
    text = target.span.text
    message = f"what shall be set on `{text}`?"
    hint = f"as in `set {text} wait=2h`"
    to.log.lacking(statement, structure.MISSING_PART.at(head(statement), message, hint=hint))


def _set_dotted(to: Changing, statement: syntax.Statement, attr: syntax.Attr) -> None:
    owner, _, key = attr.key.text.rpartition(".")
    word = syntax.Word(owner, attr.key.span)
    short = syntax.Attr(syntax.Word(key, attr.key.span), attr.value)
    if owner.lower() == MAP and not to.scope.named(word):
        _set_map(to, statement, (short,))
    elif named := to.named(word):
        _set_on(to, statement, named, (short,))


# --- the map


def _set_map(to: Changing, statement: syntax.Statement, items: tuple[syntax.Item, ...]) -> None:
    fields = _read(to, statement, items, MAP)
    for key in fields.places:
        if key in fields.values and key in SETTABLE:
            to.do(SetField(MAP, key, fields.values[key]), fields.places[key])
            _same_demand(to, fields, None)
        elif key not in SETTABLE:
            message = f"a future cannot set `{key}` of the map"
            hint = "it can set " + ", ".join(f"`{name}`" for name in SETTABLE)
            to.log.add(structure.UNKNOWN_KEY.at(fields.places[key], message, hint=hint))


def _same_demand(to: Changing, fields: Fields, party: Party | None) -> None:
    """The demand of the map and of its customer are one."""
    demand = fields.values.get("demand")
    if demand is None:
        return
    parties: tuple[Party, ...] = to.bench.all_of("parties")
    customer = next((one for one in parties if one.kind == "customer"), None)
    if customer is None:
        return
    if party is None and customer.demand not in (None, demand):
        to.do(SetField(customer.key, "demand", demand), fields.places["demand"])
    elif party is not None and party.key == customer.key:
        to.do(SetField(MAP, "demand", demand), fields.places["demand"])


# --- everything else


def _set_on(
    to: Changing,
    statement: syntax.Statement,
    named: Named,
    items: tuple[syntax.Item, ...],
) -> None:
    fields = _read(to, statement, items, word_of(named.thing))
    key = named.thing.key
    if isinstance(named.thing, Branch):
        stray_keys(fields, _fork_of(to, key), to.log)
    if fields.has_label:
        to.do(SetField(key, "label", fields.label), fields.name_span)
    for name, value in fields.values.items():
        for change in _fields(to, key, name, value, named, fields):
            to.do(change, fields.places[name])
    if isinstance(named.thing, Party):
        _same_demand(to, fields, named.thing)
    if fields.rows:
        now = _now(to, named)
        rows = dict(getattr(now, "rows", ())) | dict(fields.rows)
        to.do(SetField(key, "rows", tuple(rows.items())), fields.places[fields.rows[0][0]])


def _fork_of(to: Changing, key: str) -> str:
    """The statement word of the fork that a branch belongs to."""
    fork = to.bench.grove.things[to.bench.grove.owner[key] or ""]
    return "choice" if isinstance(fork, Choice) else "parallel"


def _read(
    to: Changing, statement: syntax.Statement, items: tuple[syntax.Item, ...], word: str
) -> Fields:
    """The keys, by the table of the statement word that the target was written with."""
    line = replace(statement, word=word, items=items, block=None)
    return to.reading.fields(line)


def _now(to: Changing, named: Named) -> object:
    """The thing as earlier changes have left it."""
    key = named.thing.key
    return to.bench.find(key) or to.bench.thing("parties", key) or named.thing


def _fields(
    to: Changing, key: str, name: str, value: Any, named: Named, fields: Fields
) -> list[SetField]:
    """What one key sets: `wait` takes the place of `qty` and `wip`, and they of it."""
    if name == "team":
        value = _teams(to, value)
    if isinstance(named.thing, Rework) and name == "share":
        value = known_share(value)
    found = [SetField(key, "yield_" if name == "yield" else name, value)]
    if named.role == "queue" and name in STOCK:
        others = ("qty", "wip") if name == "wait" else ("wait",)
        now = to.bench.find(key)
        lost = [o for o in others if o not in fields.places and getattr(now, o, None) is not None]
        found += [SetField(key, other, None) for other in lost]
    return found


def _teams(to: Changing, nodes: tuple[syntax.Value, ...]) -> tuple[str, ...]:
    builder = to.elements()
    keys = builder.teams_of(nodes)
    to.add_teams(builder)
    return keys

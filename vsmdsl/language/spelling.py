"""The canonical spelling of a piece of the tree, on one line (save for strings over several)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vsmdsl.language.quoted import parse_value
from vsmdsl.language.strings import quoted
from vsmdsl.language.syntax import (
    Address,
    Approx,
    Argument,
    Attr,
    Call,
    Clause,
    Comparison,
    Date,
    Item,
    Items,
    Link,
    Measure,
    Number,
    Part,
    Percent,
    Range,
    Ratio,
    Ref,
    Segment,
    Signed,
    Statement,
    Sum,
    Text,
    Unknown,
    Value,
    Word,
)  # fmt: skip
from vsmdsl.language.words import DURATION_WORDS, KEYS, canonical_unit


def head(statement: Statement) -> str:
    """A statement without its block: `step dev "Develop" pt=3d`."""
    pieces = [item(one, statement) for one in keyed(statement)]
    if statement.word in ("apply", "remove"):
        listed = [one for one in statement.items if isinstance(one, Word | Text | Link)]
        pieces = [", ".join(pieces[: len(listed)]), *pieces[len(listed) :]]
    if statement.word == "stream":
        pieces = [" -> ".join(pieces)]
    return " ".join([statement.word, *pieces])


def item(one: Item, statement: Statement) -> str:
    """One item of a statement."""
    match one:
        case Attr() if statement.word == "metric" and one is statement.items[0]:
            return f"{_name(one.key)} = {value(one.value)}"  # its key is the name of a figure
        case Attr():
            return attribute(one, "=")
        case Text():
            return label(one)
        case Clause():
            return f"{one.word} {link(one.link) if one.link else _refs(one.refs)}"
        case Link():
            return link(one)
        case Comparison():
            return f"{one.op} {value(one.value)}"
        case Segment():
            return segment(one)
        case Word() if _is_name(one, statement.items):
            return one.text
        case _:
            return value(one)


def attribute(attr: Attr, equals: str) -> str:
    """A key and its value."""
    return f"{_key(attr.key)}{equals}{_unquoted(attr)}"


def link(one: Link) -> str:
    """`A -> B, C`."""
    return f"{_ref(one.start)} -> {_refs(one.ends)}"


def segment(one: Segment) -> str:
    """One part of a `stream` line."""
    name = [_ref(one.name)] if one.name else []
    values = (
        part.text if not name and isinstance(part, Word) else value(part) for part in one.values
    )
    attrs = (attribute(attr, "=") for attr in one.attrs)
    return " ".join([*name, *values, *attrs])


def label(text: Text) -> str:
    """A string in straight quotes, as its author wrote it where he used them."""
    raw = text.span.text
    closed = len(raw) > 1 and raw[0] == raw[-1] == '"'
    return raw if text.triple or closed else quoted(text.text)


def value(one: Value) -> str:  # noqa: C901 - one case for each kind of value
    """A value."""
    match one:
        case Word(text=text):
            return "none" if text.lower() == "none" else text
        case Text():
            return label(one)
        case Number(digits=digits):
            return digits
        case Percent(digits=digits):
            return f"{digits}%"
        case Measure():
            return _measure(one)
        case Ratio(left=left, right=right):
            return f"{value(left)}/{value(right)}"
        case Sum(terms=terms):
            return " + ".join(map(value, terms))
        case Range(points=points):
            return "..".join(map(value, points))
        case Call(name=name, arguments=arguments):
            return f"{name.text}({', '.join(map(_argument, arguments))})"
        case Date(text=text) | Address(text=text):
            return text
        case Unknown():
            return "?"
        case Approx(value=inner):
            return f"~{value(inner)}"
        case Signed(sign=sign, value=inner):
            return f"{sign}{value(inner)}"
        case Items(values=values):
            return ", ".join(map(value, values))


# --- bare values get their keys ---------------------------------------------------------------


def keyed(statement: Statement) -> Sequence[Item]:
    """The items of a statement, with bare values as attributes where it is clear which."""
    if statement.word not in _BARE:
        return statement.items
    taken = {_key(attr.key) for attr in statement.of_kind(Attr)}
    result: list[Item] = []
    for one in statement.items:
        named = _is_name(one, statement.items)
        bare = not named and _is_bare(one)
        attrs = _attrs(one, statement.word) if bare else [one]
        keys = {_key(attr.key) for attr in attrs if isinstance(attr, Attr)} if bare else set()
        if not attrs or keys & taken or (named and result):  # a name behind values stays there
            return statement.items
        taken |= keys
        result += attrs
    return result


_BARE = DURATION_WORDS | {"step", "branch"}


def _is_name(one: Item, items: Sequence[Item]) -> bool:
    """Whether a word names the thing: only behind a name or a label is `none` a value."""
    return isinstance(one, Word) and one is next(i for i in items if isinstance(i, Word | Text))


def _is_bare(one: Item) -> bool:
    if isinstance(one, Word):
        return one.text.lower() == "none"
    return not isinstance(one, Attr | Clause | Link | Comparison | Segment | Text)


def _attrs(one: Item, word: str) -> Sequence[Item]:
    """A bare value with its key; nothing if it has none in this statement."""
    match one:
        case Ratio(left=left, right=right) if word == "step":
            both = (_attr("pt", left), _attr("lt", right))
            return both if _is_time(left) and _is_time(right) else ()
        case Percent() | Approx(value=Percent()):
            key = {"step": "ca", "branch": "share"}.get(word, "")
            return (_attr(key, one),) if key else ()
        case Unknown() if word == "branch":
            return (_attr("share", one),)
        case Number() | Approx(value=Number()):
            return (_attr("qty", one),) if word not in ("step", "branch", "handoff") else ()
        case Measure() | Range() | Approx(value=Measure()) if not _is_time(one):
            return (_attr("qty", one),) if word not in ("step", "branch", "handoff") else ()
        case Ratio() | Sum() | Signed():
            return ()
        case _ if word == "branch":
            return ()
    return (_attr("pt" if word == "step" else "wait", one),)  # type: ignore[arg-type]


def _attr(key: str, one: Value) -> Attr:
    return Attr(Word(key, one.span), one)


def _is_time(one: Item) -> bool:
    match one:
        case Measure(parts=parts):
            return all(part.unit == "m" or canonical_unit(part.unit) for part in parts)
        case Approx(value=inner):
            return _is_time(inner)
        case Range(points=points):
            return any(map(_is_time, points))
        case Unknown() | Call():
            return True
        case Word(text=text):
            return text.lower() == "none"
        case _:
            return False


# --- small pieces -----------------------------------------------------------------------------

# Keys whose value is a quantity: a number in quotes there is meant as the number.
_QUANTITIES = frozenset(
    {"pt", "lt", "wait", "ca", "people", "stations", "ct", "co", "uptime", "available", "shifts",
     "batch", "transfer", "scrap", "yield", "wip", "qty", "max", "demand", "pack", "share",
     "effort"}
)  # fmt: skip
_RESERVED = frozenset({"on", "from", "to", "of", "in", "after", "before", "per", "none", "m"})


def _unquoted(attr: Attr) -> str:
    text, digits = attr.value, frozenset("0123456789~?")
    if isinstance(text, Text) and _key(attr.key) in _QUANTITIES and text.text[:1] in digits:
        inner = parse_value(text)
        if inner is not None and not isinstance(inner, Word | Items | Date):
            return value(inner)
    if isinstance(text, Word) and _key(attr.key) not in _QUANTITIES:
        return text.text  # where it is no quantity, `None` may be shown as it is written
    return value(attr.value)


def _key(key: Word | Text) -> str:
    if isinstance(key, Text):
        return label(key)
    target, point, last = key.text.rpartition(".")
    return target + point + (KEYS.get(last.lower(), last))


def _name(key: Word | Text) -> str:
    return key.text if isinstance(key, Word) else label(key)


def _ref(ref: Ref) -> str:
    return ref.text if isinstance(ref, Word) else label(ref)


def _refs(refs: Iterable[Ref]) -> str:
    return ", ".join(map(_ref, refs))


def _argument(argument: Argument) -> str:
    name = f"{argument.name.text}=" if argument.name else ""
    return name + value(argument.value)


def _measure(measure: Measure) -> str:
    """Units of time are glued and short, other units keep a blank: `3d`, `4600 pcs`."""
    units = [canonical_unit(part.unit) for part in measure.parts]
    if all(units):
        pairs = zip(measure.parts, units, strict=True)
        return "".join(f"{part.digits}{unit}" for part, unit in pairs)
    if len(measure.parts) == 1 and measure.parts[0].unit not in _RESERVED:
        return _free(measure.parts[0])
    return "".join(f"{part.digits}{part.unit}" for part in measure.parts)


def _free(part: Part) -> str:
    return f"{part.digits} {part.unit}" if part.unit else part.digits

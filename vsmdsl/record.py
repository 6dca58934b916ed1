"""Immutable values: `@record` is what a frozen dataclass is, made in a tenth of the time.

A map passes through some hundred and fifty small types. Making them by `dataclasses` takes longer
than reading, measuring and drawing a map of eight steps, since each gets six functions of its own,
compiled anew at every start. Here `__init__` is compiled once for all types with as many fields,
and the others are shared.

That nobody writes to a field is seen to by the type checker. A guard that also refuses it while a
program runs makes values and each look at them slower, so it stands only where
`VSMDSL_FROZEN` is set, as it is in the tests.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from operator import attrgetter
from types import CodeType, FunctionType
from typing import Any, TypeVar, dataclass_transform, overload

T = TypeVar("T")
MISSING: Any = object()
GUARDED = bool(os.environ.get("VSMDSL_FROZEN"))
TEMPLATES: dict[str, CodeType] = {}  # by shape; `cli.start` keeps them from one run to the next


class Field:
    """One field of a record: its default, and whether it counts in comparisons and is shown."""

    __slots__ = ("compare", "default", "default_factory", "kw_only", "repr", "required")

    def __init__(
        self,
        default: Any = MISSING,
        default_factory: Callable[[], Any] | None = None,
        compare: bool = True,
        repr: bool = True,
        kw_only: bool = False,
    ) -> None:
        self.default = default
        self.default_factory = default_factory
        self.compare = compare
        self.repr = repr
        self.kw_only = kw_only
        self.required = default is MISSING and default_factory is None


REQUIRED, BY_NAME = Field(), Field(kw_only=True)  # what most fields are


def field(
    *,
    default: Any = MISSING,
    default_factory: Callable[[], Any] | None = None,
    compare: bool = True,
    repr: bool = True,
    kw_only: bool = False,
) -> Any:
    """Say more about a field than its type: as `dataclasses.field`."""
    return Field(default, default_factory, compare, repr, kw_only)


@overload
def record(cls: type[T], /) -> type[T]: ...
@overload
def record(
    *, frozen: bool = True, eq: bool = True, kw_only: bool = False
) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(
    cls: type[Any] | None = None,
    /,
    *,
    frozen: bool = True,
    eq: bool = True,
    kw_only: bool = False,
) -> Any:
    """Make a class of annotated fields a type of immutable values, equal if their fields are.

    `frozen=False` lets the fields change (and takes the hash away), `eq=False` compares by
    identity, `kw_only` wants all fields of this class by name.
    """
    if cls is None:
        return lambda cls: _made(cls, frozen, eq, kw_only)
    return _made(cls, frozen, eq, kw_only)


def replace(value: T, /, **changes: Any) -> T:
    """The same value with some fields changed. Raises TypeError for an unknown field."""
    now = {name: getattr(value, name) for name in field_names(value)}
    return type(value)(**{**now, **changes})


def field_names(value: Any) -> tuple[str, ...]:
    """The names of the fields of a record or of its type, in order."""
    return tuple(value.__record_fields__)


def is_record(value: Any) -> bool:
    """Whether something is a record."""
    return hasattr(type(value), "__record_fields__")


def _made(cls: type[Any], frozen: bool, eq: bool, kw_only: bool) -> type[Any]:
    fields: dict[str, Field] = {}
    for base in cls.__mro__[-2:0:-1]:
        fields.update(base.__dict__.get("__record_fields__", ()))
    required = BY_NAME if kw_only else REQUIRED
    for name in _annotations(cls):
        given = cls.__dict__.get(name, MISSING)
        fields[name] = required if given is MISSING else _with_default(cls, name, given, kw_only)
    made: Any = cls
    made.__record_fields__ = fields
    by_place = tuple(name for name, one in fields.items() if not one.kw_only)
    setattr(cls, "__match_args__", by_place)  # noqa: B010 - mypy keeps this name to itself
    made.__init__ = _initialiser_when_needed(made, fields)
    made.__repr__ = _shown
    if eq:
        _compared(made, [name for name, one in fields.items() if one.compare], frozen)
    if frozen and GUARDED:
        made.__setattr__, made.__delattr__ = _write_once, _refuse
    return cls


def _annotations(cls: type[Any]) -> dict[str, Any]:
    # `inspect.get_annotations` says the same on every Python, and importing it takes 10 ms.
    own: dict[str, Any] = vars(cls).get("__annotations__") or {}
    return own or (cls.__annotations__ if "__annotate_func__" in vars(cls) else {})


def _with_default(cls: type[Any], name: str, given: Any, kw_only: bool) -> Field:
    if not isinstance(given, Field):
        return Field(given, kw_only=kw_only)
    given.kw_only = given.kw_only or kw_only
    if given.default is MISSING:
        delattr(cls, name)
    else:
        setattr(cls, name, given.default)
    return given


def _initialiser_when_needed(cls: Any, fields: dict[str, Field]) -> Callable[..., None]:
    """Compile `__init__` with the first value of a type: half of all types have none in a run."""

    def first(self: Any, *values: Any, **named: Any) -> None:
        cls.__init__ = _initialiser(cls, fields)
        cls.__init__(self, *values, **named)

    return first


def _initialiser(cls: type[Any], fields: dict[str, Field]) -> Callable[..., None]:
    """`__init__`: it takes the fields as they are given."""
    by_name = {name: one for name, one in fields.items() if one.kw_only}
    plain = {name: one for name, one in fields.items() if not one.kw_only} if by_name else fields
    both = (*plain, *by_name)
    makers = {
        f"make_{place}": one.default_factory
        for place, one in enumerate([*plain.values(), *by_name.values()])
        if one.default_factory
    }
    template = _template(_shape(len(both), makers), hasattr(cls, "__post_init__"))
    code = template.replace(
        co_argcount=1 + len(plain),
        co_kwonlyargcount=len(by_name),
        co_varnames=("self", *both),
        co_names=_meant(template.co_names, both),
    )
    known = {"MISSING": MISSING, **makers}
    made = FunctionType(code, known, "__init__", _defaults(cls, plain))
    if by_name:
        made.__kwdefaults__ = {n: one.default for n, one in by_name.items() if not one.required}
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _shape(fields: int, makers: dict[str, Any]) -> str:
    """A letter for each field: `f` where something makes its default, else `v`."""
    if not makers:
        return "v" * fields
    return "".join(["f" if f"make_{place}" in makers else "v" for place in range(fields)])


def _meant(names: tuple[str, ...], fields: tuple[str, ...]) -> tuple[str, ...]:
    """The names in a template, with the fields for `f0`, `f1` …."""
    if len(names) == len(fields):  # each is one of them, in order
        return fields
    meant = {f"f{place}": name for place, name in enumerate(fields)}
    return tuple([meant.get(name, name) for name in names])


def _template(shape: str, after: bool) -> CodeType:
    """The code of all initialisers with so many fields, which are called `f0`, `f1` … here.

    Compiling takes ten times as long as filling in names, and there are few shapes.
    """
    key = f"{shape}!" if after else shape
    if key not in TEMPLATES:
        TEMPLATES[key] = _compiled(shape, after)
    return TEMPLATES[key]


def _compiled(shape: str, after: bool) -> CodeType:
    fields = range(len(shape))
    parameters = "".join([f", f{place}" for place in fields])
    lines = "".join([f"self.f{place} = {_value(place, shape[place])}; " for place in fields])
    end = "self.__post_init__()" if after else "pass"
    names: dict[str, Any] = {}
    exec(f"def __init__(self{parameters}): {lines}{end}", names)
    code: CodeType = names["__init__"].__code__
    return code


def _value(place: int, kind: str) -> str:
    return f"make_{place}() if f{place} is MISSING else f{place}" if kind == "f" else f"f{place}"


def _defaults(cls: type[Any], plain: dict[str, Field]) -> tuple[Any, ...]:
    given = tuple([one.default for one in plain.values() if not one.required])
    if given and any(one.required for one in [*plain.values()][-len(given) :]):
        raise TypeError(f"{cls.__qualname__}: a field without a default follows one with a default")
    return given


def _compared(cls: Any, names: list[str], frozen: bool) -> None:
    key: Callable[[Any], Any] = attrgetter(*names) if names else type

    def equal(self: Any, other: Any) -> Any:
        if self is other:
            return True
        return key(self) == key(other) if type(self) is type(other) else NotImplemented

    cls.__eq__ = equal
    if "__hash__" not in cls.__dict__ or cls.__dict__["__hash__"] is None:
        cls.__hash__ = (lambda self: hash(key(self))) if frozen else None


def _shown(self: Any) -> str:
    fields = type(self).__record_fields__.items()
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name, one in fields if one.repr)
    return f"{type(self).__qualname__}({shown})"


def _write_once(self: Any, name: str, value: Any) -> None:
    if name not in type(self).__record_fields__ or name in vars(self):
        _refuse(self, name)
    object.__setattr__(self, name, value)


def _refuse(self: Any, name: str, *_: Any) -> None:
    raise AttributeError(f"{type(self).__name__}.{name} cannot be changed; use `replace`")

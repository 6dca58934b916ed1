"""Which keys and bare values each statement takes: the language as a table.

A new key is a new entry here (and a field of the same name in `model.stream`).
"""

from __future__ import annotations

from collections.abc import Mapping

from vsmdsl.record import field, record


@record
class Kind:
    """What a key takes: the reader's method, and the words it may be."""

    reads: str
    words: tuple[str, ...] = ()
    positive: bool = False


TIME = Kind("time")
KNOWN_TIME = Kind("duration")
EVERY = Kind("every")  # a duration, a rate or a text
WAIT = Kind("wait")  # a time, or `included`
SHARE = Kind("share")
PERCENT = Kind("percent")
COUNT = Kind("count")
KNOWN_COUNT = Kind("known_count")
DIVISOR = Kind("known_count", positive=True)
PEOPLE = Kind("count", positive=True)
RATE = Kind("rate")
TEXT = Kind("text")
URL = Kind("url")
DATE = Kind("date")
TEAMS = Kind("teams")
WASTES = Kind("wastes")
WORDS = Kind("words")
YES = Kind("yes", ("yes", "no"))
CALENDAR = Kind("calendar")
COLOR = Kind("color")


def one_of(*words: str) -> Kind:
    """A kind that takes one of these words."""
    return Kind("one_of", words)


FLOW = one_of("push", "pull", "fifo")
VIA_INFORMATION = one_of("electronic", "manual", "verbal", "kanban", "signal", "gosee", "heijunka")


@record
class Shape:
    """One statement word: its keys, its clauses, and what else it may hold."""

    keys: Mapping[str, Kind]
    clauses: frozenset[str] = frozenset()
    bare: tuple[str, ...] = ()  # the keys that bare values fill, in the order they are tried
    rows: bool = False  # data-box rows of one's own
    names: int = 1  # how many bare names it takes
    label: bool = True
    link: bool = False
    holds: frozenset[str] = field(default=frozenset())  # statements its block may hold


_COMMON = {"source": TEXT, "url": URL}

STREAM_WORDS = frozenset(
    ("step", "queue", "inventory", "supermarket", "fifo", "handoff", "parallel", "choice", "stream")
)
QUEUE_WORDS = frozenset(("queue", "inventory", "supermarket", "fifo"))
CHANGE_WORDS = frozenset(("apply", "set", "remove", "insert", "replace", "move"))
ADDED_WORDS = frozenset(
    ("info", "shipment", "rework", "team", "note", "waste", "kaizen", "metric", "goal")
)

_QUEUE = Shape(
    {
        "wait": WAIT,
        "wip": COUNT,
        "qty": COUNT,
        "max": KNOWN_COUNT,
        "kind": one_of("queue", "inventory", "supermarket", "fifo", "safety", "buffer"),
        "flow": FLOW,
        "waste": WASTES,
        **_COMMON,
    },
    bare=("wait", "qty"),
    rows=True,
)

SHAPES: dict[str, Shape] = {
    "map": Shape(
        {
            "state": TEXT,
            "date": DATE,
            "scope": TEXT,
            "author": TEXT,
            "version": TEXT,
            "language": TEXT,
            "item": TEXT,
            "calendar": CALENDAR,
            "demand": RATE,
            "available": KNOWN_TIME,
            "shifts": DIVISOR,
            "cost_rate": TEXT,
            "timeline": one_of("lead_time", "inventory"),
            "rework_model": one_of("expected", "once_and_check", "once"),
            "show": WORDS,
            "wrap": TEXT,
            **_COMMON,
        },
        names=0,
    ),
    "step": Shape(
        {
            "team": TEAMS,
            "pt": TIME,
            "lt": TIME,
            "wait": TIME,
            "ca": SHARE,
            "people": PEOPLE,
            "stations": DIVISOR,
            "value": one_of("va", "nva", "nnva"),
            "ct": TIME,
            "co": TIME,
            "uptime": SHARE,
            "available": TIME,
            "shifts": DIVISOR,
            "batch": DIVISOR,
            "transfer": DIVISOR,
            "epe": EVERY,
            "scrap": SHARE,
            "yield": SHARE,
            "wip": KNOWN_COUNT,
            "cost": TEXT,
            "tool": TEXT,
            "automation": one_of("manual", "assisted", "automatic"),
            "flow": FLOW,
            "waste": WASTES,
            **_COMMON,
        },
        bare=("pt", "lt", "ca"),
        rows=True,
    ),
    "queue": _QUEUE,
    "inventory": _QUEUE,
    "supermarket": _QUEUE,
    "fifo": _QUEUE,
    "handoff": Shape(
        {"wait": TIME, "via": TEXT, "ca": SHARE, "waste": WASTES, **_COMMON},
        bare=("wait",),
        rows=True,
    ),
    "parallel": Shape(dict(_COMMON), holds=STREAM_WORDS | {"branch"}),
    "choice": Shape(dict(_COMMON), holds=frozenset(("branch",))),
    "branch": Shape(
        {"share": PERCENT, "joins": YES, **_COMMON}, bare=("share",), holds=STREAM_WORDS
    ),
    "team": Shape({"people": KNOWN_COUNT, "color": COLOR, **_COMMON}),
    "supplier": Shape(dict(_COMMON), rows=True),
    "customer": Shape(
        {"demand": RATE, "pack": KNOWN_COUNT, "shifts": DIVISOR, **_COMMON}, rows=True
    ),
    "control": Shape({"system": TEXT, **_COMMON}, rows=True),
    "info": Shape({"by": VIA_INFORMATION, "every": EVERY, **_COMMON}, link=True),
    "shipment": Shape({"by": TEXT, "every": EVERY, **_COMMON}, link=True),
    "rework": Shape(
        {"share": SHARE, "wait": TIME, "pt": TIME, "effort": PERCENT, **_COMMON},
        bare=("share",),
        link=True,
    ),
    "waste": Shape(dict(_COMMON), clauses=frozenset(("on",))),
    "kaizen": Shape(
        {
            "owner": TEXT,
            "due": DATE,
            "effort": TIME,
            "status": one_of("idea", "planned", "doing", "done", "dropped"),
            **_COMMON,
        },
        clauses=frozenset(("on",)),
        holds=CHANGE_WORDS - {"apply"} | STREAM_WORDS,  # the last to be answered by name
    ),
    "note": Shape(dict(_COMMON), clauses=frozenset(("on",)), names=0),
    "span": Shape(dict(_COMMON), clauses=frozenset(("from", "to"))),
    "future": Shape(
        dict(_COMMON),
        clauses=frozenset(("from", "of")),
        holds=CHANGE_WORDS | ADDED_WORDS | STREAM_WORDS,
    ),
    # What is left of these once their own items are read.
    "metric": Shape(dict(_COMMON), names=0),
    "goal": Shape(dict(_COMMON), clauses=frozenset(("in",)), names=0, label=False),
    "include": Shape({}, names=0),
    "stream": Shape({}, names=0, label=False),
    "apply": Shape({}, names=0, label=False),
    "remove": Shape({}, names=0, label=False),
    "insert": Shape(
        {},
        clauses=frozenset(("after", "before")),
        names=0,
        label=False,
        holds=STREAM_WORDS | {"branch"},
    ),
    "replace": Shape(
        {},
        clauses=frozenset(("to",)),
        names=0,
        label=False,
        holds=STREAM_WORDS | {"branch"},
    ),
    "move": Shape({}, clauses=frozenset(("after", "before")), names=0, label=False),
}

WASTES_AND_ALIASES = {
    "waiting": "waiting",
    "delays": "waiting",
    "delay": "waiting",
    "overproduction": "overproduction",
    "extra_features": "overproduction",
    "inventory": "inventory",
    "partially_done_work": "inventory",
    "defects": "defects",
    "defect": "defects",
    "rework": "defects",
    "motion": "motion",
    "task_switching": "motion",
    "transportation": "transportation",
    "transport": "transportation",
    "handoff": "transportation",
    "handoffs": "transportation",
    "overprocessing": "overprocessing",
    "extra_processing": "overprocessing",
    "relearning": "overprocessing",
    "talent": "talent",
    "non_utilized_talent": "talent",
}
WASTES8 = tuple(dict.fromkeys(WASTES_AND_ALIASES.values()))

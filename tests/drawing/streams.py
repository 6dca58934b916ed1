"""Random but sensible value streams: nested forks, long names, many loops, all kinds of arrows."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from hypothesis import strategies as st

from vsmdsl.language.source import Source, Span
from vsmdsl.model.calendar import Calendar
from vsmdsl.model.quantity import Gap, count, duration, percent
from vsmdsl.model.stream import (
    Branch,
    Choice,
    Element,
    Handoff,
    Info,
    Kaizen,
    Parallel,
    Party,
    Queue,
    Rework,
    Settings,
    Step,
    Team,
    ValueStream,
    Waste,
    walk,
)

NOWHERE = Span(Source("generated.vsm", ""), 0, 0)
HOUR, DAY = 3600, 8 * 3600
WORDS = (
    "Refine", "story", "review", "of", "the", "integration", "Test", "Approve", "Release", "board",
    "Donaudampfschifffahrtsgesellschaft", "検査工程", "בדיקה", "e-mail/fax", "C++", "naïve café",
    "<b>&\"'", "x" * 40,
)  # fmt: skip
TEAMS = ("product", "squad", "operations")

labels = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
times = st.one_of(
    st.none(),
    st.just(Gap.UNKNOWN),
    st.integers(1, 4000).map(lambda n: duration(n * 60, "min")),
    st.integers(1, 400).map(lambda n: duration(n * DAY // 4, "d")),
)
shares = st.one_of(st.none(), st.integers(0, 100).map(lambda n: percent(Fraction(n, 100), f"{n}%")))
counts = st.one_of(st.none(), st.integers(1, 99999).map(lambda n: count(n, "pcs", str(n))))
flows = st.sampled_from(("", "", "push", "pull", "fifo"))
wastes = st.lists(st.sampled_from(("waiting", "overprocessing", "talent")), max_size=3, unique=True)


@dataclass
class Namer:
    """Gives every element a key of its own."""

    keys: list[str] = field(default_factory=list)

    def key(self, word: str) -> str:
        """The next key."""
        self.keys.append(f"{word}-{len(self.keys)}")
        return self.keys[-1]


@st.composite
def steps(draw: st.DrawFn, namer: Namer) -> Step:
    """A step with some of its data."""
    return Step(
        key=namer.key("step"),
        label=draw(labels),
        pt=draw(times),
        lt=draw(times),
        wait=draw(times),
        ca=draw(shares),
        ct=draw(st.one_of(st.none(), times)),
        people=draw(counts),
        team=draw(st.sampled_from(((), *((one,) for one in TEAMS)))),
        automation=draw(st.sampled_from(("", "", "automatic"))),
        tool=draw(st.sampled_from(("", "200 T press", "a rather long name of a tool"))),
        flow=draw(flows),
        waste=tuple(draw(wastes)),
        rows=draw(st.sampled_from(((), (("Test coverage of the branch", "71 %"),)))),
        span=NOWHERE,
    )


@st.composite
def queues(draw: st.DrawFn, namer: Namer) -> Queue | Handoff:
    """Something between two steps."""
    if draw(st.booleans()):
        return Handoff(
            key=namer.key("handoff"),
            label=draw(st.one_of(st.just(""), labels)),
            via=draw(st.sampled_from(("", "email", "a very long e-mail form", "approval"))),
            wait=draw(times),
            span=NOWHERE,
        )
    kinds = ("queue", "inventory", "supermarket", "fifo", "safety", "buffer")
    return Queue(
        key=namer.key("queue"),
        label=draw(st.one_of(st.just(""), labels)),
        kind=draw(st.sampled_from(kinds)),
        wait=draw(st.one_of(times, st.just(Gap.INCLUDED))),
        qty=draw(counts),
        max=draw(counts),
        flow=draw(flows),
        waste=tuple(draw(wastes)),
        span=NOWHERE,
    )


@st.composite
def lines(draw: st.DrawFn, namer: Namer, depth: int, least: int) -> tuple[Element, ...]:
    """A line of elements, with forks down to a depth."""
    found: list[Element] = []
    for _ in range(draw(st.integers(least, 4 if depth < 2 else 3))):
        found += draw(st.lists(queues(namer), max_size=2))
        fork = depth > 0 and draw(st.integers(0, 3)) == 0
        found.append(draw(forks(namer, depth - 1)) if fork else draw(steps(namer)))
    found += draw(st.lists(queues(namer), max_size=1))
    return tuple(found)


@st.composite
def forks(draw: st.DrawFn, namer: Namer, depth: int) -> Parallel | Choice:
    """A fork of two to four branches, some of them empty."""
    number = draw(st.integers(2, 4))
    choice = draw(st.booleans())
    branches = tuple(
        Branch(
            key=namer.key("branch"),
            label=draw(st.one_of(st.just(""), labels)),
            elements=draw(lines(namer, depth, 0)),
            share=percent(Fraction(1, number)) if choice else None,
            joins=choice or index == 0 or draw(st.integers(0, 4)) > 0,
            span=NOWHERE,
        )
        for index in range(number)
    )
    kind = Choice if choice else Parallel
    return kind(key=namer.key("fork"), branches=branches, span=NOWHERE)


@st.composite
def value_streams(draw: st.DrawFn) -> ValueStream:
    """A whole map."""
    namer = Namer()
    elements = draw(lines(namer, 2, 1))
    found = [one for one in walk(elements) if isinstance(one, Step)]
    pairs = st.tuples(
        st.integers(0, max(len(found) - 1, 0)), st.integers(0, max(len(found) - 1, 0))
    )
    loops = draw(st.lists(pairs, max_size=6, unique=True)) if found else []
    parties = draw(
        st.sampled_from(((), ("supplier", "customer"), ("supplier", "customer", "control")))
    )
    infos = draw(st.lists(st.integers(0, max(len(found) - 1, 0)), max_size=3)) if found else []
    return ValueStream(
        settings=Settings(title=draw(labels), scope=draw(st.one_of(st.just(""), labels))),
        calendar=Calendar(),
        elements=elements,
        teams=tuple(Team(key=one, label=one.capitalize(), span=NOWHERE) for one in TEAMS),
        parties=tuple(
            Party(key=one, label=draw(labels), kind=one, span=NOWHERE) for one in parties
        ),
        infos=tuple(
            Info(
                key=f"info-{index}",
                label=draw(labels),
                start="control",
                ends=(found[at].key,),
                span=NOWHERE,
            )
            for index, at in enumerate(infos)
            if "control" in parties
        ),
        reworks=tuple(
            Rework(
                key=f"rework-{index}",
                start=found[max(one, two)].key,
                end=found[min(one, two)].key,
                share=percent(Fraction(1, 20), "5%"),
                span=NOWHERE,
            )
            for index, (one, two) in enumerate(loops)
        ),
        wastes=tuple(
            Waste(key=f"waste-{at}", kind="waiting", on=(found[at].key,), span=NOWHERE)
            for at in draw(st.lists(st.integers(0, max(len(found) - 1, 0)), max_size=2))
            if found
        ),
        kaizens=tuple(
            Kaizen(key=f"kaizen-{at}", label=draw(labels), on=(namer.keys[at],), span=NOWHERE)
            for at in draw(st.lists(st.integers(0, len(namer.keys) - 1), max_size=3, unique=True))
        ),
        span=NOWHERE,
    )

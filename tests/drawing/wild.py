"""Maps as wild as the language allows, each from a number: forks in forks, long names, many arrows.

Seeded rather than drawn by hypothesis, because hundreds of them are looked at in every test run.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from random import Random
from typing import TypeVar

from tests.drawing.streams import DAY, NOWHERE
from vsmdsl.model.calendar import Calendar
from vsmdsl.model.quantity import Count, Duration, Gap, Percent, Rate, count, duration, percent
from vsmdsl.model.stream import (
    Branch,
    Choice,
    Element,
    Handoff,
    Info,
    Kaizen,
    Metric,
    Parallel,
    Party,
    Queue,
    Rework,
    Settings,
    Shipment,
    Step,
    Team,
    ValueStream,
    Waste,
    walk,
)

One = TypeVar("One")

WORDS = (
    "Refine", "story", "review", "of", "the", "integration", "Test", "Approve", "Release", "board",
    "a", "QA",
    "Donaudampfschifffahrtsgesellschaft", "検査工程", "受入検査と出荷判定", "בדיקת איכות",
    "مراجعة", "e-mail/fax", "C++", "naïve café", "cafe\u0301", "<b>&\"'", "x" * 40, "🚚", "W" * 16,
    "1 000 000 pcs", "snake_case_identifier", "ทดสอบ",
)  # fmt: skip
TEAMS = {"product": "Product", "squad": "Squad Donaudampfschifffahrt", "ops": "運用", "qa": "QA"}
MEDIA = (
    "", "", "email", "a very long e-mail form in three copies", "approval", "heijunka", "database",
    "withdrawal", "sequenced pull", "ticket",
)  # fmt: skip
SOURCES = ("electronic", "manual", "verbal", "kanban", "signal", "gosee")
QUEUES = ("queue", "inventory", "supermarket", "fifo", "safety", "buffer", "queue", "inventory")
WASTES = ("waiting", "overprocessing", "talent", "partially_done", "extra_features", "motion")
SIZES = (*3 * ((1, 3),), *3 * ((2, 5),), *2 * ((3, 7),), (4, 9), (12, 30))
DORA = ("change_lead_time", "deployment_frequency", "change_fail_rate", "own_figure_of_this_place")


def wild(seed: int) -> ValueStream:
    """The map of a number: the same on every machine."""
    return _Dice(Random(seed)).stream()


class _Dice:
    def __init__(self, dice: Random) -> None:
        self.dice, self.keys = dice, list[str]()

    # --- chance ---------------------------------------------------------------------------------

    def one(self, among: Sequence[One]) -> One:
        return self.dice.choice(among)

    def some(self, among: Sequence[One], most: int) -> tuple[One, ...]:
        number = min(self.dice.randint(0, most), len(among))
        return tuple(self.dice.sample(list(among), number))

    def rarely(self, times: int = 4) -> bool:
        return self.dice.randrange(times) == 0

    def key(self, word: str) -> str:
        self.keys.append(f"{word}-{len(self.keys)}")
        return self.keys[-1]

    # --- words and numbers ----------------------------------------------------------------------

    def label(self, most: int = 4) -> str:
        return " ".join(self.one(WORDS) for _ in range(self.dice.randint(1, most)))

    def maybe(self) -> str:
        return self.label() if self.rarely(2) else ""

    def time(self) -> Duration | Gap | None:
        match self.dice.randrange(6):
            case 0:
                return None
            case 1:
                return Gap.UNKNOWN
            case 2 | 3:
                return duration(60 * self.dice.randint(1, 4000), "min")
            case _:
                return duration(DAY // 4 * self.dice.randint(1, 400), "d")

    def share(self) -> Percent | None:
        number = self.dice.randint(0, 100)
        return None if self.rarely(3) else percent(Fraction(number, 100), f"{number}%")

    def amount(self) -> Count | None:
        if self.rarely(3):
            return None
        if self.rarely():
            sorts = ((Fraction(4600), "left-hand"), (Fraction(2400), "right-hand"))
            return Count(Fraction(7000), Fraction(7000), Fraction(7000), "pcs", sorts, "")
        size = 10 ** self.dice.randint(1, 7)
        return count(self.dice.randint(1, size), self.one(("", "pcs", "purchase orders")))

    def rate(self) -> Rate | None:
        goods = count(self.dice.randint(1, 99999), self.one(("pcs", "requests")))
        return (
            None if self.rarely() else Rate(goods, Fraction(20 * DAY), self.one(("month", "day")))
        )

    def rows(self) -> tuple[tuple[str, str], ...]:
        long = ("Test coverage of the branch", "71 %")
        return (
            self.some((long, ("Tray", "20 pcs"), ("検査", "毎日 3 回")), 2) if self.rarely() else ()
        )

    # --- the stream -----------------------------------------------------------------------------

    def step(self) -> Step:
        return Step(
            key=self.key("step"),
            label=self.label(),
            pt=self.time(),
            lt=self.time(),
            wait=self.time() if self.rarely(3) else None,
            ca=self.share(),
            ct=self.time() if self.rarely() else None,
            co=self.time() if self.rarely() else None,
            uptime=self.share() if self.rarely() else None,
            batch=self.amount() if self.rarely() else None,
            epe=self.one(("", "", "every second Tuesday of the month")),
            people=self.one((None, Gap.UNKNOWN, count(3), count(1250))),
            team=self.one(((), *((one,) for one in TEAMS), tuple(TEAMS)[:2])),
            automation=self.one(("", "", "automatic", "assisted", "manual")),
            tool=self.one(("", "", "200 T press", "a rather long name of a tool")),
            flow=self.one(("", "", "push", "pull", "fifo")),
            waste=self.some(WASTES, 3) if self.rarely(3) else (),
            rows=self.rows(),
            span=NOWHERE,
        )

    def between(self) -> Queue | Handoff:
        if self.rarely(2):
            return Handoff(
                key=self.key("handoff"),
                label=self.maybe(),
                via=self.one(MEDIA),
                wait=self.time(),
                waste=self.some(WASTES, 1),
                span=NOWHERE,
            )
        return Queue(
            key=self.key("queue"),
            label=self.maybe(),
            kind=self.one(QUEUES),
            wait=self.one((self.time(), Gap.INCLUDED)),
            qty=self.amount(),
            max=self.amount() if self.rarely() else None,
            flow=self.one(("", "", "push", "pull", "fifo")),
            waste=self.some(WASTES, 2) if self.rarely(3) else (),
            rows=self.rows(),
            span=NOWHERE,
        )

    def line(self, depth: int, least: int, most: int) -> tuple[Element, ...]:
        found: list[Element] = []
        for _ in range(self.dice.randint(least, most)):
            found += [self.between() for _ in range(self.dice.randint(0, 2))]
            found.append(self.fork(depth - 1) if depth and self.rarely() else self.step())
        return (*found, *(self.between() for _ in range(self.dice.randint(0, 1))))

    def fork(self, depth: int) -> Parallel | Choice:
        number, chosen = self.dice.randint(2, 4), self.rarely(2)
        branches = tuple(
            Branch(
                key=self.key("branch"),
                label=self.maybe(),
                elements=self.line(depth, 0, 3),
                share=percent(Fraction(1, number)) if chosen else None,
                joins=chosen or index == 0 or not self.rarely(5),
                span=NOWHERE,
            )
            for index in range(number)
        )
        kind = Choice if chosen else Parallel
        return kind(key=self.key("fork"), branches=branches, span=NOWHERE)

    # --- around the stream ----------------------------------------------------------------------

    def party(self, kind: str, number: int) -> Party:
        return Party(
            key=f"{kind}-{number}",
            label=self.label(),
            kind=kind,
            demand=self.rate() if kind == "customer" else None,
            pack=self.amount() if self.rarely() else None,
            shifts=count(2) if self.rarely() else None,
            system=self.one(("", "MRP", "a very old planning system")),
            rows=self.rows(),
            span=NOWHERE,
        )

    def infos(self, places: Sequence[str], number: int) -> tuple[Info, ...]:
        """Arrows between anybody and anything."""
        found = []
        for index in range(number):
            ends = tuple(dict.fromkeys(self.one(places) for _ in range(self.dice.randint(1, 3))))
            found.append(
                Info(
                    key=f"info-{index}",
                    label=self.maybe(),
                    start=self.one(places),
                    ends=ends,
                    by=self.one(SOURCES),
                    every=self.one(("", "", "week", "2 d")),
                    span=NOWHERE,
                )
            )
        return tuple(found)

    def stream(self) -> ValueStream:
        size = self.one(SIZES)
        elements = self.line(0 if size[1] > 20 and self.rarely(2) else 2, *size)
        held = [
            one.key for one in walk(elements) if not isinstance(one, Branch | Parallel | Choice)
        ]
        steps = [one.key for one in walk(elements) if isinstance(one, Step)]
        parties = tuple(
            self.party(kind, number)
            for kind, most in (("supplier", 2), ("control", 3), ("customer", 2))
            for number in range(self.dice.randint(0, most) if not self.rarely(5) else 0)
        )
        sides = [one.key for one in parties]
        infos = self.infos([*sides, *sides, *held], self.dice.randint(0, 6)) if sides else ()
        return ValueStream(
            settings=Settings(
                title=self.label(),
                scope=self.maybe(),
                state=self.one(("current", "current", "future")),
                author=self.maybe(),
                version=self.one(("", "3")),
                timeline=self.one(("lead_time", "lead_time", "inventory")),
                demand=self.rate(),
            ),
            calendar=Calendar(),
            elements=elements,
            teams=tuple(Team(key=a, label=b, span=NOWHERE) for a, b in TEAMS.items()),
            parties=parties,
            infos=infos,
            shipments=self.shipments(sides, held),
            reworks=self.reworks(steps),
            wastes=tuple(
                Waste(key=f"waste-{at}", kind=self.one(WASTES), on=(one,), span=NOWHERE)
                for at, one in enumerate(self.some(held, 3))
            ),
            kaizens=self.kaizens(held),
            metrics=tuple(
                Metric(key=one, id=one, value=self.time() or "so and so", span=NOWHERE)
                for one in self.some(DORA, 3)
            ),
            span=NOWHERE,
        )

    def shipments(self, sides: Sequence[str], held: Sequence[str]) -> tuple[Shipment, ...]:
        if not (sides and held):
            return ()
        return tuple(
            Shipment(
                key=f"shipment-{side}",
                start=side if side.startswith("supplier") else held[-1],
                ends=(held[0] if side.startswith("supplier") else side,),
                by=self.one(("", "truck", "milkrun", "container ship")),
                every=self.one(("", "daily", "every second Tuesday of the month")),
                label=self.maybe(),
                span=NOWHERE,
            )
            for side in sides
            if not side.startswith("control") and self.rarely(2)
        )

    def reworks(self, steps: Sequence[str]) -> tuple[Rework, ...]:
        pairs = dict.fromkeys(
            tuple(sorted((self.dice.randrange(len(steps)), self.dice.randrange(len(steps)))))
            for _ in range(self.one((0, 1, 2, 4, 8)) if steps else 0)
        )
        return tuple(
            Rework(
                key=f"rework-{index}",
                start=steps[later],
                end=steps[earlier],
                share=percent(Fraction(1, 20), "5%"),
                span=NOWHERE,
            )
            for index, (earlier, later) in enumerate(pairs)
        )

    def kaizens(self, held: Sequence[str]) -> tuple[Kaizen, ...]:
        brief = self.rarely()
        return tuple(
            Kaizen(
                key=f"kaizen-{at}",
                label=self.one(("C/O", "Work cell", "WIP")) if brief else self.label(),
                on=(one, *(self.some(held, 1) if self.rarely() else ())),
                owner="" if brief else self.one(("", "Ravi", "a rather long name of an owner")),
                due=None if brief else self.one((None, date(2026, 12, 15))),
                span=NOWHERE,
            )
            for at, one in enumerate(self.some(held, 5))
        )

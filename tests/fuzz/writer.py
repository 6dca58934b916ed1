"""Writes `.vsm` texts out of bytes: half of them right, half of them strange, and always the same.

Both the property tests and the coverage-guided fuzzer (`make fuzz`) give it their bytes, so that
what they find small stays small. What a key takes is read from the language's own table.
"""

from __future__ import annotations

from collections.abc import Sequence

from vsmdsl.language.words import KEYS, UNITS, WORDS
from vsmdsl.model.resolve.schema import SHAPES, WASTES_AND_ALIASES, Kind

TIMES = (
    "1h",
    "2h",
    "3d",
    "0.5d",
    "90min",
    "20s",
    "1w",
    "2cd",
    "1d4h",
    "2h..8h",
    "1h..2h..8h",
    "~3d",
)
NUMBERS = ("1", "2", "12", "3", "40", "1_000", "2.5")
LABELS = (
    '"Dev"',
    '"a <b> & \\"c\\""',
    '"\\u{1F600} 上"',
    '"' + "long " * 30 + '"',
    '"=1+1"',
    '"ב א"',
)
OF_KIND: dict[str, tuple[str, ...]] = {
    "time": (*TIMES, "?", "none", "lognormal(p50=2d, p85=6d)", "triangular(1h, 2h, 8h)"),
    "duration": TIMES,
    "every": ("1w", "2/week", '"Tue + Thu"'),
    "wait": (*TIMES, "?", "included"),
    "share": ("85%", "12.5%", "99%", "?", "5%"),
    "percent": ("50%", "30%", "100%"),
    "count": (*NUMBERS, "4600 L + 2400 R"),
    "known_count": NUMBERS,
    "rate": ("20/month", "18400 pcs/month", "3/day"),
    "text": ("email", "ana", *LABELS),
    "url": ("https://example.org/x", '"https://example.org/a?b=c&d"'),
    "date": ("2026-11-24", "2027-02-01"),
    "teams": ("t1", "t2"),
    "words": ("pt, lt, ca", "pt"),
    "yes": ("yes", "no"),
    "calendar": ("8h/day, 5d/week", "elapsed", "20d/month"),
    "color": ('"#aabbcc"',),
    "wastes": tuple(sorted(WASTES_AND_ALIASES)),
}
STRANGE = (
    "{", "}", '"', "#", ";", "\\", "->", "=", "==", ",", "~", "(", "1e9", "../../x", "\t", "\x07",
    "\u202e", "<script>", "javascript:alert(1)", "%%", "```", '"""', "| ", "'", "\ud7ff", "-", "//",
    "0", "99999999999999999999d", "0.0000001s", "-1d", "h", "on", "=1+1", "a, b", "3/0", "1/x",
)  # fmt: skip
AROUND = (
    "waste",
    "kaizen",
    "note",
    "rework",
    "info",
    "span",
    "metric",
    "goal",
    "future",
    "shipment",
)


class Writer:
    """One text, chosen byte by byte; when the bytes are used up, the first choice is taken."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0
        self.oddity = 0 if self._byte() < 128 else 5  # per cent of the words that are strange
        self.names: list[str] = []  # of the stream, so far
        self.fixes: list[str] = []

    def text(self) -> str:
        """The whole file: the map, its stream, and what stands around it."""
        lines = [f"map {self._one(LABELS)} {{ {self._pair('map')} }}"] if self._chance(50) else []
        lines += ["team t1", "team t2", "customer shop", "control plan"]
        while len(self.names) < 3 or (self.at < len(self.data) // 2 and len(lines) < 30):
            lines.append(self._flow(0))
        while self.at < len(self.data) and len(lines) < 60:
            lines.append(self._around())
        return "\n".join(lines)

    def _byte(self) -> int:
        self.at += 1
        return self.data[self.at - 1] if self.at <= len(self.data) else 0

    def _one(self, of: Sequence[str]) -> str:
        if self.oddity and self._chance(self.oddity):
            return STRANGE[self._byte() % len(STRANGE)]
        return of[self._byte() % len(of)]

    def _chance(self, percent: int) -> bool:
        return self._byte() * 100 < percent * 256

    # --- the stream

    def _flow(self, deep: int) -> str:
        if deep < 3 and self._chance(15):
            return self._fork(deep)
        word = self._one(("step", "step", "queue", "inventory", "supermarket", "fifo", "handoff"))
        name = f"{word[:1]}{len(self.names)}"
        self.names.append(name)
        parts = [word, name, self._one(("", *LABELS))]
        parts += self._pairs(word)
        parts += ['{ "Test coverage" = 71% }'] if self._chance(5) else []
        return " ".join(filter(None, parts))

    def _fork(self, deep: int) -> str:
        count = 2 + self._byte() % 2
        if self._chance(50):
            shares = ("50%", "30%", "")[:count] if count == 3 else ("60%", "40%")
            word = "choice"
        else:
            word, shares = "parallel", ("", "", "")
        branches = []
        for number in range(count):
            inside = "; ".join(self._flow(deep + 1) for _ in range(1 + self._byte() % 3))
            branches.append(f'branch "b{number}" {shares[number]} {{ {inside} }}')
        return f"{word} {{ {'; '.join(branches)} }}"

    # --- around it

    def _around(self) -> str:
        match self._one(AROUND):
            case "waste":
                return f"waste {self._one(OF_KIND['wastes'])} on {self._name()} {self._one(LABELS)}"
            case "kaizen":
                self.fixes.append(f"k{len(self.fixes)}")
                inside = "; ".join((*self._pairs("kaizen", " = "), self._set()))
                return (
                    f"kaizen {self.fixes[-1]} {self._one(LABELS)} on {self._name()} {{ {inside} }}"
                )
            case "note":
                return f'note "*{self._one(LABELS)[1:-1]}* [x](http://e.org)" on {self._name()}'
            case "rework":
                return f"rework {self._name()} -> {self._name()} 9% {self._one(LABELS)}"
            case "span":
                return f"span x{self.at} from {self._step()} to {self._step()}"
            case "metric":
                return f"metric {self._one(('m', 'lead_time', 'mttr'))} = {self._one(TIMES)}"
            case "goal":
                figure = self._one(("lead_time", "process_time", "rolled_ca", "handoffs", "m"))
                value = self._one({"rolled_ca": ("50%",), "handoffs": ("3",)}.get(figure, TIMES))
                return f"goal {figure} {self._one(('<=', '<', '>=', '>'))} {value}"
            case "future":
                return f"future f{self.at} {{ {'; '.join(self._change() for _ in range(3))} }}"
            case word:
                return f"{word} {self._name()} -> {self._name()} {' '.join(self._pairs(word))}"

    def _change(self) -> str:
        match self._byte() % 8:
            case 0 if self.fixes:
                return f"apply {self._one(self.fixes)}"
            case 1:
                return f"remove {self._name()}"
            case 2:
                return f"insert after {self._name()} {{ {self._flow(2)} }}"
            case 3:
                return f"move {self._name()} before {self._name()}"
            case 4:
                return f"replace {self._name()} {{ {self._flow(2)} }}"
            case _:
                return self._set()

    def _set(self) -> str:
        if self._chance(50):
            return f"set {self._step()} {self._one(('pt', 'lt', 'wait'))}={self._one(TIMES)}"
        return f"set {self._name()} wait={self._one(TIMES)}"

    def _name(self) -> str:
        return self._one(self.names)

    def _step(self) -> str:
        return self._one([name for name in self.names if name[0] == "s"] or self.names)

    def _pairs(self, word: str, sign: str = "=") -> list[str]:
        shape = SHAPES.get(word)
        keys = list(shape.keys) if shape else sorted(KEYS)
        chosen = dict.fromkeys(keys[self._byte() % len(keys)] for _ in range(self._byte() % 4))
        return [self._pair(word, key, sign) for key in chosen]

    def _pair(self, word: str, key: str = "", sign: str = " = ") -> str:
        shape = SHAPES.get(word)
        key = key or self._one(sorted(shape.keys if shape else KEYS))
        kind = shape.keys.get(key) if shape else None
        return f"{key}{sign}{self._one(_values(kind))}"


def _values(kind: Kind | None) -> tuple[str, ...]:
    if kind is None:
        return (*TIMES, *sorted(UNITS), *sorted(WORDS))
    return kind.words or OF_KIND[kind.reads]

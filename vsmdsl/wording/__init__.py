"""In which words a map or a report speaks: English, or what a catalogue says instead.

The English sentence is the key. A sentence that a catalogue lacks stays English, and so does all
that its author wrote: labels, names and notes are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from vsmdsl.record import field, record

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
Key = tuple[str, str]  # context (empty for most), English


@record
class Wording:
    """The words of one language. `texts` holds those that differ from English."""

    language: str = "en"
    texts: Mapping[Key, str] = field(default_factory=dict, repr=False)
    decimal: str = "."
    origin: str = ""  # the file of a catalogue that is not ours

    def say(self, english: str, /, **values: object) -> str:
        """A sentence with its places filled in: `say("{count} steps", count=3)`."""
        text = self.texts.get(("", english), english) if self.texts else english
        return text.format(**values) if values else text

    def some(self, one: str, many: str, count: int, /, **values: object) -> str:
        """A sentence about a number of things, which stands at `{count}`."""
        return self.say(one if count == 1 else many, count=count, **values)

    def figure(self, text: str, /) -> str:
        """A figure as `analysis.show` writes it: `12.5 d` is `12,5 Tage` in German."""
        if not self.texts:
            return text
        return re.sub(_NUMBER, self._number, text)

    def day(self, value: date, /) -> str:
        """A date as people write it: 14 Oct 2026."""
        if not self.texts:
            return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
        from babel.dates import format_date

        return format_date(value, "medium", locale=self.language.replace("-", "_"))

    def _number(self, found: re.Match[str]) -> str:
        digits, blank, unit = found["digits"], found["blank"], found["unit"]
        context = "unit, one" if digits == "1" else "unit"
        told = self.texts.get((context, unit), unit) if unit else ""
        return digits.replace(".", self.decimal) + blank + told


ENGLISH = Wording()
_NUMBER = (
    r"(?P<digits>\d+(?:\.\d+)?)(?P<blank>[ \u00a0]?)(?P<unit>(?:cd|cw|cmo|mo|d|w|y|h|min|s)\b|)"
)


def wording(language: str, catalogue: Path | None = None) -> Wording:
    """The words of a language, `de` or `de-AT`: ours, or those of a catalogue (a PO file).

    A language that we have no words for is spoken to in English. Raises OSError and ValueError
    where a catalogue cannot be read.
    """
    tag = language.strip().replace("_", "-")
    if catalogue is None and tag.lower().partition("-")[0] in ("", "en"):
        return ENGLISH
    return _wording(tag or "en", catalogue)


@lru_cache(maxsize=16)
def _wording(language: str, catalogue: Path | None) -> Wording:
    from vsmdsl.wording.catalogue import read  # needs Babel, which takes its time to load

    return read(language, catalogue)

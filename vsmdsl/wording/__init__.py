"""In which words a map or a report speaks: English, or what a catalogue says instead.

The English sentence is the key. A sentence that a catalogue lacks stays English, and so does all
that its author wrote: labels, names and notes are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from vsmdsl.record import field, record

if TYPE_CHECKING:
    from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
Say = Callable[..., str]  # an English sentence with its {places} → the words of the reader
Key = tuple[str, str]  # context (empty for most), English


class UnknownLanguageError(ValueError):
    """A language was asked for that there are no words of; the message says which there are."""


def _two_forms(count: int) -> int:
    return int(count != 1)


@record
class Wording:
    """The words of one language. `texts` holds those that differ from English."""

    language: str = "en"
    texts: Mapping[Key, str] = field(default_factory=dict, repr=False)
    decimal: str = "."
    origin: str = ""  # the file of a catalogue that is not ours
    # English about many → its forms, and which of them a number takes
    plurals: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    plural: Callable[[int], int] = field(default=_two_forms, repr=False)

    def say(self, english: str, /, **values: object) -> str:
        """A sentence with its places filled in: `say("{count} steps", count=3)`."""
        text = self.texts.get(("", english), english) if self.texts else english
        return text.format(**values) if values else text

    def some(self, one: str, many: str, count: int, /, **values: object) -> str:
        """A sentence about a number of things, which stands at `{count}`."""
        if forms := self.plurals.get(many):
            return forms[self.plural(count)].format(count=count, **values)
        return self.say(one if count == 1 else many, count=count, **values)

    def figure(self, text: str, /) -> str:
        """A figure as `analysis.show` writes it: `12.5 d` is `12,5 Tage` in German."""
        if not self.texts:
            return text
        return re.sub(_NUMBER, self._number, text)

    def unit(self, name: str, /) -> str:
        """The name of a unit, as it stands behind a number."""
        return self.texts.get(("unit", name), name)

    def day(self, value: date, /) -> str:
        """A date as people write it: 14 Oct 2026."""
        if not self.texts:
            return f"{value.day} {MONTHS[value.month - 1][:3]} {value.year}"
        return self._dated(value, "medium")

    def long_day(self, value: date, /) -> str:
        """A date inside a sentence: 14 October 2026."""
        if not self.texts:
            return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
        return self._dated(value, "long")

    def short_day(self, value: date, /) -> str:
        """A date in a table: 2026-10-14, which every reader of English takes alike."""
        return self._dated(value, "medium") if self.texts else value.isoformat()

    def glue(self, text: str, /) -> str:
        """A sentence whose numbers stay on one line with their units."""
        text = re.sub(r"(?<=\d) to (?=\d)", "\u00a0to\u00a0", text)
        units = "".join(f"|{re.escape(unit)}" for unit in self._units())
        return re.sub(rf"(?<=\d) (?=%|[a-z]{{1,3}}\b{units})", "\u00a0", text)

    def _units(self) -> list[str]:
        return [told for (context, _), told in self.texts.items() if context.startswith("unit")]

    def _dated(self, value: date, style: Literal["medium", "long"]) -> str:
        from babel.dates import format_date

        return format_date(value, style, locale=self.language.replace("-", "_"))

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
    """The words of a language, `de` or `de-AT`: ours, and over them those of a catalogue (PO).

    A catalogue says its language itself where `language` is empty. A language that we have no
    words for is spoken to in English. Raises OSError and ValueError where a catalogue cannot be
    read, or is in another language than the one asked for.
    """
    tag = language.strip().replace("_", "-")
    if catalogue is None and tag.lower().partition("-")[0] in ("", "en"):
        return ENGLISH
    if catalogue is None:
        return _wording(tag, None, 0)
    return _wording(tag, catalogue, catalogue.stat().st_mtime_ns)


def spoken(language: str, catalogue: Path | None = None) -> Wording:
    """The same for a language that somebody asked for.

    Raises UnknownLanguageError where there are no words of it.
    """
    found = wording(language, catalogue)
    if found is ENGLISH and language.strip().lower().replace("_", "-").partition("-")[0] != "en":
        from vsmdsl.wording.catalogue import languages

        known = ", ".join(languages())
        raise UnknownLanguageError(
            f"there are no words for the language `{language}` (there is {known}); "
            "another one needs a catalogue of them, a PO file"
        )
    return found


def language_tag(words: Wording, language: str) -> str:
    """The language that a page in these words is marked with; `language` is that of the map.

    A map in a language that we have no words for keeps its mark: most of what is read is its own.
    """
    if words.texts or not language or wording(language).texts:
        return words.language
    return language


@lru_cache(maxsize=16)  # a catalogue that was written anew is read anew
def _wording(language: str, catalogue: Path | None, written: int) -> Wording:  # noqa: ARG001
    from vsmdsl.wording.catalogue import read  # needs Babel, which takes its time to load

    return read(language, catalogue)

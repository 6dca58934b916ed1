"""The options of a map in a document: one row each, read from text, refused with a way out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, cast

from vsmdsl.config import NARROWEST, WIDEST
from vsmdsl.drawing.bands import BANDS
from vsmdsl.formats import Theme
from vsmdsl.model.resolve.spelling import near
from vsmdsl.record import record

LONGEST = 2_000  # letters of one option
STREAM = ("teams", "stream", "rework")  # always there, unless its parts are named one by one
OTHER_NAMES = {"summary": "tiles", "kaizen": "kaizens"}
OTHERS = {"compare": ("future", "bands"), "future": ("compare",)}  # each leaves no room for these
PARTS = ("title", "information", "ladder", "strip", "summary", "legend", "kaizen")


@record
class Options:
    """How one map is wanted."""

    file: str = ""
    future: str = ""
    compare: tuple[str, str] | None = None
    width: float | None = None
    bands: tuple[str, ...] | None = None
    theme: Theme = "auto"
    title: str = ""
    caption: str = ""
    alt: str = ""
    source: str = ""  # nothing, `show`, `link`, or an address


class OptionError(ValueError):
    """An option cannot be used: the text says why, `hint` what to write instead."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@record
class Row:
    """One option: what it does, an example of it, and how its text is read."""

    name: str
    help: str
    example: str
    read: Callable[[str], Any]


def read_options(written: Mapping[str, str]) -> Options:
    """The options in a header. Raises OptionError for the first that makes no sense."""
    values = {name: _read(name, text) for name, text in written.items()}
    options = Options(**values)
    if options.future and options.compare:
        raise OptionError("`future` and `compare` both say what is drawn", "give one of them")
    if options.bands and options.compare:
        raise OptionError("a comparison has parts of its own", "leave out `bands`")
    return options


def _read(name: str, text: str) -> Any:
    row = OPTIONS.get(name)
    if row is None:
        found = near(name, OPTIONS)
        hint = f"did you mean `{found}`?" if found else f"there is {', '.join(OPTIONS)}"
        raise OptionError(f"there is no option `{_short(name)}`", hint)
    if len(text) > LONGEST:
        raise OptionError(f"`{name}` has {len(text):,} letters; at most {LONGEST:,} are read")
    return row.read(text)


def _words(text: str) -> str:
    return text.strip()


def _states(text: str) -> tuple[str, str]:
    first, colon, second = text.partition(":")
    if not colon:
        raise OptionError(
            f"`compare` names two states: `{_short(text)}` is one",
            f'compare="current:{text}"' if text.isidentifier() else 'compare="current:q1"',
        )
    return _state(first), _state(second)


def _state(text: str) -> str:
    return "" if text.strip().lower() in ("", "current") else text.strip()


def _width(text: str) -> float:
    digits = text.strip().removesuffix("px")
    if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", digits):
        width = float(digits)
        if NARROWEST <= width <= WIDEST:
            return width
    limits = f"a number from {NARROWEST} to {WIDEST}"
    raise OptionError(f"`width` is {limits}, not `{_short(text)}`", 'width="960"')


def _bands(text: str) -> tuple[str, ...] | None:
    asked = [_band(word) for word in text.replace(",", " ").split()]
    if not asked:
        return None
    whole = not set(asked) & set(STREAM)
    return tuple(band for band in BANDS if band in asked or (whole and band in STREAM))


def _band(word: str) -> str:
    band = OTHER_NAMES.get(word.lower(), word.lower())
    if band in BANDS:
        return band
    found = near(word, PARTS)
    hint = f"did you mean `{found}`?" if found else f"there is {', '.join(PARTS)}"
    raise OptionError(f"no part of the picture is called `{_short(word)}`", hint)


def _theme(text: str) -> Theme:
    if text.strip() in ("auto", "light", "dark"):
        return cast("Theme", text.strip())
    raise OptionError(f"`theme` is auto, light or dark, not `{_short(text)}`")


def _source(text: str) -> str:
    wanted = text.strip()
    if wanted.lower() in ("", "source", "true", "yes", "show"):  # a bare word is its own value
        return "show"
    if wanted.lower() in ("link", "no", "false"):
        return "link" if wanted.lower() == "link" else ""
    if re.fullmatch(r"(?i)https?://[^\s\"'<>\\\x00-\x20]+", wanted) and wanted.isprintable():
        return wanted
    raise OptionError(f"`source` is show, link or an address with https://, not `{_short(text)}`")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


OPTIONS: dict[str, Row] = {
    row.name: row
    for row in (
        Row("file", "Draw this file of the project; the fence stays empty.", "maps/a.vsm", _words),
        Row("future", "Draw a future state, named by its id or label.", "q1", _words),
        Row("compare", "Draw two states, one above the other.", "current:q1", _states),
        Row("bands", "Only these parts: " + ", ".join(PARTS) + ".", "title, ladder", _bands),
        Row("width", "Wrap the stream to this many units.", "960", _width),
        Row("theme", "auto follows the reader, light and dark do not.", "light", _theme),
        Row("title", "A title in place of the map's own.", "Checkout", _words),
        Row("caption", "A line below the picture.", "As of May", _words),
        Row("alt", "What the picture shows, for those who cannot see it.", "Three weeks", _words),
        Row("source", "Show the text below, or link to it.", "show", _source),
    )
}

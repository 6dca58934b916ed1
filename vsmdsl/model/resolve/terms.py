"""Values that are no numbers: words out of a few, dates, wastes, addresses, colours."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from vsmdsl.language import syntax
from vsmdsl.language.codes import quantities, structure
from vsmdsl.language.diagnostics import Code
from vsmdsl.language.words import canonical_key
from vsmdsl.model.quantity import Gap
from vsmdsl.model.resolve.log import Log
from vsmdsl.model.resolve.schema import SHAPES, WASTES8, WASTES_AND_ALIASES, Kind
from vsmdsl.model.resolve.spelling import fix_of
from vsmdsl.model.resolve.texts import as_text, as_word, members, shorten
from vsmdsl.model.resolve.values import Values
from vsmdsl.record import record

if TYPE_CHECKING:
    import datetime

SAFE_SCHEMES = ("http://", "https://", "mailto:")
TINTS = ("blue", "green", "purple", "teal", "amber", "slate")
YES = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


@record
class Terms:
    """Reads words and texts; each reader gives a value, or None after a diagnostic."""

    values: Values
    log: Log

    def read(self, key: str, kind: Kind, node: syntax.Value) -> Any:
        """The value of a key, as its kind says."""
        return READERS[kind.reads](self, key, kind, node)

    def text(self, key: str, kind: Kind, node: syntax.Value) -> str:
        """Any value as its text."""
        return as_text(node)

    def one_of(self, key: str, kind: Kind, node: syntax.Value) -> str | None:
        """One of the words of the kind, in any case and with `-` for `_`."""
        word = WORD_SPELLINGS.get(as_word(node), as_word(node))
        if word in kind.words:
            return word
        return self._unknown(structure.UNKNOWN_CHOICE, f"`{key}` cannot be", node, kind.words)

    def yes(self, key: str, kind: Kind, node: syntax.Value) -> bool | None:
        """`yes` or `no`."""
        found = YES.get(as_word(node))
        if found is None:
            message = f"`{key}` is `yes` or `no`, not `{shorten(as_text(node))}`"
            self.log.add(structure.UNKNOWN_CHOICE.at(node.span, message))
        return found

    def words(self, key: str, kind: Kind, node: syntax.Value) -> tuple[str, ...]:
        """A list of data-box rows: keys of a step, or rows of one's own."""
        return tuple(found for one in members(node) if (found := self._row(one)))

    def _row(self, node: syntax.Value) -> str | None:
        text = as_text(node)
        key = canonical_key(text) or text
        known = SHAPES["step"].keys
        if key in known or isinstance(node, syntax.Text):
            return key
        return self._unknown(structure.UNKNOWN_CHOICE, "a data box has no row", node, known)

    def date(self, key: str, kind: Kind, node: syntax.Value) -> datetime.date | None:
        """A day, ISO 8601."""
        text = as_text(node)
        if isinstance(node, syntax.Date | syntax.Text) and len(text) == len("2026-11-12"):
            from datetime import date  # few maps have one

            try:
                return date.fromisoformat(text)
            except ValueError:
                message = f"the calendar has no day `{text}`"
                hint = "year-month-day, as in `2026-11-12`"
                self.log.add(quantities.IMPOSSIBLE_DATE.at(node.span, message, hint=hint))
                return None
        message = f"a date such as `2026-11-12` belongs here, not `{shorten(text)}`"
        self.log.add(quantities.WRONG_KIND.at(node.span, message))
        return None

    def wait(self, key: str, kind: Kind, node: syntax.Value) -> Any:
        """A time, or `included` in the lead time of the step after it."""
        if isinstance(node, syntax.Word) and node.text.lower() == "included":
            return Gap.INCLUDED
        return self.values.time(self.values.unquoted(node))

    def every(self, key: str, kind: Kind, node: syntax.Value) -> str | None:
        """How often: a duration, a rate or a text; kept as it is written."""
        match node:
            case syntax.Ratio():
                known: object = self.values.rate(node)
            case syntax.Word() | syntax.Text() | syntax.Items():
                known = node
            case _:
                known = self.values.duration(node)
        return as_text(node) if known else None

    def teams(self, key: str, kind: Kind, node: syntax.Value) -> tuple[syntax.Value, ...]:
        """The teams as they are written; who they are is asked later."""
        return members(node)

    def wastes(self, key: str, kind: Kind, node: syntax.Value) -> tuple[str, ...]:
        """Some of the eight wastes, by their own or their software names."""
        found = (self.waste(one) for one in members(node))
        return tuple(dict.fromkeys(waste for waste in found if waste))

    def waste(self, node: syntax.Value) -> str | None:
        """One of the eight wastes."""
        found = WASTES_AND_ALIASES.get(as_word(node))
        if found:
            return found
        message = "none of the eight wastes is called"
        return self._unknown(structure.UNKNOWN_WASTE, message, node, WASTES_AND_ALIASES, WASTES8)

    def url(self, key: str, kind: Kind, node: syntax.Value) -> str | None:
        """An address that is safe to follow."""
        text = as_text(node).strip()
        if text.lower().startswith(SAFE_SCHEMES) and text.isprintable() and " " not in text:
            return text
        message = f"`{shorten(text)}` is no address that is safe to follow"
        hint = "an address begins with `https://`, `http://` or `mailto:`"
        self.log.add(structure.UNSAFE_ADDRESS.at(node.span, message, hint=hint))
        return None

    def color(self, key: str, kind: Kind, node: syntax.Value) -> str | None:
        """A tint of the palette, or `#rrggbb` in quotes."""
        text = as_text(node).lower()
        digits = set(text.removeprefix("#"))
        if text in TINTS or (len(text) == 7 and text[0] == "#" and digits <= set(HEX)):
            return text
        known = (*TINTS, '"#d9e6f2"')
        return self._unknown(structure.UNKNOWN_COLOR, "no colour is called", node, TINTS, known)

    def calendar(self, key: str, kind: Kind, node: syntax.Value) -> syntax.Value:
        """The calendar as written; `clock` reads it before everything else."""
        return node

    def _unknown(
        self,
        code: Code,
        message: str,
        node: syntax.Value,
        known: Any,
        listed: Any = None,
    ) -> None:
        text = as_text(node)
        found = self.log.word(text, known)
        hint = f"did you mean `{found}`?" if found else "one of " + ", ".join(listed or known)
        fix = fix_of(node.span, text, found) if isinstance(node, syntax.Word) else None
        self.log.add(code.at(node.span, f"{message} `{shorten(text)}`", hint=hint, fix=fix))


HEX = "0123456789abcdef"
READERS: dict[str, Callable[[Terms, str, Kind, syntax.Value], Any]] = {
    "text": Terms.text,
    "one_of": Terms.one_of,
    "yes": Terms.yes,
    "date": Terms.date,
    "wait": Terms.wait,
    "every": Terms.every,
    "words": Terms.words,
    "teams": Terms.teams,
    "wastes": Terms.wastes,
    "url": Terms.url,
    "color": Terms.color,
    "calendar": Terms.calendar,
}
WORD_SPELLINGS = {
    "bva": "nnva", "rnva": "nnva", "bnva": "nnva", "automated": "automatic", "auto": "automatic",
    "safety_stock": "safety", "electronically": "electronic", "go_see": "gosee",
    "levelled": "heijunka", "leveled": "heijunka", "load_levelling": "heijunka",
    "in_progress": "doing", "lead": "lead_time",
}  # fmt: skip

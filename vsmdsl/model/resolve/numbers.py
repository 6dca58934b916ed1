"""What all readers of values share: plain numbers, gaps, and what to say where nothing fits.

Every reader takes a value node and gives the quantity, or None after it has said what is wrong.
"""

from __future__ import annotations

import re
from fractions import Fraction

from vsmdsl.language import syntax
from vsmdsl.language.codes import advice, quantities
from vsmdsl.language.diagnostics import Code, Fix, replacing
from vsmdsl.language.source import Span
from vsmdsl.model.calendar import Calendar
from vsmdsl.model.includes import Samples
from vsmdsl.model.quantity import Gap
from vsmdsl.model.resolve.log import Log
from vsmdsl.record import field, record

MOST_DIGITS = 24
NOT_KNOWN = {"tbd", "tba", "na", "unknown", "unclear", "todo", "n", "xx", "null", "nil"}
ISO_DURATION = r"(?i)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?"
NUMERIC = (
    syntax.Number | syntax.Percent | syntax.Measure | syntax.Ratio | syntax.Range
    | syntax.Approx | syntax.Unknown | syntax.Sum
)  # fmt: skip


@record
class Ends:
    """Mean, low and high end, in seconds (or any other unit that all three share)."""

    mean: Fraction
    low: Fraction
    high: Fraction


@record
class Numbers:
    """Reads on one clock, and writes what is wrong into the log."""

    calendar: Calendar
    log: Log
    samples: Samples | None = None
    # What digits and their unit are: files say `1d` and `85%` again and again.
    known: dict[tuple[str, str], Fraction] = field(default_factory=dict, compare=False, repr=False)

    def number(self, digits: str, span: Span) -> Fraction | None:
        """The exact number of some digits."""
        plain = digits.replace("_", "")
        if len(plain) > MOST_DIGITS:
            message = f"a number of {len(plain)} digits measures nothing"
            return self.fail(quantities.NUMBER_TOO_LARGE, span, message, "is a digit too many?")
        return Fraction(int(plain)) if plain.isdecimal() else Fraction(plain)

    def gap(self, value: syntax.Value) -> Gap | None:
        """`?` or `none`, if the value is one of them."""
        match value:
            case syntax.Unknown() | syntax.Approx(value=syntax.Unknown()):
                return Gap.UNKNOWN
            case syntax.Word(text=text) if text.lower() == "none":
                return Gap.NONE
            case _:
                return None

    def unquoted(self, value: syntax.Value) -> syntax.Value:
        """A number that stands in quotes is read as the number (W408)."""
        if isinstance(value, syntax.Text) and value.text[:1] in set("0123456789~?"):
            inner = self.log.reread(value)
            if isinstance(inner, NUMERIC):
                message = f'"{value.text}" is read as {value.text}, without its quotes'
                fix = replacing(value.span, value.text, "take the quotes away")
                self.log.add(advice.NUMBER_IN_QUOTES.at(value.span, message, fix=fix))
                return inner
        return value

    # --- what is wrong

    def wrong(self, value: syntax.Value, wanted: str, hint: str = "") -> None:
        """Say that another kind of value is wanted here."""
        text = value.span.text
        if isinstance(value, syntax.Signed) and value.sign == "-":
            message = f"`{text}` is less than nothing"
            hint = f"did you mean `{value.value.span.text}`?"
            return self.fail(quantities.NEGATIVE_QUANTITY, value.span, message, hint)
        if isinstance(value, syntax.Word) and value.text.lower() in NOT_KNOWN:
            fix = replacing(value.span, "?")
            message = f"`{text}`: what nobody knows yet is written `?`"
            return self.fail(quantities.WRITE_QUESTION_MARK, value.span, message, fix=fix)
        message = f"{wanted} belongs here, not `{text if len(text) < 60 else text[:59] + '…'}`"
        return self.fail(quantities.WRONG_KIND, value.span, message, hint or iso_hint(value))

    def reversed(self, value: syntax.Range) -> None:
        """Say that a range falls."""
        message = f"`{value.span.text}` does not go from the least to the most"
        texts = [point.span.text for point in reversed(value.points)]
        fix = replacing(value.span, "..".join(texts)) if len(texts) == 2 else None
        hint = "least..most, or least..likely..most"
        self.fail(quantities.RANGE_REVERSED, value.span, message, hint, fix)

    def fail(
        self, code: Code, span: Span, message: str, hint: str = "", fix: Fix | None = None
    ) -> None:
        """Write a message down; gives None, so that a reader can end with it."""
        self.log.add(code.at(span, message, hint=hint, fix=fix))


def ends_of(points: list[Fraction]) -> Ends | None:
    """Mean and ends of `least..most` (uniform) or `least..likely..most` (PERT)."""
    if points != sorted(points):
        return None
    low, high = points[0], points[-1]
    mean = (low + high) / 2 if len(points) == 2 else (low + 4 * points[1] + high) / 6
    return Ends(mean, low, high)


def iso_hint(value: syntax.Value) -> str:
    """`PT4H` is how ISO 8601 writes four hours."""
    match = re.fullmatch(ISO_DURATION, value.text) if isinstance(value, syntax.Word) else None
    if match is None or not any(match.groups()):
        return ""
    parts = zip(match.groups(), ("d", "h", "min"), strict=True)
    return "did you mean `" + "".join(number + unit for number, unit in parts if number) + "`?"

"""A mistake or an advice is a value: a code, a place, a sentence and a way out."""

from __future__ import annotations

from typing import Literal

from vsmdsl.language.source import Span
from vsmdsl.record import record, replace

Severity = Literal["error", "warning", "finding"]

SEVERITIES: dict[str, Severity] = {"E": "error", "W": "warning", "F": "finding"}


@record
class Edit:
    """Put `text` in the place of `span` (an empty span inserts)."""

    span: Span
    text: str


@record
class Fix:
    """A change of the text that a machine may make; `title` says it in words."""

    title: str
    edits: tuple[Edit, ...]


@record
class Label:
    """A second place that matters for a message, with what is to be seen there."""

    span: Span
    text: str


@record
class Diagnostic:
    """One message about one place. `on` names the elements of the stream it speaks of."""

    code: Code
    span: Span
    message: str
    hint: str = ""
    labels: tuple[Label, ...] = ()
    fix: Fix | None = None
    on: tuple[str, ...] = ()

    @property
    def severity(self) -> Severity:
        """`error`, `warning` or `finding`, by the first letter of the code."""
        return self.code.severity

    @property
    def is_error(self) -> bool:
        """Whether the file cannot be used before this is mended."""
        return self.severity == "error"

    def hinted(self, hint: str) -> Diagnostic:
        """The same message with another hint."""
        return replace(self, hint=hint)


@record
class Code:
    """A row of the table of codes: number, name and one sentence that says what is wrong."""

    code: str
    name: str
    summary: str

    @property
    def severity(self) -> Severity:
        """`error`, `warning` or `finding`."""
        return SEVERITIES[self.code[0]]

    def at(
        self,
        span: Span,
        message: str,
        *,
        hint: str = "",
        labels: tuple[Label, ...] = (),
        fix: Fix | None = None,
        on: tuple[str, ...] = (),
    ) -> Diagnostic:
        """This code as a message at a place."""
        return Diagnostic(self, span, _brief(message), _brief(hint), labels, fix, on)


MOST = 1_000  # letters of a sentence: what it quotes may be as long as a file


def _brief(text: str) -> str:
    return text if len(text) <= MOST else f"{text[: MOST * 3 // 4]} … {text[-MOST // 4 :]}"


def replacing(span: Span, text: str, title: str = "") -> Fix:
    """The commonest fix: write `text` where `span` is."""
    return Fix(_brief(title or f"write `{text}`"), (Edit(span, text),))

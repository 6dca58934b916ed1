"""What there is to say about a map in a document, free of the text that it points into."""

from __future__ import annotations

from vsmdsl.language.diagnostics import Diagnostic, Severity
from vsmdsl.language.excerpt import excerpt
from vsmdsl.record import record


@record
class Notice:
    """One message: `name` is its kind, `text` says it in full, with an excerpt if there is one.

    `code` is empty for what is no matter of the language: an option, a file that is not there.
    """

    severity: Severity
    name: str
    message: str
    text: str
    file: str
    line: int
    column: int = 1
    code: str = ""

    @property
    def is_error(self) -> bool:
        """Whether there is no picture because of it."""
        return self.severity == "error"

    @property
    def in_a_line(self) -> str:
        """`docs/index.md:14:3: error[E201] unknown-step: no step is called …`, for a log."""
        code = f"[{self.code}]" if self.code else ""
        place = f"{self.file}:{self.line}:{self.column}"
        return visible_line(f"{place}: {self.severity}{code} {self.name}: {self.message}")


def notice_of(one: Diagnostic) -> Notice:
    """A message about a map as a notice."""
    span, code = one.span, one.code
    text = excerpt(one, color=False)
    return Notice(
        one.severity, code.name, one.message, text, span.source.name, span.line, span.column,
        code.code,
    )  # fmt: skip


def trouble(name: str, message: str, file: str, line: int, hint: str = "") -> Notice:
    """Something that keeps a map from being drawn, and is no mistake in its text."""
    said = f"{file}:{line}: error {name}: {message}"
    text = "\n".join(map(visible_line, (said, f"  = hint: {hint}") if hint else (said,)))
    return Notice("error", name, message, text, file, line)


def visible_line(text: str) -> str:
    """A text as one line, without a character that could move a terminal's cursor."""
    return "".join(one if one.isprintable() else _number(one) for one in text.replace("\n", " "))


def _number(letter: str) -> str:
    return rf"\u{{{ord(letter):x}}}"

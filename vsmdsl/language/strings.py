"""What a string says, once its quotes and its escapes are taken off."""

from __future__ import annotations

import re

from vsmdsl.language.codes import writing
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.language.source import Span
from vsmdsl.language.syntax import Text
from vsmdsl.steering import CONTROLS, HALVES, NO_SIGNS, TURNING

_ESCAPE = r"(?s)\\(?:u\{([0-9A-Fa-f]{1,6})\}|(.)|$)"
_PLAIN = {'"': '"', "'": "'", "\\": "\\", "n": "\n", "t": "\t"}
_CLOSING = frozenset("\"'”“’‘»«")

# Letters that no text may hold: NUL and the other control characters, halves of pairs, marks that
# turn the direction of writing around (what is read would not be what is there), non-characters.
FORBIDDEN = re.compile(f"[{CONTROLS}{HALVES}{TURNING}{NO_SIGNS}]")


def unquoted(span: Span, diagnostics: list[Diagnostic]) -> Text:
    """The string at a place; what is wrong with its escapes is added to `diagnostics`."""
    raw = span.text
    if raw.startswith('"""'):
        body = raw[3:-3] if raw.endswith('"""') and len(raw) >= 6 else raw[3:]
        return Text(dedented(_unescaped(body, span, 3, diagnostics)), span, True)
    body = raw[1:-1] if len(raw) > 1 and raw[-1] in _CLOSING else raw[1:]
    return Text(_unescaped(body, span, 1, diagnostics), span)


def dedented(text: str) -> str:
    """A text over several lines, without the indentation that all its lines share."""
    from textwrap import dedent  # few files have such a text

    first, newline, rest = text.partition("\n")
    if not newline:
        return text

    if first.strip():
        return first + newline + dedent(rest).rstrip()
    return dedent(rest).rstrip()


def quoted(text: str) -> str:
    """A text as a string of the language, in straight quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    escaped = escaped.replace("\t", "\\t")
    return '"' + FORBIDDEN.sub(lambda match: f"\\u{{{ord(match[0]):x}}}", escaped) + '"'


def _unescaped(body: str, span: Span, shift: int, diagnostics: list[Diagnostic]) -> str:
    if "\\" not in body:
        return body

    def meant(match: re.Match[str]) -> str:
        if match[2] in _PLAIN:
            return _PLAIN[match[2]]
        if match[1] and _allowed(int(match[1], 16)):
            return chr(int(match[1], 16))
        at = span.start + shift + match.start()
        diagnostics.append(_bad_escape(Span(span.source, at, at + len(match[0])), match[0]))
        return match[0]

    return re.sub(_ESCAPE, meant, body)


def _allowed(point: int) -> bool:
    return point <= 0x10FFFF and not FORBIDDEN.match(chr(point))


def _bad_escape(span: Span, text: str) -> Diagnostic:
    return writing.BAD_ESCAPE.at(
        span,
        f"`{text}` is no escape",
        hint=r'a backslash goes before `"`, `\`, `n`, `t` or `u{…}`; for a backslash write `\\`',
    )

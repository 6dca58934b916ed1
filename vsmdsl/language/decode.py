"""From the bytes of a file to a text, and which letters no text may hold."""

from __future__ import annotations

import re

from vsmdsl.language.codes import writing
from vsmdsl.language.diagnostics import Diagnostic, replacing
from vsmdsl.language.source import Source, Span, normalise
from vsmdsl.language.strings import FORBIDDEN

UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # how such a file begins
MOST = 20  # a file with more of them is no text at all, and one message more says nothing new


def decode(name: str, data: bytes, file: str = "") -> tuple[Source, tuple[Diagnostic, ...]]:
    """Read bytes as UTF-8. Where they are not, the text has `�` and a message names the byte."""
    try:
        return Source(name, normalise(data.decode("utf-8")), file), ()
    except UnicodeDecodeError as error:
        before = normalise(data[: error.start].decode("utf-8"))
        source = Source(name, normalise(data.decode(_likely(data), errors="replace")), file)
        span = Span(source, len(before), min(len(before) + 1, len(source.text)))
        byte = data[error.start]
        message = f"byte {error.start} (0x{byte:02x}) is not UTF-8"
        return source, (writing.NOT_UTF8.at(span, message, hint=_encoding(data)),)


def forbidden(source: Source) -> list[Diagnostic]:
    """A message for each place with letters that no text may hold; neighbours share one."""
    found: list[Diagnostic] = []
    for match in re.finditer(_RUN, source.text):
        if len(found) == MOST:
            break
        span = Span(source, *match.span())
        point = ord(match[0][0])
        message = f"U+{point:04X} ({_named(point)}) may not stand in a file"
        hint = "it cannot be seen, and what is read would not be what is there"
        found.append(
            writing.FORBIDDEN_CHARACTER.at(
                span, message, hint=hint, fix=replacing(span, "", "delete it")
            )
        )
    return found


_RUN = f"(?:{FORBIDDEN.pattern})+"


def _likely(data: bytes) -> str:
    """What the bytes are read as, so that one wrong encoding is one message."""
    return "utf-16" if data[:2] in UTF_16 else "utf-8"


def _encoding(data: bytes) -> str:
    if data[:2] in UTF_16:
        return "the file looks like UTF-16; save it as UTF-8"
    if data.count(0) > len(data) // 20:
        return "the file looks like no text at all"
    return "save the file as UTF-8"


def _named(point: int) -> str:
    if 0xD800 <= point <= 0xDFFF:
        return "half of a pair"
    from unicodedata import name  # only a mistake needs it

    return name(chr(point), "NUL" if point == 0 else "control character").lower()

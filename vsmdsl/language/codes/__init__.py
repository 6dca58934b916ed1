"""The table of codes. A code is never reused, and its name reads well after "allow"."""

from __future__ import annotations

from vsmdsl.language.codes import advice, findings, quantities, structure, writing
from vsmdsl.language.diagnostics import Code


def find_code(text: str) -> Code | None:
    """The row of a code or of a name (`F503`, `f503`, `unknown-target`), or None."""
    return CODES.get(text.upper()) or _BY_NAME.get(text.lower())


CODES: dict[str, Code] = {
    row.code: row
    for room in (writing, structure, quantities, advice, findings)
    for row in vars(room).values()
    if isinstance(row, Code)
}

_BY_NAME = {row.name: row for row in CODES.values()}

"""What stands between the parts of a measure and is none: `1d.5h`, digits of other scripts."""

from __future__ import annotations

import re

from vsmdsl.language.codes import writing
from vsmdsl.language.diagnostics import Diagnostic, Edit, Fix
from vsmdsl.language.source import Span

_DIGITS = "the language is written with plain ASCII signs and digits"
_POINT = "a decimal point has a digit on both sides"
_LATE_POINT = r"([0-9]+)([^\W\d]+)\.([0-9]+)\Z"  # `3d.5`


def misplaced(whole: Span, stray: Span) -> Diagnostic:
    """What to say about letters that belong to no part of this measure."""
    digits = "".join(sign for sign in stray.text if sign.isdigit())
    if digits:
        return writing.LOOKALIKE.at(stray, f"`{digits}` is no digit", hint=_DIGITS)
    if stray.text != ".":
        return writing.UNEXPECTED.at(stray, f"`{stray.text}` does not belong into a number")
    late = re.search(_LATE_POINT, whole.text)
    if late:
        return writing.BARE_POINT.at(stray, _POINT, hint=f"as in `{late[1]}.{late[3]}{late[2]}`")
    place = stray.start - whole.start
    meant = f"{whole.text[:place]}0{whole.text[place:]}"
    fix = Fix(f"write `{meant}`", (Edit(Span(stray.source, stray.start, stray.start), "0"),))
    return writing.BARE_POINT.at(stray, _POINT, fix=fix)

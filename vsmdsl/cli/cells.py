"""Cells of a CSV file that a spreadsheet reads and never runs."""

from __future__ import annotations

import re

from vsmdsl.cli import console

# A spreadsheet would run these as formulas, in Japan the wide ones as well.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")


def safe(cell: str) -> str:
    """The cell, with an apostrophe in front where it would be run; numbers stay numbers.

    It may be looked at in a terminal, too, and the name of a file is not ours.
    """
    shown = console.harmless(cell)
    return f"'{shown}" if shown.startswith(RISKY) and not NUMBER.fullmatch(shown) else shown

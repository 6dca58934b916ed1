"""Cells of a CSV file that a spreadsheet reads and never runs."""

from __future__ import annotations

import re

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")  # a spreadsheet would run these as formulas
NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")


def safe(cell: str) -> str:
    """The cell, with an apostrophe in front where it would be run; numbers stay numbers."""
    return f"'{cell}" if cell.startswith(RISKY) and not NUMBER.fullmatch(cell) else cell

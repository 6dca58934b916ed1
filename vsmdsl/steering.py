r"""Signs that steer what shows a text: a terminal, a log, the order in which a line is read.

A map may hold none of them; where they come from elsewhere (names of files, options), each writer
spells them by their numbers. What stands here is the inside of a character class: `[…]`.
"""

from __future__ import annotations

CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"  # all but tabs and ends of lines
TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what is read is not what is there
BREAKING = "\u2028\u2029"  # ends of lines, to some
HALVES = "\ud800-\udfff"  # of pairs: no encoding has them alone
NO_SIGNS = "\ufffe\uffff"

"""A text that is worked on with plain newlines, and has its own line ends again afterwards.

Documents have lines of all kinds. A change of one map is no reason to touch any other line.
"""

from __future__ import annotations

import re

from vsmdsl.record import record

_END = re.compile(r"\r\n?|\n")  # what the language takes for one; Python knows more of them


@record
class Change:
    """Another text for what stands from `start` up to `end`."""

    start: int
    end: int
    text: str

    def made_in(self, text: str) -> str:
        """The text with the change."""
        return text[: self.start] + self.text + text[self.end :]


class Lines:
    """A text with plain newlines, and beside it how each of its lines ended.

    The text has no byte order mark, so that places in `text` are those that `normalise` leads to.
    """

    def __init__(self, raw: str) -> None:
        self.ends = _END.findall(raw) if "\r" in raw else None  # None: all are plain
        self.text = _END.sub("\n", raw) if self.ends else raw

    def make(self, change: Change) -> None:
        """Carry out a change; what is new ends its lines as those did that stood there."""
        if self.ends is not None:
            first = self.text.count("\n", 0, change.start)
            gone = self.text.count("\n", change.start, change.end)
            usual = self.ends[max(0, first - (not gone))] if self.ends else "\n"
            self.ends[first : first + gone] = [usual] * change.text.count("\n")
        self.text = change.made_in(self.text)

    def raw(self) -> str:
        """The text as it is to be written."""
        if self.ends is None:
            return self.text
        pairs = zip(self.text.split("\n"), [*self.ends, ""], strict=True)
        return "".join(line + end for line, end in pairs)

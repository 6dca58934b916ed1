"""What a map may take in from other files, and how it asks for them."""

from __future__ import annotations

from collections.abc import Callable

from vsmdsl.language.source import Source

Loader = Callable[[str, Source], Source]  # (the name that stands in a source, that source)
MAP = ".vsm"  # how a file ends that is included
SAMPLES = (".csv", ".txt")  # and one with measured times


class OutsideProjectError(OSError):
    """Raised by a loader for a file that is none of the project's maps: `it lies outside …`."""

    def __init__(self, said: str, hint: str = "") -> None:
        super().__init__(said)
        self.hint = hint

"""What a map may take in from other files, and how it asks for them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from vsmdsl.language.source import Source

if TYPE_CHECKING:
    from vsmdsl.language.syntax import Measure

Loader = Callable[[str, Source], Source]  # (the name that stands in a source, that source)
MAP = ".vsm"  # how a file ends that is included
SAMPLES = (".csv", ".txt")  # and one with measured times


class OutsideProjectError(OSError):
    """Raised by a loader for a file that is none of the project's maps: `it lies outside …`."""

    def __init__(self, said: str, hint: str = "") -> None:
        super().__init__(said)
        self.hint = hint


class TooManySamplesError(OSError):
    """Raised where the samples of a map are larger together than a map may be."""

    def __init__(self, size: int, most: int) -> None:
        super().__init__(f"{size:,} letters of samples")
        self.size, self.most = size, most


class Samples:
    """Reads files of measured times, each once.

    `values` is what was found in each: mean, least and most, and a time as written for each unit.
    """

    def __init__(self, load: Loader, most: int) -> None:
        self.load, self.most = load, most
        self.read: dict[tuple[str, str], Source] = {}
        self.sizes: dict[str, int] = {}
        self.values: dict[str, tuple[tuple[Fraction, Fraction, Fraction], list[Measure]]] = {}

    def __call__(self, name: str, here: Source) -> Source:
        """The text of a file. Raises OSError, also where it is too much."""
        key = name, here.name
        if key not in self.read:
            found = self.load(name, here)
            self.sizes[found.name] = len(found.text)
            if (size := sum(self.sizes.values())) > self.most:
                raise TooManySamplesError(size, self.most)
            self.read[key] = found
        return self.read[key]

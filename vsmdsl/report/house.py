"""The style of a house: what stands on every report that it sends out."""

from __future__ import annotations

from pathlib import Path

from vsmdsl.record import record


@record(kw_only=True)
class House:
    """What a house adds to a report; `folder` has templates of its own, `logo` is a PNG."""

    title: str = ""
    author: str = ""
    confidential: str = ""  # a line on each page
    logo: bytes = b""
    folder: Path | None = None


PLAIN = House()

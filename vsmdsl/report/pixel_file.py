"""Whether a PNG is whole and of a size that can be painted, told without painting it."""

from __future__ import annotations

from collections.abc import Iterator
from struct import unpack_from
from zlib import crc32

PNG = b"\x89PNG\r\n\x1a\n"
MOST_PIXELS = 16_000_000  # 64 MB where they are painted; a logo of paper has a tenth
AROUND = 12  # bytes of a chunk beside its data: how long it is, its kind, its sum
HEADER = 13  # bytes that say how large the picture is


def check(data: bytes) -> None:
    """Raises ValueError for a PNG that is cut, damaged, or larger than a logo is."""
    kinds: list[bytes] = []
    for kind, content in _chunks(data):
        if not kinds:
            _check_size(kind, content)
        kinds.append(kind)
    if b"IDAT" not in kinds:
        raise ValueError("the PNG of the logo has no pixels")


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The parts of the file up to the one that ends it."""
    at, kind = len(PNG), b""
    while kind != b"IEND":
        if at + AROUND > len(data):
            raise ValueError("the PNG of the logo is not whole: it ends too early")
        length, kind = unpack_from(">I4s", data, at)
        end = at + AROUND + length
        if end > len(data):
            raise ValueError("the PNG of the logo is not whole: it ends too early")
        if crc32(data[at + 4 : end - 4]) != unpack_from(">I", data, end - 4)[0]:
            raise ValueError("the PNG of the logo is damaged: a sum in it is wrong")
        yield kind, data[at + 8 : end - 4]
        at = end


def _check_size(kind: bytes, content: bytes) -> None:
    if kind != b"IHDR" or len(content) != HEADER:
        raise ValueError("the PNG of the logo does not say how large it is")
    width, height = unpack_from(">II", content)
    if not width * height:
        raise ValueError("the PNG of the logo has no pixels")
    if width * height > MOST_PIXELS:
        raise ValueError(
            f"a logo has at most {MOST_PIXELS:,} pixels; this PNG has {width:,} × {height:,}"
        )

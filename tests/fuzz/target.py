"""The coverage-guided fuzzer, `make fuzz`: it looks for a text that breaks something.

What it finds belongs into `crashes/`, with a name that says what was wrong.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["vsmdsl"]):
    from tests.fuzz.whole import whole
    from tests.fuzz.writer import Writer


def one(data: bytes) -> None:
    """Even first bytes: a text as it is; odd ones: a text that the writer makes of them."""
    text = Writer(data).text() if data[:1] and data[0] % 2 else data.decode("utf-8", "replace")
    whole(text.replace("\0", ""), picture=len(data) % 8 == 0)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()

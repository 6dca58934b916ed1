"""The commands: `vsm`, `vsmdsl` and `python -m vsmdsl`."""

from vsmdsl.cli.program import main

__all__ = ["main"]

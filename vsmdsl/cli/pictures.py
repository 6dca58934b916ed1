"""What a machine may lack when a picture is made, told in one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from vsmdsl.cli import console
from vsmdsl.drawing.placement import PlacementError


@contextmanager
def environment() -> Iterator[None]:
    """Turn a missing library or engine into a refusal with exit code 3."""
    try:
        yield
    except PlacementError as error:
        raise console.Trouble(str(error)) from None
    except Exception as error:
        if _is_missing_library(error):
            raise console.Trouble(str(error)) from None
        raise


def _is_missing_library(error: Exception) -> bool:
    from vsmdsl.report.press import PdfUnavailableError  # only when something went wrong

    return isinstance(error, PdfUnavailableError)

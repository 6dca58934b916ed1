"""What a machine may lack when a picture is made, told in one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from vsmdsl.cli import console
from vsmdsl.drawing.placement import PlacementError


@contextmanager
def environment() -> Iterator[None]:
    """Turn a missing library or engine, or a picture that is too large, into a refusal."""
    try:
        yield
    except PlacementError as error:
        raise console.Trouble(str(error)) from None
    except ValueError as error:
        if _is_too_large(error):
            raise console.BadInput(str(error)) from None
        raise
    except Exception as error:
        if _is_missing_library(error):
            raise console.Trouble(str(error)) from None
        raise


def _is_too_large(error: ValueError) -> bool:
    from vsmdsl.drawing.raster import PictureTooLargeError  # only when something went wrong

    return isinstance(error, PictureTooLargeError)


def _is_missing_library(error: Exception) -> bool:
    from vsmdsl.report.press import PdfUnavailableError  # only when something went wrong

    return isinstance(error, PdfUnavailableError)

"""What a machine may lack when a picture is made, told in one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from vsmdsl.cli.refusals import BadInput, Trouble
from vsmdsl.drawing.placement import PlacementError


@contextmanager
def environment() -> Iterator[None]:
    """Turn a missing library or engine, or a picture that is too large, into a refusal."""
    try:
        yield
    except PlacementError as error:
        raise Trouble(str(error)) from None
    except ValueError as error:
        raise _told(error) from None
    except Exception as error:
        if _is_missing_library(error):
            raise Trouble(str(error)) from None
        raise


def _told(error: ValueError) -> Exception:
    from vsmdsl.drawing import raster  # only when something went wrong

    if isinstance(error, raster.PictureTooLargeError):
        return BadInput(str(error))
    return Trouble(str(error)) if isinstance(error, raster.PaintingError) else error


def _is_missing_library(error: Exception) -> bool:
    from vsmdsl.report.press import PdfUnavailableError  # only when something went wrong

    return isinstance(error, PdfUnavailableError)

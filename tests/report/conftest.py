"""The subject of a report, from the sample that everybody knows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser import browser, chromium
from vsmdsl import pipeline
from vsmdsl.cli.subjects import subject as subject_of
from vsmdsl.report.subject import Subject

__all__ = ["browser", "chromium"]

SAMPLE = Path(__file__).parents[2] / "samples" / "checkout.vsm"


@pytest.fixture
def about() -> Callable[..., Subject]:
    """The subject of a report on a text (by default the sample), and on one of its futures.

    A report on paper needs the map as it is drawn for that `page`.
    """

    def make(text: str = "", future: str = "", page: str | None = None) -> Subject:
        map_ = pipeline.compile(text or SAMPLE.read_text(encoding="utf-8"), name="checkout.vsm")
        assert map_.ok, map_.diagnostics
        state = map_.state(future)
        assert state is not None
        return subject_of(map_, state, page=page)

    return make

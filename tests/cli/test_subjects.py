"""What a report is about: the pictures of a map, and its past when it is asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.cli.test_trend import past
from vsmdsl import pipeline
from vsmdsl.cli import patience, subjects
from vsmdsl.cli.refusals import Misuse
from vsmdsl.report.html import render_html

__all__ = ["past"]

SAMPLE = Path(__file__).parents[2] / "samples" / "checkout.vsm"


def test_every_future_is_compared_with_today() -> None:
    map_ = pipeline.compile_file(SAMPLE)
    subject = subjects.subject(map_, map_.current, today=date(2027, 1, 1))
    assert [key for key, _ in subject.comparisons] == ["q1"]
    assert 'class="picture compared"' in render_html(subject)
    assert "overdue" in render_html(subject)


def test_the_brand_colours_every_picture() -> None:
    map_ = pipeline.compile_file(SAMPLE)
    subject = subjects.subject(map_, map_.current, colors={"va": "#004499"})
    page = render_html(subject)
    assert page.count("#004499") > 3  # the map, the comparison, the charts
    assert "#1A5F9E" not in page.split("</style>", 1)[1]


def test_the_past_is_read_from_git(past: Path) -> None:
    found = subjects.history(past / "new name.vsm")
    patience.end()  # as every command does
    assert [one.note for one in found] == ["Commit 0", "Commit 1", "Commit 3", "Commit 4"]
    assert found[0].day == "2026-01-01"
    assert (
        found[-1].side.analysis.metrics["lead_time"] != found[0].side.analysis.metrics["lead_time"]
    )


def test_without_git_there_is_no_past(tmp_path: Path) -> None:
    path = tmp_path / "lonely.vsm"
    path.write_text("step a pt=1d\n", encoding="utf-8")
    with pytest.raises(Misuse, match="git"):
        subjects.history(path)

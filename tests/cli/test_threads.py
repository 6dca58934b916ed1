"""Where a process may have no more threads, what needs some is told, and the rest done without."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from tests.drawing.look import needs_printer
from vsmdsl.threads import room

Vsm = Callable[..., Ran]


@pytest.fixture
def at_most(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let so many threads begin beside those that run, as a limit of the system does."""

    def limit(most: int) -> None:
        usual, before = threading.Thread.start, threading.active_count()

        def start(thread: threading.Thread) -> None:
            if threading.active_count() - before >= most:
                raise RuntimeError("can't start new thread")
            usual(thread)

        monkeypatch.setattr(threading.Thread, "start", start)

    return limit


@pytest.mark.parametrize("most", [0, 1, 4, 5, 100])
def test_there_is_room_for_as_many_as_may_run_at_once(
    at_most: Callable[[int], None], most: int
) -> None:
    before = threading.active_count()
    at_most(most)
    assert [wanted for wanted in (1, 4, 5, 6) if room(wanted)] == [
        wanted for wanted in (1, 4, 5, 6) if wanted <= most
    ]
    assert threading.active_count() == before


@needs_printer
def test_a_pdf_without_threads_is_told_and_other_files_are_made(
    vsm: Vsm, folder: Path, at_most: Callable[[int], None]
) -> None:
    at_most(0)
    ran = vsm("report", "good.vsm", "-o", "report.pdf", "--no-cache")
    assert ran.code == 3
    assert ran.err.startswith("error: a PDF needs a few threads")
    assert vsm("report", "good.vsm", "-o", "report.html", "--no-cache").code == 0
    assert [one.name for one in folder.glob("report.*")] == ["report.html"]


def test_without_threads_many_maps_are_drawn_one_after_the_other(
    vsm: Vsm, folder: Path, at_most: Callable[[int], None]
) -> None:
    at_most(0)
    ran = vsm("render", "good.vsm", "checkout.vsm", "-o", "out/", "-j", "2", "--no-cache")
    assert (ran.code, ran.err.count("wrote ")) == (0, 2)
    assert sorted(one.name for one in (folder / "out").iterdir()) == ["checkout.svg", "good.svg"]

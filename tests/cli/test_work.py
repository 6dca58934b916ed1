"""How many maps are worked on at once."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from vsmdsl.cli import main, work, worker
from vsmdsl.cli.refusals import Trouble
from vsmdsl.cli.work import Outcome


def squared(number: int) -> Outcome[int]:
    return Outcome(0, (), number * number)


@pytest.mark.parametrize(
    ("tasks", "processors", "jobs"),
    [(1, 8, 1), (39, 8, 1), (40, 8, 2), (40, 1, 1), (100, 2, 2), (100, 64, 5)],
)
def test_workers_are_hired_where_there_is_work_for_them(
    monkeypatch: pytest.MonkeyPatch, tasks: int, processors: int, jobs: int
) -> None:
    monkeypatch.setattr(work, "processors", lambda: processors)
    assert work._fitting(tasks) == jobs


@pytest.mark.parametrize("jobs", [None, 1, 2, 7])
def test_outcomes_come_in_order_whoever_did_them(jobs: int | None) -> None:
    found = [one.result for one in work.run(squared, range(100), jobs)]
    assert found == [number * number for number in range(100)]


def test_a_folder_of_many_maps_is_drawn_the_same_by_many(folder: Path) -> None:
    many = folder / "many"
    many.mkdir()
    for number in range(45):
        text = f"queue Q {number + 1}d\nstep S pt=1h\n"
        (many / f"{number}.vsm").write_text(text, encoding="utf-8")
    assert main(["render", str(many), "-o", "by-many/"]) == 0
    assert main(["render", str(many), "-o", "by-one/", "-j", "1"]) == 0
    by_one, by_many = (
        {one.name: one.read_bytes() for one in (folder / name).iterdir()}
        for name in ("by-one", "by-many")
    )
    assert len(by_one) == 45
    assert by_one == by_many


def killed(number: int) -> Outcome[int]:
    """What the system does where there is no memory left."""
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return Outcome(0, (), number)


@pytest.mark.skipif(sys.platform == "win32", reason="nobody kills so there")
def test_a_worker_that_the_system_ends_is_no_mistake_of_ours() -> None:
    with pytest.raises(Trouble, match="was ended by the system"):
        list(work.run(killed, range(5), 2))


def told(number: int) -> Outcome[int]:
    """What one that is told to end comes out with."""
    if number == 3:
        raise KeyboardInterrupt
    return Outcome(0, (), number)


def starved(number: int) -> Outcome[int]:
    if number == 3:
        raise RuntimeError("can't allocate lock")
    return Outcome(0, (), number)


@pytest.mark.parametrize("task", [told, starved])
def test_what_another_process_meets_is_no_interruption_of_this_one(
    task: Callable[[int], Outcome[int]], capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Trouble, match="was ended by the system"):
        list(work.run(task, range(5), 2))
    assert capfd.readouterr().err == ""


def test_where_nobody_is_left_to_hand_out_work_nobody_waits_for_it(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def run(_thread: object) -> None:
        raise RuntimeError("can't allocate lock")

    monkeypatch.setattr("concurrent.futures.process._ExecutorManagerThread.run", run)
    with pytest.raises(Trouble, match="out of memory"):
        list(work.run(doubled, range(5), 2))
    assert capfd.readouterr().err == ""


def stuck(number: int) -> Outcome[int]:
    if number == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # as in a library that lets nobody in
    time.sleep(50)
    return Outcome(0, (), number)


def test_one_that_hears_nobody_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "GRACE", 0.5)
    begun = time.monotonic()
    with pytest.raises(Trouble, match="was ended by the system"):
        list(work.run(stuck, range(2), 2))
    assert time.monotonic() - begun < 20


def doubled(number: int) -> Outcome[int]:
    return Outcome(0, (), 2 * number)


def test_a_machine_where_processes_share_nothing_works_on_one_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_given: object, **_named: object) -> None:
        raise OSError(38, "Function not implemented")  # there is no /dev/shm

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", refuse)
    assert [one.result for one in work.run(doubled, range(5), 2)] == [0, 2, 4, 6, 8]

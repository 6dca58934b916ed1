"""What is put down while a PDF is made goes with it."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from tests.cli.conftest import VSM
from tests.drawing.look import needs_printer
from vsmdsl.cli.scratch import scratch

pytestmark = needs_printer


@pytest.fixture
def running(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return {**os.environ, "TMPDIR": str(tmp_path_factory.mktemp("put down"))}


@pytest.mark.parametrize("verb", ["report", "render"])
def test_a_pdf_leaves_nothing_in_the_folder_for_temporary_files(
    running: dict[str, str], verb: str
) -> None:
    command = (VSM, verb, "good.vsm", "-o", "map.pdf", "--no-cache")
    subprocess.run(command, env=running, check=True, capture_output=True)
    assert list(Path(running["TMPDIR"]).iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_one_that_is_interrupted_leaves_nothing_there(
    running: dict[str, str], folder: Path
) -> None:
    steps = "".join(f"step s{n} pt=1h lt=1d\n" for n in range(300))
    (folder / "map.vsm").write_text(steps, encoding="utf-8")
    place = Path(running["TMPDIR"])
    command = (VSM, "report", "map.vsm", "-o", "map.pdf", "--no-cache")
    with subprocess.Popen(command, env=running, stderr=subprocess.PIPE) as child:
        while not list(place.rglob("weasyprint-*")) and child.poll() is None:
            time.sleep(0.01)
        child.send_signal(signal.SIGINT)
        child.communicate(timeout=20)
    assert child.returncode == 130
    assert list(place.iterdir()) == []


def test_who_finds_no_such_folder_goes_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    with scratch():
        assert tempfile.tempdir == "/nowhere"


@pytest.mark.skipif(os.name != "posix", reason="locks")
def test_what_a_killed_run_left_is_removed_by_the_next(
    running: dict[str, str], folder: Path
) -> None:
    place = Path(running["TMPDIR"])
    command = (VSM, "report", "good.vsm", "-o", "map.pdf", "--no-cache")
    with subprocess.Popen(command, env=running, stderr=subprocess.DEVNULL) as child:
        while not list(place.rglob(".held")) and child.poll() is None:
            time.sleep(0.005)
        child.kill()
    (left,) = place.iterdir()
    long_ago = time.time() - 3600
    strangers = [place / "vsmdsl-mine", place / "vsmdsl-with-a-link"]
    for one in strangers:
        one.mkdir()
    (strangers[1] / ".held").symlink_to(folder / "good.vsm")
    for one in (left, *strangers):
        os.utime(one, (long_ago, long_ago))
    deadline = time.monotonic() + 20
    while left.exists() and time.monotonic() < deadline:  # until its helper has ended, too
        subprocess.run(command, env=running, check=True, capture_output=True)
    assert sorted(place.iterdir()) == strangers


def test_a_run_that_lasts_long_keeps_its_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with scratch():
        (own,) = tmp_path.iterdir()
        os.utime(own, (1, 1))
        tempfile.tempdir = str(tmp_path)  # as another run has it
        with scratch():
            assert own.exists()
            assert len(list(tmp_path.iterdir())) == 2
    assert list(tmp_path.iterdir()) == []


def test_what_could_not_be_locked_is_removed_when_it_is_old(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left, young, theirs = (tmp_path / f"vsmdsl-{one}" for one in ("ab_01xyz", "q2345678", "backup"))
    for one, age in ((left, 3600), (young, 120), (theirs, 3600)):
        (one / "weasyprint-fonts").mkdir(parents=True)
        os.utime(one, (time.time() - age,) * 2)
    with scratch():
        assert (left.exists(), young.exists(), theirs.exists()) == (os.name != "posix", True, True)

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

"""A map is the same bytes on every machine: whatever its hash seed, clock, language or cores."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import vsmdsl
from tests.drawing.look import ROOT, SAMPLES
from vsmdsl.report import press

PLACES: list[tuple[dict[str, str], tuple[str, ...]]] = [
    ({"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"}, ()),
    ({"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"}, ("-j", "2")),
    ({"PYTHONHASHSEED": "4242", "TZ": "America/St_Johns", "LC_ALL": "de_DE.UTF-8"}, ("-j", "3")),
]


def made(folder: Path, format: str, number: int, *maps: Path, page: str = "") -> dict[str, bytes]:
    """Draw maps in a process of its own, and give its files."""
    environment, jobs = PLACES[number]
    out = folder / f"{format}-{number}"
    command = [sys.executable, "-m", "vsmdsl", "render", *map(str, maps), "-f", format]
    paper = ("--page", page) if page else ()
    env = {**os.environ, **environment, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*command, *jobs, *paper, "-o", f"{out}/"], env=env, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


@pytest.mark.parametrize("format", ["svg", "html", "dot", "json", "png"])
def test_the_place_does_not_matter(format: str, tmp_path: Path) -> None:
    first, *others = (made(tmp_path, format, number, *SAMPLES) for number in range(len(PLACES)))
    assert len(first) == len(SAMPLES)
    for other in others:
        assert [name for name in first if first[name] != other[name]] == []


@pytest.mark.skipif(bool(press.problem()), reason=press.problem())
@pytest.mark.parametrize("page", ["", "a4"])
def test_nor_for_a_pdf(page: str, tmp_path: Path) -> None:
    maps = [path for path in SAMPLES if path.stem in ("checkout", "4-long")]
    first, other = (made(tmp_path, "pdf", number, *maps, page=page) for number in (0, 2))
    assert first == other


@pytest.mark.skipif(shutil.which("dot") is None, reason="no dot: apt install graphviz")
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_both_engines_give_the_same_bytes(sample: Path) -> None:
    compiled = vsmdsl.compile_file(sample)
    for width in (None, 800):
        ours, theirs = (
            vsmdsl.render(compiled, width=width, engine=engine) for engine in ("pure", "system")
        )
        assert ours == theirs

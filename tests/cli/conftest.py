"""Two ways to run `vsm`: here, which is quick, and as a child process, which is the real thing."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from vsmdsl.cli import main

ROOT = Path(__file__).parents[2]
VSM = str(Path(sys.executable).with_name("vsm"))  # what users call, with all that it keeps
STREAM = "queue     Ideas wait=12d\nstep      Develop pt=3d lt=5d ca=85%\n"
NOT_OF_USERS = ("NO_COLOR", "TERM", "VSMDSL_FROZEN")  # what a test run sets
GOOD = 'map "Sketch" { calendar = 8h/day }\n' + STREAM
BAD = STREAM + "rework Tset -> Develop 20%\n"


@dataclass(frozen=True)
class Ran:
    """What a run left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of its own with a good map and a bad one, as the current folder."""
    (tmp_path / "good.vsm").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.vsm").write_text(BAD, encoding="utf-8")
    (tmp_path / "checkout.vsm").write_bytes((ROOT / "samples" / "checkout.vsm").read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def vsm(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Ran]:
    """Run `vsm` in this process, in the folder."""

    def run(*arguments: str, stdin: str | bytes = "") -> Ran:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        capsys.readouterr()
        code = main(arguments)
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run


@pytest.fixture
def child(folder: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run `vsm` as a child process, in the folder."""

    def run(
        *arguments: str, shell: str = "", stdin: bytes = b"", **environment: str
    ) -> subprocess.CompletedProcess[bytes]:
        base = {key: value for key, value in os.environ.items() if key not in NOT_OF_USERS}
        env = {**base, "PYTHONPATH": str(ROOT), **environment}
        line = [VSM, *arguments]
        if shell:
            line = ["bash", "-c", f'"$0" {shell}', VSM]
        return subprocess.run(
            line, cwd=folder, env=env, input=stdin, capture_output=True, check=False, timeout=60
        )

    return run

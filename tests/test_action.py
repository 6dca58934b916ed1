"""The action for pull requests: its scripts run as a runner would run them, in a repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPTS = ROOT / "tools" / "action"
MAP = 'map "Sketch" { calendar = 8h/day }\nqueue ideas "Ideas" wait=12d\nstep dev pt=3d ca=85%\n'
# Stands in for GitHub's own program: it notes down what it was asked, and knows one old comment.
GH = """\
#!/usr/bin/env bash
printf '%s\\n' "$*" >> "$GH_LOG"
for word in "$@"; do case "$word" in body=@*) cp "${word#body=@}" "$GH_LOG.body" ;; esac; done
[ "${GH_FAILS:-}" = "" ] || exit 1
case "$*" in *--paginate*) echo "${GH_KNOWN:-}" ;; esac
"""
needs_tools = pytest.mark.skipif(
    not (shutil.which("git") and shutil.which("bash")), reason="no git or no bash"
)

Run = Callable[..., subprocess.CompletedProcess[str]]


def git(folder: Path, *words: str) -> str:
    """Ask git in a folder."""
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = ["-c", "user.name=n", "-c", "user.email=n@example.org"]
    ran = subprocess.run(
        ["git", *who, *words], cwd=folder, env=env, capture_output=True, text=True, check=True
    )
    return ran.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a map, whose pull request makes it better and adds a strange file."""
    folder = tmp_path / "repository"
    (folder / "maps").mkdir(parents=True)
    git(folder, "init", "-q")
    (folder / "maps" / "a.vsm").write_text(MAP, encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "before")
    (folder / "maps" / "a.vsm").write_text(MAP.replace("12d", "2d"), encoding="utf-8")
    (folder / "$(touch pwned);`touch pwned`.vsm").write_text(MAP, encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "after")
    return folder


@pytest.fixture
def run(repository: Path, tmp_path: Path) -> Run:
    """Run one of the scripts with the environment of a runner."""
    bin = tmp_path / "bin"
    bin.mkdir()
    vsm = bin / "vsm"
    vsm.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m vsmdsl "$@"\n', encoding="utf-8")
    (bin / "gh").write_text(GH, encoding="utf-8")
    for one in (vsm, bin / "gh"):
        one.chmod(0o755)

    def script(name: str, **more: str) -> subprocess.CompletedProcess[str]:
        env = {
            **os.environ,
            "PATH": f"{bin}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "VSM": str(vsm),
            "RUNNER_TEMP": str(tmp_path),
            "GITHUB_OUTPUT": str(tmp_path / "output"),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
            "GITHUB_REPOSITORY": "o/r",
            "GH_LOG": str(tmp_path / "gh"),
            "VSM_FILES": ".",
            "VSM_STRICT": "false",
            "VSM_GOALS": "false",
            "VSM_RENDER": "true",
            "VSM_COMMENT": "true",
            "PULL_REQUEST": "7",
            "BASE_SHA": git(repository, "rev-parse", "HEAD~1"),
            **more,
        }
        return subprocess.run(
            ["bash", str(SCRIPTS / f"{name}.sh")],
            cwd=repository, env=env, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip

    return script


@needs_tools
def test_a_mistake_stands_beside_its_line(run: Run, repository: Path) -> None:
    assert run("check").returncode == 0
    (repository / "README.md").write_text("```vsm\nstep a pt=1h ca=0.9\n```\n", encoding="utf-8")
    ran = run("check", VSM_FILES="maps\nREADME.md\n")
    assert ran.returncode == 1
    assert "::error file=README.md,line=2,endLine=2,col=17,endColumn=19,title=E305" in ran.stdout
    assert run("check", VSM_FILES="maps").returncode == 0


@needs_tools
def test_maps_are_drawn_into_a_folder(run: Run, tmp_path: Path, repository: Path) -> None:
    ran = run("render")
    assert ran.returncode == 0, ran.stderr
    pictures = (tmp_path / "output").read_text(encoding="utf-8").strip()
    assert pictures == f"pictures={tmp_path / 'vsm-pictures'}"
    assert (tmp_path / "vsm-pictures" / "maps" / "a.svg").exists()
    assert not (repository / "pwned").exists()


@needs_tools
def test_kept_pictures_are_compared(run: Run, repository: Path) -> None:
    ran = run("render", VSM_RENDER="check", VSM_FILES="maps")
    assert ran.returncode == 1
    assert "maps/a.svg: is not there" in ran.stderr


@needs_tools
def test_a_folder_without_maps_has_nothing_to_draw(run: Run, repository: Path) -> None:
    (repository / "docs").mkdir()
    assert run("render", VSM_FILES="docs").returncode == 0


@needs_tools
def test_what_changed_is_told(run: Run, tmp_path: Path, repository: Path) -> None:
    ran = run("tell")
    assert ran.returncode == 0, ran.stderr
    told = (tmp_path / "gh.body").read_text(encoding="utf-8")
    assert told.startswith("<!-- vsmdsl: what changed -->\n")
    assert re.search(r"Lead time.*15 d.*5 d", told)
    assert told == (tmp_path / "summary").read_text(encoding="utf-8")
    assert "POST repos/o/r/issues/7/comments" in (tmp_path / "gh").read_text(encoding="utf-8")
    assert not (repository / "pwned").exists()


@needs_tools
def test_the_comment_is_written_anew(run: Run, tmp_path: Path) -> None:
    assert run("tell", GH_KNOWN="42").returncode == 0
    asked = (tmp_path / "gh").read_text(encoding="utf-8")
    assert "PATCH repos/o/r/issues/comments/42" in asked
    assert "POST" not in asked


@needs_tools
def test_without_the_permission_the_summary_tells(run: Run, tmp_path: Path) -> None:
    ran = run("tell", GH_FAILS="yes")
    assert ran.returncode == 0
    assert "::notice title=vsmdsl::This job may not comment" in ran.stdout
    assert "Lead time" in (tmp_path / "summary").read_text(encoding="utf-8")
    assert run("tell", VSM_COMMENT="false", GH_LOG=str(tmp_path / "none")).returncode == 0
    assert not (tmp_path / "none").exists()


@needs_tools
def test_without_changes_nothing_is_told(run: Run, tmp_path: Path, repository: Path) -> None:
    ran = run("tell", BASE_SHA=git(repository, "rev-parse", "HEAD"))
    assert ran.returncode == 0
    assert not (tmp_path / "gh").exists()


def test_no_text_of_others_is_part_of_a_command() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    runs = re.findall(r"^ +run: (.*)$", text, re.MULTILINE)
    assert len(runs) == 4
    assert all("${{" not in line for line in runs)
    scripts = {name for line in runs for name in re.findall(r"tools/action/(\w+\.sh)", line)}
    assert scripts == {path.name for path in SCRIPTS.glob("*.sh")}

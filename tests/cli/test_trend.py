"""trend: the figures of a map over the history of its file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import GOOD, ROOT, Ran

Vsm = Callable[..., Ran]


@pytest.fixture
def past(folder: Path) -> Path:
    """Five commits: a first state, a remark, a mistake, a new name, a shorter wait."""
    texts = [
        GOOD,
        GOOD + "# a remark\n",
        GOOD.replace("12d", "12"),
        None,
        GOOD.replace("12d", "2d"),
    ]
    _git(folder, 0, "init", "-q", "-b", "main")
    for number, text in enumerate(texts):
        name = "good.vsm" if number < 3 else "new name.vsm"
        if text is None:
            _git(folder, number, "mv", "good.vsm", name)
            text = GOOD
        (folder / name).write_text(text, encoding="utf-8")
        _git(folder, number, "add", name)
        _git(folder, number, "commit", "-qm", f"Commit {number}")
    return folder


def _git(folder: Path, day: int, *arguments: str) -> None:
    when = f"2026-0{day + 1}-01T12:00:00Z"
    env = {**os.environ, "GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": when}
    names = ("-c", "user.name=Ana", "-c", "user.email=ana@example.com")
    line = ["git", "-C", str(folder), *names, *arguments]
    subprocess.run(line, check=True, capture_output=True, env=env)


def test_the_figures_over_time(vsm: Vsm, past: Path) -> None:
    ran = vsm("trend", "new name.vsm")
    assert ran.code == 0
    assert "lead time 17 d → 7 d, −10 d (−59 %)" in ran.out
    assert "2026-01-01" in ran.out
    assert "2 more changed no figure" in ran.out
    assert "Not to be read" in ran.out
    assert "`12` what? A time needs its unit" in ran.out


def test_a_report_with_its_past_asks_git_each_time(
    vsm: Vsm, past: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VSMDSL_CACHE", str(past / "cache"))
    before = [vsm("report", "new name.vsm", "--trend", "-o", "-").out for _ in range(2)]
    assert before[0] == before[1]
    _git(past, 5, "commit", "-qm", "Told anew", "--amend")
    assert "Told anew" in vsm("report", "new name.vsm", "--trend", "-o", "-").out
    assert not (past / "cache").exists()


def test_a_report_tells_of_what_is_not_committed_yet(vsm: Vsm, past: Path) -> None:
    (past / "new name.vsm").write_text(GOOD.replace("12d", "1d"))
    ran = vsm("report", "new name.vsm", "--trend", "-o", "-")
    assert ran.code == 0, ran.err
    assert "to today, the lead time" in ran.out
    assert "not committed yet" in ran.out


def test_a_revision_reads_no_file_but_maps(vsm: Vsm, past: Path) -> None:
    (past / ".env").write_text("TOKEN=hunter2")
    (past / "new name.vsm").write_text(GOOD + 'include ".env"\n')
    _git(past, 6, "add", ".")
    _git(past, 6, "commit", "-qm", "Take more in")
    ran = vsm("trend", "new name.vsm")
    assert "`.env` is not read: it is no map" in ran.out
    (past / "link.vsm").write_text(GOOD)
    (past / "new name.vsm").write_text(GOOD + 'include ".git/x.vsm"\n')
    _git(past, 7, "commit", "-aqm", "And more")
    assert "`.git/x.vsm` is not read: it is hidden" in vsm("trend", "new name.vsm").out


def test_all_revisions_and_the_last_ones(vsm: Vsm, past: Path) -> None:
    assert "Commit 1" in vsm("trend", "new name.vsm", "--all").out
    assert "2 revisions of" in vsm("trend", "new name.vsm", "--last", "2").out


def test_as_json(vsm: Vsm, past: Path) -> None:
    document = json.loads(vsm("trend", "new name.vsm", "--json").out)
    found = document["revisions"]
    assert [one["day"] for one in found] == [f"2026-0{month}-01" for month in range(1, 6)]
    assert found[0]["metrics"]["lead_time"]["text"] == "17 d"
    assert found[0]["path"] == "good.vsm"
    assert (found[2]["metrics"], found[2]["trouble"] is None) == (None, False)


def test_what_is_not_committed_comes_last(vsm: Vsm, past: Path) -> None:
    (past / "new name.vsm").write_text(GOOD.replace("12d", "1d"), encoding="utf-8")
    assert "not committed yet" in vsm("trend", "new name.vsm").out


def test_a_chart(vsm: Vsm, past: Path) -> None:
    ran = vsm("trend", "new name.vsm", "--svg", "trend.svg")
    assert "wrote trend.svg" in ran.err
    svg = (past / "trend.svg").read_text(encoding="utf-8")
    assert svg.startswith("<svg")
    assert "−10 d (−59 %)" in svg
    assert vsm("trend", "new name.vsm", "--svg", "-").out == svg


def test_wrong_usage(vsm: Vsm, past: Path) -> None:
    assert vsm("trend", "nothing.vsm").code == 2
    assert vsm("trend", ".").code == 2
    ran = vsm("trend", "checkout.vsm")  # never committed: it is what it is now
    assert "1 revision of checkout.vsm" in ran.out


# --- a long history


@pytest.fixture
def long_past(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A map with 200 revisions: every one a little quicker than the one before."""
    start = (ROOT / "samples" / "checkout.vsm").read_text(encoding="utf-8")
    parts = []
    for number in range(200):
        text = start.replace("wait=12d", f"wait={400 - number}h").encode()
        parts.append(
            b"commit refs/heads/main\n"
            + f"committer A <a@example.org> {1_700_000_000 + 86_400 * number} +0000\n".encode()
            + f"data 9\nstep {number:04d}".encode()
            + b"\nM 100644 inline map.vsm\n"
            + f"data {len(text)}\n".encode()
            + text
            + b"\n"
        )
    subprocess.run(["git", "init", "-q", "-b", "main", str(tmp_path)], check=True)
    subprocess.run(
        ["git", "fast-import", "--quiet"], cwd=tmp_path, input=b"".join(parts), check=True
    )
    subprocess.run(["git", "reset", "-q", "--hard"], cwd=tmp_path, check=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_200_revisions_take_less_than_10_seconds_and_say_how_far_they_are(
    vsm: Vsm, long_past: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(long_past)
    monkeypatch.setattr("vsmdsl.cli.console.terminal", lambda stream: stream is sys.stderr)
    began = time.perf_counter()
    ran = vsm("trend", "map.vsm", "--json")
    assert time.perf_counter() - began < 10
    revisions = json.loads(ran.out)["revisions"]
    assert len(revisions) == 200
    times = [one["metrics"]["lead_time"]["seconds"] for one in revisions]
    assert times == sorted(times, reverse=True)
    assert len(set(times)) == 200
    assert "5 of 200 revisions read" in ran.err
    assert ran.err.rstrip(" ").endswith("\r\x1b[K")

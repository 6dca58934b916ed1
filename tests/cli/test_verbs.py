"""check, stats, fmt, init, explain, doctor and completion."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import GOOD, Ran
from vsmdsl.cli import maps
from vsmdsl.language.codes import CODES

Vsm = Callable[..., Ran]

# --- check --------------------------------------------------------------------------------------


def test_check_speaks_on_standard_error(vsm: Vsm) -> None:
    ran = vsm("check", "bad.vsm", "good.vsm")
    assert (ran.code, ran.out) == (1, "")
    assert "bad.vsm:3:8: error[E" in ran.err
    assert "bad.vsm: 1 error" in ran.err


def test_findings_do_not_fail(vsm: Vsm) -> None:
    ran = vsm("check", "checkout.vsm")
    assert ran.code == 0
    assert "finding[F501] biggest-wait" in ran.err


def test_strict_fails_on_advice(vsm: Vsm, folder: Path) -> None:
    (folder / "clock.vsm").write_text("queue Ideas wait=12d\nstep Do pt=1d\n", encoding="utf-8")
    assert vsm("check", "clock.vsm").code == 0
    assert vsm("check", "clock.vsm", "--strict").code == 1
    assert vsm("check", "clock.vsm", "--strict", "--ignore", "W4").code == 0


def test_a_missed_goal_fails_only_if_asked(vsm: Vsm, folder: Path) -> None:
    (folder / "goal.vsm").write_text(GOOD + "goal lead_time <= 3d\n", encoding="utf-8")
    assert vsm("check", "goal.vsm").code == 0
    ran = vsm("check", "goal.vsm", "--goals", "--select", "W4")
    assert ran.code == 1
    assert "goal-missed" in ran.err


def test_select_and_ignore(vsm: Vsm) -> None:
    assert "F501" not in vsm("check", "checkout.vsm", "--ignore", "biggest-wait").err
    ran = vsm("check", "checkout.vsm", "--select", "F501")
    assert ran.err.count("finding[") == 1
    assert "error[E" in vsm("check", "bad.vsm", "--ignore", "E2").err  # not to be wished away
    assert vsm("check", "good.vsm", "--select", "X9").code == 2


def test_check_as_json(vsm: Vsm) -> None:
    ran = vsm("check", "bad.vsm", "checkout.vsm", "--format", "json")
    assert ran.code == 1
    bad, good = json.loads(ran.out)["files"]
    message = next(one for one in bad["diagnostics"] if one["severity"] == "error")
    assert (message["line"], message["column"], message["end_column"]) == (3, 8, 12)
    assert bad["ok"] is False
    assert good["goals"] == [{"text": "lead_time <= 24d in q1", "met": True}]


def test_at_most_twenty_messages_a_file(vsm: Vsm, folder: Path) -> None:
    lines = "".join(f"rework a{n} -> b{n} 10%\n" for n in range(30))
    (folder / "many.vsm").write_text(GOOD + lines, encoding="utf-8")
    ran = vsm("check", "many.vsm", "--select", "E")
    assert ran.err.count("error[") == maps.LIMIT
    assert "--all-messages shows them" in ran.err
    assert vsm("check", "many.vsm", "--all-messages").err.count("error[") >= 60


def test_fix_mends_what_is_certain(vsm: Vsm, folder: Path) -> None:
    path = folder / "fix.vsm"
    path.write_bytes(GOOD.replace("ca=85%", "ca=0.85").replace("\n", "\r\n").encode())
    assert vsm("check", "fix.vsm").code == 1
    ran = vsm("check", "fix.vsm", "--fix")
    assert ran.code == 0
    assert "fix.vsm: 1 mended" in ran.err
    assert path.read_bytes() == GOOD.replace("\n", "\r\n").encode()


def test_fix_leaves_the_rest_alone(vsm: Vsm, folder: Path) -> None:
    before = (folder / "good.vsm").read_bytes()
    assert vsm("check", "good.vsm", "--fix").code == 0
    assert (folder / "good.vsm").read_bytes() == before


# --- stats --------------------------------------------------------------------------------------


def test_stats_ranks_the_waits(vsm: Vsm) -> None:
    out = vsm("stats", "checkout.vsm").out
    assert "Lead time                 30.6 d" in out
    assert out.index("Idea backlog") < out.index("Change request") < out.index("Ready column")
    assert "Develop (utilisation 86.5 %)" in out
    assert "lead_time <= 24d in q1" in out
    assert "\x1b" not in out


def test_stats_of_a_future_say_what_changes(vsm: Vsm) -> None:
    out = vsm("stats", "checkout.vsm", "--future", "q1").out
    assert "Target, first quarter 2027" in out
    assert "(from 30.6 d)" in out


def test_stats_as_json_follow_the_contract(vsm: Vsm) -> None:
    document = json.loads(vsm("stats", "checkout.vsm", "good.vsm", "--json").out)
    assert document["schema"] == 1
    assert [one["metrics"]["lead_time"]["seconds"] for one in document["maps"]] == [882000, 489600]


def test_stats_as_csv(vsm: Vsm, folder: Path) -> None:
    (folder / "risky.vsm").write_text(GOOD + 'queue "=1+1" wait=2d\n', encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(vsm("stats", "risky.vsm", "--csv").out)))
    lead = next(row for row in rows if (row["of"], row["figure"]) == ("map", "lead_time"))
    assert (lead["value"], lead["unit"], lead["text"]) == ("547200", "seconds", "19 d")
    assert not any(cell.startswith("=") for row in rows for cell in row.values())


def test_stats_of_a_bad_map(vsm: Vsm) -> None:
    ran = vsm("stats", "bad.vsm", "--json")
    assert ran.code == 1
    assert json.loads(ran.out)["maps"] == []


def test_columns_are_aligned_by_what_is_seen(vsm: Vsm, folder: Path) -> None:
    text = (
        'map { calendar = 8h/day }\nqueue "待ち行列" wait=2d\nqueue "ab" wait=1d\nstep Do pt=1h\n'
    )
    (folder / "wide.vsm").write_text(text, encoding="utf-8")
    out = vsm("stats", "wide.vsm").out
    assert "待ち行列  2 d" in out
    assert "ab        1 d" in out


# --- fmt ----------------------------------------------------------------------------------------

LOOSE = "map { calendar = 8h/day }\nstep Dev 3d/5d 85 %\n"
TIDY = "map { calendar = 8h/day }\nstep      Dev pt=3d lt=5d ca=85%\n"


def test_fmt_writes_in_place_and_only_what_changes(vsm: Vsm, folder: Path) -> None:
    path = folder / "loose.vsm"
    path.write_text(LOOSE, encoding="utf-8")
    ran = vsm("fmt", "loose.vsm")
    assert (ran.code, ran.out) == (0, "")
    assert path.read_text(encoding="utf-8") == TIDY
    before = path.stat().st_mtime_ns
    assert vsm("fmt", "loose.vsm").err == ""
    assert path.stat().st_mtime_ns == before


def test_fmt_check_and_diff_write_nothing(vsm: Vsm, folder: Path) -> None:
    (folder / "loose.vsm").write_text(LOOSE, encoding="utf-8")
    ran = vsm("fmt", "loose.vsm", "--check", "--diff")
    assert ran.code == 1
    assert "+step      Dev pt=3d lt=5d ca=85%" in ran.out
    assert vsm("fmt", "loose.vsm", "--diff").code == 0
    assert (folder / "loose.vsm").read_text(encoding="utf-8") == LOOSE


def test_fmt_of_standard_input(vsm: Vsm) -> None:
    ran = vsm("fmt", "-", stdin=LOOSE)
    assert (ran.code, ran.out, ran.err) == (0, TIDY, "")


def test_fmt_leaves_a_file_alone_that_is_too_large(vsm: Vsm, folder: Path) -> None:
    path = folder / "large.vsm"
    path.write_text("step   a pt=1d\n" * 100_000, encoding="utf-8")
    ran = vsm("fmt", "large.vsm")
    assert ran.code == 1
    assert "at most 1,000,000 are read" in ran.err
    assert path.read_text(encoding="utf-8") == "step   a pt=1d\n" * 100_000


def test_fmt_and_check_tell_of_as_many_mistakes(vsm: Vsm, folder: Path) -> None:
    (folder / "wrong.vsm").write_text("|\n" * 5_000, encoding="utf-8")
    for verb in ("fmt", "check"):
        told = vsm(verb, "wrong.vsm", "--all-messages").err
        assert told.count("error[") == 1001
        assert "more than 1,000 messages; at most 1,000 are told" in told


def test_fmt_keeps_to_the_limits_of_the_project(vsm: Vsm, folder: Path) -> None:
    (folder / "vsmdsl.toml").write_text("[limits]\nfile_size = 20\n", encoding="utf-8")
    assert "at most 20 are read" in vsm("fmt", "-", stdin="step   a pt=1d lt=2d\n").err


def test_fmt_tells_of_mistakes(vsm: Vsm) -> None:
    assert vsm("fmt", "-", stdin="step dev -> test\n").code == 1


# --- init, explain, doctor, completion ----------------------------------------------------------


@pytest.mark.parametrize("kind", ["software", "service", "manufacturing"])
def test_a_starter_is_a_good_map(vsm: Vsm, kind: str) -> None:
    ran = vsm("init", kind)
    assert ran.code == 0
    assert f"vsm render {kind}.vsm" in ran.err
    ran = vsm("check", f"{kind}.vsm", "--strict", "--goals")
    assert ran.code == 0, ran.err
    assert vsm("fmt", f"{kind}.vsm", "--check", "--diff").out == ""


def test_init_never_overwrites(vsm: Vsm, folder: Path) -> None:
    (folder / "software.vsm").write_text("mine", encoding="utf-8")
    ran = vsm("init")
    assert ran.code == 2
    assert (folder / "software.vsm").read_text(encoding="utf-8") == "mine"
    assert vsm("init", "-o", "other.vsm").code == 0


def test_explain_by_code_and_by_name(vsm: Vsm) -> None:
    row = next(iter(CODES.values()))
    assert row.code in vsm("explain", row.code.lower()).out
    assert vsm("explain", row.name).out == vsm("explain", row.code).out
    assert vsm("explain").out.count("\n") == len(CODES)


def test_explain_knows_the_nearest(vsm: Vsm) -> None:
    row = next(iter(CODES.values()))
    ran = vsm("explain", row.name[:-1])
    assert ran.code == 2
    assert f"did you mean `{row.name}`?" in ran.err


def test_doctor_has_a_line_for_every_part(vsm: Vsm) -> None:
    ran = vsm("doctor")
    assert ran.code in (0, 3)
    for part in ("python", "lark", "graphviz", "resvg", "weasyprint", "fonts"):
        assert f" {part}" in ran.out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completion_is_a_script(vsm: Vsm, shell: str) -> None:
    ran = vsm("completion", shell)
    assert ran.code == 0
    assert "_VSM_COMPLETE" in ran.out


def test_a_shell_asks_for_completions(vsm: Vsm, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("COMP_WORDS", "vsm rep"), ("COMP_CWORD", "1")):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("_VSM_COMPLETE", "bash_complete")
    ran = vsm()
    assert (ran.code, ran.out) == (0, "plain,report\n")


@pytest.mark.parametrize("place", [None, "x"])
def test_what_a_question_for_completions_lacks_is_said(
    vsm: Vsm, monkeypatch: pytest.MonkeyPatch, place: str | None
) -> None:
    monkeypatch.setenv("_VSM_COMPLETE", "zsh_complete")
    monkeypatch.delenv("COMP_WORDS", raising=False)
    if place:
        monkeypatch.setenv("COMP_WORDS", "vsm rep")
        monkeypatch.setenv("COMP_CWORD", place)
    ran = vsm()
    assert ran.code == 2
    assert ran.err.endswith("`vsm completion zsh` is the script that does\n")
    assert ran.err.count("\n") == 1

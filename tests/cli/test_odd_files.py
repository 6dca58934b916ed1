"""Files, links, folders and settings that nobody gives by mistake: an answer, and no waiting."""

from __future__ import annotations

import _thread
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from vsmdsl.drawing import placement
from vsmdsl.publish.hosts.markdown import likely
from vsmdsl.report import press

Vsm = Callable[..., Ran]
Child = Callable[..., subprocess.CompletedProcess[bytes]]
NESTED = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'
HEAD = 'msgid ""\nmsgstr "Language: {}\\n"\nmsgid "Lead time"\nmsgstr "X"\n'
needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
needs_press = pytest.mark.skipif(bool(press.problem()), reason=press.problem())


def test_an_output_that_leads_back_to_itself_is_refused(vsm: Vsm, folder: Path) -> None:
    (folder / "out.svg").symlink_to("out.svg")
    ran = vsm("render", "good.vsm", "-o", "out.svg")
    assert ran.code == 3
    assert ran.err.startswith("error: out.svg: ")
    assert (folder / "out.svg").is_symlink()


@needs_pipes
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check", "includes.vsm"), "`pipe.vsm` is not read: it is no file"),
        (("check", "samples.vsm"), "`pipe.csv` cannot be read: it is no file"),
        (("report", "good.vsm", "--logo", "pipe.png"), "pipe.png: no file"),
        (("render", "good.vsm", "--catalogue", "pipe.po"), "pipe.po: no file"),
        (("check", "inner"), "inner/m.vsm"),
    ],
)
def test_nobody_waits_for_a_pipe(vsm: Vsm, folder: Path, words: tuple[str, ...], said: str) -> None:
    (folder / "inner").mkdir()
    for name in ("pipe.vsm", "pipe.csv", "pipe.png", "pipe.po", "inner/pipe.vsm"):
        os.mkfifo(folder / name)
    (folder / "inner" / "m.vsm").write_text("step a pt=1h\n")
    (folder / "includes.vsm").write_text('include "pipe.vsm"\nstep a pt=1h\n')
    (folder / "samples.vsm").write_text('step a pt=empirical("pipe.csv")\n')
    assert said in vsm(*words).err


def test_samples_count_as_the_map_does(vsm: Vsm, folder: Path) -> None:
    (folder / "vsmdsl.toml").write_text("[limits]\nfile_size = 200\n")
    (folder / "much.csv").write_text("1h\n" * 100)
    (folder / "few.csv").write_text("2h\n1d\n")
    (folder / "map.vsm").write_text('step a pt=empirical("much.csv")\n')
    ran = vsm("check", "map.vsm")
    assert "300 letters of samples; at most 200 are read" in ran.err
    assert "`file_size = 400` under `[tool.vsmdsl.limits]` allows more" in ran.err
    many = "".join(f'step s{n} pt=empirical("few.csv")\n' for n in range(5))
    (folder / "map.vsm").write_text(many)  # the same file is read once
    ran = vsm("stats", "map.vsm", "--json")
    steps = json.loads(ran.out)["maps"][0]["steps"]
    assert {one["process_time"]["text"] for one in steps} == {"5 h"}


@pytest.mark.parametrize("text", ["tool = 'vsmdsl'\n", "[tool]\nvsmdsl = [1]\n"])
def test_a_project_that_is_no_table_is_refused(vsm: Vsm, folder: Path, text: str) -> None:
    (folder / "pyproject.toml").write_text(text)
    ran = vsm("check", "good.vsm")
    assert ran.code == 2
    assert "`tool.vsmdsl` is a table" in ran.err


@pytest.mark.parametrize("verb", ["check", "render"])
def test_a_limit_of_depth_beyond_what_can_be_followed(vsm: Vsm, folder: Path, verb: str) -> None:
    (folder / "vsmdsl.toml").write_text("[limits]\ndepth = 100000\n")
    deep = "parallel { branch x { " * 900 + "step z pt=1h" + " }; branch y { step a } }" * 900
    (folder / "map.vsm").write_text(deep)
    ran = vsm(verb, "map.vsm")
    assert ran.code == 1
    assert "nested deeper than can be followed; lower `depth`" in ran.err


def test_what_a_house_says_steers_no_screen(vsm: Vsm, folder: Path) -> None:
    (folder / "vsmdsl.toml").write_text('[report]\ntitle = "a\\u0000b\\u001b[2Jc\\u202ed"\n')
    assert vsm("report", "good.vsm", "-o", "page.html").code == 0
    page = (folder / "page.html").read_text(encoding="utf-8")
    assert r"a\u{0}b\u{1b}[2Jc\u{202e}d" in page
    assert not {"\x00", "\x1b", "\u202e"} & set(page)


def test_json_and_junit_spell_what_steers_a_screen(vsm: Vsm, folder: Path) -> None:
    name = "a\u202e\x9bb.vsm"
    (folder / name).write_text("stp a\n", encoding="utf-8")
    for form in ("json", "sarif", "gitlab", "junit", "github"):
        out = vsm("check", "--format", form, name).out
        assert out
        assert not {"\u202e", "\x9b"} & set(out)
    assert json.loads(vsm("check", "--format", "json", name).out)["files"][0]["file"] == name


@pytest.mark.parametrize("moment", ["soon", "99999999999999999999", "²"])
def test_a_moment_that_is_none_is_refused(
    vsm: Vsm, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
    ran = vsm("report", "good.vsm", "-f", "xlsx")
    assert ran.code == 2
    assert "SOURCE_DATE_EPOCH is a number of seconds" in ran.err


def test_a_catalogue_of_no_language_is_refused(vsm: Vsm, folder: Path) -> None:
    (folder / "x.po").write_text(HEAD.format("qqz"))
    ran = vsm("render", "good.vsm", "--catalogue", "x.po")
    assert ran.code in (1, 2)
    assert "`qqz` is the tag of no language that is known here" in ran.err


# --- a logo, and templates of a house


@pytest.mark.parametrize("levels", [300, 30_000])
def test_a_logo_that_is_nested_for_ever_is_refused(vsm: Vsm, folder: Path, levels: int) -> None:
    (folder / "logo.svg").write_text(NESTED.format("<g>" * levels + "</g>" * levels))
    ran = vsm("report", "good.vsm", "--logo", "logo.svg", "-o", "page.html")
    assert ran.code == 1
    assert "asks for too much to be painted" in ran.err
    assert not (folder / "page.html").exists()


@pytest.mark.parametrize("text", ["{% if %}", "{{ a|nosuch }}", "{{ '<b>'|safe }}"])
def test_a_template_that_makes_no_sense_is_told(vsm: Vsm, folder: Path, text: str) -> None:
    (folder / "house").mkdir()
    (folder / "house" / "report.html.j2").write_text(f"\n{text}")
    ran = vsm("report", "good.vsm", "--template", "house")
    assert ran.code == 1
    assert "report.html.j2:2: " in ran.err


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds such a limit")
def test_a_template_gets_no_more_memory_than_a_map(child: Child) -> None:
    Path("house").mkdir()
    Path("house/report.html.j2").write_text("{{ ('x' * 5000000000)|length }}")
    done = child("report", "good.vsm", "--template", "house")
    assert done.returncode == 1
    assert b"memory" in done.stderr.lower()


def test_a_whole_disk_as_templates_is_not_looked_through(vsm: Vsm, folder: Path) -> None:
    from vsmdsl.cli.report import MOST_TEMPLATES

    (folder / "house").mkdir()
    for number in range(MOST_TEMPLATES + 1):
        (folder / "house" / f"{number}.txt").touch()
    os.mkfifo(folder / "house" / "pipe")
    assert vsm("report", "good.vsm", "--template", "house", "-o", "page.html").code == 0


# --- documents


def test_a_page_that_is_longer_than_a_map_is_refused(vsm: Vsm, folder: Path) -> None:
    (folder / "vsmdsl.toml").write_text("[limits]\nfile_size = 1000\n")
    (folder / "page.md").write_text("vsm\n" * 1000)  # has no map: nobody cares how long it is
    assert vsm("check", "page.md").code == 0
    (folder / "page.md").write_text("vsm\n" * 1000 + "```vsm\nstep a pt=1h\n```\n")
    for verb in ("check", "fmt"):
        ran = vsm(verb, "page.md")
        assert ran.code == 1
        assert "page.md: 4,024 letters in a document; at most 1,000 are read" in ran.err
        assert "`file_size = 2000`" in ran.err


@pytest.mark.parametrize("opening", ["```vsm", "> ~~~ {.vsm}", "1. - :::{vsm}", "   ````VSM a=b"])
def test_no_fence_is_passed_over(opening: str) -> None:
    assert likely(f"text\n{opening}\nstep a\n")
    assert not likely("vsm `vsm` ``vsm``\n```python\nprint()\n```\n")


# --- a machine that has no more of something


def test_a_machine_without_threads_draws_all_the_same(
    vsm: Vsm, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = []

    def refuse(*work: object) -> None:
        refused.append(work)
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(_thread, "start_new_thread", refuse)
    assert vsm("render", "good.vsm", "--no-cache").code == 0
    assert (folder / "good.svg").exists()
    assert refused


def test_a_machine_without_processes_is_told(
    vsm: Vsm, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    placement._ask.cache_clear()  # else an answer of before will do
    monkeypatch.setattr(subprocess, "Popen", refuse)
    (folder / "fork.vsm").write_text("parallel { step Odd pt=1h; step Even pt=2h }\nstep c pt=9h\n")
    ran = vsm("render", "fork.vsm", "--no-cache")
    assert ran.code == 3
    assert "Graphviz cannot be run: Resource temporarily unavailable" in ran.err
    ran = vsm("render", "good.vsm", "-o", "good.png", "--scale", "10", "--no-cache")
    assert ran.code == 3
    assert "the pixels cannot be painted: Resource temporarily unavailable" in ran.err

"""`vsm render`: where pictures go, what is refused, and what stays as it was."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pypdf import PdfReader

from tests.cli.conftest import GOOD, Ran
from vsmdsl.drawing import placement
from vsmdsl.report import press
from vsmdsl.resources import data_path

Vsm = Callable[..., Ran]
needs_pango = pytest.mark.skipif(bool(press.problem()), reason=press.problem())


def test_the_picture_lies_beside_the_source(vsm: Vsm, folder: Path) -> None:
    ran = vsm("render", "good.vsm")
    assert (ran.code, ran.out) == (0, "")
    assert "wrote good.svg (lead time 17 d)" in ran.err
    assert (folder / "good.svg").read_text(encoding="utf-8").startswith("<svg ")


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.svg", b"<svg "),
        ("a.png", b"\x89PNG"),
        ("a.html", b"<!doctype html>"),
        ("a.dot", b""),
        ("a.json", b"{"),
        pytest.param("a.pdf", b"%PDF", marks=needs_pango),
    ],
)
def test_the_output_tells_the_format(vsm: Vsm, folder: Path, name: str, start: bytes) -> None:
    assert vsm("render", "good.vsm", "-o", name).code == 0
    assert (folder / name).read_bytes().startswith(start)


def test_standard_output_has_the_picture_alone(vsm: Vsm) -> None:
    ran = vsm("render", "good.vsm", "-o", "-")
    assert ran.out.startswith("<svg ")
    assert ran.out.endswith("</svg>\n")
    assert "wrote" not in ran.err


def test_standard_input_is_drawn_to_standard_output(vsm: Vsm) -> None:
    ran = vsm("render", "-", stdin=GOOD)
    assert ran.code == 0
    assert ran.out.startswith("<svg ")


def test_a_folder_is_drawn_into_a_folder(vsm: Vsm, folder: Path) -> None:
    (folder / "maps" / "deep").mkdir(parents=True)
    (folder / "maps" / ".hidden").mkdir()
    for name in ("one.vsm", "deep/two.vsm", ".hidden/three.vsm"):
        (folder / "maps" / name).write_text(GOOD, encoding="utf-8")
    assert vsm("render", "maps", "-o", "out/").code == 0
    drawn = sorted(str(path.relative_to("out")) for path in Path("out").rglob("*.svg"))
    assert drawn == ["deep/two.svg", "one.svg"]


def test_several_at_once_give_the_same_bytes(vsm: Vsm, folder: Path) -> None:
    assert vsm("render", "good.vsm", "checkout.vsm", "-o", "one/").code == 0
    assert vsm("render", "good.vsm", "checkout.vsm", "-o", "two/", "-j", "2").code == 0
    for name in ("good.svg", "checkout.svg"):
        assert (folder / "one" / name).read_bytes() == (folder / "two" / name).read_bytes()


def test_a_bad_map_stops_no_other_and_is_not_drawn(vsm: Vsm, folder: Path) -> None:
    (folder / "bad.svg").write_text("old", encoding="utf-8")
    ran = vsm("render", "bad.vsm", "good.vsm")
    assert ran.code == 1
    assert "bad.vsm:3:8: error[E" in ran.err
    assert "^^^^" in ran.err
    assert (folder / "bad.svg").read_text(encoding="utf-8") == "old"
    assert (folder / "good.svg").exists()


def test_check_writes_nothing(vsm: Vsm, folder: Path) -> None:
    assert vsm("render", "good.vsm", "--check").code == 1
    assert not (folder / "good.svg").exists()
    vsm("render", "good.vsm")
    assert vsm("render", "good.vsm", "--check").code == 0
    (folder / "good.svg").write_text("old", encoding="utf-8")
    ran = vsm("render", "good.vsm", "--check")
    assert ran.code == 1
    assert "good.svg: would change" in ran.err
    assert (folder / "good.svg").read_text(encoding="utf-8") == "old"


def test_a_future_is_drawn_by_its_id(vsm: Vsm) -> None:
    today = vsm("render", "checkout.vsm", "-o", "-").out
    future = vsm("render", "checkout.vsm", "-o", "-", "--future", "q1").out
    assert future != today
    assert future.startswith("<svg ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("missing.vsm",), "no such file or folder: missing.vsm"),
        (("god.vsm",), "did you mean `good.vsm`?"),
        (("good.vsm", "--page", "a5"), "--page"),
        (("good.vsm", "--page", "a4", "--width", "800"), "give one of them"),
        (("good.vsm", "-o", "map.xyz"), "`.xyz` is no format"),
        (("good.vsm", "-f", "png", "-o", "map.svg"), "do not agree"),
        (("good.vsm", "checkout.vsm", "-o", "one.svg"), "give a folder"),
        (("good.vsm", "checkout.vsm", "-o", "-"), "give a folder"),
        (("checkout.vsm", "--future", "q2"), "did you mean `q1`?"),
        (("good.vsm", "--bands", "laddr"), "did you mean `ladder`?"),
        (("good.vsm", "-o", "-", "--check"), "--check"),
        (("good.vsm", "--scale", "0"), "--scale"),
        (("empty",), "no .vsm file in empty"),
    ],
)
def test_wrong_usage_is_2(vsm: Vsm, folder: Path, arguments: tuple[str, ...], said: str) -> None:
    (folder / "empty").mkdir()
    ran = vsm("render", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_two_maps_never_become_one_picture(vsm: Vsm, folder: Path) -> None:
    (folder / "other").mkdir()
    (folder / "other" / "good.vsm").write_text(GOOD, encoding="utf-8")
    ran = vsm("render", "good.vsm", "other/good.vsm", "-o", "out/")
    assert ran.code == 2
    assert "would both become" in ran.err


def test_one_map_named_twice_is_drawn_once(vsm: Vsm) -> None:
    assert vsm("render", "good.vsm", "./good.vsm").err.count("wrote") == 1


def flat(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """All that a picture is made of, what lies in groups too."""
    for item in items:
        yield item
        yield from flat(item.get("items", []))


@pytest.mark.parametrize("more", [(), ("--width", "480"), ("--compare", ":q1")], ids=str)
def test_json_says_what_the_picture_is_made_of(vsm: Vsm, more: tuple[str, ...]) -> None:
    document = json.loads(vsm("render", "checkout.vsm", "-f", "json", "-o", "-", *more).out)
    schema = json.loads(data_path("templates", "schema", "scene-1.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(document)
    groups = {item["name"]: item for item in flat(document["items"]) if item.get("name")}
    step = groups["step-dev"]
    box = next(item for item in step["items"] if item["type"] == "rect")
    assert (step["kind"], box["fill"]) == ("step", "card")
    assert 0 < box["x"] < box["x"] + box["width"] < document["width"]
    assert "Develop" in [item["text"] for item in step["items"] if item["type"] == "text"]


def test_bands_choose_parts_of_the_picture(vsm: Vsm) -> None:
    whole = vsm("render", "checkout.vsm", "-o", "-").out
    part = vsm("render", "checkout.vsm", "-o", "-", "--bands", "title,ladder").out
    assert "Idea backlog" in part
    assert len(part) < len(whole)


def test_the_project_says_what_the_flags_do_not(vsm: Vsm, folder: Path) -> None:
    (folder / "vsmdsl.toml").write_text('theme = "dark"\noutput = "pictures"\n', encoding="utf-8")
    assert vsm("render", "good.vsm").code == 0
    assert 'data-theme="dark"' in (folder / "pictures" / "good.svg").read_text(encoding="utf-8")
    assert 'data-theme="light"' in vsm("render", "good.vsm", "-o", "-", "--theme", "light").out


def test_a_broken_configuration_is_wrong_usage(vsm: Vsm, folder: Path) -> None:
    (folder / "vsmdsl.toml").write_text('colour = "dark"\n', encoding="utf-8")
    ran = vsm("render", "good.vsm")
    assert ran.code == 2
    assert "there is no setting `colour`" in ran.err


def test_colours_of_a_brand_are_drawn(vsm: Vsm, folder: Path) -> None:
    (folder / "vsmdsl.toml").write_text(
        '[theme]\nmode = "light"\nva = ["#004499", "#66AAFF"]\nrew = "#880055"\n', encoding="utf-8"
    )
    drawn = vsm("render", "checkout.vsm", "-o", "-").out
    assert 'data-theme="light"' in drawn
    assert "--vsm-va:#004499" in drawn
    assert "--vsm-va:#66AAFF" in drawn
    assert "--vsm-rew:#880055" in drawn
    assert "--vsm-rew:#FF8FC4" in drawn  # the usual one on a dark screen
    assert "#1A5F9E" not in drawn


@pytest.mark.parametrize(
    ("colour", "said"),
    [
        ('va = "#DDDDDD"', "`va` on `paper` has a contrast of 1.36 in light and needs 4.5"),
        ('ink = ["#000000", "#222222"]', "in dark and needs 4.5"),
        ('bursts = "#112233"', "no colour role is called `bursts`; did you mean `burst`?"),
        ('va = "blue"', "`va`: a colour is written #RRGGBB, not `blue`"),
        ("va = 7", '["#rrggbb", "#rrggbb"]'),
        ('mode = "red"', "`theme` is one of auto, light, dark"),
    ],
)
@pytest.mark.parametrize("verb", ["render", "report"])
def test_what_cannot_be_read_is_refused(
    vsm: Vsm, folder: Path, verb: str, colour: str, said: str
) -> None:
    (folder / "vsmdsl.toml").write_text(f"[theme]\n{colour}\n", encoding="utf-8")
    ran = vsm(verb, "good.vsm")
    assert ran.code == 2
    assert "vsmdsl.toml" in ran.err
    assert said in ran.err
    assert not (folder / "good.svg").exists()


def test_the_project_chooses_the_engine(
    vsm: Vsm, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "vsmdsl.toml").write_text('engine = "system"\n', encoding="utf-8")
    (folder / "fork.vsm").write_text("parallel { step A 1h; step B 2h }\n", encoding="utf-8")
    monkeypatch.setitem(placement.COMMANDS, "system", ("no-such-dot",))
    placement.find_engine.cache_clear()
    ran = vsm("render", "fork.vsm")
    placement.find_engine.cache_clear()
    assert ran.code == 3
    assert ran.err.count("\n") <= 3
    assert "No Graphviz engine was found (looked for no-such-dot): install Graphviz." in ran.err


def test_without_pango_a_pdf_is_one_line(
    vsm: Vsm, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise press.PdfUnavailableError(press.MISSING_PANGO)

    monkeypatch.setattr(press, "_weasyprint", missing)
    ran = vsm("render", "good.vsm", "-f", "pdf")
    assert ran.code == 3
    assert ran.err == f"error: {press.MISSING_PANGO}\n"
    assert not (folder / "good.pdf").exists()


@pytest.mark.parametrize("format", ["svg", "html", pytest.param("pdf", marks=needs_pango)])
def test_check_compares_every_format(vsm: Vsm, folder: Path, format: str) -> None:
    asked = ("render", "good.vsm", "-f", format, "--page", "a4")
    assert vsm(*asked, "--check").code == 1
    assert vsm(*asked).code == 0
    assert vsm(*asked, "--check").code == 0
    assert vsm("render", "good.vsm", "-f", format, "--theme", "dark", "--check").code == 1


def test_rows_end_where_the_paper_does(vsm: Vsm, folder: Path) -> None:
    steps = "".join(f"step s{n} pt=1h\nqueue q{n} wait=1d\n" for n in range(20))
    (folder / "long.vsm").write_text("map { calendar = 8h/day }\n" + steps, encoding="utf-8")
    (folder / "vsmdsl.toml").write_text("width = 800\n", encoding="utf-8")
    for asked, width in ((), 800), (("--page", "A4"), 1440), (("--width", "1000"), 1000):
        assert f'viewBox="0 0 {width} ' in vsm("render", "long.vsm", "-o", "-", *asked).out


# --- two states in one picture


def test_two_states_stand_in_one_picture(vsm: Vsm, folder: Path) -> None:
    ran = vsm("render", "checkout.vsm", "--compare", "current:q1")
    assert (ran.code, ran.err.strip()) == (
        0,
        "wrote checkout-current-q1.svg (lead time 30.6 d → 22.9 d)",
    )
    picture = (folder / "checkout-current-q1.svg").read_text(encoding="utf-8")
    assert "Lead time: 30.6 d before, 22.9 d after." in picture
    ids = re.findall(r' id="([^"]+)"', picture)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--compare", "q1"), "wants two states"),
        (("--compare", ":q9"), "no future is called `q9`"),
        (("--compare", ":q1", "--future", "q1"), "leave out `--future`"),
        (("--compare", ":q1", "--bands", "title"), "leave out `--bands`"),
        (("--compare", ":q1", "-f", "dot"), "no comparison is drawn as `dot`"),
        (("--watch", "--check"), "give one of them"),
    ],
)
def test_what_does_not_go_together_is_refused(
    vsm: Vsm, arguments: tuple[str, ...], said: str
) -> None:
    ran = vsm("render", "checkout.vsm", *arguments)
    assert ran.code == 2
    assert said in ran.err


@needs_pango
def test_a_comparison_comes_on_paper_too(vsm: Vsm, folder: Path) -> None:
    arguments = ("render", "checkout.vsm", "--compare", ":q1", "--page", "a4", "-o", "two.pdf")
    assert vsm(*arguments).code == 0
    reader = PdfReader(folder / "two.pdf")
    text = "".join(page.extract_text() for page in reader.pages)
    assert "FUTURE" in text
    assert "30.6 d" in text


# --- drawn again whenever it is saved


def test_it_is_drawn_again_until_somebody_interrupts(folder: Path) -> None:
    part = folder / "part.vsm"
    part.write_text("queue Ideas wait=12d\n", encoding="utf-8")
    whole = folder / "whole.vsm"
    whole.write_text('include "part.vsm"\nstep Develop pt=3d lt=5d\n', encoding="utf-8")
    with watched("whole.vsm", folder) as said:
        said.until("lead time 17 d")
        said.until("watching 1 map; Ctrl-C ends it")
        part.write_text("queue Ideas wait=2d\n", encoding="utf-8")
        said.until("lead time 7 d")
        good = (folder / "whole.svg").read_bytes()
        whole.write_text('include "part.vsm"\nstep Develop pt=3d lt=5d\nrework a -> b\n', "utf-8")
        said.until("whole.vsm: not drawn")
        assert (folder / "whole.svg").read_bytes() == good
        whole.unlink()
        said.until("no such file")
        whole.write_text("step Develop pt=3d lt=5d\n", encoding="utf-8")
        said.until("lead time 5 d")


def test_settings_that_change_count_at_once(folder: Path) -> None:
    with watched("good.vsm", folder) as said:
        said.until("watching 1 map; Ctrl-C ends it")
        (folder / "vsmdsl.toml").write_text("width = 1\n", encoding="utf-8")
        said.until("`width` is a number")
        (folder / "vsmdsl.toml").write_text("width = 900\n", encoding="utf-8")
        said.until("wrote good.svg")


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_a_circle_of_links_does_not_end_the_watch(folder: Path) -> None:
    (folder / "loop.vsm").symlink_to("loop.vsm")
    with watched("good.vsm", folder) as said:
        said.until("watching 1 map; Ctrl-C ends it")
        (folder / "good.vsm").write_text('include "loop.vsm"\n', encoding="utf-8")
        said.until("good.vsm: not drawn")
        (folder / "good.vsm").write_text("step Develop pt=3d lt=5d\n", encoding="utf-8")
        said.until("lead time 5 d")


@contextmanager
def watched(name: str, folder: Path) -> Iterator[Lines]:
    """What a run that watches a map says, until it is interrupted, as it is in the end."""
    command = [sys.executable, "-m", "vsmdsl", "render", name, "--watch"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as watching:
        said = Lines(watching)
        try:
            yield said
            watching.send_signal(signal.SIGINT)
            said.until("interrupted")
            assert watching.wait(10) == 130
        finally:
            watching.kill()
    assert "Traceback" not in said.all


class Lines:
    """What a child says, line by line; it fails when nothing comes."""

    def __init__(self, child: subprocess.Popen[str]) -> None:
        self.all, self.child = "", child

    def until(self, wanted: str, seconds: float = 20) -> None:
        """Read on until a line says this."""
        assert self.child.stderr is not None
        late = threading.Timer(seconds, self.child.kill)
        late.start()
        for line in self.child.stderr:
            self.all += line
            if wanted.casefold() in line.casefold():
                late.cancel()
                return
        late.cancel()
        raise AssertionError(f"it never said {wanted!r}, but:\n{self.all}")

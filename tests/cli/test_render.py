"""`vsm render`: where pictures go, what is refused, and what stays as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import GOOD, Ran

Vsm = Callable[..., Ran]


def test_the_picture_lies_beside_the_source(vsm: Vsm, folder: Path) -> None:
    ran = vsm("render", "good.vsm")
    assert (ran.code, ran.out) == (0, "")
    assert "wrote good.svg (lead time 17 d)" in ran.err
    assert (folder / "good.svg").read_text(encoding="utf-8").startswith("<svg ")


@pytest.mark.parametrize(
    ("name", "start"),
    [("a.svg", b"<svg "), ("a.png", b"\x89PNG"), ("a.dot", b""), ("a.json", b"{")],
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
        (("good.vsm", "-f", "pdf"), "vsm report"),
        (("good.vsm", "-o", "map.html"), "vsm report"),
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


def test_json_is_the_contract(vsm: Vsm) -> None:
    document = json.loads(vsm("render", "good.vsm", "-f", "json", "-o", "-").out)
    assert document["maps"][0]["metrics"]["lead_time"]["text"] == "17 d"


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

"""`vsm report`: several maps in one file, the style of the house, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

Vsm = Callable[..., Ran]


def test_several_maps_and_one_file_are_one_report(vsm: Vsm, folder: Path) -> None:
    (folder / "other.vsm").write_text('map "Other" {}\nstep A pt=1h\n', encoding="utf-8")
    ran = vsm("report", "good.vsm", "other.vsm", "-o", "all.html")
    assert ran.code == 0
    assert "2 value streams" in (folder / "all.html").read_text(encoding="utf-8")


def test_a_workbook(vsm: Vsm, folder: Path) -> None:
    assert vsm("report", "good.vsm", "-f", "xlsx").code == 0
    assert (folder / "good.xlsx").read_bytes().startswith(b"PK")


def test_the_project_has_a_style_of_the_house(vsm: Vsm, folder: Path) -> None:
    (folder / "vsmdsl.toml").write_text('[report]\nconfidential = "Ours"\n', encoding="utf-8")
    assert vsm("report", "good.vsm").code == 0
    assert '<p class="confidential">Ours</p>' in (folder / "good.html").read_text(encoding="utf-8")
    assert vsm("report", "good.vsm", "--confidential", "Yours").code == 0
    assert "Yours</p>" in (folder / "good.html").read_text(encoding="utf-8")


def test_a_template_that_fails_is_one_line(vsm: Vsm, folder: Path) -> None:
    parts = folder / "house" / "parts"
    parts.mkdir(parents=True)
    (parts / "source.html.j2").write_text("{{ nothing.here }}", encoding="utf-8")
    ran = vsm("report", "good.vsm", "--template", "house")
    assert ran.code == 1
    assert "source.html.j2:1: 'nothing' is undefined" in ran.err
    assert not (folder / "good.html").exists()


def test_a_logo_that_is_none_is_told(vsm: Vsm, folder: Path) -> None:
    (folder / "cut.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    for name, said in (("good.vsm", "a PNG or an SVG"), ("cut.png", "it ends too early")):
        ran = vsm("report", "good.vsm", "--logo", name)
        assert ran.code == 1
        assert ran.err.startswith(f"error: {name}: ")
        assert said in ran.err


def test_a_style_sheet_of_the_house_that_is_not_utf_8_is_told(vsm: Vsm, folder: Path) -> None:
    (folder / "house").mkdir()
    (folder / "house" / "report.css").write_bytes(b"/* \xe4 */")
    ran = vsm("report", "good.vsm", "--template", "house")
    assert ran.code == 1
    assert "report.css: not UTF-8" in ran.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--template", "nowhere"), "no such folder of templates: nowhere"),
        (("--logo", "nowhere.png"), "nowhere.png: no such file or directory"),
        (("--attach-source",), "add `-f pdf`"),
    ],
)
def test_what_makes_no_sense_is_refused(
    vsm: Vsm, folder: Path, options: tuple[str, ...], said: str
) -> None:
    ran = vsm("report", "good.vsm", *options)
    assert ran.code == 2
    assert said in ran.err

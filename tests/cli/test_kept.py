"""A picture that was drawn before comes from the cache, and from nowhere else."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from vsmdsl import pipeline
from vsmdsl.report import press

Vsm = Callable[..., Ran]
Child = Callable[..., "subprocess.CompletedProcess[bytes]"]
PART = 'queue "From elsewhere" 3d\n'


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VSMDSL_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def parted(folder: Path) -> Path:
    """A map of two files."""
    (folder / "part.vsm").write_text(PART, encoding="utf-8")
    (folder / "whole.vsm").write_text(
        'map "Whole" { calendar = 8h/day }\ninclude "part.vsm"\nstep Do pt=1h lt=2h\n',
        encoding="utf-8",
    )
    return folder


def kept(cache: Path) -> int:
    return len(list(cache.iterdir())) if cache.exists() else 0


@pytest.mark.parametrize("ending", ["svg", "png", "html", "json", "dot"])
def test_what_has_not_changed_is_not_made_again(
    vsm: Vsm, folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    one = vsm("render", "good.vsm", "-o", f"one.{ending}")
    assert (one.code, kept(cache)) == (0, 1)

    def unwanted(*_: object, **__: object) -> bytes:
        raise AssertionError("it was made again")

    monkeypatch.setattr(pipeline, "compile_bytes", unwanted)
    two = vsm("render", "good.vsm", "-o", f"two.{ending}")
    assert (two.code, two.err.replace("two", "one")) == (0, one.err)
    assert (folder / f"one.{ending}").read_bytes() == (folder / f"two.{ending}").read_bytes()
    assert vsm("render", "good.vsm", "-o", f"two.{ending}", "--check").code == 0


@pytest.mark.parametrize(
    "more", [("--scale", "2"), ("--theme", "dark"), ("--width", "500"), ("--bands", "ladder")]
)
def test_another_wish_is_another_picture(
    vsm: Vsm, folder: Path, cache: Path, more: tuple[str, str]
) -> None:
    vsm("render", "good.vsm", "-o", "one.png")
    vsm("render", "good.vsm", "-o", "two.png", *more)
    assert kept(cache) == 2
    assert (folder / "one.png").read_bytes() != (folder / "two.png").read_bytes()


def test_other_settings_are_another_picture(child: Child, folder: Path, cache: Path) -> None:
    child("render", "good.vsm", "-o", "one.svg")
    assert kept(cache) == 1
    (folder / "vsmdsl.toml").write_text('theme = "dark"\n', encoding="utf-8")
    child("render", "good.vsm", "-o", "two.svg")
    assert 'data-theme="dark"' in (folder / "two.svg").read_text(encoding="utf-8")


def test_a_changed_map_is_another_picture(vsm: Vsm, folder: Path, cache: Path) -> None:
    vsm("render", "good.vsm", "-o", "one.svg")
    text = (folder / "good.vsm").read_text(encoding="utf-8")
    (folder / "good.vsm").write_text(text + '\nstep "One more" pt=1h\n', encoding="utf-8")
    vsm("render", "good.vsm", "-o", "two.svg")
    assert "One more" in (folder / "two.svg").read_text(encoding="utf-8")


def test_what_a_map_includes_counts_as_well(vsm: Vsm, parted: Path, cache: Path) -> None:
    for _ in range(2):
        assert "lead time 3.3 d" in vsm("render", "whole.vsm").err
    assert kept(cache) == 1
    (parted / "part.vsm").write_text(PART.replace("3d", "5d"), encoding="utf-8")
    assert "lead time 5.3 d" in vsm("render", "whole.vsm").err
    (parted / "part.vsm").unlink()
    assert vsm("render", "whole.vsm").code == 1


def test_a_part_that_changes_while_it_is_drawn_is_not_believed(
    vsm: Vsm, parted: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    render = pipeline.render

    def slow(*given: object, **asked: object) -> object:
        (parted / "part.vsm").write_text(PART.replace("3d", "5d"), encoding="utf-8")
        return render(*given, **asked)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(pipeline, "render", slow)
        assert "lead time 3.3 d" in vsm("render", "whole.vsm").err
    assert kept(cache) == 0
    assert "lead time 5.3 d" in vsm("render", "whole.vsm").err


def test_what_there_is_to_say_is_said_each_time(vsm: Vsm, folder: Path, cache: Path) -> None:
    text = (folder / "good.vsm").read_text(encoding="utf-8")
    (folder / "good.vsm").write_text(text + '\nteam Idle "Nobody"\n', encoding="utf-8")
    said = [vsm("render", "good.vsm").err for _ in range(2)]
    assert "warning" in said[0]
    assert said[0] == said[1]


def test_letters_of_the_machine_are_drawn_each_time(vsm: Vsm, folder: Path, cache: Path) -> None:
    (folder / "far.vsm").write_text('map "計画"\nstep "計画" pt=1h lt=2h\n', encoding="utf-8")
    vsm("render", "far.vsm", "-o", "far.png")
    assert kept(cache) == 0
    vsm("render", "far.vsm", "-o", "far.svg")
    assert kept(cache) == 1


def test_no_cache_makes_and_keeps_nothing(vsm: Vsm, cache: Path, folder: Path) -> None:
    assert vsm("render", "good.vsm", "-o", "one.png", "--no-cache").code == 0
    assert kept(cache) == 0


def test_a_cache_that_cannot_be_written_is_no_trouble(
    vsm: Vsm, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "file").write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv("VSMDSL_CACHE", os.fspath(folder / "file"))
    for _ in range(2):
        assert vsm("render", "good.vsm").code == 0


# --- reports


@pytest.fixture
def once(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From now on, nothing may be made."""

    def unwanted(*_: object, **__: object) -> bytes:
        raise AssertionError("it was made again")

    return lambda: monkeypatch.setattr(pipeline, "compile_bytes", unwanted)


@pytest.mark.parametrize("ending", ["html", "xlsx", "pdf"])
def test_a_report_that_has_not_changed_is_not_written_again(
    vsm: Vsm, folder: Path, cache: Path, once: Callable[[], None], ending: str
) -> None:
    if ending == "pdf" and press.problem():
        pytest.skip(press.problem())
    one = vsm("report", "good.vsm", "checkout.vsm", "-o", f"one.{ending}")
    assert (one.code, kept(cache)) == (0, 1)
    once()
    two = vsm("report", "good.vsm", "checkout.vsm", "-o", f"two.{ending}")
    assert (two.code, two.err.replace("two", "one")) == (0, one.err)
    assert (folder / f"one.{ending}").read_bytes() == (folder / f"two.{ending}").read_bytes()


@pytest.mark.parametrize(
    "more",
    [
        ("--title", "Ours"), ("--author", "Mei"), ("--confidential", "Not for you"),
        ("--today", "2027-06-01"), ("--logo", "logo.svg"), ("--template", "house"),
    ],
)  # fmt: skip
def test_another_wish_is_another_report(
    vsm: Vsm, folder: Path, cache: Path, more: tuple[str, str]
) -> None:
    logo = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0H9V9Z"/></svg>'
    )
    (folder / "logo.svg").write_text(logo, encoding="utf-8")
    (folder / "house").mkdir()
    (folder / "house" / "report.css").write_text("p { color: red }", encoding="utf-8")
    vsm("report", "checkout.vsm", "-o", "one.html")
    vsm("report", "checkout.vsm", "-o", "two.html", *more)
    assert kept(cache) == 2
    assert (folder / "one.html").read_bytes() != (folder / "two.html").read_bytes()


def test_a_changed_template_of_the_house_is_another_report(
    vsm: Vsm, folder: Path, cache: Path
) -> None:
    (folder / "house").mkdir()
    for colour in ("red", "blue"):
        css = f"p {{ color: {colour} }}"
        (folder / "house" / "report.css").write_text(css, encoding="utf-8")
        vsm("report", "good.vsm", "--template", "house")
        assert css in (folder / "good.html").read_text(encoding="utf-8")
    assert kept(cache) == 2


def test_a_report_of_maps_whose_parts_change(vsm: Vsm, parted: Path, cache: Path) -> None:
    vsm("report", "whole.vsm", "good.vsm", "-o", "all.html")
    before = (parted / "all.html").read_text(encoding="utf-8")
    (parted / "part.vsm").write_text(PART.replace("3d", "5d"), encoding="utf-8")
    vsm("report", "whole.vsm", "good.vsm", "-o", "all.html")
    assert before != (parted / "all.html").read_text(encoding="utf-8")


def test_the_moment_of_the_build_counts(
    vsm: Vsm, folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for moment in ("1000000000", "1100000000"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
        vsm("report", "good.vsm", "-o", f"{moment}.xlsx")
    assert kept(cache) == 2


def test_a_report_that_asks_more_than_its_files_is_written_each_time(
    vsm: Vsm, folder: Path, cache: Path
) -> None:
    assert vsm("report", "good.vsm", "--no-cache").code == 0
    assert vsm("report", "-", "-o", "x.html", stdin="step Do pt=1h\n").code == 0
    text = (folder / "good.vsm").read_text(encoding="utf-8")
    (folder / "good.vsm").write_text(text + '\nteam Idle "Nobody"\n', encoding="utf-8")
    said = [vsm("report", "good.vsm").err for _ in range(2)]
    assert "warning" in said[0]
    assert said[0] == said[1]
    assert kept(cache) == 0


@pytest.mark.skipif(bool(press.problem()), reason=press.problem())
def test_a_pdf_with_letters_of_the_machine_is_written_each_time(
    vsm: Vsm, folder: Path, cache: Path
) -> None:
    vsm("report", "good.vsm", "-o", "far.pdf", "--title", "計画")
    assert kept(cache) == 0

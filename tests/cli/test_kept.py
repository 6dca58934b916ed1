"""A PNG or PDF that was made before comes from the cache, and from nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

Vsm = Callable[..., Ran]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VSMDSL_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def kept(cache: Path) -> int:
    return len(list(cache.iterdir())) if cache.exists() else 0


def test_what_has_not_changed_is_not_made_again(
    vsm: Vsm, folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert vsm("render", "good.vsm", "-o", "one.png").code == 0
    assert kept(cache) == 1

    def unwanted(*_: object, **__: object) -> bytes:
        raise AssertionError("it was made again")

    monkeypatch.setattr("vsmdsl.drawing.raster.scene_to_png", unwanted)
    assert vsm("render", "good.vsm", "-o", "two.png").code == 0
    assert (folder / "one.png").read_bytes() == (folder / "two.png").read_bytes()


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


def test_a_changed_map_is_another_picture(vsm: Vsm, folder: Path, cache: Path) -> None:
    vsm("render", "good.vsm", "-o", "one.png")
    text = (folder / "good.vsm").read_text(encoding="utf-8")
    (folder / "good.vsm").write_text(text + '\nstep "One more" pt=1h\n', encoding="utf-8")
    vsm("render", "good.vsm", "-o", "two.png")
    assert (folder / "one.png").read_bytes() != (folder / "two.png").read_bytes()


def test_no_cache_makes_and_keeps_nothing(vsm: Vsm, cache: Path, folder: Path) -> None:
    assert vsm("render", "good.vsm", "-o", "one.png", "--no-cache").code == 0
    assert kept(cache) == 0


def test_an_svg_is_never_kept(vsm: Vsm, cache: Path, folder: Path) -> None:
    assert vsm("render", "good.vsm").code == 0
    assert kept(cache) == 0

"""A message says the line of the page, on pages of many maps as well."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import markdown
import pytest

from vsmdsl.publish import places, sites
from vsmdsl.publish.files import Shelf
from vsmdsl.publish.hosts import markdown as hosts
from vsmdsl.publish.hosts.fence import Fence
from vsmdsl.publish.places import line_of

ADVICE = "step a pt=3d lt=2d"  # there is something to say about it


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return tmp_path / "page.md"


def test_each_fence_is_found_on_its_line(page: Path) -> None:
    page.write_text(
        "# Maps\n\n```vsm\nstep a 1d\n```\n\n"
        "- ```vsm width=500\n  step b 1d\n\n  step c 1d\n  ```\n\n"
        "```vsm caption=x\nstep a 1d\n```\n"
    )
    assert line_of("step a 1d", {}, page) == 4
    assert line_of("step a 1d\n", {"caption": "x"}, page) == 14
    assert line_of("step a 1d", {"caption": "y"}, page) == 4  # the page may be written anew
    assert line_of("  step b 1d\n\n  step c 1d", {"width": "500"}, page) == 8
    assert line_of("step d 1d", {}, page) == 1


def test_a_page_that_is_written_again_is_read_again(page: Path) -> None:
    page.write_text("```vsm\nstep a 1d\n```\n")
    assert line_of("step a 1d", {}, page) == 2
    page.write_text("One more line.\n\n```vsm\nstep a 1d\n```\n")
    assert line_of("step a 1d", {}, page) == 4


@pytest.mark.parametrize("data", [None, b"\xff```vsm\nstep a 1d\n```\n"])
def test_without_a_page_that_can_be_read_it_is_the_first(page: Path, data: bytes | None) -> None:
    if data:
        page.write_bytes(data)
    assert line_of("step a 1d", {}, page) == 1
    assert line_of("step a 1d", {}, None) == 1


def test_a_page_is_read_once_for_all_its_maps(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    text = "".join(f"```vsm\n{ADVICE} # {number}\n```\n\n" for number in range(30))
    page.write_text(text)

    def fences(found: str) -> list[Fence]:
        read.append(found)
        return hosts.fences(found)

    monkeypatch.setattr(places, "hosts", SimpleNamespace(fences=fences))
    monkeypatch.setattr(sites, "FINDERS", (lambda _: sites.Site(Shelf(), path=page),))
    assert markdown.markdown(text, extensions=["vsmdsl"]).count("<svg") == 30
    assert read == [text]

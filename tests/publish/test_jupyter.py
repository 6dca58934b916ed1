"""Maps in a notebook, by a real IPython."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

import vsmdsl

MAP = 'map "Small" { calendar = 8h/day }\nqueue inbox "Inbox" wait=3d\nstep a "Review" pt=1h\n'


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    one: Any = InteractiveShell()  # type: ignore[no-untyped-call]
    one.run_line_magic("load_ext", "vsmdsl")
    yield one
    one.history_manager = None


def html(shell: Any, line: str, cell: str) -> str:
    return str(shell.run_cell_magic("vsm", line, cell).data)


def test_a_cell_is_drawn(shell: Any) -> None:
    shown = html(shell, 'width=600 caption="As of May"', MAP)
    assert "<svg" in shown
    assert "As of May</figcaption>" in shown


def test_a_mistake_is_shown_at_its_line_of_the_cell(shell: Any) -> None:
    shown = html(shell, "", MAP + "stp b\n")
    assert "cell:5:1: error[E102]" in shown
    assert "did you mean" in shown
    assert "did you mean `width`?" in html(shell, "widht=3", MAP)


def test_a_file_of_the_project_is_drawn(shell: Any, tmp_path: Path) -> None:
    (tmp_path / "a.vsm").write_text(MAP)
    assert "<svg" in str(shell.run_line_magic("vsm", "file=a.vsm").data)
    assert "outside the project" in str(shell.run_line_magic("vsm", "file=../a.vsm").data)


def test_a_map_is_kept_under_a_name(shell: Any) -> None:
    html(shell, "as=small", MAP)
    assert shell.user_ns["small"].metric("lead_time") == "3.1 d"


def test_a_compiled_map_shows_itself(shell: Any) -> None:
    formatted: tuple[dict[str, Any], Any] = shell.display_formatter.format(vsmdsl.compile(MAP))
    bundle = formatted[0]
    assert bundle["text/plain"] == "Small: lead time 3.1 d"
    assert bundle["image/svg+xml"].startswith("<svg")
    assert bundle["image/svg+xml"] in bundle["text/html"]
    nbformat: Any = import_module("nbformat")  # it carries no types
    output = nbformat.v4.new_output("display_data", data=bundle)
    cell = nbformat.v4.new_code_cell("small", outputs=[output])
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))


def test_a_broken_map_shows_what_is_wrong(shell: Any) -> None:
    bundle = shell.display_formatter.format(vsmdsl.compile("stp <b>"))[0]
    assert "image/svg+xml" not in bundle
    assert "error[E102]" in bundle["text/plain"]
    assert "<b>" not in bundle["text/html"]

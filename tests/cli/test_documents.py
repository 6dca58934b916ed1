"""`vsm check` and `vsm fmt` over the maps of documents."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import GOOD, Ran

Vsm = Callable[..., Ran]
PAGE = """\
# Page

- first

  ```vsm
  map { calendar = 8h/day }
  step      dev pt=1d ca=0.85
  ```

and then

```vsm
map { calendar = 8h/day }
step      test pt=1d
rework test -> dev 5%
```
"""


def written(folder: Path, name: str, text: str) -> Path:
    """A file of the project."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_message_names_the_line_of_the_document(vsm: Vsm, folder: Path) -> None:
    written(folder, "docs/page.md", PAGE)
    ran = vsm("check", "docs")
    assert ran.code == 1
    assert "docs/page.md:7:26: error[E305]" in ran.err
    assert "docs/page.md:15:16: error[E201] unknown-step: no step is called `dev`" in ran.err
    assert "15 | rework test -> dev 5%\n   |                ^^^" in ran.err
    assert "docs/page.md: 2 errors" in ran.err


def test_a_directive_of_sphinx(vsm: Vsm, folder: Path) -> None:
    text = "T\n=\n\n.. vsm::\n   :alt: x\n\n   step dev pt=1h\n   rework dev -> nil 5%\n"
    written(folder, "a.rst", text)
    assert "a.rst:8:18: error[E201]" in vsm("check", "a.rst").err


def test_a_cell_of_a_notebook(vsm: Vsm, folder: Path) -> None:
    cell = {"cell_type": "code", "source": ["%%vsm\n", 'step "ä\\"" pt=1h\n', "rework a -> b 5%"]}
    written(folder, "a.ipynb", json.dumps({"cells": [cell]}, indent=1))
    ran = vsm("check", "a.ipynb")
    assert "a.ipynb:8:13: error[E201] unknown-step: no step is called `a` (cell 1, line 3)" in (
        ran.err
    )


def test_a_folder_holds_maps_and_documents(vsm: Vsm, folder: Path) -> None:
    written(folder, "page.md", PAGE)
    written(folder, "plain.md", "Nothing about vsm here.\n")
    written(folder, "node_modules/a.md", PAGE)
    ran = vsm("check", ".", "--format", "json")
    names = [one["file"] for one in json.loads(ran.out)["files"]]
    assert names == ["bad.vsm", "checkout.vsm", "good.vsm", "page.md"]


def test_a_document_without_a_map_is_fine(vsm: Vsm, folder: Path) -> None:
    written(folder, "plain.md", "Nothing here.\n")
    ran = vsm("check", "plain.md")
    assert (ran.code, ran.err) == (0, "no map in this document\n")


def test_a_fence_that_names_a_file(vsm: Vsm, folder: Path) -> None:
    written(folder, "vsmdsl.toml", "")
    written(folder, "maps/a.vsm", "step dev pt=1h\nrework dev -> nil 5%\n")
    written(folder, "docs/a.md", "```vsm file=maps/a.vsm\n```\n")
    ran = vsm("check", "docs/a.md")
    assert ran.code == 1
    assert "maps/a.vsm:2:15: error[E201]" in ran.err


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("```vsm file=no.vsm", "a.md:1:13: error[E217]"),
        ("```vsm file=../x.vsm", "lies outside the project"),
        ("```vsm file=good.vsm future=q7", "a.md:1:29: error[E214] unknown-future"),
        ("```vsm file=good.vsm compare=current:q7", "no future is called `q7`"),
        ("```vsm file=good.vsm futur=q1", "a.md:1:22: error[E205] unknown-key"),
        ("```vsm file=good.vsm bands=laddr", "did you mean `ladder`?"),
    ],
)
def test_options_that_would_break_the_page(vsm: Vsm, folder: Path, head: str, message: str) -> None:
    written(folder, "vsmdsl.toml", "")
    written(folder.parent, "x.vsm", GOOD)
    written(folder, "a.md", f"{head}\n```\n")
    ran = vsm("check", "a.md")
    assert ran.code == 1
    assert message in ran.err


def test_what_a_fence_includes(vsm: Vsm, folder: Path) -> None:
    written(folder, "vsmdsl.toml", "")
    written(folder, "maps/teams.vsm", 'include "more.vsm"\nteam ana "Analysis"\n')
    written(folder, "maps/more.vsm", "team bob pt=3\n")
    written(folder, "docs/a.md", f'```vsm\n{GOOD}include "maps/teams.vsm"\n```\n')
    ran = vsm("check", "docs/a.md")
    assert ran.code == 1
    assert "maps/more.vsm:1:10: error[E205]" in ran.err
    assert "unreadable" not in ran.err


def test_a_fence_includes_no_secret(vsm: Vsm, folder: Path) -> None:
    written(folder, "vsmdsl.toml", "")
    written(folder, "secret.env", "TOKEN=abc\n")
    written(folder, "a.md", f'```vsm\n{GOOD}include "secret.env"\n```\n')
    ran = vsm("check", "a.md")
    assert ran.code == 1
    assert "abc" not in ran.err


def test_no_file_but_a_map_is_opened(vsm: Vsm, folder: Path) -> None:
    written(folder, "vsmdsl.toml", "")
    written(folder, "secret.env", "TOKEN=abc\n")
    written(folder, "a.md", "```vsm file=secret.env\n```\n")
    ran = vsm("check", "a.md")
    assert ran.code == 1
    assert "abc" not in ran.err
    assert "a.md:1:13: error[E217] include-unreadable: `secret.env` cannot be read: " in ran.err


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_fix_writes_inside_the_fence_alone(vsm: Vsm, folder: Path, ends: str) -> None:
    path = folder / "page.md"
    path.write_bytes(("\ufeff" + PAGE).replace("\n", ends).encode())
    ran = vsm("check", "page.md", "--fix")
    assert "page.md: 1 mended" in ran.err
    assert "0.85" not in ran.err
    expected = ("\ufeff" + PAGE.replace("ca=0.85", "ca=85%")).replace("\n", ends)
    assert path.read_bytes() == expected.encode()


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        (["fmt"], "step dev 1d ca=85%", "step      dev pt=1d ca=85%"),
        (["check", "--fix"], "step dev 1d ca=0.85", "step dev 1d ca=85%"),
    ],
)
def test_lines_outside_the_fence_end_as_before(
    vsm: Vsm, folder: Path, words: list[str], before: str, after: str
) -> None:
    page = "\ufeffOne\r\ntwo\rthree\n\n```vsm\r\n{}\r\n```\n\nEnd\r"
    path = folder / "page.md"
    path.write_bytes(page.format(before).encode())
    assert vsm(*words, "page.md").code == 0
    assert path.read_bytes() == page.format(after).encode()


def test_a_label_goes_on_where_python_ends_a_line(vsm: Vsm, folder: Path) -> None:
    page = "- ```vsm\n  {}\n  ```\n\n1. ```vsm\n   {}\n   ```\n"
    label = '"a\u2028b"'
    path = written(folder, "page.md", page.format(*[f"step {label} 1d"] * 2))
    assert vsm("fmt", "page.md").code == 0
    assert path.read_text(encoding="utf-8") == page.format(*[f"step      {label} pt=1d"] * 2)


@pytest.mark.parametrize("letter", ["", "é "])
def test_half_of_a_pair_in_a_notebook(vsm: Vsm, folder: Path, letter: str) -> None:
    text = r'{"cells": [{"cell_type": "code", "source": ["%%vsm\n", "step a 1h\n", "# \ud800"]}]}'
    path = written(folder, "a.ipynb", text.replace("# ", "# " + letter))
    ran = vsm("fmt", "a.ipynb")
    assert ran.code == 1
    assert "error[E123] forbidden-character: U+D800" in ran.err
    expected = text.replace("# ", "# " + letter).replace("step a 1h", "step      a pt=1h")
    assert path.read_text(encoding="utf-8") == expected


@pytest.mark.parametrize("words", [["check"], ["check", "--fix"], ["fmt"], ["fmt", "--check"]])
def test_a_cell_with_nothing_but_its_magic(vsm: Vsm, folder: Path, words: list[str]) -> None:
    written(folder, "a.ipynb", json.dumps({"cells": [{"cell_type": "code", "source": "%%vsm"}]}))
    assert vsm(*words, "a.ipynb").code == 0


def test_fmt_writes_inside_the_fence_alone(vsm: Vsm, folder: Path) -> None:
    loose = PAGE.replace("step      dev pt=1d ca=0.85", "step dev 1d 85 %")
    path = written(folder, "page.md", loose)
    assert vsm("fmt", "page.md", "--check").code == 1
    assert path.read_text(encoding="utf-8") == loose
    assert vsm("fmt", "page.md").err == "page.md: formatted\n"
    assert path.read_text(encoding="utf-8") == PAGE.replace("ca=0.85", "ca=85%")
    assert vsm("fmt", "page.md").err == ""


def test_fmt_of_a_notebook(vsm: Vsm, folder: Path) -> None:
    cells = [
        {"cell_type": "code", "source": ["%%vsm\n", "step dev 1d 85 %"]},
        {"cell_type": "markdown", "source": ["é vsm\n", "```vsm\n", "queue a 2 days\n", "```"]},
    ]
    path = written(folder, "a.ipynb", json.dumps({"cells": cells}, indent=1))
    assert vsm("fmt", "a.ipynb").code == 0
    first, second = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert first["source"] == ["%%vsm\n", "step      dev pt=1d ca=85%"]
    assert second["source"] == ["é vsm\n", "```vsm\n", "queue     a wait=2d\n", "```"]


def test_options_of_other_programs_are_passed_over(vsm: Vsm, folder: Path) -> None:
    written(folder, "a.md", f'```vsm linenums="1" .x #y\n{GOOD}```\n')
    written(folder, "a.rst", ".. vsm-file:: good.vsm\n   :name: x\n   :class: y\n")
    assert vsm("check", "a.md", "a.rst").code == 0


# --- pictures that are kept beside their maps


def test_check_of_pictures_says_what_to_run(vsm: Vsm, folder: Path) -> None:
    (folder / "bad.vsm").unlink()
    ran = vsm("render", ".", "--check", "--bands", "ladder")
    assert ran.code == 1
    assert "good.svg: is not there" in ran.err
    assert "to draw them anew: vsm render . --bands ladder" in ran.err
    assert vsm("render", ".", "--bands", "ladder").code == 0
    assert (vsm("render", ".", "--check", "--bands", "ladder").err) == ""
    good = folder / "good.vsm"
    good.write_text(good.read_text(encoding="utf-8").replace("12d", "13d"), encoding="utf-8")
    before = (folder / "good.svg").read_bytes()
    ran = vsm("render", ".", "--check", "--bands", "ladder")
    assert (ran.code, ran.err.splitlines()[0]) == (1, "good.svg: would change")
    assert (folder / "good.svg").read_bytes() == before

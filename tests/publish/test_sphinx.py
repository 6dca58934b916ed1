"""Real sites, built by Sphinx as people build them: `-W -j2`, and looked at."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from pypdf import PdfReader

from tests.browser import Browser, needs_browser
from vsmdsl.drawing.theme import TOKENS
from vsmdsl.publish.picture import Request, drawn
from vsmdsl.publish.sphinx import images
from vsmdsl.publish.sphinx.nodes import value_stream_map

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ROOT = Path(__file__).parents[2]
CONF = """\
project = "Site"
version = copyright = "1"
extensions = ["vsmdsl.publish.sphinx", "myst_parser"]
myst_enable_extensions = ["colon_fence"]
myst_fence_as_directive = ["vsm"]
numfig = True
"""
MAP = """\
map "Sketch" { calendar = 8h/day }
queue Ideas wait=12d
step Develop pt=3d lt=5d ca=85%
"""
INDEX = f"""\
Site
====

.. toctree::

   other

See :numref:`feature` and :ref:`this <feature>`.

.. vsm::
   :caption: The *way* of a feature
   :name: feature

   {MAP.replace(chr(10), chr(10) + "   ").strip()}

.. vsm::
   :alt: Twelve days of waiting

   {MAP.replace(chr(10), chr(10) + "   ").strip()}

.. vsm-file:: maps/checkout.vsm
   :future: q1
   :bands: ladder, strip
   :source: link

.. vsm-file:: /maps/checkout.vsm
   :compare: current:q1
   :source: show
"""
OTHER = f"""\
# MyST

```{{vsm}}
:caption: In MyST

{MAP}```

:::{{vsm-file}} maps/checkout.vsm
:bands: strip
:::

```vsm
{MAP}```
"""


@dataclass(frozen=True)
class Built:
    """A build: its folder, its exit code, and what it said."""

    folder: Path
    code: int
    said: str

    def page(self, name: str = "index.html") -> str:
        """The text of a page."""
        return (self.folder / name).read_text(encoding="utf-8")


def site(folder: Path, **more: str) -> Path:
    """A site with maps in every manner; `more` are further lines of its files."""
    texts = {"conf.py": CONF, "index.rst": INDEX, "other.md": OTHER, "vsmdsl.toml": ""}
    for name, text in texts.items():
        own = more.get(name.partition(".")[0], "")
        (folder / name).write_text(text + own, encoding="utf-8")
    (folder / "maps").mkdir()
    data = (ROOT / "samples" / "checkout.vsm").read_bytes()
    (folder / "maps" / "checkout.vsm").write_bytes(data)
    return folder


def built(folder: Path, builder: str = "html", *options: str) -> Built:
    """What `sphinx-build` makes of it."""
    target = folder / "_build" / builder
    trees = str(folder / "_build" / f"doctrees-{builder}")
    line = ["-W", "-j2", "-b", builder, "-d", trees, *options, str(folder), str(target)]
    ran = subprocess.run(
        [sys.executable, "-m", "sphinx", *line],
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    return Built(target, ran.returncode, ran.stdout + ran.stderr)


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Built]:
    """The site, built once by each builder."""
    folder = site(tmp_path_factory.mktemp("site"))
    known: dict[str, Built] = {}

    def by(builder: str) -> Built:
        if builder not in known:
            known[builder] = built(folder, builder)
            assert known[builder].code == 0, known[builder].said
        return known[builder]

    return by


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_a_page_for_browsers_holds_the_maps(build: Callable[[str], Built], builder: str) -> None:
    made = build(builder)
    other = {"html": "other.html", "dirhtml": "other/index.html"}.get(builder, "index.html")
    assert made.page().count('<svg xmlns="http://www.w3.org/2000/svg" class="vsm"') == (
        7 if builder == "singlehtml" else 4
    )
    assert 'class="vsm"' in made.page(other)
    assert "<object" not in made.page()
    ids = re.findall(r'\bid="([^"]+)"', made.page())
    assert len(ids) == len(set(ids))


def test_a_figure_has_a_number_a_name_and_a_caption(build: Callable[[str], Built]) -> None:
    page = build("html").page()
    assert '<span class="caption-text">The <em>way</em> of a feature</span>' in page
    assert re.search(r'href="#feature"><span class="std std-numref">Fig. \d</span>', page)
    assert re.search(r'href="#feature"><span class="std std-ref">this</span>', page)
    assert "<figure" in page


def test_what_is_asked_for_is_drawn(build: Callable[[str], Built]) -> None:
    page = build("html").page()
    assert ">Twelve days of waiting</desc>" in page
    assert "current against future" in page
    assert re.search(r'href="_downloads/[0-9a-f]+/checkout\.vsm"', page)
    assert '<div class="highlight-vsm' in page
    assert '<span class="kd">queue</span>' in page  # highlighted by our lexer


def test_latex_gets_pdfs(build: Callable[[str], Built]) -> None:
    made = build("latex")
    text = (made.folder / "site.tex").read_text(encoding="utf-8")
    names = re.findall(r"\\sphinxincludegraphics\{\{(vsm-[0-9a-f]+)\}\.pdf\}", text)
    assert len(names) == 7
    words = PdfReader(made.folder / f"{names[0]}.pdf").pages[0].extract_text()
    assert "Develop" in words


def test_a_book_gets_pictures_with_words(build: Callable[[str], Built]) -> None:
    book = zipfile.ZipFile(next(build("epub").folder.glob("*.epub")))
    page = book.read("index.xhtml").decode()
    assert "<svg" not in page
    names = re.findall(r'<img alt="([^"]+)"[^>]* src="(_images/vsm-[0-9a-f]+\.svg)"', page)
    assert len(names) == 4
    assert any("Twelve days of waiting" in alt for alt, _ in names)
    assert all(b'data-theme="light"' in book.read(name) for _, name in names)


@pytest.mark.parametrize("builder", ["text", "man", "xml"])
def test_who_shows_no_picture_gets_words(build: Callable[[str], Built], builder: str) -> None:
    made = build(builder)
    if builder == "text":
        text = " ".join(made.page("index.txt").split())
        assert "Lead time: 17 d (of which 14 d waiting)" in text
        assert "Twelve days of waiting" in text


# --- what is broken is seen

BROKEN = """
.. vsm::

   map { calendar = 8h/day }
   step <script>alert(1)</script> pt=1d
   rework Tset -> Develop 20%

.. vsm-file:: ../secret.vsm

.. vsm::
   :colour: red

   queue a 1d
"""


def test_a_broken_map_fails_a_strict_build_and_is_a_box(tmp_path: Path) -> None:
    folder = site(tmp_path, index=BROKEN)
    made = built(folder)
    assert made.code == 1
    line = INDEX.count("\n") + 5
    assert re.search(rf"index\.rst:{line}: WARNING: E101 unexpected-text: ", made.said)
    assert re.search(r"\[vsmdsl\.E\d+\]", made.said)
    assert "lies outside the project" in made.said
    assert "there is no option `colour`" in made.said
    page = made.page()
    assert page.count("This value stream map could not be drawn") == 3
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; pt=1d" in page  # the source is there
    again = built(folder)
    assert again.code == 1, "what is broken is told at every build"


@pytest.mark.parametrize("builder", ["latex", "epub", "text"])
def test_a_broken_map_is_never_a_gap(tmp_path: Path, builder: str) -> None:
    made = built(site(tmp_path, other="\n```{vsm}\nqueue (1)\n```\n"), builder, "--keep-going")
    assert made.code == 1
    line = OTHER.count("\n") + 3
    assert re.search(rf"other\.md:{line}: WARNING: E\d+ ", made.said), made.said
    if builder == "epub":
        book = zipfile.ZipFile(next(made.folder.glob("*.epub")))
        text = book.read("other.xhtml").decode()
    else:
        name = {"latex": "site.tex", "text": "other.txt"}[builder]
        text = made.page(name)
    assert "This value stream map could not be drawn" in text
    assert "queue (1)" in text.replace("\\PYG{p}", "")


def test_a_warning_can_be_passed_over(tmp_path: Path) -> None:
    text = '\nsuppress_warnings = ["vsmdsl"]\n'
    assert built(site(tmp_path, conf=text, index=BROKEN)).code == 0


def test_a_page_is_read_again_when_a_file_of_its_map_changes(tmp_path: Path) -> None:
    folder = site(tmp_path, index="\n.. vsm-file:: maps/small.vsm\n")
    small, teams = folder / "maps" / "small.vsm", folder / "maps" / "teams.vsm"
    small.write_text('include "teams.vsm"\n' + MAP, encoding="utf-8")
    assert built(folder).code == 1  # what it includes is not there yet
    for name in ("Alpha", "Omega"):
        teams.write_text(f'customer "{name} buyers"\n', encoding="utf-8")
        made = built(folder)
        assert made.code == 0, made.said
        assert f"{name} buyers" in made.page()


def test_the_site_has_its_own_colours_and_width(tmp_path: Path) -> None:
    conf = '\nvsmdsl_colors = {"va": ["#004499", "#66AAFF"]}\nvsmdsl_defaults = {"width": 480}\n'
    page = built(site(tmp_path, conf=conf)).page()
    assert "#004499" in page
    assert 'viewBox="0 0 480 ' in page


# --- looked at


@needs_browser
@pytest.mark.parametrize(
    ("theme", "toggle"),
    [
        ("furo", "document.body.dataset.theme = {!r}"),
        ("pydata_sphinx_theme", "document.documentElement.dataset.theme = {!r}"),
    ],
)
def test_the_map_follows_the_toggle_of_the_theme(
    tmp_path: Path, browser: Browser, theme: str, toggle: str
) -> None:
    made = built(site(tmp_path, conf=f'\nhtml_theme = "{theme}"\n'))
    assert made.code == 0, made.said
    browser.open(made.folder / "index.html", 1300, 900)
    for mode, paper in (("dark", TOKENS["paper"].dark), ("light", TOKENS["paper"].light)):
        browser.ask(f"{toggle.format(mode)}; 0")
        assert shown(browser) == paper
    width = browser.ask("document.documentElement.scrollWidth")
    assert width <= 1300, "no map is wider than its page"


def shown(browser: Browser) -> str:
    """The colour of the first map's paper, read from the screen."""
    find = "(({x, y}) => [Math.round(x), Math.round(y)])"
    x, y = browser.ask(f"{find}(document.querySelector('svg.vsm').getBoundingClientRect())")
    image = browser.look(x + 8, y + 8)
    return "#{:02X}{:02X}{:02X}".format(*image.getpixel((x + 4, y + 4)))  # type: ignore[misc]


def test_what_no_format_can_show_is_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    shown = ["image/png"]

    class Bare(images.Pictures):
        app = cast("Sphinx", SimpleNamespace(builder=SimpleNamespace(supported_image_types=shown)))

        def __init__(self) -> None:  # it needs no document
            pass

    good = Request("step a pt=1h\n")
    node = value_stream_map(request=good, drawn=drawn(good))
    monkeypatch.setattr(images, "_drawn", lambda *_: drawn(Request("stp a\n")))
    (found,) = Bare()._picture(node)
    assert "Value stream map with 1 step" in found.astext()
    assert "error[E102]" in caplog.text

"""Real sites, built from nothing as the how-to pages say, and looked at in a real browser."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser import Browser, needs_browser
from vsmdsl.drawing.theme import TOKENS

GOOD = """# Delivery

```vsm future=q1 caption="As of May"
map "Small" { calendar = 8h/day }
queue inbox "Inbox" wait=3d
step a "Review" pt=1h
future q1 { set inbox wait=4h }
```

From a file:

```vsm file="maps/release.vsm" source="link"
```
"""
BAD = "# Broken\n\n```vsm\nstep a 1h\nstp b 1h\n```\n"
RELEASE = 'map "Release" { calendar = 8h/day }\nqueue q "Waiting" wait=2d\nstep r "Ship" pt=1h\n'
THEME = "theme:\n  name: material\n  palette:\n    - scheme: default\n    - scheme: slate\n"
PLUGIN = "plugins:\n  - vsmdsl:\n      copy_sources: true\n"
FENCES = """markdown_extensions:
  - pymdownx.superfences:
      custom_fences:
        - name: vsm
          class: vsm
          format: !!python/name:vsmdsl.publish.fence.format
          validator: !!python/name:vsmdsl.publish.fence.validator
"""
BARE, QUOTED = GOOD, GOOD.replace("future=q1", 'future="q1"').replace(' source="link"', "")
SITES = {
    "mkdocs": (PLUGIN, BARE),
    "properdocs": (PLUGIN, BARE),
    "zensical": (f"{FENCES}  - vsmdsl:\n      width: 700\n", BARE),
    "mkdocs, fence alone": (FENCES, QUOTED),
    "zensical, fence alone": (FENCES, QUOTED),
}


def site(folder: Path, kind: str) -> Path:
    """The files of a small site."""
    settings, page = SITES[kind]
    (folder / "docs").mkdir(parents=True)
    (folder / "maps").mkdir()
    (folder / "mkdocs.yml").write_text(f"site_name: Site\n{THEME}{settings}")
    if kind == "zensical":
        page = page.replace(' source="link"', "")
    (folder / "docs" / "index.md").write_text(page)
    (folder / "maps" / "release.vsm").write_text(RELEASE)
    return folder


def build(folder: Path, kind: str, *more: str) -> subprocess.CompletedProcess[str]:
    """Build a site as its author would."""
    program = kind.split(",")[0]
    name = "mkdocs.yml" if program != "zensical" else str(folder / "mkdocs.yml")
    return subprocess.run(
        [sys.executable, "-m", program, "build", "-f", name, *more],
        cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize("kind", SITES)
@needs_browser
def test_a_site_from_nothing(kind: str, tmp_path: Path, browser: Browser) -> None:
    folder = site(tmp_path / "project", kind)
    built = build(folder, kind, "--strict")
    assert built.returncode == 0, built.stderr
    page = folder / "site" / "index.html"
    browser.open(page, 1200, 1600)
    assert browser.ask("document.querySelectorAll('figure.vsm-figure svg.vsm').length") == 2
    assert browser.ask("document.querySelector('figcaption').textContent") == "As of May"
    wide = "getBoundingClientRect().width"
    fits = f"one => one.{wide} <= one.parentNode.{wide} + 1"
    assert browser.ask(f"[...document.querySelectorAll('svg.vsm')].every({fits})")
    for scheme, mode in (("default", "light"), ("slate", "dark")):
        browser.ask(f"document.body.setAttribute('data-md-color-scheme', '{scheme}'); 0")
        paper = "getComputedStyle(document.querySelector('svg.vsm .vf-paper')).fill"
        wanted = getattr(TOKENS["paper"], mode).lstrip("#")
        rgb = ", ".join(str(int(wanted[at : at + 2], 16)) for at in (0, 2, 4))
        assert browser.ask(paper) == f"rgb({rgb})"
    if "plugins" in SITES[kind][0]:
        link = browser.ask("document.querySelector('.vsm-source').getAttribute('href')")
        assert (folder / "site" / link).read_text() == RELEASE


@pytest.mark.parametrize("kind", SITES)
def test_a_broken_map_fails_a_strict_build_and_says_why_on_the_page(
    kind: str, tmp_path: Path
) -> None:
    folder = site(tmp_path / "project", kind)
    (folder / "docs" / "broken.md").write_text(BAD)
    built = build(folder, kind)
    assert built.returncode == 0, built.stderr
    page = (folder / "site" / "broken" / "index.html").read_text()
    assert "docs/broken.md:5:1: error[E102]" in page
    assert "did you mean `step`?" in page
    assert "docs/broken.md:5:1: error[E102]" in built.stderr
    built = build(folder, kind, "--strict")
    assert built.returncode != 0
    assert "docs/broken.md:5:1: error[E102]" in built.stdout + built.stderr


LOST = {  # what is not drawn, since nobody takes it for a fence of a map
    "never closed": ("```vsm\nstep a 1d\n", "this fence is never closed"),
    "not read": ("```vsm a=\"x' b-c='y\nstep a 1d\n```\n", "this fence could not be read"),
    "misspelt": ("```vsm, width=900\nstep a 1d\n```\n", "this fence begins with `vsm,`"),
}


@pytest.mark.parametrize("kind", ["mkdocs", "zensical"])
@pytest.mark.parametrize("why", LOST)
def test_a_fence_that_nobody_drew_fails_a_strict_build(kind: str, why: str, tmp_path: Path) -> None:
    page, said = LOST[why]
    folder = site(tmp_path / "project", kind)
    if kind == "mkdocs":  # what it draws without SuperFences is never left unread
        settings = (folder / "mkdocs.yml").read_text()
        (folder / "mkdocs.yml").write_text(
            f"{settings}markdown_extensions: [pymdownx.superfences]\n"
        )
    (folder / "docs" / "lost.md").write_text(f"# Lost\n\n{page}")
    built = build(folder, kind)
    assert built.returncode == 0, built.stderr
    assert f"docs/lost.md: {said}" in built.stdout + built.stderr
    assert "step a 1d" in (folder / "site" / "lost" / "index.html").read_text()
    built = build(folder, kind, "--strict")
    assert built.returncode != 0
    assert f"docs/lost.md: {said}" in built.stdout + built.stderr


@pytest.mark.parametrize("kind", ["mkdocs", "mkdocs, fence alone", "properdocs"])
def test_a_quiet_strict_build_hears_of_broken_maps_too(kind: str, tmp_path: Path) -> None:
    folder = site(tmp_path / "project", kind)
    (folder / "docs" / "broken.md").write_text(BAD)
    built = build(folder, kind, "--strict", "--quiet")
    assert built.returncode == 1
    assert "docs/broken.md:5:1: error[E102]" in built.stderr


def test_the_settings_of_a_site_limit_its_maps(tmp_path: Path) -> None:
    folder = site(tmp_path / "project", "mkdocs")
    settings = (folder / "mkdocs.yml").read_text()
    (folder / "mkdocs.yml").write_text(settings + "      limits:\n        steps: 1\n")
    built = build(folder, "mkdocs", "--strict")
    assert built.returncode == 1
    page = (folder / "site" / "index.html").read_text()
    assert "`steps = 2` under `limits` in the settings of vsmdsl allows more" in page
    (folder / "mkdocs.yml").write_text(settings + "      limits:\n        stpes: 1\n")
    built = build(folder, "mkdocs")
    assert built.returncode == 1
    assert "vsmdsl: there is no limit `stpes`" in built.stderr


def test_zensical_draws_a_changed_file_again(tmp_path: Path) -> None:
    folder = site(tmp_path / "project", "zensical, fence alone")
    page = folder / "site" / "index.html"
    assert build(folder, "zensical").returncode == 0
    assert "Ship" in page.read_text()
    (folder / "maps" / "release.vsm").write_text(RELEASE.replace("Ship", "Deploy"))
    assert build(folder, "zensical").returncode == 0
    assert "Deploy" in page.read_text()


def test_a_linked_file_outside_the_site_needs_the_plugin(tmp_path: Path) -> None:
    kind = "mkdocs, fence alone"
    folder = site(tmp_path / "project", kind)
    (folder / "docs" / "index.md").write_text(GOOD.replace("future=q1", 'future="q1"'))
    built = build(folder, kind, "--strict")
    assert built.returncode == 1
    assert "finds no file in the site to link to" in built.stderr


def test_the_project_settings_count_only_where_the_site_says_so(tmp_path: Path) -> None:
    folder = site(tmp_path / "project", "mkdocs")
    page = folder / "site" / "index.html"
    (folder / "vsmdsl.toml").write_text('[theme]\nva = "#123456"\n')
    assert build(folder, "mkdocs").returncode == 0
    assert "#123456" not in page.read_text()
    settings = (folder / "mkdocs.yml").read_text() + "      project_settings: true\n"
    (folder / "mkdocs.yml").write_text(settings)
    assert build(folder, "mkdocs").returncode == 0
    assert "#123456" in page.read_text()


@pytest.mark.parametrize("kind", ["mkdocs", "zensical"])
def test_a_site_that_is_always_light_has_light_maps(kind: str, tmp_path: Path) -> None:
    folder = site(tmp_path / "project", kind)
    settings = (folder / "mkdocs.yml").read_text()
    (folder / "mkdocs.yml").write_text(settings.replace(THEME, "theme:\n  name: material\n"))
    assert build(folder, kind, "--strict").returncode == 0
    assert 'data-theme="light"' in (folder / "site" / "index.html").read_text()

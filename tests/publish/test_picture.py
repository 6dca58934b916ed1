"""From a text and its options to a picture, or to a sentence that says why there is none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import vsmdsl
from vsmdsl.publish.files import Shelf
from vsmdsl.publish.markup import on_page
from vsmdsl.publish.options import OPTIONS
from vsmdsl.publish.picture import Drawn, Request, drawn

MAP = """map "Small" { calendar = 8h/day, 5d/week }
queue inbox "Inbox" wait=3d
step review "Review" pt=1h ca=80%
future q1 "First quarter" { set inbox wait=4h }
future q2 "Second quarter" { set inbox wait=2h }
"""
SECRET = "token = hunter2"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with maps in it, and files around it and in it that are nobody's business."""
    root = tmp_path / "project"
    (root / "maps").mkdir(parents=True)
    (root / ".git").mkdir()
    (root / "maps" / "small.vsm").write_text(MAP)
    (root / "maps" / "whole.vsm").write_text('include "small.vsm"\nstep b "B" pt=1h\n')
    (root / ".git" / "config").write_text(SECRET)
    (root / ".git" / "config.vsm").write_text(SECRET)
    (root / "secret.txt").write_text(SECRET)
    (tmp_path / "outside.vsm").write_text(f"# {SECRET}\nstep a 1d\n")
    (root / "out.vsm").symlink_to(tmp_path / "outside.vsm")
    (root / "config.vsm").symlink_to(root / ".git" / "config")
    (root / "up").symlink_to(tmp_path)
    (root / "circle.vsm").symlink_to(root / "circle.vsm")
    return root


def said(result: Drawn) -> str:
    """What keeps a map from being drawn, as one text."""
    return "\n".join(one.text for one in result.errors)


def draw(text: str = MAP, **options: str) -> Drawn:
    return drawn(Request(text, options, "docs/page.md", 10))


def test_every_option_does_what_it_says() -> None:
    plain = draw()
    assert plain.ok
    assert "Inbox" in plain.svg
    assert "FUTURE" in draw(future="q1").svg
    assert draw(future="First quarter").svg == draw(future="q1").svg != draw(future="q2").svg
    assert "CURRENT → FUTURE" in draw(compare="current:q1").svg
    assert draw(compare="q1:q2").svg != draw(compare="current:q1").svg
    assert "LEGEND" in plain.svg
    assert "LEGEND" not in draw(bands="title ladder").svg
    assert draw(width="400").svg != plain.svg
    assert 'data-theme="dark"' in draw(theme="dark").svg
    assert ">Other<" in draw(title="Other").svg
    assert "Small" not in draw(title="Other").title
    assert "<desc" in draw(alt="A short queue").svg
    assert draw(alt="A short queue").description == "A short queue"
    page = on_page(draw(caption="As of May", source="show"), {})
    assert "As of May</figcaption>" in page
    assert "step review" in page
    assert 'href="https://example.org/a.vsm"' in on_page(
        draw(source="https://example.org/a.vsm"), {}
    )


def test_a_comparison_is_wrapped_and_named_like_that_of_the_command_line() -> None:
    wide, narrow = draw(compare="current:q1"), draw(compare="current:q1", width="400")
    assert breadth(wide) > breadth(narrow)
    map_ = vsmdsl.compile(MAP)
    quarter = map_.state("q1")
    assert quarter
    assert narrow.svg == vsmdsl.render_comparison(map_.current, quarter, width=400)
    assert "Before → after".upper() in draw(compare="q1:q2").svg
    assert draw(compare="current:q1", title="Other").title == "Other: current against future"


def test_a_document_may_ask_for_what_does_not_go_with_the_defaults_of_its_site() -> None:
    def made(defaults: dict[str, str], **own: str) -> Drawn:
        return drawn(Request(MAP, own, defaults=defaults))

    site = {"bands": "title, ladder", "future": "q2"}
    assert made(site, compare="current:q1").svg == draw(compare="current:q1").svg
    assert made({"compare": "current:q1"}, future="q2").svg == draw(future="q2").svg


def breadth(result: Drawn) -> float:
    found = re.search(r'viewBox="0 0 ([0-9.]+) ', result.svg)
    assert found
    return float(found[1])


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"futrue": "q1"}, "did you mean `future`?"),
        ({"future": "q11"}, "did you mean `q1`?"),
        ({"compare": "q1"}, "`compare` names two states"),
        ({"compare": "current:q1", "future": "q1"}, "give one of them"),
        ({"compare": "current:q1", "bands": "ladder"}, "a comparison has parts of its own"),
        ({"width": "wide"}, "`width` is a number from 200"),
        ({"width": "1e9"}, "`width` is a number from 200"),
        ({"bands": "laddr"}, "did you mean `ladder`?"),
        ({"theme": "blue"}, "auto, light or dark"),
        ({"source": "javascript:alert(1)"}, "show, link or an address"),
        ({"caption": "x" * 5000}, "5,000 letters"),
        ({"file": "a.vsm"}, "the project's folder is not known"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_way_out(
    options: dict[str, str], sentence: str
) -> None:
    result = draw(**options)
    assert not result.ok
    assert sentence in said(result)
    assert result.source == MAP
    assert result.errors[0].in_a_line.startswith("docs/page.md:9:1: error ")


def test_every_option_has_a_line_of_help_and_an_example_that_works() -> None:
    assert all(row.help.endswith(".") for row in OPTIONS.values())
    assert all(row.read(row.example) for row in OPTIONS.values())


def test_a_mistake_is_shown_at_its_line_of_the_page() -> None:
    result = draw(MAP + "stp x 3d\n")
    assert [(one.file, one.line, one.code) for one in result.errors] == [
        ("docs/page.md", 15, "E102")
    ]
    box = on_page(result, {})
    assert "docs/page.md:15:1: error[E102]" in box
    assert "15 | stp x 3d" in box
    assert "step review &quot;Review&quot;" in box


def test_there_is_nothing_to_draw() -> None:
    assert "there is nothing to draw" in said(draw("  \n"))


def test_a_map_without_a_title_is_not_called_after_its_page() -> None:
    assert "page" not in draw("step a 1d").svg.lower()


def test_a_warning_leaves_the_picture() -> None:
    result = draw("step a pt=3d lt=2d\n")
    assert result.ok
    assert [one.severity for one in result.notices] == ["warning"]


# --- files ---------------------------------------------------------------------------------------


def from_file(project: Path, name: str, text: str = "") -> Drawn:
    shelf = Shelf(project, (project, project / "maps"))
    return drawn(Request(text, {"file": name}, "docs/page.md", 10, shelf))


@pytest.mark.parametrize("name", ["maps/small.vsm", "small.vsm", "./maps/../maps/small.vsm"])
def test_a_file_is_found_from_the_project_and_the_documentation(project: Path, name: str) -> None:
    result = from_file(project, name)
    assert result.ok
    assert result.file == "maps/small.vsm"
    assert result.dependencies == (project / "maps" / "small.vsm",)


def test_what_a_file_includes_is_a_dependency(project: Path) -> None:
    result = from_file(project, "maps/whole.vsm")
    assert [one.name for one in result.dependencies] == ["whole.vsm", "small.vsm"]


def test_a_text_includes_a_file(project: Path) -> None:
    shelf = Shelf(project, (project / "maps",))
    result = drawn(Request('include "small.vsm"\nstep z "Last" pt=1h', shelf=shelf))
    assert result.ok
    assert [one.name for one in result.dependencies] == ["small.vsm"]


def test_a_file_and_a_text_are_one_too_many(project: Path) -> None:
    assert "leave one of them out" in said(from_file(project, "maps/small.vsm", "step a 1d"))


FOREIGN = [
    "../outside.vsm", "maps/../../outside.vsm", "/etc/passwd", "/etc/passwd.vsm", "out.vsm",
    "up/outside.vsm", "config.vsm", ".git/config", ".git/config.vsm", "secret.txt", "circle.vsm",
    "%2e%2e/outside.vsm", "..%2foutside.vsm", "%2e%2e%2foutside.vsm", "..\\outside.vsm",
    "\\\\server\\share\\a.vsm", "//server/share/a.vsm", "C:\\a.vsm", "C:a.vsm",
    "file:///etc/passwd", "FILE:outside.vsm", "https://example.org/a.vsm", "~/a.vsm", "~root/a.vsm",
    "a\0.vsm", "maps/small.vsm\0.txt", "..\0/outside.vsm", "maps/small\n.vsm", " ", "..", ".", "/",
    "maps", "maps/", "\u202emsv.a", "．．/outside.vsm", "..；/outside.vsm", "....//outside.vsm",
    "/proc/self/environ", "/dev/stdin", "a" * 5000 + ".vsm", "a" * 300 + ".vsm", "$HOME/a.vsm",
    "nul.vsm/../../../outside.vsm", "maps/small.vsm/../../../outside.vsm", "\ud800.vsm",
]  # fmt: skip


@pytest.mark.parametrize("name", FOREIGN)
def test_nothing_outside_is_read(project: Path, name: str) -> None:
    for result in (
        from_file(project, name),
        drawn(Request(f'include "{name}"\nstep a 1d', {}, shelf=Shelf(project, (project,)))),
    ):
        assert not result.ok
        shown = on_page(result, {}) + "".join(one.in_a_line for one in result.notices)
        assert "hunter2" not in shown
        assert "root:" not in shown
        assert str(project.parent) not in shown


def test_a_fence_reads_samples_and_nothing_of_them_is_shown(project: Path) -> None:
    def waiting(name: str) -> Drawn:
        text = f'queue a wait=empirical("{name}")\nstep b pt=1h'
        return drawn(Request(text, {}, shelf=Shelf(project, (project,))))

    (project / "maps" / "waits.csv").write_text("wait\n1d\n3d\n")
    result = waiting("maps/waits.csv")
    assert result.ok
    assert result.dependencies == (project / "maps" / "waits.csv",)
    for name in ("secret.txt", ".git/config", "maps/small.vsm", "up/secret.txt"):
        assert "hunter2" not in said(waiting(name))
        assert not waiting(name).ok


# --- ids -----------------------------------------------------------------------------------------


def test_one_map_twice_on_a_page_has_its_ids_once() -> None:
    import re

    taken: dict[str, int] = {}
    page = "".join(on_page(draw(), taken) for _ in range(3))
    ids = re.findall(r' id="([^"]*)"', page)
    assert len(ids) == len(set(ids)) >= 6
    for pair in re.findall(r'aria-labelledby="([^"]*)"', page):
        assert set(pair.split()) <= set(ids)


def test_the_language_is_that_of_the_map_and_of_no_project(project: Path) -> None:
    (project / "vsmdsl.toml").write_text('language = "de"\ncatalogue = "de.po"\n')
    shelf = Shelf(project, (project,))
    plain = drawn(Request(MAP, {}, "docs/page.md", 10, shelf))
    assert ">Lead time<" in plain.svg
    german = MAP.replace("{ calendar", "{ language = de; calendar", 1)
    assert ">Durchlaufzeit<" in drawn(Request(german, {}, "docs/page.md", 10, shelf)).svg
    both = drawn(Request(german, {"compare": "current:q1"}, "docs/page.md", 10, shelf))
    assert ">IST → SOLL<" in both.svg

"""What the documentation says is so: its tables are those of the code, its maps compile."""

import re
from pathlib import Path

import pytest

import vsmdsl
from tools.reference import pages

ROOT = Path(__file__).parents[2]
FENCE = re.compile(r"^```vsm\n(.*?)^```", re.MULTILINE | re.DOTALL)
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCES = [
    pytest.param(text, id=f"{page.relative_to(ROOT)}-{number}")
    for page in PAGES
    for number, text in enumerate(FENCE.findall(page.read_text(encoding="utf-8")), 1)
]


def test_the_generated_pages_are_up_to_date() -> None:
    """`make reference` writes them anew."""
    stale = [
        name
        for name, text in pages().items()
        if not (ROOT / "docs" / name).exists()
        or (ROOT / "docs" / name).read_text(encoding="utf-8") != text
    ]
    assert stale == []


@pytest.mark.parametrize("text", FENCES)
def test_a_map_in_the_documentation_compiles(text: str) -> None:
    compiled = vsmdsl.compile(text)
    assert [one.message for one in compiled.diagnostics if one.severity != "finding"] == []


@pytest.mark.parametrize("text", FENCES)
def test_a_map_in_the_documentation_is_in_canonical_form(text: str) -> None:
    assert vsmdsl.format_text(text) == text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_in_the_documentation_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
        if not target.startswith(("http", "mailto")):
            assert (page.parent / target).exists(), target

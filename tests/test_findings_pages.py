"""Every finding has a case that shows it and a page that explains it, and the two agree."""

from __future__ import annotations

from pathlib import Path

import pytest

import vsmdsl
from tests.golden import check
from tests.test_errors import CASES, PAGE
from vsmdsl.language.codes import CODES
from vsmdsl.language.excerpt import excerpt
from vsmdsl.resources import explain_page

FILES = sorted(CASES.glob("F[0-9]*.vsm"))
FINDINGS = sorted(code for code in CODES if code[0] == "F")


@pytest.mark.parametrize("case", FILES, ids=lambda case: case.stem)
def test_a_case_shows_its_finding(case: Path) -> None:
    code, _, name = case.stem.partition("-")
    text = case.read_text(encoding="utf-8")
    compiled = vsmdsl.compile(text, name=case.name)
    assert CODES[code].name == name
    assert compiled.ok
    assert code in {one.code.code for one in compiled.diagnostics}
    assert vsmdsl.format_text(text) == text
    shown = (excerpt(one, color=False) + "\n" for one in compiled.diagnostics)
    check(case.with_suffix(".txt"), "".join(shown))


@pytest.mark.parametrize("code", FINDINGS)
def test_a_page_shows_the_finding_and_the_way_out(code: str) -> None:
    page = PAGE.fullmatch(explain_page(code) or "")
    assert page is not None
    assert (page["code"], page["name"]) == (code, CODES[code].name)
    before, after = (vsmdsl.compile(page[part]) for part in ("example", "better"))
    assert before.ok
    assert after.ok
    assert code in {one.code.code for one in before.diagnostics}
    assert code not in {one.code.code for one in after.diagnostics}
    for part in ("example", "better"):
        assert vsmdsl.format_text(page[part]) == page[part]


def test_every_finding_has_a_case() -> None:
    assert [case.stem.partition("-")[0] for case in FILES] == FINDINGS

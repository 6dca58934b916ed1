"""Golden files: the answer of a test, kept in a file beside its case.

    from tests.golden import check

    def test_a_map_is_formatted(case: Path) -> None:      # tests/cases/format/loop.vsm
        check(case.with_suffix(".txt"), format_text(case.read_text(encoding="utf-8")))

`check` compares with the file, to the byte. `pytest --accept` writes the file instead: read the
difference (`git diff`) before you commit it. Whatever lies below `tests/cases/`, or beside a file
that a test checked, and looks like an answer (`ANSWERS`) must be used by a test: a run of the whole
suite fails on leftovers. Data that a test only reads is taken with `read`, which counts as use.
"""

import difflib
from collections.abc import Iterable
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
CASES = TESTS / "cases"
ANSWERS = (".txt", ".json", ".svg", ".png", ".html", ".dot", ".sarif", ".xml", ".expected.vsm")

accepting = False  # set by `--accept`
used: set[str] = set()  # what the tests of this process compared or read


def check(path: Path | str, actual: str | bytes) -> None:
    """Fail unless the golden file holds exactly `actual`; with `--accept`, make it so.

    A relative path is meant from `tests/`.
    """
    file, new = _use(path), _bytes(actual)
    if accepting:
        _write(file, new)
    elif not file.exists():
        pytest.fail(f"{_name(file)} does not exist; `pytest --accept` writes it", pytrace=False)
    elif (old := file.read_bytes()) != new:
        pytest.fail(_difference(file, old, new), pytrace=False)


def read(path: Path | str) -> str:
    """Return the text of a data file that lies among the golden files, and count it as used."""
    return _use(path).read_bytes().decode("utf-8")


def leftovers(used: Iterable[str], tests: Path = TESTS) -> list[str]:
    """Return the golden files that no test used, given those used, by their path from `tests`."""
    seen = {(tests / name).resolve() for name in used}
    folders = {file.parent for file in seen} | {tests / "cases"}
    found = {file.resolve() for folder in folders for file in _answers(folder)}
    return sorted(file.relative_to(tests.resolve()).as_posix() for file in found - seen)


def _answers(folder: Path) -> Iterable[Path]:
    files = folder.rglob("*") if folder.name == "cases" else folder.glob("*")
    return (file for file in files if file.name.endswith(ANSWERS))


def _use(path: Path | str) -> Path:
    file = (TESTS / path).resolve()
    if not file.is_relative_to(TESTS):
        raise ValueError(f"a golden file lies below tests/, not at {file}")
    used.add(_name(file))
    return file


def _write(file: Path, content: bytes) -> None:
    if not file.exists() or file.read_bytes() != content:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def _difference(file: Path, old: bytes, new: bytes) -> str:
    head = f"{_name(file)} differs; if the new answer is right, run `pytest --accept`\n"
    try:
        before, after = (text.decode("utf-8").splitlines(keepends=True) for text in (old, new))
    except UnicodeDecodeError:
        return f"{head}{len(old)} bytes before, {len(new)} bytes now"
    lines = list(difflib.unified_diff(before, after, "expected", "actual", n=2))
    more = [f"… and {len(lines) - 80} more lines\n"] if len(lines) > 80 else []
    shown = [line if line.endswith("\n") else f"{line}⏎\n" for line in lines[:80] + more]
    return head + "".join(shown)


def _bytes(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


def _name(file: Path) -> str:
    return file.relative_to(TESTS.resolve()).as_posix()

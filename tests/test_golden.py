"""The helper for golden files: it must be seen to fail, or it proves nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import golden

SUITE = """
import pytest
from tests.golden import check

@pytest.mark.parametrize("name", ["one", "two"])
def test_name(name: str) -> None:
    check(f"cases/{name}.txt", f"{name}\\n")
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """A project of its own with our helper, two tests, and both their golden files."""
    tests = tmp_path / "tests"
    (tests / "cases").mkdir(parents=True)
    for name in ("__init__.py", "golden.py", "conftest.py"):
        (tests / name).write_bytes((golden.TESTS / name).read_bytes())
    (tests / "test_names.py").write_text(SUITE, encoding="utf-8")
    for name in ("one", "two"):
        (tests / "cases" / f"{name}.txt").write_bytes(f"{name}\n".encode())
    ini = "[pytest]\ntestpaths = tests\npythonpath = .\naddopts = --import-mode=importlib -q\n"
    (tmp_path / "pytest.ini").write_text(ini, encoding="utf-8")
    return tmp_path


def run(suite: Path, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments]
    env = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # three times as fast
    done = subprocess.run(command, cwd=suite, env=env, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_right_answers_pass(suite: Path) -> None:
    assert run(suite)[0] == 0


def test_a_wrong_answer_fails_and_shows_the_difference(suite: Path) -> None:
    (suite / "tests/cases/one.txt").write_text("eins\n", encoding="utf-8")
    code, output = run(suite)
    assert code == 1
    assert "-eins\n" in output
    assert "+one\n" in output
    assert "--accept" in output


def test_a_line_ending_is_a_difference(suite: Path) -> None:
    (suite / "tests/cases/one.txt").write_bytes(b"one\r\n")
    assert run(suite)[0] == 1


def test_a_missing_answer_fails(suite: Path) -> None:
    (suite / "tests/cases/one.txt").unlink()
    code, output = run(suite)
    assert code == 1
    assert "cases/one.txt does not exist" in output


def test_accept_writes_what_is_missing_or_different(suite: Path) -> None:
    (suite / "tests/cases/one.txt").unlink()
    (suite / "tests/cases/two.txt").write_text("zwei\n", encoding="utf-8")
    assert run(suite, "--accept")[0] == 0
    assert (suite / "tests/cases/one.txt").read_bytes() == b"one\n"
    assert (suite / "tests/cases/two.txt").read_bytes() == b"two\n"


@pytest.mark.parametrize("workers", [(), ("-p", "xdist", "-n2")], ids=["alone", "xdist"])
def test_a_leftover_fails_the_whole_run(suite: Path, workers: tuple[str, ...]) -> None:
    (suite / "tests/cases/old.svg").write_text("<svg/>", encoding="utf-8")
    code, output = run(suite, *workers)
    assert code == 1
    assert "FAILED tests/cases/old.svg" in output


@pytest.mark.parametrize("less", [("tests/test_names.py",), ("-k", "one"), ("--collect-only",)])
def test_a_leftover_is_no_matter_in_part_of_the_run(suite: Path, less: tuple[str, ...]) -> None:
    (suite / "tests/cases/old.svg").write_text("<svg/>", encoding="utf-8")
    assert run(suite, *less)[0] == 0


def test_a_leftover_is_not_excused_by_a_skipped_test(suite: Path) -> None:
    skipped = "import pytest\n\ndef test_it() -> None:\n    pytest.skip()\n"
    (suite / "tests/test_skipped.py").write_text(skipped, encoding="utf-8")
    (suite / "tests/cases/old.svg").write_text("<svg/>", encoding="utf-8")
    assert run(suite)[0] == 1


def test_leftovers_are_looked_for_beside_every_checked_file(tmp_path: Path) -> None:
    for name in ("maps/a.txt", "maps/b.txt", "maps/input.vsm", "data/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert golden.leftovers(["maps/a.txt"], tests=tmp_path) == ["maps/b.txt"]


def test_a_golden_file_outside_the_tests_is_refused() -> None:
    with pytest.raises(ValueError, match="below tests/"):
        golden.check("../README.md", "")

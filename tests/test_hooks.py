"""The hooks for pre-commit are commands that exist, on files that they can read."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
HOOKS = dict(re.findall(r"^- id: (\S+)\n.*?^  entry: vsm (.+?)\n", TEXT, re.MULTILINE | re.DOTALL))
FILES = dict(re.findall(r"^- id: (\S+)\n.*?^  files: '(.+?)'\n", TEXT, re.MULTILINE | re.DOTALL))
MAP = "map { calendar = 8h/day }\nqueue     a wait=1d\nstep      b pt=1h ca=90%\n"
PAGE = f"# Page\n\n```vsm\n{MAP}```\n"


def test_there_are_three() -> None:
    assert list(HOOKS) == list(FILES) == ["vsm-check", "vsm-fmt", "vsm-render"]


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_takes_many_files(hook: str, tmp_path: Path) -> None:
    for name, text in {"a.vsm": MAP, "b c.vsm": MAP, "d.md": PAGE, "e.py": "vsm"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    meant = [path.name for path in sorted(tmp_path.iterdir()) if re.search(FILES[hook], path.name)]
    assert meant[:2] == ["a.vsm", "b c.vsm"]
    assert "e.py" not in meant
    words = shlex.split(HOOKS[hook])
    ran = subprocess.run(
        [sys.executable, "-m", "vsmdsl", *words, *meant],
        cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "b c.svg").exists() == (hook == "vsm-render")

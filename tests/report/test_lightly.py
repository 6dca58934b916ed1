"""WeasyPrint is loaded with nothing started and little brought along, and works all the same."""

from __future__ import annotations

import ctypes.util
import subprocess
import sys
from pathlib import Path

import pytest

from tests.drawing.look import needs_printer

COUNTED = """
import sys
from pathlib import Path
started = []
sys.addaudithook(lambda event, _: started.append(event) if event in EVENTS else None)
from vsmdsl.report import press
assert press.press("<!doctype html><html lang='en'><title>t</title><p>Words</p>")
print(started, [name for name in POSTPONED if name in sys.modules])
from fontTools.varLib.instancer import instantiateVariableFont, names
import weasyprint.pdf.fonts as fonts
assert fonts.subset.Options().hinting
try:
    fonts.instantiateVariableFont(fonts.TTFont(), {})
except Exception as problem:
    print(problem)
"""


@needs_printer
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere it has to search")
def test_nothing_is_started_and_the_rest_comes_when_it_is_used() -> None:
    events = ("subprocess.Popen", "os.posix_spawn", "os.fork", "os.exec", "os.system")
    names = ("fontTools.subset", "fontTools.varLib", "fontTools.varLib.instancer")
    program = COUNTED.replace("EVENTS", repr(events)).replace("POSTPONED", repr(names))
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == "[] []"
    assert "fvar" in done.stdout.splitlines()[1]


@needs_printer
def test_others_search_as_before() -> None:
    from vsmdsl.report import press

    search = ctypes.util.find_library
    press.problem()
    assert ctypes.util.find_library is search


@needs_printer
def test_a_missing_library_is_one_line(tmp_path: Path) -> None:
    """With the real WeasyPrint, which prints a page of its own about it."""
    (tmp_path / "map.vsm").write_text("step Do pt=1h lt=2h\n", encoding="utf-8")
    program = (
        "import cffi, sys\n"
        "def missing(*_): raise OSError('cannot load library')\n"
        "cffi.FFI.dlopen = missing\n"
        "from vsmdsl.cli import main\n"
        "sys.exit(main(['report', 'map.vsm', '-f', 'pdf', '-o', '-', '--no-cache']))\n"
    )
    line = [sys.executable, "-c", program]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True)
    said = [one for one in done.stderr.splitlines() if "days-without-calendar" not in one]
    assert (done.returncode, done.stdout, len(said)) == (3, "", 1)
    assert "apt install libpango" in said[0]

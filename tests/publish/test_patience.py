"""No map on a page takes more than its time and memory, whatever thread it is drawn in."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import markdown
import pytest

from vsmdsl.limits import Limits
from vsmdsl.publish import fence
from vsmdsl.publish.patience import SpentError, within
from vsmdsl.publish.picture import Drawn, Request, drawn

# What is ended in the midst of opening a file leaves the closing to Python, which says so.
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
LARGE = "".join(f"step s{n} pt=1h lt=1d\nqueue q{n} wait={1 + n % 7}d\n" for n in range(3000))
SMALL = "step a pt=1h\n"
ROOT = Path(__file__).parents[2]
BUILD = """
import sys
from sphinx.cmd.build import main
raise SystemExit(main(["-q", "-W", "--keep-going", "-j", "2", ".", "out"]))
"""


def ask(text: str = LARGE, **limits: int) -> Drawn:
    return drawn(Request(text, {}, "docs/page.md", 10, limits=limits, limits_at="`limits` here"))


def _for_ever() -> None:
    while True:
        time.sleep(0.01)


def in_thread(text: str, **limits: int) -> Drawn:
    found: list[Drawn] = []
    thread = threading.Thread(target=lambda: found.append(ask(text, **limits)))
    thread.start()
    thread.join()
    return found[0]


@pytest.mark.parametrize("door", [ask, in_thread])
def test_the_time_is_limited(door: object) -> None:
    begun = time.monotonic()
    result = door(LARGE, seconds=1)  # type: ignore[operator]
    assert time.monotonic() - begun < 20  # one, on a machine at rest
    (one,) = result.errors
    assert one.message == "it takes more than 1 seconds"
    assert "`seconds = 2` under `limits` here allows more" in one.text
    assert (one.file, one.line) == ("docs/page.md", 9)
    assert ask(SMALL, seconds=1).ok  # nothing is left over for the next one


@pytest.mark.skipif(sys.platform != "linux", reason="nobody else says how much there is")
def test_the_memory_is_limited() -> None:
    code = (
        "from tests.publish.test_patience import SMALL, ask; "
        "print(*[one.message for one in ask(memory=10).errors], ask(SMALL, memory=10).ok, sep='|')"
    )
    # In a process of its own: here, others may have left so much free memory that it needs no more.
    line = [sys.executable, "-c", code]
    ran = subprocess.run(line, capture_output=True, text=True, check=True, cwd=ROOT)
    assert ran.stdout == "it takes more than 10 MB of memory|True\n"


def test_what_passes_over_an_end_is_told_again() -> None:
    def stubborn() -> None:
        with suppress(BaseException):  # as some libraries do
            _for_ever()
        _for_ever()

    with pytest.raises(SpentError):
        within(Limits(seconds=0), stubborn)


def test_what_is_done_in_time_is_never_ended_later() -> None:
    for _ in range(20):  # on the last inch it may go either way
        try:
            assert within(Limits(seconds=0), lambda: time.sleep(0.049)) is None
        except SpentError:
            continue
    time.sleep(0.2)  # what was said and not taken back would be heard here


def test_what_the_machine_has_no_memory_for_is_told() -> None:
    def greedy() -> None:
        raise MemoryError

    with pytest.raises(SpentError, match="no more memory"):
        within(Limits(), greedy)


def test_a_thread_less_machine_draws_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    assert ask(SMALL).ok


def test_a_fence_says_the_line_and_is_not_drawn_twice(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Request] = []
    monkeypatch.setattr(fence, "drawn", lambda one: (asked.append(one), drawn(one))[1])
    html = markdown.markdown(
        f"```vsm\n{LARGE}```\n",
        extensions=["vsmdsl"],
        extension_configs={"vsmdsl": {"limits": {"seconds": 1}}},
    )
    assert "it takes more than 1 seconds" in html
    assert "`limits` in the settings of vsmdsl" in html
    assert "error limit: it takes more" in caplog.text
    assert len(asked) == 1


def test_limits_that_make_no_sense_are_refused() -> None:
    (one,) = ask(SMALL, secnds=1).errors
    assert one.message.startswith("the site: there is no limit `secnds`")


def test_a_count_beyond_its_limit_says_where_the_site_raises_it() -> None:
    (one,) = ask("step a\nstep b\nstep c\n", steps=2).errors
    assert "`steps = 4` under `limits` here allows more" in one.text


def test_sphinx_with_workers_goes_on(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text(
        'extensions = ["vsmdsl.publish.sphinx"]\nvsmdsl_limits = {"seconds": 1}\n'
    )
    body = "".join(f"   {line}\n" for line in LARGE.splitlines())
    pages = {"index": "a\n=\n\n.. toctree::\n\n   b\n   c\n   d\n   e\n"}
    pages |= {name: f"{name}\n=\n\n.. vsm::\n\n   {SMALL}" for name in "bcd"}
    pages["e"] = f"e\n=\n\n.. vsm::\n\n{body}"
    for name, text in pages.items():
        (tmp_path / f"{name}.rst").write_text(text)
    done = subprocess.run(
        (sys.executable, "-c", BUILD), cwd=tmp_path, capture_output=True, text=True, timeout=100
    )
    assert done.returncode == 1
    assert "e.rst:4: WARNING: limit: it takes more than 1 seconds" in done.stderr
    assert "`seconds = 2` under `vsmdsl_limits` in `conf.py` allows more" in done.stderr
    assert "<svg" in (tmp_path / "out" / "d.html").read_text()

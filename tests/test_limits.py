"""No text keeps the machine busy: every limit names itself, and no map takes too long."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from vsmdsl import pipeline
from vsmdsl.cli import patience
from vsmdsl.limits import LIMITS, Limits
from vsmdsl.pipeline import compile_file
from vsmdsl.record import field_names

LINE = "step a pt=1h; step b pt=2h; queue q wait=1d; step c pt=1h\n"
FUTURES = "future f { set b pt=1h }\nfuture g { set b pt=1h }\n"
REWORKS = "rework b -> a 5%\ninfo c -> a, b\n"
CASES = {
    "file_size": (Limits(file_size=20), LINE, "58 bytes; at most 20 are read"),
    "steps": (Limits(steps=3), LINE, "4 steps and queues; at most 3 are read"),
    "links": (Limits(links=2), LINE + REWORKS, "3 reworks, information arrows and shipments"),
    "remarks": (Limits(remarks=1), LINE + "team t\nteam u\n", "2 statements around the stream"),
    "states": (Limits(states=10), LINE + FUTURES, "12 steps and queues in 3 states"),
    "words": (Limits(words=8), LINE, "more than 8 words; at most 8 are read"),
    "depth": (Limits(depth=1), "parallel { branch x { step a } }", "more than 1 deep"),
    "label": (Limits(label=10), 'step a "Hundred letters"', "15 letters in a line of one text"),
    "mistakes": (
        Limits(mistakes=1),
        "stp a\nstp b\nstp c\n",
        "more than 1 messages; at most 1 are told",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_limit_says_what_there_is_and_which_setting_raises_it(name: str) -> None:
    limits, text, message = CASES[name]
    found = [
        one for one in pipeline.compile(text, limits=limits).mistakes if one.code.code[0] == "E"
    ]
    told = next(one for one in found if one.code.code in ("E160", "E111"))
    assert message in told.message
    assert f"`{name} = {2 * getattr(limits, name)}` under `[tool.vsmdsl.limits]`" in (
        told.hint or ""
    )
    assert pipeline.compile(text).ok or name == "mistakes"


def test_a_map_beyond_a_limit_is_not_half_read() -> None:
    compiled = pipeline.compile(LINE, limits=Limits(steps=3))
    assert not compiled.ok
    assert compiled.metric("lead_time") == "0 s"


def test_included_files_count(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.vsm").write_text(f"team t{number}\n")
    includes = "".join(f'include "{number}.vsm"\n' for number in range(3))
    (tmp_path / "map.vsm").write_text(includes + LINE)
    many = compile_file(tmp_path / "map.vsm", Limits(includes=2))
    assert "at most 2 are read" in "".join(one.message for one in many.mistakes)
    large = compile_file(tmp_path / "map.vsm", Limits(file_size=120))
    assert "letters with this file; at most 120" in "".join(one.message for one in large.mistakes)
    (tmp_path / "0.vsm").write_text('include "1.vsm"\n')
    deep = compile_file(tmp_path / "map.vsm", Limits(include_depth=1))
    assert "more than 1 files deep" in "".join(one.message for one in deep.mistakes)


def test_every_limit_has_a_case() -> None:
    elsewhere = {"includes", "include_depth", "seconds", "memory"}
    assert set(CASES) | elsewhere == set(field_names(LIMITS))


def vsm(folder: Path, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (str(Path(sys.executable).with_name("vsm")), *words),
        cwd=folder,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_project_sets_its_limits(tmp_path: Path) -> None:
    (tmp_path / "map.vsm").write_text(LINE)
    (tmp_path / "vsmdsl.toml").write_text("[limits]\nsteps = 3\n")
    assert "E160" in vsm(tmp_path, "check", "map.vsm").stderr
    (tmp_path / "vsmdsl.toml").write_text("[limits]\nsteps = 4\n")
    assert vsm(tmp_path, "check", "map.vsm").returncode == 0


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ("step = 3", "there is no limit `step`"),
        ('steps = "many"', "the limit `steps` is a whole number from 1"),
        ("steps = 0", "the limit `steps` is a whole number from 1"),
    ],
)
def test_a_limit_that_makes_no_sense_is_refused(tmp_path: Path, limits: str, message: str) -> None:
    (tmp_path / "map.vsm").write_text(LINE)
    (tmp_path / "vsmdsl.toml").write_text(f"[limits]\n{limits}\n")
    done = vsm(tmp_path, "check", "map.vsm")
    assert done.returncode == 2
    assert message in done.stderr


def test_the_time_is_limited(tmp_path: Path) -> None:
    lines = "".join(f"step s{number} pt=1h\n" for number in range(30_000))
    (tmp_path / "map.vsm").write_text(lines)
    (tmp_path / "vsmdsl.toml").write_text(
        "[limits]\nseconds = 1\nsteps = 100000\nfile_size = 9999999\n"
    )
    (tmp_path / "small.vsm").write_text(LINE)
    done = vsm(tmp_path, "render", "map.vsm", "small.vsm")
    assert done.returncode == 1
    assert "map.vsm: took more than 1 seconds; `seconds = 2` under" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix != ".toml") == [
        "map.vsm", "small.svg", "small.vsm",
    ]  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="nobody else says how much there is")
@pytest.mark.parametrize("words", [("render",), ("report",), ("report", "-j", "2", "-o", "out/")])
def test_the_memory_is_limited(tmp_path: Path, words: tuple[str, ...]) -> None:
    lines = "".join(f"step s{number} pt=1h lt=1d\n" for number in range(9_000))
    (tmp_path / "map.vsm").write_text(lines)
    (tmp_path / "vsmdsl.toml").write_text("[limits]\nmemory = 100\nseconds = 90\n")
    (tmp_path / "small.vsm").write_text(LINE)
    done = vsm(tmp_path, *words, "map.vsm", *(("small.vsm",) if len(words) > 1 else ()))
    assert done.returncode == 1
    assert "map.vsm: took more than 100 MB of memory; `memory = 200` under" in done.stderr
    assert "Traceback" not in done.stderr
    left = sorted(path.name for path in tmp_path.rglob("*") if path.suffix != ".toml")
    assert [name for name in left if name.startswith((".", "map"))] == ["map.vsm"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds such a limit")
def test_a_single_request_for_far_too_much_fails(tmp_path: Path) -> None:
    (tmp_path / "vsmdsl.toml").write_text("[limits]\nmemory = 100\n")
    code = (
        "import time; from vsmdsl.cli import patience, work, main, maps\n"
        "def greedy(*_, **__):\n"
        "    held = bytearray(70_000_000); time.sleep(0.5); return bytearray(900_000_000)\n"
        "maps.pipeline.compile_bytes = greedy\n"
        "raise SystemExit(main(['stats', 'map.vsm']))"
    )
    (tmp_path / "map.vsm").write_text(LINE)
    done = subprocess.run(
        (sys.executable, "-c", code), cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1, done.stderr
    assert "map.vsm: took more than 100 MB of memory" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds such a limit")
@pytest.mark.parametrize("megabytes", [60, 100, 120, 160])
def test_a_process_that_is_given_little_says_so(tmp_path: Path, megabytes: int) -> None:
    lines = "".join(f"step s{number} pt=1h lt=1d\n" for number in range(5_000))
    (tmp_path / "map.vsm").write_text(lines)
    (tmp_path / "map.svg").write_text("old")
    code = (
        f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({megabytes * 2**20},) * 2)\n"
        "from vsmdsl.cli import main; raise SystemExit(main(['render', 'map.vsm', '--no-cache']))"
    )
    done = subprocess.run(
        (sys.executable, "-c", code), cwd=tmp_path, capture_output=True, text=True, timeout=90
    )
    assert done.returncode == 3, done.stderr
    assert "memory" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "map.svg").read_text() == "old"


def test_pixels_are_counted_before_they_are_painted(tmp_path: Path) -> None:
    lines = "".join(f"step s{number} pt=1h lt=1d\n" for number in range(400))
    (tmp_path / "map.vsm").write_text(lines)
    done = vsm(tmp_path, "render", "map.vsm", "-o", "map.png", "--scale", "10")
    assert done.returncode == 1
    assert "pixels are too many for a PNG; at most 80,000,000 are painted" in done.stderr
    with pytest.raises(ValueError, match="pixels are too many"):
        pipeline.render(pipeline.compile(lines), "png", scale=10)


def test_an_endless_input_is_refused(tmp_path: Path) -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("no /dev/zero")
    done = vsm(tmp_path, "check", "/dev/zero")
    assert done.returncode == 3
    assert "no map" in done.stderr


def test_the_documented_limits_are_the_real_ones() -> None:
    page = (Path(__file__).parents[1] / "docs" / "security.md").read_text(encoding="utf-8")
    rows = re.findall(r"\| `(\w+)` \| ([\d,]+) \|", page)
    told = {name: int(number.replace(",", "")) for name, number in rows}
    assert told == {name: getattr(LIMITS, name) for name in field_names(LIMITS)}


SLOW = {
    "arrows": "stream " + "-> " * 300_000,
    "errors": "bogus\n" * 100_000,
    "terms": "inventory i qty=" + " + ".join(["1 L"] * 100_000),
    "keys": "step a " + " ".join(f"k{number}=1h" for number in range(60_000)),
    "allowances": "\n".join(f"# vsm: allow nosuch{number}" for number in range(30_000)),
    "units": "\n".join(f"step s{number} pt=1hh{number}" for number in range(9_000)),
    "letters": "step a pt=" + "1h" * 100_000,
    "lines": 'step a """' + ("W" * 1900 + "\n") * 300 + '""" pt=1h',
    "marks": "step a\u0301" + "\u0301" * 200_000,
    "strings": '"\n' * 490_000,
    "braces": "}" * 900_000,
    "signs": "|\n" * 490_000,
    "dates": "2026-11-12" * 90_000,
    "blanks": "step a" + " " * 500_000,
    "blanks in a string": 'step a "' + " " * 500_000 + "x",
    "blanks before braces": " " * 300_000 + "} " + "step a {} " * 60_000,
    "apostrophes": "'x" * 450_000,
    "escapes": '\\" a=' * 180_000,
    "parts of a key": "a.1." * 220_000,
    "ends of a call": "step a " + ") " * 450_000,
    "values": "step a " + "0 " * 450_000,
    "goals": "step a pt=1h\n" * 3_000 + "goal lead_time <= 1d\n" * 9_900,
    "accepted advice": 'step a pt="1h" # vsm: allow W408\n' * 9_900,
    "files": 'include "x.vsm"\n' * 60_000,
}


@pytest.mark.parametrize("name", SLOW)
def test_what_is_no_map_is_answered_soon_and_briefly(tmp_path: Path, name: str) -> None:
    (tmp_path / "map.vsm").write_text(SLOW[name], encoding="utf-8")
    seconds, said = checked(tmp_path)
    assert seconds < 5  # of one busy processor
    assert len(said) < 20_000


def test_a_large_file_of_samples_is_read_soon(tmp_path: Path) -> None:
    (tmp_path / "map.vsm").write_text('step a pt=empirical("samples.csv")')
    (tmp_path / "samples.csv").write_text("5h\n" * 330_000)
    seconds, said = checked(tmp_path)
    assert seconds < 8  # of one busy processor; with a parser for each it was twenty
    assert said == "map.vsm: nothing to report\n"


def checked(folder: Path) -> tuple[float, str]:
    """The time of a processor that it takes to check a map, and what is said."""
    code = (
        "import time; from vsmdsl.cli import main; code = main(['check', 'map.vsm'])\n"
        "print(time.process_time()); raise SystemExit(code)"
    )
    done = subprocess.run(
        (sys.executable, "-c", code), cwd=folder, capture_output=True, text=True, timeout=60
    )
    assert "Traceback" not in done.stderr
    return float(done.stdout.splitlines()[-1]), done.stderr


@pytest.mark.skipif(os.name != "posix", reason="elsewhere nobody counts the time for us")
def test_a_library_that_lets_in_nobody_is_ended_in_time() -> None:
    code = (
        "import re, time; from vsmdsl.cli import patience; from vsmdsl.limits import Limits\n"
        "patience.begin('map.vsm', Limits(seconds=1)); before = time.process_time()\n"
        "try: re.match('(a+)+$', 'a' * 60 + 'b')\n"
        "except KeyboardInterrupt as error: print(patience.said(error), patience.code())\n"
        "patience.end(); print(time.process_time() - before < 3); time.sleep(0.3)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines() == [
        "map.vsm: took more than 1 seconds; "
        "`seconds = 2` under `[tool.vsmdsl.limits]` allows more 1",
        "True",
    ]


LABELS = (
    'step a "{}" pt=1h',
    "step {} pt=1h",
    "step a “{}” pt=1h",
    'note """\n{}\nshort\n"""',
)


@pytest.mark.parametrize("text", LABELS)
def test_a_text_may_have_so_many_letters_and_not_one_more(text: str) -> None:
    def told(letters: int) -> list[str]:
        found = pipeline.compile(text.format("x" * letters), limits=Limits(label=10)).diagnostics
        return [one.message for one in found if one.code.code == "E160"]

    assert told(10) == []
    assert told(11) == ["11 letters in a line of one text; at most 10 are read"]


def test_no_comment_is_too_long_and_of_many_texts_the_longest_is_told() -> None:
    lines = [f'step a{at} "{"x" * at}" # {"y" * 99}' for at in range(9, 30)]
    found = pipeline.compile("\n".join(lines), limits=Limits(label=10)).diagnostics
    said = [one.message for one in found if one.code.code == "E160"]
    assert said == ["29 letters in a line of one text; at most 10 are read"]
    escaped = pipeline.compile('step a "' + 'x\\"' * 9 + '"', limits=Limits(label=10))
    assert "E160" in {one.code.code for one in escaped.diagnostics}


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_a_bell_for_the_map_before_does_not_interrupt_the_next() -> None:
    before = [signal.getsignal(one) for one in (signal.SIGALRM, signal.SIGPROF)]
    patience.begin("the next", Limits())
    try:
        signal.raise_signal(signal.SIGALRM)  # its watch came to its end when it was about to ring
        patience._watch[0].message = "too late"
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGALRM)
    finally:
        patience.end()
        for number, one in zip((signal.SIGALRM, signal.SIGPROF), before, strict=True):
            signal.signal(number, one)


def test_one_that_cannot_look_for_long_ends_what_nobody_else_would() -> None:
    code = """
import time
from vsmdsl.cli import patience
from vsmdsl.limits import Limits
def look_once(self):
    raise RuntimeError("can't allocate lock")
patience._Watch._look_once = look_once
patience.GRACE = 0.2
patience.begin("a map", Limits())
time.sleep(50)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=40)
    assert (done.returncode, done.stderr) == (3, b"error: out of memory\n")

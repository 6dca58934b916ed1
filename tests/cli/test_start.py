"""What is kept from one start to the next: modules, patterns and templates in one file."""

from __future__ import annotations

import marshal
import os
import re
import shutil
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vsmdsl.cli.patterns import Patterns
from vsmdsl.cli.start import MAGIC
from vsmdsl.cli.started import _lightened

ROOT = Path(__file__).parents[2]
VSM = "from vsmdsl.cli import main\nmain()\n"
# A tracer lets the run come back, and tell what it imported by Python's own means.
TELLS = (
    "import sys\n"
    "sys.setprofile(lambda *_: None)\n"
    "from vsmdsl.cli import main, start\n"
    "met = []\n"
    "begin = start.begin\n"
    "start.begin = lambda: met.append(begin()) or met[0]\n"
    "main()\n"
    "print('new:', *sorted(met[0].unknown), *sorted(met[0].patterns.unknown))\n"
)
MAP = 'map "M"\nqueue Q wait=2d\nstep A pt=1h\n'

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation of our own, with the command in a folder of its own."""
    place = _copied(tmp_path_factory.mktemp("installed"))
    # As `collections.abc` does it in Python 3.13: a module that puts another in its place.
    (place / "vsmdsl" / "swapped.py").write_text("import math, sys\nsys.modules[__name__] = math\n")
    # As `ctypes` does it: a module that needs what its package says before it.
    (place / "circled").mkdir()
    (place / "circled" / "__init__.py").write_text("X = 1\nfrom circled.inner import Y\n")
    (place / "circled" / "inner.py").write_text("from circled import *\nY = X + 1\n")
    with (place / "vsmdsl" / "record.py").open("a") as file:
        file.write("import circled\nassert circled.Y == 2\n")
        file.write("import vsmdsl.swapped\nassert vsmdsl.swapped.pi > 3\n")
    (place / "bin").mkdir()
    (place / "bin" / "vsm").write_text(VSM)
    (place / "bin" / "tells").write_text(TELLS)
    return place


def _copied(place: Path) -> Path:
    for name in ("vsmdsl", "grammar", "templates"):
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    return place


@pytest.fixture
def run(installed: Path, tmp_path: Path) -> Run:
    """Run a command of the installation beside a map `m.vsm`."""
    (tmp_path / "m.vsm").write_text(MAP)
    env = {**os.environ, "PYTHONPATH": str(installed)}
    for name in ("PYTHONDONTWRITEBYTECODE", "VSMDSL_FROZEN"):
        env.pop(name, None)

    def run(*command: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *command],
            cwd=tmp_path,
            env={**env, **more},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run


@pytest.fixture
def vsm(installed: Path, run: Run) -> Run:
    return lambda *arguments, **more: run(str(installed / "bin" / "vsm"), *arguments, **more)


@pytest.fixture
def tells(installed: Path, run: Run) -> Run:
    return lambda *arguments, **more: run(str(installed / "bin" / "tells"), *arguments, **more)


@pytest.fixture
def kept(installed: Path) -> Callable[[], list[Path]]:
    return lambda: sorted((installed / "vsmdsl" / "__pycache__").glob("*start-*"))


@pytest.fixture(autouse=True)
def nothing_kept(kept: Callable[[], list[Path]]) -> None:
    for one in kept():
        shutil.rmtree(one) if one.is_dir() else one.unlink()


DRAW = ("render", "--no-cache", "m.vsm", "-o", "-")


def new(done: subprocess.CompletedProcess[str]) -> list[str]:
    """What it imported that was not kept, but for what looks at those who take long."""
    assert done.returncode == 0, done.stderr
    found = done.stdout.splitlines()[-1].removeprefix("new:").split()
    return [name for name in found if name != "vsmdsl.memory"]


def test_the_second_run_finds_all_in_one_file(tells: Run) -> None:
    first, second = tells(*DRAW), tells(*DRAW)
    assert "vsmdsl.drawing.svg" in new(first)
    assert new(second) == []
    assert first.stdout.splitlines()[:-1] == second.stdout.splitlines()[:-1]


def test_other_verbs_add_what_they_need(tells: Run) -> None:
    tells(*DRAW)
    more = new(tells("stats", "m.vsm"))
    assert "vsmdsl.cli.stats" in more
    assert "vsmdsl.pipeline" not in more
    assert new(tells(*DRAW)) == new(tells("stats", "m.vsm")) == []


def test_what_is_imported_together_is_read_at_once(
    vsm: Run, kept: Callable[[], list[Path]]
) -> None:
    """A run reads whole bundles; one that wants less of them parts them for all that come."""

    def beside(module: str) -> set[str]:
        (file,) = kept()
        size = int.from_bytes(file.read_bytes()[12:20], "little")
        entries, bundles, *_ = marshal.loads(file.read_bytes()[20 : 20 + size])
        assert len(bundles) < len(entries) / 3
        return {name for name, entry in entries.items() if entry[4] == entries[module][4]}

    vsm("check", "m.vsm")
    assert "vsmdsl.model.stream" in beside("vsmdsl.model.things")
    assert "vsmdsl.analysis.show" in beside("vsmdsl.analysis.lookup")
    vsm(*DRAW)
    assert "vsmdsl.model.stream" in beside("vsmdsl.model.things")
    assert "vsmdsl.analysis.show" not in beside("vsmdsl.analysis.lookup")  # no picture looks it up


def test_a_source_that_changed_is_read_anew(installed: Path, vsm: Run) -> None:
    source = installed / "vsmdsl" / "cli" / "console.py"
    before = source.read_text()
    assert vsm("--version").stdout == "vsm 0.1.0\n"
    changed = before.replace("def version() -> str:", "def version() -> str:\n    return 'new'\n")
    assert changed != before
    source.write_text(changed)
    try:
        assert [vsm("--version").stdout for _ in range(3)] == ["vsm new\n"] * 3
    finally:
        source.write_text(before)
    assert vsm("--version").stdout == "vsm 0.1.0\n"


@pytest.mark.parametrize(
    "damage",
    [b"", MAGIC, MAGIC + b"\xff" * 8, MAGIC + bytes(5) + b"\1  ",
     b"junk", None],
)  # fmt: skip
def test_a_damaged_file_does_no_harm(
    damage: bytes | None, vsm: Run, tells: Run, kept: Callable[[], list[Path]]
) -> None:
    drawn = vsm(*DRAW).stdout
    (file,) = kept()
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    for _ in range(3):
        done = vsm(*DRAW)
        assert (done.returncode, done.stdout) == (0, drawn)
    assert kept() == [file]
    assert new(tells(*DRAW)) == []  # it is whole again


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes in folders")
def test_a_pipe_in_its_place_is_not_waited_for(vsm: Run, kept: Callable[[], list[Path]]) -> None:
    drawn = vsm(*DRAW).stdout
    (file,) = kept()
    file.unlink()
    os.mkfifo(file)
    assert vsm(*DRAW).stdout == drawn


def test_a_disk_that_takes_half_of_the_bytecode(installed: Path, run: Run, tmp_path: Path) -> None:
    pytest.importorskip("resource")
    (installed / "bin" / "full").write_text(
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "from vsmdsl.cli import main; main()\n"
    )
    prefix = {"PYTHONPYCACHEPREFIX": str(tmp_path / "bytecode")}
    assert run("-c", "pass", **prefix).returncode == 0
    done = run(str(installed / "bin" / "full"), "--version", **prefix)
    assert (done.returncode, done.stdout) == (0, "vsm 0.1.0\n")
    assert "Traceback" not in done.stderr


def test_what_cannot_even_be_loaded_is_said_in_one_line(installed: Path, run: Run) -> None:
    pytest.importorskip("resource")
    (installed / "bin" / "few").write_text(
        "import resource\nfrom vsmdsl.cli import main\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))\nmain()\n"
    )
    done = run(str(installed / "bin" / "few"), *DRAW, VSMDSL_START="off")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("error: ")
    assert done.stderr.endswith(": too many open files\n")
    assert done.stderr.count("\n") == 1


def test_what_does_not_fit_is_given_up(vsm: Run, kept: Callable[[], list[Path]]) -> None:
    """A file that is whole, but from which some import goes wrong."""
    drawn = vsm(*DRAW).stdout
    (file,) = kept()
    size = int.from_bytes(file.read_bytes()[12:20], "little")
    entries, bundles, *rest = marshal.loads(file.read_bytes()[20 : 20 + size])
    wrong = marshal.dumps((compile("1 / 0", "wrong", "exec"),))
    codes = file.read_bytes()[20 + size :]
    entries["contextlib"] = (*entries["contextlib"][:4], len(bundles), 0)
    bundles.append((len(codes), len(wrong)))
    head = marshal.dumps((entries, bundles, *rest))
    file.write_bytes(MAGIC + len(head).to_bytes(8, "little") + head + codes + wrong)
    done = vsm(*DRAW)
    assert (done.returncode, done.stdout) == (0, drawn)
    assert "Traceback" not in done.stderr
    assert kept() == []
    assert vsm(*DRAW).stdout == drawn
    assert kept() == [file]


def test_what_is_installed_is_found_as_ever(vsm: Run) -> None:
    without = vsm("doctor", VSMDSL_START="off")
    assert "✓ click" in without.stdout
    for _ in range(2):
        done = vsm("doctor")
        assert (done.returncode, done.stdout) == (without.returncode, without.stdout)


@pytest.mark.parametrize("said", [{"VSMDSL_START": "off"}, {"PYTHONDONTWRITEBYTECODE": "1"}])
def test_who_wants_no_file_gets_none(
    said: dict[str, str], vsm: Run, kept: Callable[[], list[Path]]
) -> None:
    assert vsm(*DRAW, **said).returncode == 0
    assert kept() == []


@pytest.mark.parametrize("name", ["record", "cli/patterns", "cli/later", "cli/program"])
def test_a_module_that_ends_too_early_is_mended(installed: Path, vsm: Run, name: str) -> None:
    drawn = vsm(*DRAW).stdout
    for one in (installed / "vsmdsl" / "__pycache__").glob("start-*"):
        one.unlink()
    room, _, module = name.rpartition("/")
    (compiled,) = (installed / "vsmdsl" / room / "__pycache__").glob(f"{module}.*.pyc")
    compiled.write_bytes(compiled.read_bytes()[:100])
    for _ in range(2):
        done = vsm(*DRAW)
        assert (done.returncode, done.stdout) == (0, drawn), done.stderr
        assert "Traceback" not in done.stderr


def test_where_nothing_can_be_written_all_is_as_without(
    vsm: Run, kept: Callable[[], list[Path]]
) -> None:
    drawn = vsm(*DRAW).stdout
    (file,) = kept()
    file.unlink()
    file.mkdir()
    done = vsm(*DRAW)
    assert (done.returncode, done.stdout) == (0, drawn)
    assert "Traceback" not in done.stderr
    assert kept() == [file]


def test_where_no_memory_is_left_nothing_is_kept(
    installed: Path, run: Run, kept: Callable[[], list[Path]]
) -> None:
    starved = installed / "bin" / "starved"
    starved.write_text(
        "from vsmdsl.cli import main, started\n"
        "def keep(start): raise MemoryError\n"
        "started.keep = keep\n"
        "main()\n"
    )
    done = run(str(starved), *DRAW)
    assert (done.returncode, done.stdout[:4]) == (0, "<svg")
    assert "Traceback" not in done.stderr
    assert kept() == []


def test_a_module_that_is_run_imports_from_where_people_stand(
    run: Run, kept: Callable[[], list[Path]]
) -> None:
    assert run("-m", "vsmdsl", *DRAW).returncode == 0
    assert kept() == []


def test_other_places_of_modules_have_another_file(
    installed: Path, vsm: Run, kept: Callable[[], list[Path]], tmp_path: Path
) -> None:
    vsm("--version")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "click.py").write_text("raise SystemExit('another click')\n")
    other = os.pathsep.join((str(tmp_path / "other"), str(installed)))
    assert "another click" in vsm("--version", PYTHONPATH=other).stderr
    assert vsm("--version").stdout == "vsm 0.1.0\n"


def test_files_that_nobody_needs_any_more_are_removed(
    vsm: Run, kept: Callable[[], list[Path]], installed: Path
) -> None:
    folder = installed / "vsmdsl" / "__pycache__"
    for number in range(9):
        old = folder / f"start-{number}.cpython-311-0"
        old.write_bytes(b"old")
        os.utime(old, (number, number))
    vsm("--version")
    assert len(kept()) == 4
    assert {"start-0.cpython-311-0", "start-5.cpython-311-0"}.isdisjoint(one.name for one in kept())


def test_many_at_once_write_it_whole(
    installed: Path, vsm: Run, tells: Run, tmp_path: Path, kept: Callable[[], list[Path]]
) -> None:
    env = {**os.environ, "PYTHONPATH": str(installed)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, str(installed / "bin" / "vsm"), *DRAW]
    all_at_once = [
        subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.PIPE) for _ in range(8)
    ]
    drawn = {one.communicate(timeout=60)[0] for one in all_at_once}
    assert len(drawn) == 1
    assert len(kept()) == 1
    assert new(tells(*DRAW)) == []


TEXTS: list[tuple[str | bytes, int]] = [
    (r"(?P<a>x)|(?P<b>[à-ü]+)(?(a)y|z)", 0),
    (r"[^\W\d]\w*  # a word", re.VERBOSE | re.IGNORECASE),
    (r"(?m)^\s*\d{2,3}?(?=,)(?<!-)", 0),
    ("[\ud800-\udfff]|\x00", re.ASCII),
    (b"(?i)[\x80-\xff]|1", 0),
]


@pytest.mark.parametrize(("text", "flags"), TEXTS)
def test_a_pattern_that_is_kept_is_the_pattern(
    text: str | bytes, flags: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from re import _compiler  # type: ignore[attr-defined]

    monkeypatch.setattr(_compiler, "compile", _compiler.compile)  # put back at the end
    before = re.compile(text, flags)
    first = Patterns({})
    first.begin()
    first.compiled(text, type("Flags", (int,), {})(flags))  # as `re.sub` asks for it since 3.13
    known = marshal.loads(marshal.dumps(first.all()))
    _compiler.compile = None  # nobody is asked again
    after = Patterns(known).compiled(text, int(flags))
    assert (after, after.groups, after.groupindex) == (before, before.groups, before.groupindex)
    for sample in ("xy", "éàz", "a1 b", "  12,", "\x00", "-123,\n45,", "\ud800"):
        it: Any = sample.encode(errors="surrogatepass") if isinstance(text, bytes) else sample
        found = [one.span() for one in before.finditer(it)]
        assert [one.span() for one in after.finditer(it)] == found


@pytest.fixture
def light() -> dict[str, Any]:
    """What stands in for `re` where it knows a few patterns."""
    asked: list[tuple[str | bytes, int]] = [(r"(\w)-?", 0), (r"^a.", 24), (rb"(\w)-?", 0)]
    known = {(type(text) is bytes, text, flags): _taken(text, flags) for text, flags in asked}
    return Patterns({one: marshal.dumps(taken) for one, taken in known.items()}).names()


def _taken(text: str | bytes, flags: int) -> tuple[Any, ...]:
    """What the compiler gives the engine for a pattern."""
    from re import _compiler, _parser  # type: ignore[attr-defined]

    parsed = _parser.parse(text, flags)
    index = parsed.state.groupdict
    names = [None] * parsed.state.groups
    code = [int(one) for one in _compiler._code(parsed, flags)]
    return int(flags | parsed.state.flags), code, parsed.state.groups - 1, index, tuple(names)


USES: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("match", (r"(\w)-?", "a-b"), {}),
    ("fullmatch", (r"(\w)-?", "a-b"), {}),
    ("search", (r"^a.", "b\na\n"), {"flags": 24}),
    ("search", (r"^a.", "b\na\n", 24), {}),
    ("findall", (r"(\w)-?", "a-b"), {}),
    ("finditer", (r"(\w)-?", "a-b"), {}),
    ("split", (r"(\w)-?", "a-b"), {}),
    ("split", (r"(\w)-?", "a-b", 1), {}),
    ("split", (r"(\w)-?", "a-b"), {"maxsplit": 1}),
    ("sub", (r"(\w)-?", r"<\1\g<0>>", "a-b"), {}),
    ("sub", (r"(\w)-?", lambda found: found[1] * 2, "a-b"), {"count": 1}),
    ("sub", (r"^a.", "", "a\na\n", 0, 24), {}),
    ("subn", (r"(\w)-?",), {"repl": "x", "string": "a-b"}),
    ("sub", (rb"(\w)-?", rb"\1", b"a-b"), {}),
    ("compile", (r"^a.", 24), {}),
]


@pytest.mark.parametrize(("name", "given", "named"), USES)
@pytest.mark.filterwarnings("ignore:.* is passed as positional:DeprecationWarning")
def test_what_stands_in_for_it_answers_as_it_does(
    name: str, given: tuple[Any, ...], named: dict[str, Any], light: dict[str, Any]
) -> None:
    def plain(answer: Any) -> Any:
        if isinstance(answer, re.Pattern):
            return answer.pattern, answer.flags, answer.groups, answer.groupindex
        if isinstance(answer, re.Match):
            return answer.span(), answer.groups()
        return [*map(plain, answer)] if name == "finditer" else answer

    assert plain(light[name](*given, **named)) == plain(getattr(re, name)(*given, **named))


def test_any_text_is_escaped_as_the_library_does(light: dict[str, Any]) -> None:
    every = "".join(map(chr, range(0x300)))
    assert light["escape"](every) == re.escape(every)


def test_its_flags_are_those_of_the_library(light: dict[str, Any]) -> None:
    flags = {name: one for name, one in light.items() if name.isupper()}
    assert flags == {name: getattr(re, name) for name in flags}


def test_no_picture_needs_what_compiles_patterns(tmp_path: Path, run: Run) -> None:
    """… but for a pattern that was never met, and whoever wants more of it than that."""
    asks = tmp_path / "asks.py"
    asks.write_text(
        "import sys\n"
        "sys.setprofile(lambda *_: None)\n"
        "from vsmdsl.cli import main\n"
        "main()\n"
        "import re\n"
        "print(type(re).__name__, 'enum' in sys.modules)\n"
        "print(re.sub('nobody (asked)', r'<\\1>', 'nobody asked'), type(re).__name__)\n"
        "print(re.escape('a.b'), re.compile('x', re.I | re.X).flags, re.Pattern.__name__)\n"
    )
    place = _copied(tmp_path / "installed")
    for _ in range(2):
        done = run(str(asks), *DRAW[:-2], PYTHONPATH=str(place))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "Later False", "<asked> module", r"a\.b 98 Pattern",
    ]  # fmt: skip


def test_kept_code_says_where_a_function_begins_and_does_the_same() -> None:
    def outer(number: int) -> int:
        numbers = [10 // one for one in range(number, -2, -1)]

        def inner() -> int:
            return sum(numbers)

        return inner()

    lightened = _lightened(outer.__code__)
    assert lightened.co_code == outer.__code__.co_code
    assert {line for *_, line in lightened.co_lines()} == {outer.__code__.co_firstlineno}
    assert len(lightened.co_linetable) < len(outer.__code__.co_linetable)
    outer.__code__ = lightened
    with pytest.raises(ZeroDivisionError) as error:
        outer(3)
    said = "".join(traceback.format_exception(error.value))
    assert f"line {lightened.co_firstlineno}, in outer" in said

"""The door: which verbs there are, what a wrong one gets, and what is not loaded."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import vsmdsl
from tests.cli.conftest import Ran
from vsmdsl.cli import render
from vsmdsl.cli.verbs import VERBS

Vsm = Callable[..., Ran]
Child = Callable[..., subprocess.CompletedProcess[bytes]]
HEAVY = (
    "jinja2",
    "weasyprint",
    "rich",
    "jsonschema",
    "pygments",
    "lark",
    "markdown_it",
    "graphviz",
)
# What a picture of a map without mistakes has no need of. Start-up is a feature: whoever adds a
# module to this path makes every `vsm render` slower.
NOT_FOR_A_PICTURE = (
    "ast", "click", "dataclasses", "difflib", "json", "random", "shutil", "statistics",
    "tempfile", "textwrap", "tomllib", "typing", "importlib.metadata", "vsmdsl.analysis.compare",
    "vsmdsl.analysis.contract", "vsmdsl.analysis.findings", "vsmdsl.analysis.plan",
    "vsmdsl.cli.cells", "vsmdsl.language.braces", "vsmdsl.language.formatter",
    "vsmdsl.language.guesses", "vsmdsl.drawing.geometry", "vsmdsl.drawing.raster",
    "vsmdsl.model.diff", "vsmdsl.report",
)  # fmt: skip
LATER = (
    "from vsmdsl.cli import later, lightly; "
    "later.postpone(); lightly.postpone_typing(); lightly.import_fractions()"
)
MOST_MODULES = 200  # of our own


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example(vsm: Vsm, verb: str) -> None:
    ran = vsm(verb, "--help")
    assert ran.code == 0
    assert "Examples:" in ran.out
    assert f"vsm {verb}" in ran.out


def test_the_help_names_every_verb(vsm: Vsm) -> None:
    ran = vsm("--help")
    assert ran.code == 0
    assert all(f"  {verb} " in ran.out for verb in VERBS)


def test_the_version_is_printed(vsm: Vsm) -> None:
    assert vsm("--version").out == f"vsm {vsmdsl.__version__}\n"


def test_an_unknown_verb_is_answered_with_the_nearest(vsm: Vsm) -> None:
    ran = vsm("rendr", "good.vsm")
    assert (ran.code, ran.out) == (2, "")
    assert "render" in ran.err


def test_no_verb_shows_the_help(vsm: Vsm) -> None:
    ran = vsm()
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == vsm("--help").out


def test_a_missing_argument_is_wrong_usage(vsm: Vsm) -> None:
    assert vsm("render").code == 2


@pytest.mark.parametrize("verb", ["render", "check", "stats", "fmt"])
def test_a_verb_loads_only_what_it_needs(child: Child, verb: str) -> None:
    others = [f"vsmdsl.cli.{name}" for name in VERBS if name != verb]
    code = (
        "import sys; from vsmdsl.cli import main; "
        f"code = main([{verb!r}, 'good.vsm']); "
        f"print([name for name in {[*HEAVY, *others]!r} if name in sys.modules]); sys.exit(code)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=_env()
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[-1] == "[]"


def test_a_picture_needs_few_modules(folder: Path) -> None:
    code = (
        "import sys; from vsmdsl.cli import main; code = main(['render', 'good.vsm']); "
        "print(*[name for name, one in sys.modules.items() if type(one).__name__ != 'Later']); "
        "sys.exit(code)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_env()
    )
    loaded = set(ran.stdout.split())
    assert (folder / "good.svg").exists()
    assert not loaded & {*NOT_FOR_A_PICTURE, *HEAVY}
    loaded.discard("vsmdsl.memory")  # who takes long is looked at
    assert len([name for name in loaded if name.startswith("vsmdsl")]) <= MOST_MODULES


def test_postponed_modules_are_there_when_they_are_used() -> None:
    code = (
        f"import sys; {LATER}; "
        "import inspect; early = 'ast' in sys.modules, inspect.cleandoc(' a'); "
        "lightly.import_click(); import click; "
        "print(early, inspect.cleandoc('a\\n  b'), inspect.isfunction(print), 'ast' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_env()
    )
    assert ran.stdout == "(False, 'a') a\nb False True\n"


def test_what_stands_in_for_them_answers_as_they_do() -> None:
    code = (
        "from vsmdsl.cli.later import postpone; postpone(); import difflib, gettext, uuid, sys; "
        "from urllib.parse import quote_from_bytes as quote; import urllib.parse; "
        "from pathlib import Path; "
        "early = difflib.get_close_matches('-o', ['--output']); "
        "said = gettext.gettext('Usage:'), *[gettext.ngettext('one', 'many', n) for n in (1, 2)]; "
        "all_of_them = difflib, gettext, uuid, urllib.parse; "
        "print('random' in sys.modules, *[type(one).__name__ for one in all_of_them]); "
        "near = difflib.get_close_matches('--outptu', ['--output', '--width'], n=1); "
        "other = gettext.NullTranslations().gettext('a'); "
        "print(early, near, difflib.unified_diff.__name__, *said, other); "
        "one = uuid.UUID(int=5); print(one, isinstance(one, uuid.UUID), uuid.uuid4().version); "
        "print(Path('/a b').as_uri(), quote(b'c d'), urllib.parse.urlsplit('https://e.org/f').netloc)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_env()
    )
    assert ran.stdout.splitlines() == [
        "False Later Later Later Later",
        "[] ['--output'] unified_diff Usage: one many a",
        "00000000-0000-0000-0000-000000000005 True 4",
        "file:///a%20b c%20d e.org",
    ]


def test_modules_in_c_are_whole_when_more_of_them_is_asked_for() -> None:
    code = (
        f"{LATER}; "
        "import datetime, decimal, signal, sys, threading, typing, warnings, weakref; "
        "from fractions import Fraction; "
        "five = datetime, decimal, signal, threading, weakref; "
        "print(*{type(one).__name__ for one in five}, signal.SIGINT, datetime.date(2026, 2, 1)); "
        "print(Fraction('2.5'), Fraction(0.25), Fraction(decimal.Decimal('1.5'))); "
        "print(signal.Signals(2).name, threading.current_thread().name, datetime.MINYEAR); "
        "Own = type('Own', (), {}); a = Own(); "
        "noted = weakref.WeakKeyDictionary(); noted[a] = 1; del a; "
        "light = typing.Generic is typing.Any; import click; T = typing.TypeVar('T'); "
        "print(len(noted), light, typing.Generic[T]); "
        "print(typing.get_type_hints(lambda: 0), warnings.catch_warnings.__name__)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_env()
    )
    assert ran.stdout.splitlines() == [
        "Later 2 2026-02-01",
        "5/2 1/4 3/2",
        "SIGINT MainThread 1",
        "0 True typing.Generic[~T]",
        "{} catch_warnings",
    ]


def test_python_without_docstrings_says_the_same() -> None:
    code = (
        "from vsmdsl.analysis.metrics import METRICS; from vsmdsl.cli.verbs import VERBS, declared;"
        "print(*[one.explanation for one in METRICS], *[declared(one).help for one in VERBS])"
    )
    plain, without = (
        subprocess.run([sys.executable, *given, "-c", code], capture_output=True, check=True).stdout
        for given in ((), ("-OO",))
    )
    assert b"Lead time" in plain
    assert without == plain


def test_interrupted_is_130(vsm: Vsm, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(render, "planned", interrupt)
    ran = vsm("render", "good.vsm")
    assert (ran.code, ran.out) == (130, "")


def test_a_mistake_of_ours_is_no_traceback(vsm: Vsm, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise RuntimeError("oops")

    monkeypatch.setattr(render, "planned", stumble)
    ran = vsm("render", "good.vsm")
    assert ran.code == 3
    assert "RuntimeError: oops" in ran.err
    assert "Traceback" not in ran.err


def _env() -> dict[str, str]:
    import os

    from tests.cli.conftest import ROOT

    return {**os.environ, "PYTHONPATH": str(ROOT)}

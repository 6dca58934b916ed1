"""`vsm doctor`: which parts are installed, and what a missing one needs."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

from vsmdsl import resources
from vsmdsl.cli import console, declared, options

Finding = tuple[bool, str]  # whether it is there; what is there, or what it needs


@declared.verb("doctor", epilog=options.examples("vsm doctor"))
def command() -> int:
    """Tell which parts are installed and what a missing one needs, in one line each.

    The exit code is 3 where a part is missing.
    """
    findings = [(name, *look()) for name, look in PARTS.items()]
    for name, there, text in findings:
        mark = console.paint("✓", "green", sys.stdout) if there else _missing_mark()
        console.put(f"{mark} {name:<11} {text}\n")
    return 0 if all(there for _, there, _ in findings) else 3


def _missing_mark() -> str:
    return console.paint("✗", "red", sys.stdout)


def _vsmdsl() -> Finding:
    return True, console.version()


def _python() -> Finding:
    return True, f"{platform.python_version()} ({platform.system()} {platform.machine()})"


def _package(name: str, use: str) -> Callable[[], Finding]:
    def look() -> Finding:
        try:
            return True, f"{version(name)} · {use}"
        except PackageNotFoundError:
            return False, f"missing: `pip install {name}` · {use}"

    return look


def _engine() -> Finding:
    there, text = _package("graphviz-pure", "places parallel branches")()
    system = shutil.which("dot")
    if there:
        return True, text + (" · `dot` is there as well" if system else "")
    return (True, f"{system} · places parallel branches") if system else (False, text)


def _weasyprint() -> Finding:
    there, text = _package("weasyprint", "PDF")()
    if not there:
        return False, text
    from vsmdsl.report import press

    problem = press.problem()
    return (False, problem) if problem else (True, text)


def _fonts() -> Finding:
    found = sorted((resources.template_dir() / "fonts").glob("*.ttf"))
    if found:
        return True, f"Inter in {len(found)} weights · PNG and PDF"
    return False, "missing: install vsmdsl again, its templates/fonts is empty"


PARTS: dict[str, Callable[[], Finding]] = {
    "vsmdsl": _vsmdsl,
    "python": _python,
    "click": _package("click", "the command line"),
    "lark": _package("lark", "builds the language's tables"),
    "graphviz": _engine,
    "dot writer": _package("graphviz", "`vsm render -f dot`"),
    "resvg": _package("resvg_py", "PNG"),
    "jinja2": _package("jinja2", "reports"),
    "weasyprint": _weasyprint,
    "fonts": _fonts,
}

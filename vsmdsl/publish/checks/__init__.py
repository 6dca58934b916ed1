"""The results of `vsm check` in the formats of other programs; a row for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from vsmdsl.publish.checks.result import Checked

Writer = Callable[[Sequence[Checked], Path], str]

# Each is `write` in the module of its name; it is imported when it is asked for.
FORMATS: Mapping[str, str] = MappingProxyType({
    "json": "our own, with all that is known",
    "sarif": "SARIF 2.1.0, for code scanning",
    "github": "commands that GitHub Actions shows beside the lines",
    "gitlab": "a code quality report for GitLab",
    "junit": "JUnit XML, for what shows test results",
})  # fmt: skip


def written(format: str, checked: Sequence[Checked], base: Path) -> str:
    """The results in a format; files are named by their path from `base`."""
    module = import_module(f"vsmdsl.publish.checks.as_{format}")
    write: Writer = module.write
    return write(checked, base)

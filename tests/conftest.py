"""What every test run shares: the golden files' flag and their leftovers, Hypothesis' pace."""

import os
import signal
import sys
from collections.abc import Generator, Iterator
from typing import Any

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers

os.environ["VSMDSL_FROZEN"] = "1"  # values refuse to be changed; before any of them is imported

from tests import golden

# Options that leave tests out without deselecting them one by one, as `-k` and `-m` do.
PARTIAL = ("ignore", "ignore_glob", "lf")

# Two busy cores make a deadline a coin toss; a build must find the same examples twice.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

# Nor may they depend on what else a worker has imported, whose numbers and words Hypothesis tries.
assert callable(providers._get_local_constants)
providers._get_local_constants = lambda: providers._local_constants


os.environ["VSMDSL_CACHE"] = "off"  # a picture that was made before would hide a mistake of now

# What runs in the background may be told to ignore Ctrl-C; the programs we start must not.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _nobody_is_watched() -> Iterator[None]:
    """A limit of time that outlives its test would interrupt another one."""
    yield
    patience = sys.modules.get("vsmdsl.cli.patience")
    left = [one.name for one in patience._watch] if patience else []
    if patience:
        patience.end()
    assert not left


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--accept`."""
    parser.addoption("--accept", action="store_true", help="write the golden files anew")


def pytest_configure(config: pytest.Config) -> None:
    """Tell `check` whether it compares or writes, and keep the books of this run."""
    golden.accepting = config.getoption("accept")
    config.pluginmanager.register(_Leftovers(config), "golden-leftovers")


class _Leftovers:
    """Fails a run of the whole suite when a golden file was used by no test.

    Each xdist worker sends home what its tests used; the controller adds it up and judges. A run
    of less than everything, or one in which a test failed, is not judged. A skipped test is no
    excuse, else one test that always is would switch this off: what it needs, it `golden.read`s
    before it skips.
    """

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.used: set[str] = set()
        self.deselected = 0
        self.found: list[str] = []

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        self.deselected += len(items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        report = getattr(node, "workeroutput", {})
        self.used |= set(report.get("golden_used", ()))
        self.deselected += report.get("golden_deselected", 1)  # a crashed worker reports nothing

    @pytest.hookimpl(wrapper=True)
    def pytest_sessionfinish(
        self, session: pytest.Session, exitstatus: int
    ) -> Generator[None, None, None]:
        self.used |= golden.used
        if (home := getattr(self.config, "workeroutput", None)) is not None:
            home.update(golden_used=sorted(self.used), golden_deselected=self.deselected)
        elif exitstatus == pytest.ExitCode.OK and self._is_whole_run():
            self.found = golden.leftovers(self.used)
            session.exitstatus = pytest.ExitCode.TESTS_FAILED if self.found else exitstatus
        return (yield)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.found:
            terminalreporter.section("golden files that no test used", red=True)
            for name in self.found:
                terminalreporter.line(f"FAILED tests/{name}")

    def _is_whole_run(self) -> bool:
        option = self.config.option
        everything = self.config.args_source is pytest.Config.ArgsSource.TESTPATHS
        asked_for_less = option.collectonly or any(getattr(option, name, None) for name in PARTIAL)
        return everything and not asked_for_less and not self.deselected

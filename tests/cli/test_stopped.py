"""A run that is stopped for a while (Ctrl-Z, a debugger) has no less time than others."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="signals of Unix")
LIMITED = """
import time
from vsmdsl.cli import patience
from vsmdsl.limits import Limits
patience.begin("a map", Limits(seconds=1))
print("ready", flush=True)
for _ in range(8):
    time.sleep(0.05)
print("done")
"""
ASKING = """
from vsmdsl.drawing.child import ask
print("ready", flush=True)
print(ask(["sh", "-c", "sleep 0.4; printf done"], b"", seconds=1, memory=10**9)[1].decode())
"""


@pytest.mark.parametrize("code", [LIMITED, ASKING], ids=["limit", "child"])
def test_no_time_passes_while_a_run_is_stopped(code: str) -> None:
    line = [sys.executable, "-c", code]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(0.1)
        child.send_signal(signal.SIGSTOP)
        time.sleep(1.6)
        child.send_signal(signal.SIGCONT)
        assert child.stdout.read() == "done\n"
    assert child.returncode == 0

"""Another program that is asked: nobody loses sight of it."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence

import pytest

from vsmdsl.drawing import child

ROOM = 1 << 30


class Told(BaseException):
    pass


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_who_is_told_to_end_while_it_begins_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[int] = []
    begin = child._begin

    def told(*_: object) -> None:
        raise Told

    def begin_and_be_told(line: Sequence[str]) -> subprocess.Popen[bytes]:
        one = begin(line)
        begun.append(one.pid)
        os.kill(os.getpid(), signal.SIGTERM)
        return one

    monkeypatch.setattr(child, "_begin", begin_and_be_told)
    before = signal.signal(signal.SIGTERM, told)
    try:
        with pytest.raises(Told):
            child.ask(["sleep", "97"], b"", seconds=5, memory=ROOM)
        assert signal.getsignal(signal.SIGTERM) is told
    finally:
        signal.signal(signal.SIGTERM, before)
    with pytest.raises(ProcessLookupError):
        os.kill(begun[0], 0)


def test_one_that_is_not_there_is_an_error_as_ever() -> None:
    with pytest.raises(FileNotFoundError):
        child.ask(["no-such-program"], b"", seconds=5, memory=ROOM)

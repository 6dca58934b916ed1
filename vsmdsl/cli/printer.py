"""A second process that gets the printer ready while this one reads and draws the map.

Loading WeasyPrint takes as long as all that comes before it, and neither needs the other. The page
goes over when it is made, and the PDF comes back. Where no processor is free, or the other process
gives no answer, all is done here, to the same bytes and with the same mistakes.
"""

from __future__ import annotations

import marshal
import os
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from vsmdsl.cli import hearing, patience, second, start, worker

if TYPE_CHECKING:
    from vsmdsl.report.press import Attached, Pressed, Printer

NO_MEMORY = b"?"  # an answer that is no PDF
NONE: Mapping[str, bytes] = {}


@contextmanager
def printer(wanted: bool) -> Iterator[Printer]:
    """What prints a page: a process beside this one where it is wanted and worth it."""
    beside = _begun() if wanted and _worth_it() else None
    try:
        yield beside.press if beside else _here
    finally:
        if beside:
            beside.end()


def _here(html: str, **more: Any) -> Pressed:
    from vsmdsl.report.press import press_all  # for a PDF alone

    return press_all(html, **more)


def _worth_it() -> bool:
    """Whether another process can be begun for it.

    The first time, all is loaded here, so that it can be kept.
    """
    return second.possible() and patience.alone() and not start.lacks("weasyprint")


def _begun() -> _Beside | None:
    with hearing.deaf(), suppress(OSError):  # no more processes for this user
        return _Beside()
    return None


class _Beside:
    """The other process: it reads one page to its end, and answers with one PDF."""

    def __init__(self) -> None:
        (page, self.page), (self.answer, answer) = os.pipe(), os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self.page)  # it ends where the only one who writes it closes it, or dies
            _serve(page, answer)
        os.close(page)
        os.close(answer)

    def press(
        self,
        html: str,
        *,
        images: Mapping[str, bytes] = NONE,
        attached: Sequence[Attached] = (),
        ours: bool = False,
    ) -> Pressed:
        """What `press_all` does."""
        from vsmdsl.report.press import Pressed

        patience.helped(self.pid)
        answer = self._asked(_packed(html, images, attached, ours))
        if answer == NO_MEMORY:
            raise MemoryError
        if not answer:
            return _here(html, images=images, attached=attached, ours=ours)
        return Pressed(*marshal.loads(answer))

    def _asked(self, page: bytes) -> bytes:
        with suppress(BrokenPipeError), open(self.page, "wb", closefd=False) as file:
            file.write(page)
        os.close(self.page)
        self.page = -1
        with open(self.answer, "rb", closefd=False) as file:
            return file.read()

    def end(self) -> None:
        """End it, whatever it is doing."""
        patience.helped(None)
        for pipe in (self.page, self.answer):
            if pipe >= 0:
                os.close(pipe)
        with suppress(ProcessLookupError, ChildProcessError):  # where nobody waits for children
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)


def _packed(
    html: str, images: Mapping[str, bytes], attached: Sequence[Attached], ours: bool
) -> bytes:
    files = [(one.name, one.data, one.when.timestamp(), one.about) for one in attached]
    return marshal.dumps((html, dict(images), files, ours))


# --- in the other process


def _serve(page: int, answer: int) -> None:
    """Get ready, print one page, and end; who gets no answer prints it himself."""
    try:
        second.as_usual()
        worker.follow()
        from vsmdsl.report import press

        press.get_ready()
        with open(page, "rb") as file:
            order = file.read()
        if order:
            with open(answer, "wb") as file:
                file.write(_printed(order))
    finally:
        os._exit(0)


def _printed(order: bytes) -> bytes:
    from datetime import UTC, datetime

    from vsmdsl.report.press import Attached, press_all

    html, images, files, ours = marshal.loads(order)
    attached = [
        Attached(name, data, datetime.fromtimestamp(when, UTC), about)
        for name, data, when, about in files
    ]
    try:
        done = press_all(html, images=images, attached=attached, ours=ours)
    except MemoryError:
        return NO_MEMORY
    return marshal.dumps((done.data, done.said, done.borrowed))

"""A real Chromium without a window, spoken to through a pipe: no port, no driver, no waiting.

def test_a_page(browser: Browser) -> None:
    browser.open("<p>Hello</p>")
    assert browser.ask("document.body.innerText") == "Hello"
"""

from __future__ import annotations

import base64
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
    "--force-color-profile=srgb", "--font-render-hinting=none", "--disable-lcd-text",
    "--no-first-run", "--remote-debugging-pipe",
)  # fmt: skip
# Chromium reads from file 3 and writes to file 4; a child of Python cannot be given these as such.
LAUNCH = (
    "import os,sys; r,w=map(int,sys.argv[1:3]); os.dup2(r,103); os.dup2(w,104); "
    "os.dup2(103,3); os.dup2(104,4); os.execv(sys.argv[3],sys.argv[3:])"
)


def program() -> str:
    """Where Chromium is; empty where it is not."""
    return next((found for name in NAMES if (found := shutil.which(name))), "")


needs_browser = pytest.mark.skipif(not program(), reason="no Chromium: apt install chromium")


class Browser:
    """One page in one browser."""

    def __init__(self, profile: Path) -> None:
        theirs, self._to = os.pipe()
        self._from, back = os.pipe()
        place = (sys.executable, "-c", LAUNCH, str(theirs), str(back), program())
        self._child = subprocess.Popen(
            (*place, *FLAGS, f"--user-data-dir={profile}"),
            pass_fds=(theirs, back),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs)
        os.close(back)
        self._answers = os.fdopen(self._from, "rb")
        self._number = 0
        self._session = ""
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def close(self) -> None:
        """End the browser that was started here, and nothing else."""
        self._session = ""
        try:
            self.call("Browser.close")
            self._child.wait(10)
        finally:
            self._child.kill()
            self._child.wait()
            self._answers.close()
            os.close(self._to)

    def call(self, method: str, **params: object) -> dict[str, Any]:
        """Ask the browser to do something, and wait until it has."""
        self._number += 1
        asked = {"id": self._number, "method": method, "params": params}
        session = {"sessionId": self._session} if self._session else {}
        os.write(self._to, json.dumps(asked | session).encode() + b"\0")
        answer = self._until(lambda message: message.get("id") == self._number)
        assert "error" not in answer, answer["error"]
        found: dict[str, Any] = answer["result"]
        return found

    def open(self, page: Path | str, width: int = 1200, height: int = 800) -> None:
        """Show a file, or a page as text, in a window of this size."""
        if isinstance(page, str):
            data = base64.b64encode(page.encode()).decode()
            page_url = f"data:text/html;charset=utf-8;base64,{data}"
        else:
            page_url = page.as_uri()
        self.size(width, height)
        self.events.clear()
        self.call("Page.navigate", url=page_url)
        self._until(lambda message: message.get("method") == "Page.loadEventFired")
        self.ask("document.fonts.ready.then(() => true)")

    def size(self, width: int, height: int) -> None:
        """Make the window this large, at one pixel a unit."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **metrics)

    def prefer(self, scheme: str) -> None:
        """Make the reader's system light or dark."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.call("Emulation.setEmulatedMedia", features=features)

    def ask(self, script: str) -> Any:
        """Evaluate a script in the page."""
        found = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def press(self, key: str) -> None:
        """Type a key."""
        text = {"text": key} if len(key) == 1 else {}
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, **text)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key)

    def mouse(self, kind: str, x: float, y: float, **more: object) -> None:
        """Move, press or release the mouse, or turn its wheel."""
        self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, **more)

    def look(self, width: int, height: int) -> Image.Image:
        """What the page looks like."""
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        found = self.call("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)
        return Image.open(io.BytesIO(base64.b64decode(found["data"]))).convert("RGB")

    def paper(self) -> bytes:
        """What the page becomes as PDF when the reader prints it."""
        found = self.call("Page.printToPDF", printBackground=True, preferCSSPageSize=True)
        return base64.b64decode(found["data"])

    def _until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while True:
            message = self._read()
            if wanted(message):
                return message
            self.events.append(message)

    def _read(self) -> dict[str, Any]:
        letters = bytearray()
        while (letter := self._answers.read(1)) != b"\0":
            assert letter, "Chromium went away"
            letters += letter
        found: dict[str, Any] = json.loads(letters)
        return found


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser for all tests of this process."""
    one = Browser(tmp_path_factory.mktemp("browser"))
    yield one
    one.close()


@pytest.fixture
def browser(chromium: Browser) -> Browser:
    """The browser, its reader's system light."""
    chromium.prefer("light")
    return chromium

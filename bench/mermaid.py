"""Mermaid's own program, which draws in a headless Chromium: fetched by npm when it is first asked.

Chromium is the one that is installed; npm must not fetch another.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

PACKAGE = "@mermaid-js/mermaid-cli@11.17.0"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def browser() -> str | None:
    """Where Chromium is."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def ready(folder: Path) -> str | None:
    """Put `mmdc` and its settings into a folder and say where it is; None where it cannot be."""
    npm, chromium = shutil.which("npm"), browser()
    if npm is None or chromium is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    settings = json.dumps({"executablePath": chromium, "args": FLAGS})
    (folder / "browser.json").write_text(settings, encoding="utf-8")
    program = folder / "node_modules" / ".bin" / "mmdc"
    if not program.exists():
        quiet = ("--no-audit", "--no-fund", "--loglevel=error")
        environment = {**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"}
        command = (npm, "install", *quiet, "--prefix", str(folder), PACKAGE)
        subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL)
    return str(program) if program.exists() else None

"""A browser to look at pages with, and a cache of its own for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser import browser, chromium

__all__ = ["browser", "chromium"]


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What one test draws, no other finds."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("VSMDSL_CACHE", str(folder))
    return folder

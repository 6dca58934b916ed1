"""A real browser for whoever wants to see that nothing runs."""

from tests.browser import browser, chromium

__all__ = ["browser", "chromium"]

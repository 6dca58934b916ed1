"""What tests of the picture share: a real browser."""

from tests.browser import browser, chromium

__all__ = ["browser", "chromium"]

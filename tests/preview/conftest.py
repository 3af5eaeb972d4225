"""A Chromium of the system, and a preview as its user starts it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.waiting import PATIENCE


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A desktop by day, in English."""
    opened = browser.new_context(viewport={"width": 1440, "height": 1000}, color_scheme="light")
    opened.set_default_timeout(1000 * PATIENCE)
    expect.set_options(timeout=1000 * PATIENCE)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page in which any error of a script fails the test."""
    page = context.new_page()

    def fail(error: object) -> None:
        raise AssertionError(error)

    page.on("pageerror", fail)
    return page

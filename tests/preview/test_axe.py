"""What axe-core says of the page: nothing serious. It comes from npm, and is named by a variable.

``npm pack axe-core`` brings it; ``CARDWRIGHT_AXE`` is the path of its ``axe.min.js``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.preview.decks import write_deck
from tests.preview.started import started
from tests.preview.test_page import opened, shown

AXE = os.environ.get("CARDWRIGHT_AXE", "")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with started(write_deck(tmp_path_factory.mktemp("axe") / "garden")) as address:
        yield address


@pytest.mark.slow
@pytest.mark.skipif(not AXE, reason="needs axe.min.js, named by CARDWRIGHT_AXE")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 1000, 390])
def test_axe_finds_nothing_serious(browser: Browser, address: str, scheme: str, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,
    )
    page = context.new_page()
    opened(page, address)
    page.evaluate(Path(AXE).read_text("utf-8"))
    found = _serious(page)
    page.keyboard.press("Space")
    shown(page, "back")
    found += _serious(page)
    for view in ("problems", "left-out", "plan"):
        page.evaluate(f"location.hash = '{view}'")
        page.wait_for_selector(f"#view-{view}:not([hidden]) h3")
        found += _serious(page)
    page.keyboard.press("?")
    found += _serious(page)
    context.close()

    assert found == []


def _serious(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        """async () => (await axe.run(document, { iframes: false })).violations
             .filter((each) => ["serious", "critical"].includes(each.impact))
             .map((each) => `${each.id}: ${each.nodes[0].html}`)"""
    )
    return found

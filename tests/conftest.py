"""What holds for all tests."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# No test is timed: machines are shared and noisy.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, so that no process works alone at the end."""
    items.sort(key=lambda test: test.get_closest_marker("slow") is None)


@pytest.fixture(scope="session", autouse=True)
def temporary_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Thousands of decks are built, each with a file for its turn: not all into the system's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("temporary")))
        for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):  # where the user's key is
            patch.setenv(variable, str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of the system: one for all tests of a process, where playwright is installed."""
    from playwright.sync_api import sync_playwright  # the oldest Anki is tested without it

    from tests.browser.inspection import PROGRAMS, find_chromium

    program = find_chromium()
    if program is None:
        words = f"needs one of {', '.join(PROGRAMS)}, or CARDWRIGHT_CHROMIUM"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(words)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program)
        yield started
        started.close()

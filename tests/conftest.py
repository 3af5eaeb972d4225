"""What holds for all tests."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import settings

# No test is timed: machines are shared and noisy.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def temporary_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Thousands of decks are built, each with a file for its turn: not all into the system's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("temporary")))
        for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):  # where the user's key is
            patch.setenv(variable, str(tmp_path_factory.mktemp("cache")))
        yield

"""A push that dies leaves nothing that the next one does not finish."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_crashes import needs_fork, said_by


@pytest.mark.slow
@needs_fork
def test_the_push_after_a_killed_one_finishes_it(tmp_path: Path) -> None:
    said = said_by("killed_pushes.py", str(tmp_path))

    assert said["wrong"] == []
    assert said["killed"] >= 20
    assert {*said["steps"]} == {
        *("read_deck", "refresh", "rename_deck", "move_cards", "import_package", "store"),
        *("update", "suspend", "tag", "delete_cards", "store_delivered"),
    }

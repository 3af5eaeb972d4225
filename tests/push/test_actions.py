"""The stand-in for AnkiConnect is checked as the real add-on is, and has no other actions."""

from __future__ import annotations

from pathlib import Path

from tests.push.actions import check
from tests.push.stand_in import ACTIONS, standing_in


def test_the_stand_in_does_what_the_add_on_does(tmp_path: Path) -> None:
    with standing_in(tmp_path / "collection.anki2") as address:
        asked = check(address, tmp_path)

    assert asked == ACTIONS

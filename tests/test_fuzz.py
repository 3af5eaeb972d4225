"""Spoiled documents, settings and locks: a few hundred of those that ``tests/fuzz.py`` tries."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz import Spoiled, ran, spoiled

_EACH = 25
_SEEDS = range(0, 300, _EACH)

FOUND = {
    "signs that ended V8": Spoiled({"notes.md": "## What?\n\n" + "$`" * 20_000}, "build"),
    "signs that ended V8, turned": Spoiled({"notes.md": "## What?\n\n" + "`$" * 20_000}, "build"),
    "a pattern that goes back": Spoiled(
        {"deck.yml": f"exclude: '{'*a' * 60}b'", f"{'a' * 200}.md": "## What?\n\nThis.\n"}, "check"
    ),
    "a pattern that is none": Spoiled(
        {"deck.yml": "ignore: [{'!': QA305}]", "notes.md": "## What?\n\nThis.\n"}, "check"
    ),
    "a front of a line tabulation": Spoiled(
        {"notes.md": "## Front\n\x0b\n## Back\n\nThis.\n"}, "build"
    ),
}
"""Files that once ended in a crash, or in years of work, cut down to what does it."""


@pytest.mark.slow
@pytest.mark.parametrize("first", _SEEDS)
def test_a_spoiled_deck_builds_or_is_refused(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + _EACH):
        case = spoiled(seed)
        folder = tmp_path / str(seed)
        folder.mkdir()

        outcome = ran(case.files, case.command, folder)

        assert outcome.is_fine, (seed, outcome.printed[-500:])


@pytest.mark.parametrize("name", FOUND)
def test_what_ended_in_a_crash_does_so_no_more(name: str, tmp_path: Path) -> None:
    outcome = ran(FOUND[name].files, FOUND[name].command, tmp_path)

    assert outcome.is_fine, outcome.printed[-500:]

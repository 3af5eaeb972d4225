"""The deck's own history: no note that was ever in its lock is lost."""

from __future__ import annotations

import json
import subprocess

import pytest

from content.tests.cards import CONTENT


def git(*words: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(CONTENT), *words], capture_output=True, text=True, check=False
    )
    return done.stdout if done.returncode == 0 else ""


def guids(lock: str) -> set[str]:
    """Those of a lock with a record on each line; other formats are older than the first deck."""
    records = (json.loads(line) for line in lock.splitlines() if line.startswith('{"guid"'))
    return {record["guid"] for record in records}


def test_every_guid_that_was_ever_committed_is_still_known() -> None:
    commits = git("log", "--format=%H", "--first-parent", "--", "deck.lock").split()
    if not commits:
        pytest.skip("no history of git")
    known = guids((CONTENT / "deck.lock").read_text("utf-8"))

    lost = {commit: guids(git("show", f"{commit}:./deck.lock")) - known for commit in commits}

    assert {commit: gone for commit, gone in lost.items() if gone} == {}

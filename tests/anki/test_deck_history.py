"""A learner of the deck that ships imports its newest edition: every schedule stays."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path

import pytest
from anki.collection import Collection, ImportAnkiPackageRequest

from cardwright.building import build_deck
from cardwright.pipeline import Options

CONTENT = Path(__file__).parents[2] / "content"
BEFORE = "bc0f94d11bbe3a41fb08c58646232021ec505e4f"
"""The last commit of the edition before the one with scenarios, code and interpretability."""

pytestmark = pytest.mark.slow


def built(content: Path, lock: Path, folder: Path) -> Path:
    """The package of ``content`` with a copy of ``lock``, so that nothing is written there."""
    folder.mkdir()
    (folder / "deck.lock").write_bytes(lock.read_bytes())
    options = Options(2_000_000_000, is_offline=True, lock_file=folder / "deck.lock")
    package = build_deck(content, folder / "build", options).package
    assert package is not None
    return package


def schedules(collection: Collection) -> dict[int, tuple[int, ...]]:
    columns = "id, nid, did, type, queue, due, ivl, factor, reps, lapses"
    rows = collection.db.all(f"select {columns} from cards where reps > 0")
    return {row[0]: tuple(row[1:]) for row in rows}


def test_no_review_of_the_edition_before_is_lost(tmp_path: Path) -> None:
    command = ["git", "-C", str(CONTENT.parent), "archive", BEFORE, "content"]
    archive = subprocess.run(command, capture_output=True, check=False)
    if archive.returncode:
        pytest.skip("no history of git that goes back so far")
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        files.extractall(tmp_path, filter="data")
    before = tmp_path / "content"
    old = built(before, before / "deck.lock", tmp_path / "old")
    new = built(CONTENT, CONTENT / "deck.lock", tmp_path / "new")
    collection = Collection(str(tmp_path / "collection.anki2"))
    try:
        collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(old)))
        collection.db.execute(
            "update cards set type = 2, queue = 2, ivl = 1 + id % 300, due = id % 400,"
            " reps = 1 + id % 20, factor = 2500"
        )
        studied = schedules(collection)
        log = collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(new))).log

        assert len(studied) == 444
        assert schedules(collection) == studied
        assert len(log.updated) > 300
        assert not log.conflicting
    finally:
        collection.close()

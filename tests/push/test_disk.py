"""A push on a disk that gets full, and the backup that it makes first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from anki.collection import Collection

from cardwright.cli import run
from tests.in_anki import collection_in
from tests.small_disk import small_disk

QUESTIONS = "## What is a leaf?\n\nAn organ.\n\n## What is a root?\n\nIt drinks.\n"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", "4m") as folder:
        yield folder


def push(folder: Path, file: Path, *words: str) -> int:
    notes, output = str(folder / "plants.md"), str(folder / "build")
    return run(["push", notes, "-o", output, "--collection", str(file), *words])


def answers(file: Path) -> set[str]:
    with collection_in(file) as collection:
        return {collection.get_note(id_)["Answer"] for id_ in collection.find_notes("")}


def test_a_full_disk_leaves_nothing_that_the_next_push_does_not_finish(
    disk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = disk / "collection.anki2"
    with collection_in(file):
        pass
    notes = tmp_path / "plants.md"
    notes.write_text(QUESTIONS, "utf-8")
    assert push(tmp_path, file) == 0
    many = "".join(f"\n## What is number {n}?\n\n{'It is long. ' * 40}\n" for n in range(300))
    notes.write_text(QUESTIONS.replace("drinks", "eats") + many, "utf-8")
    (disk / "ballast").write_bytes(bytes(_free(disk) - 65_536))

    assert push(tmp_path, file) == 1
    said = capsys.readouterr().err
    (disk / "ballast").unlink()

    assert "AN810" in said or "AN802" in said, said
    assert answers(file) >= {"<p>An organ.</p>"}
    assert push(tmp_path, file) == 0
    assert push(tmp_path, file) == 0
    assert capsys.readouterr().out.endswith("Anki is up to date\n")
    assert {"<p>An organ.</p>", "<p>It eats.</p>"} <= answers(file)


def _free(disk: Path) -> int:
    state = os.statvfs(disk)
    return state.f_bavail * state.f_frsize


def test_the_backup_brings_the_collection_back(tmp_path: Path) -> None:
    file = tmp_path / "collection.anki2"
    with collection_in(file):
        pass
    notes = tmp_path / "plants.md"
    notes.write_text(QUESTIONS, "utf-8")
    push(tmp_path, file)
    for backup in (tmp_path / "backups").iterdir():
        backup.unlink()
    notes.write_text("## What is a leaf?\n\nA part.\n", "utf-8")

    assert push(tmp_path, file, "--prune") == 0
    assert answers(file) == {"<p>A part.</p>"}
    (backup,) = (tmp_path / "backups").iterdir()
    collection = Collection(str(file))
    folder, database = collection.media.dir(), str(tmp_path / "collection.media.db2")
    collection.close()
    collection._backend.import_collection_package(
        col_path=str(file), backup_path=str(backup), media_folder=folder, media_db=database
    )

    assert answers(file) == {"<p>An organ.</p>", "<p>It drinks.</p>"}

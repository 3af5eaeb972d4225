"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cardwright.atomic_files import commit, stage, sweep
from cardwright.media.cache import Cache


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "deck.apkg"

    for content in (b"one", b"two"):
        commit(stage(path, content), path)

    assert path.read_bytes() == b"two"
    assert [found.name for found in path.parent.iterdir()] == ["deck.apkg"]


def test_a_staged_file_leaves_the_old_one_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "deck.apkg"
    path.write_bytes(b"old")

    temporary = stage(path, b"new")

    assert path.read_bytes() == b"old"
    assert temporary.read_bytes() == b"new"


def test_a_folder_in_the_way_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "deck.apkg"
    path.mkdir()

    with pytest.raises(IsADirectoryError):
        stage(path, b"new")

    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_rename_leaves_no_temporary_file(tmp_path: Path) -> None:
    path = tmp_path / "deck.apkg"
    temporary = stage(path, b"new")
    path.mkdir()

    with pytest.raises(OSError, match="directory"):
        commit(temporary, path)

    assert list(tmp_path.iterdir()) == [path]


FULL_DISK = """
import resource, sys
from pathlib import Path
from cardwright.atomic_files import stage
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    stage(Path(sys.argv[1]), b"new" * 1000)
except OSError as error:
    print(error.strerror)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit for file sizes on Windows")
def test_a_write_that_stops_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "deck.apkg"
    path.write_bytes(b"old")

    run = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(path)], capture_output=True, text=True, check=True
    )

    assert run.stdout == "File too large\n"
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_build_left_is_removed_by_the_next_that_has_its_turn(tmp_path: Path) -> None:
    mine, other = "a" * 16, "b" * 16
    (tmp_path / ".editor.tmp").write_bytes(b"not ours")
    staged = [stage(tmp_path / "deck.apkg", b"half", key) for key in (mine, other, "")]

    sweep(tmp_path, mine)

    assert [path.exists() for path in staged] == [False, True, True]
    assert (tmp_path / ".editor.tmp").exists()


def test_what_was_left_an_hour_ago_is_removed_by_any_build(tmp_path: Path) -> None:
    staged = [stage(tmp_path / "deck.apkg", b"half", key) for key in ("a" * 16, "")]
    for path in staged:
        os.utime(path, (time.time() - 4000, time.time() - 4000))
    fresh = stage(tmp_path / "deck.apkg", b"half")

    sweep(tmp_path)
    sweep(tmp_path / "nowhere")

    assert list(tmp_path.iterdir()) == [fresh]


def test_a_cache_is_swept_as_well(tmp_path: Path) -> None:
    cache = Cache(tmp_path / ".cache", is_writable=True)
    cache.store_fetched(b"an image")
    (kept,) = [path for path in tmp_path.rglob("*") if path.is_file() and path.name[0] != "."]
    left = stage(kept, b"half")
    os.utime(left, (time.time() - 4000, time.time() - 4000))

    Cache(tmp_path / ".cache").sweep()
    assert left.exists()
    cache.sweep()

    assert not left.exists()
    assert cache.fetched(kept.name) == b"an image"

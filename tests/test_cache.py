"""The cache beside the package: what no build has used for a season goes, what is pinned stays."""

from __future__ import annotations

import os
import time
from hashlib import sha256
from pathlib import Path

import pytest

from cardwright.building import build_deck
from cardwright.lock import ImagePin, Lock
from cardwright.lock.text import format_lock
from cardwright.media.cache import Cache
from cardwright.media.picture import Picture
from cardwright.pipeline import Options

DAY = 86_400


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / ".cache", is_writable=True)


def files(cache: Cache) -> list[Path]:
    assert cache.folder is not None
    return sorted(path for path in cache.folder.rglob("*") if path.is_file())


def age(cache: Cache, days: float) -> None:
    """Make all of the cache as old as that."""
    then = time.time() - days * DAY
    for path in files(cache):
        os.utime(path, (then, then))


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def test_files_not_used_for_ninety_days_are_removed(cache: Cache) -> None:
    cache.store_fetched(b"leaf")
    cache.store_picture("ab12", Picture(b"webp", "webp"))
    age(cache, 91)
    cache.store_fetched(b"root")

    cache.prune(())

    assert cache.fetched(digest(b"leaf")) is None
    assert cache.picture("ab12") is None
    assert cache.fetched(digest(b"root")) == b"root"
    assert cache.folder is not None
    assert (cache.folder / ".gitignore").exists()


def test_used_files_of_the_cache_stay(cache: Cache) -> None:
    cache.store_fetched(b"leaf")
    cache.store_picture("ab12", Picture(b"webp", "webp"))
    age(cache, 89)
    assert cache.fetched(digest(b"leaf")) == b"leaf"
    assert cache.picture("ab12") == Picture(b"webp", "webp")

    stamps = [path.stat().st_mtime for path in files(cache) if path.name != ".gitignore"]

    assert all(time.time() - stamp < DAY for stamp in stamps)


def test_what_is_pinned_stays_however_old(cache: Cache) -> None:
    cache.store_fetched(b"leaf")
    age(cache, 5_000)

    cache.prune((digest(b"leaf"),))

    assert cache.fetched(digest(b"leaf")) == b"leaf"


def test_old_temporary_files_are_removed_and_fresh_ones_stay(cache: Cache) -> None:
    cache.store_fetched(b"leaf")
    (folder,) = {path.parent for path in files(cache) if path.name != ".gitignore"}
    (folder / ".0123.tmp").write_bytes(b"half")
    age(cache, 91)
    (folder / ".4567.tmp").write_bytes(b"of a build that runs")

    cache.prune((digest(b"leaf"),))

    assert {path.name for path in folder.iterdir()} == {digest(b"leaf"), ".4567.tmp"}


def test_a_cache_that_is_only_read_is_left_alone(cache: Cache) -> None:
    cache.store_fetched(b"leaf")
    age(cache, 91)
    before = [(path, path.stat().st_mtime) for path in files(cache)]
    reading = Cache(cache.folder)

    reading.prune(())

    assert reading.fetched(digest(b"leaf")) == b"leaf"
    assert [(path, path.stat().st_mtime) for path in files(cache)] == before


def test_no_cache_and_no_folder_are_nothing_to_prune(cache: Cache) -> None:
    Cache().prune(())
    cache.prune(())

    assert files(cache) == []


def test_a_file_outside_of_the_cache_is_never_reached(cache: Cache, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    precious = tmp_path / "notes" / "precious"
    precious.write_text("x")
    cache.store_fetched(b"leaf")
    assert cache.folder is not None
    (cache.folder / "fetched" / "zz").symlink_to(tmp_path / "notes")
    (cache.folder / "mine").mkdir()
    (cache.folder / "mine" / "letter").write_text("x")
    age(cache, 91)
    os.utime(precious, (0, 0))

    cache.prune(())

    assert precious.exists()
    assert (cache.folder / "mine" / "letter").exists()


@pytest.mark.parametrize("kind", ["fetched", "made"])
def test_nothing_is_deleted_behind_a_link_that_came_with_a_repository(
    cache: Cache, tmp_path: Path, kind: str
) -> None:
    for name in ("documents/thesis", "ab/abroad"):
        path = tmp_path / "home" / name
        path.parent.mkdir(parents=True)
        path.write_text("x")
        os.utime(path, (0, 0))
    assert cache.folder is not None
    cache.folder.mkdir()
    (cache.folder / kind).symlink_to(tmp_path / "home")

    cache.prune(())

    assert len([path for path in (tmp_path / "home").rglob("*") if path.is_file()]) == 2


def test_a_build_prunes_and_keeps_what_its_lock_pins(cache: Cache, tmp_path: Path) -> None:
    url = "https://example.org/leaf.png"
    cache.store_fetched(b"leaf")
    cache.store_fetched(b"root")
    age(cache, 91)
    deck = tmp_path / "deck"
    deck.mkdir()
    (deck / "plants.md").write_text(f"## What is a leaf?\n\n![a leaf]({url})\n")
    pin = ImagePin(url, digest(b"leaf"), 1)
    (deck / "deck.lock").write_text(format_lock(Lock("salt", pins=(pin,))))

    built = build_deck(deck, tmp_path, Options(1, is_offline=True, cache=cache))

    assert built.package is not None
    assert cache.fetched(digest(b"leaf")) == b"leaf"
    assert cache.fetched(digest(b"root")) is None


@pytest.mark.parametrize("name", ["/etc/passwd", "../../x", "\0", "", "."])
def test_what_is_no_name_of_the_cache_is_not_in_it(cache: Cache, name: str) -> None:
    assert cache.fetched(name) is None
    assert cache.picture(name) is None

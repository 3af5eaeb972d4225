"""Builds that are killed, that run at the same time, or that find the disk full."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from cardwright.cli import run
from tests.small_disk import small_disk

pytestmark = pytest.mark.slow  # its tests start programs, or talk to one

HERE = Path(__file__).parent

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


def said_by(script: str, *words: str) -> dict[str, Any]:
    command = [sys.executable, str(HERE / script), *words]
    environment = {**os.environ, "TMPDIR": tempfile.gettempdir()}
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert ran.returncode == 0, ran.stderr
    said: dict[str, Any] = json.loads(ran.stdout)
    return said


@needs_fork
def test_a_killed_build_leaves_the_old_or_the_new_files_and_nothing_else(tmp_path: Path) -> None:
    said = said_by("killed_builds.py", str(tmp_path))

    assert said["wrong"] == []
    assert said["killed"] >= 100


@needs_fork
def test_two_builds_at_once_lose_nothing(tmp_path: Path) -> None:
    assert said_by("builds_at_once.py", str(tmp_path / "plants"), "20") == {
        "rounds": 20,
        "wrong": [],
    }


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", "256k") as folder:
        yield folder


BLOCK = 4096
NOISE = Random(7)
PLANTS = "## What is a leaf?\n\nAn organ.\n\n" + "\n\n".join(
    f"## What is part {n}?\n\nIt is {NOISE.randbytes(60).hex()}." for n in range(60)
)


@pytest.mark.parametrize("is_first", [True, False], ids=["first build", "second build"])
def test_on_a_disk_that_gets_full_a_build_writes_all_or_nothing(
    disk: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    is_first: bool,
) -> None:
    monkeypatch.chdir(disk)
    (disk / "garden").mkdir()
    (disk / "garden" / "plants.md").write_text(PLANTS)
    names = [disk / "garden" / "deck.lock", disk / "build" / "garden.apkg"]
    if not is_first:
        assert built_at(monkeypatch, "garden", "1800000000") == 0
    (disk / "garden" / "plants.md").write_text(PLANTS.replace("An organ", "A part"))
    old = [path.read_bytes() if path.exists() else None for path in names]

    statuses = []
    for blocks in range(100):
        fill(disk, blocks)
        statuses.append(built_at(monkeypatch, "garden", "1800000100"))
        (disk / "filler").unlink()
        printed = capsys.readouterr().err
        found = [path.read_bytes() if path.exists() else None for path in names]
        assert not [*disk.rglob(".*.tmp")]
        if statuses[-1] == 0:
            break
        assert " PK701 " in printed
        assert found[1] == old[1]
        assert found[0] == old[0]

    assert len(statuses) > 5
    assert statuses == [1] * (len(statuses) - 1) + [0]
    assert None not in found
    assert found != old


def fill(disk: Path, blocks: int) -> None:
    """Leave room for so many blocks on a disk."""
    free = os.statvfs(disk).f_bfree
    (disk / "filler").write_bytes(b"x" * (free - blocks) * BLOCK)


def built_at(monkeypatch: pytest.MonkeyPatch, path: str, epoch: str) -> int:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    return run(["build", path])

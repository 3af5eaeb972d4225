"""One build of a deck at a time."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from cardwright.building import build_deck
from cardwright.diagnostics import Code
from cardwright.disk.build_lock import build_lock
from cardwright.pipeline import Options

HOLDS = """
import sys, time
from pathlib import Path
from cardwright.disk.build_lock import build_lock
with build_lock(Path(sys.argv[1]), print) as lock:
    print(lock.key, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    (tmp_path / "garden").mkdir()
    (tmp_path / "garden" / "plants.md").write_text("## What is a leaf?\n\nAn organ.\n")
    return tmp_path / "garden"


def holder(lock_file: Path) -> subprocess.Popen[str]:
    """Another program that builds with ``lock_file`` until its input ends."""
    program = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(lock_file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": tempfile.gettempdir()},
    )
    assert program.stdout is not None
    assert len(program.stdout.readline()) == 17
    return program


def test_a_second_build_waits_and_says_for_what(deck: Path) -> None:
    said: list[str] = []
    with holder(deck / "deck.lock") as first:
        timer = threading.Timer(1.5, first.communicate)
        timer.start()
        built = build_deck(deck, deck.parent / "build", Options(7, notify=said.append))
        timer.join()

    assert built.diagnostics == ()
    assert built.package is not None
    assert said == [f"waiting for another build to finish with '{deck.as_posix()}/deck.lock'"]


def test_a_build_that_need_not_wait_says_nothing(deck: Path) -> None:
    said: list[str] = []

    with holder(deck.parent / "deck.lock") as other:
        build_deck(deck, deck.parent / "build", Options(7, notify=said.append))
        other.communicate()

    assert said == []


def test_a_build_that_waited_too_long_writes_nothing(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cardwright.disk.build_lock.LIMIT", 0.1)

    with holder(deck / "deck.lock") as first:
        built = build_deck(deck, deck.parent / "build", Options(7))
        first.communicate()

    assert [problem.code for problem in built.diagnostics] == [Code.BUILD_RUNNING]
    assert built.package is None
    assert [path.name for path in deck.parent.rglob("*")] == ["garden", "plants.md"]


def test_a_program_that_was_killed_keeps_nobody_waiting(deck: Path) -> None:
    with holder(deck / "deck.lock") as first:
        first.kill()

    said: list[str] = []
    assert build_deck(deck, deck.parent / "build", Options(7, notify=said.append)).package
    assert said == []


def test_one_deck_has_one_build_lock_however_it_is_named(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (deck.parent / "link").symlink_to(deck)
    monkeypatch.chdir(deck)
    names = [deck / "deck.lock", deck.parent / "link" / "deck.lock", Path("deck.lock")]

    keys = set()
    for name in names:
        with build_lock(name, print) as lock:
            keys.add(lock.key)

    assert len(keys) == 1
    with build_lock(deck / "plants.lock", print) as lock:
        assert lock.key not in keys


def test_no_build_lock_is_left_beside_the_lock(deck: Path) -> None:
    build_deck(deck, deck.parent / "build", Options(7))

    assert sorted(path.name for path in deck.iterdir()) == [
        ".gitattributes",
        "deck.lock",
        "plants.md",
    ]


@pytest.mark.parametrize("folder", ["garden/plants.md", "garden"])
def test_without_a_temporary_folder_of_its_own_a_build_warns_and_goes_on(
    deck: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(deck.parent / folder))

    built = build_deck(deck, deck.parent / "build", Options(7))

    assert [problem.code for problem in built.diagnostics] == [Code.NO_BUILD_LOCK]
    assert built.package is not None
    strict = build_deck(deck, deck.parent / "build", Options(7, is_strict=True))
    assert strict.package is None

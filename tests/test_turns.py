"""One build of a deck at a time."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from cardwright.diagnostics import Code
from cardwright.disk.turns import turn
from cardwright.pipeline import Options, build_deck

HOLDS = """
import sys, time
from pathlib import Path
from cardwright.disk.turns import turn
with turn(Path(sys.argv[1]), print) as mine:
    print(mine.key, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    (tmp_path / "garden").mkdir()
    (tmp_path / "garden" / "plants.md").write_text("## What is a leaf?\n\nAn organ.\n")
    return tmp_path / "garden"


def holder(lock_file: Path) -> subprocess.Popen[str]:
    """Another program that has the turn of ``lock_file`` until its input ends."""
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
        built = build_deck(deck, deck.parent / "build", Options(7, say=said.append))
        timer.join()

    assert built.diagnostics == ()
    assert built.package is not None
    assert said == [f"waiting for another build to finish with '{deck.as_posix()}/deck.lock'"]


def test_a_build_that_need_not_wait_says_nothing(deck: Path) -> None:
    said: list[str] = []

    with holder(deck.parent / "deck.lock") as other:
        build_deck(deck, deck.parent / "build", Options(7, say=said.append))
        other.communicate()

    assert said == []


def test_a_build_that_waited_too_long_writes_nothing(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cardwright.disk.turns.LIMIT", 0.1)

    with holder(deck / "deck.lock") as first:
        built = build_deck(deck, deck.parent / "build", Options(7))
        first.communicate()

    assert [problem.code for problem in built.diagnostics] == [Code.NO_TURN]
    assert built.package is None
    assert [path.name for path in deck.parent.rglob("*")] == ["garden", "plants.md"]


def test_a_program_that_was_killed_has_no_turn_any_more(deck: Path) -> None:
    with holder(deck / "deck.lock") as first:
        first.kill()

    said: list[str] = []
    assert build_deck(deck, deck.parent / "build", Options(7, say=said.append)).package
    assert said == []


def test_one_lock_has_one_turn_however_it_is_named(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (deck.parent / "link").symlink_to(deck)
    monkeypatch.chdir(deck)
    names = [deck / "deck.lock", deck.parent / "link" / "deck.lock", Path("deck.lock")]

    keys = set()
    for name in names:
        with turn(name, print) as mine:
            keys.add(mine.key)

    assert len(keys) == 1
    with turn(deck / "plants.lock", print) as mine:
        assert mine.key not in keys


def test_nothing_of_a_turn_is_left_beside_the_lock(deck: Path) -> None:
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

    assert [problem.code for problem in built.diagnostics] == [Code.TURNS_UNKNOWN]
    assert built.package is not None
    strict = build_deck(deck, deck.parent / "build", Options(7, is_strict=True))
    assert strict.package is None

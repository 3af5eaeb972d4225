"""One build of a deck at a time."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
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


@pytest.mark.slow
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


def test_a_build_that_does_not_have_to_wait_prints_nothing(deck: Path) -> None:
    said: list[str] = []

    with holder(deck.parent / "deck.lock") as other:
        build_deck(deck, deck.parent / "build", Options(7, notify=said.append))
        other.communicate()

    assert said == []


@pytest.mark.slow
def test_a_build_that_waits_too_long_gives_up_and_writes_nothing(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cardwright.disk.build_lock.GIVE_UP_AFTER", 0.1)

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
def test_a_build_without_a_temporary_folder_warns_and_continues(
    deck: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(deck.parent / folder))

    built = build_deck(deck, deck.parent / "build", Options(7))

    assert [problem.code for problem in built.diagnostics] == [Code.NO_BUILD_LOCK]
    assert built.package is not None
    strict = build_deck(deck, deck.parent / "build", Options(7, is_strict=True))
    assert strict.package is None


def test_a_deck_in_the_temporary_folder_is_locked(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(deck))
    monkeypatch.setattr("tempfile.tempdir", None)

    built = build_deck(deck / "plants.md", deck.parent / "build", Options(7))

    assert built.diagnostics == ()


def planted(deck: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The name of the build lock, in a temporary folder where somebody else was first."""
    folder = deck.parent / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    with build_lock(deck / "deck.lock", print) as lock:
        name = folder / f"cardwright-{lock.key}.lock"
    name.unlink()
    return name


UNIX = pytest.mark.skipif(os.name == "nt", reason="links and owners of Unix")
PLANTS: dict[str, Callable[[Path, Path], None]] = {
    "a link": lambda name, other: name.symlink_to(other),
    "a link to nothing": lambda name, other: name.symlink_to(other.with_name("nothing")),
    "a link to a folder": lambda name, other: name.symlink_to(other.parent),
    "a folder": lambda name, _other: name.mkdir(),
    "the file itself": lambda name, other: os.link(other, name),
}


@UNIX
@pytest.mark.parametrize("plant", PLANTS)
def test_what_somebody_put_in_the_place_of_a_build_lock_does_no_harm(
    deck: Path, monkeypatch: pytest.MonkeyPatch, plant: str
) -> None:
    other = deck.parent / "other.txt"
    other.write_text("precious")
    name = planted(deck, monkeypatch)
    PLANTS[plant](name, other)

    built = build_deck(deck, deck.parent / "build", Options(7))

    assert built.package is not None
    assert {problem.code for problem in built.diagnostics} <= {Code.NO_BUILD_LOCK}
    assert other.read_text() == "precious"
    assert not (deck.parent / "nothing").exists()


@UNIX
def test_a_build_lock_of_another_user_keeps_nobody_waiting(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = planted(deck, monkeypatch)
    with holder(deck / "deck.lock") as first:
        own = os.getuid()
        monkeypatch.setattr("os.getuid", lambda: own + 1)  # the file is that of the user before
        monkeypatch.setattr("cardwright.disk.build_lock._key", lambda _file: name.stem[-16:])
        built = build_deck(deck, deck.parent / "build", Options(7))
        first.communicate()

    assert built.package is not None
    assert [problem.code for problem in built.diagnostics] == [Code.NO_BUILD_LOCK]
    assert "is not a file of this user" in built.diagnostics[0].message


@UNIX
def test_nobody_else_can_open_a_build_lock(deck: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = planted(deck, monkeypatch)
    build_deck(deck, deck.parent / "build", Options(7))

    assert stat.S_IMODE(name.stat().st_mode) == 0o600

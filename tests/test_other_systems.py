"""What Windows and macOS do otherwise, with stand-ins for what only they have."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace
from typing import Any

import pytest

from cardwright import atomic_files
from cardwright.atomic_files import commit, is_read_only, stage
from cardwright.cli import run
from cardwright.config import Config
from cardwright.disk.lockfile import read_lock
from cardwright.disk.packed_lock import remove_renamed
from cardwright.media import lookup
from cardwright.model import DeckName
from cardwright.package import file_name
from cardwright.source import read_folder
from cardwright.terminal import Terminal

LEAF = "## What is a leaf?\n\nAn organ.\n"


class InUseError(PermissionError):
    """What Windows says while another program has a file open."""

    winerror = 32


def refusing(times: int, error: OSError) -> Callable[[Path, Path], Path]:
    """``Path.replace`` that fails so many times."""
    renamed, left = Path.replace, iter(range(times))

    def replace(self: Path, target: Path) -> Path:
        if next(left, None) is not None:
            raise error
        return renamed(self, target)

    return replace


def test_a_file_that_is_in_use_for_a_moment_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(atomic_files, "time", SimpleNamespace(sleep=pauses.append))
    path = tmp_path / "deck.apkg"
    path.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", refusing(3, InUseError()))

    commit(stage(path, b"new"), path)

    assert path.read_bytes() == b"new"
    assert len(pauses) == 3


@pytest.mark.parametrize(("error", "tries"), [(InUseError(), 6), (PermissionError(13, "no"), 1)])
def test_a_file_that_stays_in_use_keeps_what_it_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, tries: int
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(atomic_files, "time", SimpleNamespace(sleep=pauses.append))
    path = tmp_path / "deck.apkg"
    path.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", refusing(99, error))

    with pytest.raises(PermissionError):
        commit(stage(path, b"new"), path)

    assert len(pauses) == tries - 1
    assert [found.read_bytes() for found in tmp_path.iterdir()] == [b"old"]


@pytest.mark.skipif(os.name == "nt", reason="sets the permissions of Unix")
def test_a_folder_that_explorer_marks_is_not_read_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o555)

    assert is_read_only(tmp_path)
    monkeypatch.setattr(
        atomic_files, "os", SimpleNamespace(name="nt", access=os.access, W_OK=os.W_OK)
    )
    assert not is_read_only(tmp_path)
    tmp_path.chmod(0o755)


def test_a_package_is_not_removed_under_another_case_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plants.md").write_text(LEAF)
    assert run(["build", "plants.md", "-o", "Plants.apkg"]) == 0
    os.link("Plants.apkg", "plants.apkg")  # a disk without case has one file by both names
    lock, _ = read_lock(Path("plants.lock"))
    assert lock
    assert file_name(lock.deck) == "plants.apkg"

    remove_renamed(Path("Plants.apkg"), lock, DeckName("Other"))

    assert Path("plants.apkg").exists()


@pytest.mark.parametrize("deck", ["CON", "aux", "Nul", "com1", "LPT9", "prn "])
def test_no_package_is_named_like_a_device(deck: str) -> None:
    assert file_name(deck) == f"{deck.strip().lower()}-deck.apkg"
    assert file_name(f"{deck.strip()}ic") == f"{deck.strip().lower()}ic.apkg"


FOLDERS = [r"C:\decks\plants", r"\\server\share\plants", r"\\?\C:\decks\plants"]


def found(folder: str, target: str, monkeypatch: pytest.MonkeyPatch) -> object:
    """What an image leads to, seen from ``notes`` in a folder of Windows with two files."""
    monkeypatch.setattr(lookup, "Path", PureWindowsPath)
    ground = PureWindowsPath(folder)
    entries = {"": {"notes", "img", "Leaf.png"}, "img": {"root.png"}, "notes": set[str]()}
    finder: Any = object.__new__(lookup.Lookup)
    finder.folder, finder.roots, finder._grounds, finder._links = ground, (), (ground,), {}
    finder._listings = {
        ground / name: lookup._Listing(
            {each: SimpleNamespace(is_symlink=lambda: False) for each in inside},  # type: ignore[misc]
            {each: each for each in inside},
            {each.casefold(): each for each in inside},
        )
        for name, inside in entries.items()
    }
    place = finder.find(ground / "notes", target)
    if isinstance(place, lookup.Absence):
        return place
    return place.path.relative_to(ground).as_posix(), place.is_exact


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("../img/root.png", ("img/root.png", True)),
        ("../leaf.png", ("Leaf.png", False)),
        ("../../secret.png", lookup.Absence.OUTSIDE),
        ("../../plants-other/a.png", lookup.Absence.OUTSIDE),
        (r"..\..\secret.png", lookup.Absence.MISSING),
        ("C:/Windows/win.ini", lookup.Absence.MISSING),
        (r"C:\Windows\win.ini", lookup.Absence.MISSING),
        (r"\\server\share\secret.png", lookup.Absence.MISSING),
        ("//server/share/secret.png", lookup.Absence.OUTSIDE),
        ("con.png", lookup.Absence.MISSING),
        ("../Leaf.png:stream", lookup.Absence.MISSING),
    ],
)
def test_an_image_never_leads_out_of_a_folder_of_windows(
    folder: str, target: str, expected: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = found(folder, target, monkeypatch)

    outside = {lookup.Absence.OUTSIDE, lookup.Absence.MISSING}
    assert place == expected or {place, expected} <= outside


def test_a_junction_that_leads_out_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deck = tmp_path / "deck"
    deck.mkdir()
    (tmp_path / "other").mkdir()
    for folder in (deck, tmp_path / "other"):
        (folder / "leaf.md").write_text(LEAF)
    (deck / "junction").symlink_to(tmp_path / "other")
    scan = os.scandir

    class Scanned:
        """The entries of a folder, links among them as Windows shows a junction."""

        def __init__(self, path: Path) -> None:
            self._entries = list(scan(path))

        def __enter__(self) -> list[SimpleNamespace]:
            return [
                SimpleNamespace(
                    name=entry.name,
                    path=entry.path,
                    is_symlink=lambda: False,
                    is_junction=entry.is_symlink,
                    is_dir=entry.is_dir,
                    is_file=entry.is_file,
                )
                for entry in self._entries
            ]

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr(os, "scandir", Scanned)

    files, problems = read_folder(deck, Config())

    assert [file.path for file in files] == ["leaf.md"]
    assert [problem.code.code for problem in problems] == ["SR207"]


def test_a_patch_is_utf8_with_its_own_line_ends_whatever_the_console_writes() -> None:
    program = (
        "import sys; from cardwright.terminal import Terminal\n"
        "sys.stdout.reconfigure(newline='\\r\\n')\n"
        "for line in ('+Wörter 叶\\n', '-crlf\\r\\n'): Terminal(is_quiet=True).patch_line(line)"
    )
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}

    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, env=environment
    )

    assert ran.stdout == "+Wörter 叶\n-crlf\r\n".encode()


def test_a_printed_patch_sends_no_control_codes_to_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")

    Terminal(is_quiet=True).patch_line("+\x1b[2J\n")

    assert capsys.readouterr().out == "+\ufffd[2J\n"


def test_notes_and_lock_with_the_line_ends_of_windows_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plants.md").write_bytes(LEAF.encode())
    assert run(["build", "plants.md"]) == 0
    package = Path("build/plants.apkg").read_bytes()
    for name in ("plants.md", "plants.lock"):  # as 'core.autocrlf' of git leaves them
        Path(name).write_bytes(Path(name).read_bytes().replace(b"\n", b"\r\n"))

    assert run(["build", "plants.md", "--locked", "--no-cache"]) == 0

    assert Path("build/plants.apkg").read_bytes() == package

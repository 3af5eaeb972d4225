"""Files that are too large, have no end, or have names that a system does not take."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from cardwright.cli import run
from cardwright.config import load_config
from cardwright.model import is_device

NOTE = "## What is a leaf?\n\nAn organ.\n"
COMMANDS = ("check", "explain", "plan", "build")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "plants"
    folder.mkdir()
    (folder / "plants.md").write_text(NOTE, "utf-8")
    return folder


def ran(command: str, folder: Path) -> int:
    output = ["-o", str(folder.parent / "build")] if command in ("build", "plan") else []
    return run([command, str(folder), *output])


def of_size(path: Path, size: int) -> None:
    """A file of zeros, which takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(size)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("name", "size", "limit"),
    [
        ("huge.md", 200_000_000, "10 MB"),
        ("deck.yml", 1_000_001, "1 MB"),
        ("style.css", 200_000_000, "1 MB"),
        ("macros.tex", 200_000_000, "1 MB"),
        ("deck.lock", 1_000_000_000, "200 MB"),
    ],
)
def test_a_file_that_is_too_large_is_not_read(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str, name: str, size: int, limit: str
) -> None:
    of_size(folder / name, size)

    assert ran(command, folder) == (0 if name == "macros.tex" else 1)

    assert f"and the limit is {limit}" in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_of_zeros_is_text(folder: Path, command: str) -> None:
    of_size(folder / "zeros.md", 1_000_000)

    assert ran(command, folder) == 0


@pytest.mark.skipif(os.name == "nt", reason="the files of this test are those of Unix")
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("kind", ["pipe", "socket"])
def test_what_is_no_file_is_named_and_not_waited_for(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    kind: str,
) -> None:
    monkeypatch.chdir(folder)  # the path of a socket has a limit
    if kind == "pipe":
        os.mkfifo("odd.md")
    else:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind("odd.md")

    assert ran(command, folder) == 1

    printed = capsys.readouterr().err
    assert "odd.md: SR202 'odd.md' cannot be read: it is a device, a pipe or a socket" in printed


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("CON", True), ("con.apkg", True), ("nul .apkg", True), ("COM1.a.apkg", True),
        ("lpt³", True), ("conin$", True), ("console.apkg", False), ("com10", False),
        ("a.con", False),
    ],
)  # fmt: skip
def test_the_names_of_devices_are_known(name: str, is_one: bool) -> None:
    assert is_device(name) == is_one


@pytest.mark.parametrize(
    "name",
    [
        "con.apkg", "NUL.old.apkg", "com¹.apkg", "a:b.apkg", "a .apkg", "a?.apkg", "a|b.apkg",
        "../a.apkg", "..\\\\a.apkg", "/a.apkg", "C:a.apkg", ".apkg", "字" * 60 + ".apkg",
        "a\\0.apkg", " .apkg",
    ],
)  # fmt: skip
def test_no_setting_names_a_package_that_a_system_refuses(name: str) -> None:
    config, problems = load_config(f'output: "{name}"', "deck.yml")

    assert config.output == ""
    assert [problem.place.line for problem in problems] == [1]


@pytest.mark.parametrize("name", ["a.apkg", "a b.apkg", "v1.2.apkg", "大模型.apkg"])
def test_any_other_name_is_taken(name: str) -> None:
    config, problems = load_config(f"output: {name}", "deck.yml")

    assert (config.output, problems) == (name, ())

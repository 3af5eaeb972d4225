"""A stranger's folders are built or refused; nothing of theirs runs, reads or reaches anything.

Every folder of ``tests/traps.py`` goes through each command under an audit hook. On Linux,
``python -m tests.traced_traps`` looks at the same from outside.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import pytest

import cardwright
from tests.server import running
from tests.traps import REDIRECTS, SECRET, TRAPS, lead_elsewhere, write_traps

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="the traps are links and pipes of Unix"),
]

SOURCE = Path(cardwright.__file__).parents[1]
COMMANDS = ("check", "explain", "plan", "build")
ENGINE = f"subprocess.Popen ({sys.executable!r},)"
"""The process in which V8 runs."""

PUBLIC = "127.0.0.2" if sys.platform == "linux" else "127.0.0.1"
"""Counts as an address of the public internet. Only Linux has more than one of its own."""


@pytest.fixture(scope="module")
def trapped(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What each command did in each folder."""
    around = tmp_path_factory.mktemp("around")
    outside = around / "outside"
    decks = outside / "decks"
    with running() as server, running(host=PUBLIC) as public:
        temporary = around / "temporary"
        temporary.mkdir()
        write_traps(decks, outside, server.port, f"{PUBLIC}:{public.port}", temporary)
        lead_elsewhere(public, server.port, outside)
        before = _files(outside)
        ran = subprocess.run(
            [sys.executable, Path(__file__).with_name("audited.py"), PUBLIC, decks, *COMMANDS],
            env={
                **os.environ,
                "PYTHONPATH": str(SOURCE),
                "TMPDIR": str(temporary),
                "SECRET_OF_THE_ENVIRONMENT": SECRET,
                "XDG_CACHE_HOME": str(temporary),
            },
            capture_output=True,
            timeout=600,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr.decode()[-2000:]
        found: dict[str, Any] = json.loads(ran.stdout)
        return {
            **found,
            "decks": decks,
            "asked": [*server.asked],
            "public": f"(('{PUBLIC}', {public.port}),)",
            "led": [*public.asked],
            "changed": sorted(dict(before.items() ^ _files(outside).items())),
        }


def _files(outside: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in outside.iterdir() if path.is_file()}


@pytest.mark.parametrize("name", TRAPS)
def test_a_trap_does_no_harm(trapped: dict[str, Any], name: str) -> None:
    allowed = (ENGINE, f"socket.connect {trapped['public']}")

    assert trapped[name].keys() == {*COMMANDS}
    for command, ran in trapped[name].items():
        assert ran["status"] in (0, 1, 2), ran["printed"]
        asked = [each for each in ran["done"] if "getaddrinfo" not in each and each not in allowed]
        assert (command, asked) == (command, [])
        assert SECRET not in ran["printed"]
    assert not [*(trapped["decks"] / name).rglob("*PWNED*")]
    for package in (trapped["decks"] / name / "build").glob("*.apkg"):
        assert_has_no_file_of_elsewhere_and_no_script(package)


def assert_has_no_file_of_elsewhere_and_no_script(package: Path) -> None:
    if package.is_symlink():
        return
    try:
        with ZipFile(package) as file:
            content = b"".join(file.read(entry) for entry in file.namelist() if "evil" not in entry)
    except BadZipFile:
        return
    assert SECRET.encode() not in content
    assert b"<script" not in content
    assert b"onerror=" not in content


def test_no_trap_reaches_a_server_or_changes_a_file_of_elsewhere(trapped: dict[str, Any]) -> None:
    assert trapped["asked"] == []
    assert trapped["changed"] == []
    assert not (trapped["decks"].parent / "PWNED").exists()


def test_the_redirects_were_followed_to_where_they_lead(trapped: dict[str, Any]) -> None:
    assert {f"/{number}" for number in range(len(REDIRECTS))} | {"/again"} <= {*trapped["led"]}


def test_the_list_of_traps_is_long() -> None:
    assert len(TRAPS) >= 40

"""Build every folder of ``tests/traps.py`` under strace, and look at what the system was asked for.

usage: python -m tests.traced_traps

For Linux, with strace. Prints a line for each thing that was done outside of the folder: a program
that was started, a connection, a file that was opened for writing, or the secret that was read.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import cardwright
from tests.server import running
from tests.traps import TRAPS, write_traps

SOURCE = Path(cardwright.__file__).parents[1]
_CALLS = "execve,connect,sendto,openat,creat,rename,renameat2,unlink,unlinkat,symlink,mkdir"
_PATH = re.compile(r'"((?:[^"\\]|\\.)*)"')
_WRITES = ("O_WRONLY", "O_RDWR", "O_CREAT", "creat(", "rename", "unlink", "symlink", "mkdir")


def main() -> None:
    """Build, and print."""
    wrong = 0
    with tempfile.TemporaryDirectory() as name, running() as server:
        around = Path(os.path.realpath(name))
        outside, own = around / "outside", around / "own"
        own.mkdir()
        write_traps(outside / "decks", outside, server.port, f"127.0.0.1:{server.port}", own)
        for trap in TRAPS:
            folder = outside / "decks" / trap
            lines = _traced(folder, own)
            found = sorted(set(_harm(lines, folder, own, outside)))
            wrong += len(found)
            for words in found:
                print(f"{trap}: {words}", flush=True)
        asked = len(server.asked)
    print(f"{len(TRAPS)} traps, {wrong} harmful calls, {asked} requests")


def _traced(folder: Path, own: Path) -> list[str]:
    trace = own / "trace"
    program = [sys.executable, "-P", "-m", "cardwright", "build", "."]
    values = {**os.environ, "PYTHONPATH": str(SOURCE), "TMPDIR": str(own)}
    values |= {"XDG_CACHE_HOME": str(own), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run(
        ["strace", "-f", "-qq", "-s", "4096", "-o", trace, "-e", f"trace={_CALLS}", *program],
        cwd=folder, env=values, capture_output=True, timeout=300, check=False,
    )  # fmt: skip
    return trace.read_text("utf-8", "replace").splitlines()


def _harm(lines: list[str], folder: Path, own: Path, outside: Path) -> Iterator[str]:
    """What was done and not refused by the system, in words."""
    for line in lines:
        call = line.partition(" ")[2].lstrip()
        paths = [os.path.normpath(folder / path) for path in _PATH.findall(call)]
        if "AF_INET" in call:  # whether or not anybody listens
            yield f"asks {call}"
            continue
        if " = -1 " in call or not paths:
            continue
        if call.startswith("execve") and os.path.realpath(paths[0]) != os.path.realpath(
            sys.executable
        ):
            yield f"starts {paths[0]}"
        if not call.startswith("execve"):
            real = [os.path.realpath(path) for path in paths]
            if any(path.startswith(f"{outside}/secret") for path in real):
                yield f"reaches {call}"
            is_write = any(sign in call for sign in _WRITES)
            places = (f"{folder}", f"{own}", "/dev/null", "/dev/shm")
            if is_write and not all(path.startswith(places) for path in real):
                yield f"writes {call}"


if __name__ == "__main__":
    main()

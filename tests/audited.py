"""Run commands on folders under an audit hook, and print as JSON what they did and said.

Arguments: an address that counts as public, a folder whose subfolders are decks, and the
commands. What is reported: processes, connections, modules of the decks, and files opened that
are neither in the deck's own folder nor the interpreter's and its libraries'.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import tempfile
from pathlib import Path

import cardwright
from cardwright.cli import run
from cardwright.media.fetch_rules import RULES

_ACTIONS = (
    "ctypes.dlopen",
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.putenv",
    "os.spawn",
    "os.startfile",
    "os.system",
    "pty.spawn",
    "socket.connect",
    "socket.getaddrinfo",
    "subprocess.Popen",
    "urllib.Request",
    "webbrowser.open",
)
_TRAPS = ("evil", "antigravity", "this")


def main(public: str, decks: Path, commands: list[str]) -> None:
    """Print a mapping of decks to commands to exit code, what was printed, and what was done."""
    object.__setattr__(RULES, "is_allowed", public.__eq__)
    done: list[str] = []
    allowed = [
        str(Path(path).resolve())
        for path in (sys.prefix, sys.base_prefix, tempfile.gettempdir(), *cardwright.__path__)
    ]
    inside = ""

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if not inside:
            return
        if event in _ACTIONS:
            # a connection has its socket first, and then where it leads
            done.append(f"{event} {arguments[1:2] if 'connect' in event else arguments[:1]}")
        elif event == "import" and str(arguments[0]).split(".")[0] in _TRAPS:
            done.append(f"import {arguments[0]}")
        elif event == "open" and isinstance(arguments[0], str | bytes):
            path = os.path.realpath(os.fsdecode(arguments[0]))
            if not path.startswith((inside, *allowed, os.devnull)):
                done.append(f"open {path}")

    sys.addaudithook(note)
    found: dict[str, dict[str, dict[str, object]]] = {}
    for deck in sorted(decks.iterdir()):
        os.chdir(deck)
        for command in commands:
            printed = io.StringIO()
            inside = str(deck.resolve())
            with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
                status = run([command, "."])
            inside = ""
            said = {"status": status, "printed": printed.getvalue(), "done": [*done]}
            found.setdefault(deck.name, {})[command] = said
            done.clear()
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]).resolve(), sys.argv[3:])

"""Ctrl-C: the program ends at once, with 130, without a word and without a file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from tests.waiting import PATIENCE, wait_until

pytestmark = pytest.mark.slow  # its tests start programs, or talk to one

SLOW = "\n\n".join(rf"$$\def\a{{{'x' * 500}}}{number}" + r"\a" * 55 + "$$" for number in range(200))
"""KaTeX works on it for longer than anybody waits, a tenth of a second on each."""
AS_IN_A_TERMINAL = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
"""Whoever runs the tests may have SIGINT ignored, and children inherit that."""
PROGRAM = """import sys
try:
    print("ready", flush=True)
    from cardwright.__main__ import main
    main()
except KeyboardInterrupt:  # before it was asked to do anything
    sys.exit(130)
"""


@pytest.mark.parametrize("moment", [0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.5])
def test_an_interrupted_build_says_nothing_and_leaves_nothing(
    tmp_path: Path, moment: float
) -> None:
    content = tmp_path / "deck"
    content.mkdir()
    (content / "notes.md").write_text("## What is a leaf?\n\n$x$ and\n\n" + SLOW + "\n")
    command = [sys.executable, "-c", AS_IN_A_TERMINAL + PROGRAM, "build", "deck"]

    code, said, warned = interrupted(command, tmp_path, moment)

    assert (code, said, warned.strip()) == (130, "", "")
    assert sorted(tmp_path.rglob("*")) == [content, content / "notes.md"]


def interrupted(command: Sequence[str], folder: Path, moment: float) -> tuple[int, str, str]:
    """The exit code, stdout and stderr of a program that gets SIGINT so long after its start."""
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=folder, stdout=pipe, stderr=pipe, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(moment)
        child.send_signal(signal.SIGINT)
        said, warned = child.communicate(timeout=PATIENCE)
    return child.returncode, said, warned


def test_a_build_with_nohup_survives_the_end_of_its_terminal(tmp_path: Path) -> None:
    """``nohup`` and a shell's ``&`` start a program with the signal ignored."""
    (tmp_path / "notes.md").write_text("## What is a leaf?\n\nAn organ.\n")
    ignoring = ["sh", "-c", "trap '' INT; exec \"$@\"", "sh"]
    command = [*ignoring, sys.executable, "-c", PROGRAM, "build", "notes.md"]

    code, said, _ = interrupted(command, tmp_path, 0.1)

    assert (code, said.partition(":")[0]) == (0, "build/notes.apkg")


NAMED = """import os, signal
class Name:
    def __set_name__(self, *_):
        os.kill(os.getpid(), signal.SIGINT)
class Named:
    name = Name()
"""
"""A module in which Python would wrap the exception of an interruption in another one."""


@pytest.mark.parametrize(
    ("module", "words"), [("click", ["--version"]), ("genanki", ["build", "notes.md"])]
)
def test_the_program_may_be_interrupted_while_a_module_is_loaded(
    tmp_path: Path, module: str, words: list[str]
) -> None:
    (tmp_path / f"{module}.py").write_text(NAMED)
    (tmp_path / "notes.md").write_text("## What is a leaf?\n\nAn organ.\n")
    program = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); sys.argv[1:] = {words!r}\n"
    program += "import runpy; runpy.run_module('cardwright', run_name='__main__')"
    command = [sys.executable, "-c", AS_IN_A_TERMINAL + program]

    ran = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)

    assert (ran.returncode, ran.stdout, ran.stderr) == (130, "", "")
    assert not list(tmp_path.glob("*.lock"))


def children_of(pid: int) -> list[int]:
    """The processes that it started and that have not ended."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
            if int(parent) == pid and state != "Z":
                found.append(int(path.parent.name))
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_ctrl_c_in_a_terminal_ends_the_engine_too(tmp_path: Path) -> None:
    """A terminal sends the signal to all processes of its foreground."""
    (tmp_path / "notes.md").write_text("## What is a leaf?\n\n$x$ and\n\n" + SLOW + "\n")
    command = [sys.executable, "-c", AS_IN_A_TERMINAL + PROGRAM, "build", "notes.md"]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=pipe, stderr=pipe, start_new_session=True
    ) as child:
        wait_until(lambda: children_of(child.pid))
        time.sleep(0.5)  # it may have begun with the slow formulas
        engines = children_of(child.pid)
        os.killpg(child.pid, signal.SIGINT)
        said, warned = child.communicate(timeout=PATIENCE)

    assert (child.returncode, said, warned.strip()) == (130, b"ready\n", b"")
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in engines))

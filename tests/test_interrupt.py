"""Ctrl-C: the program ends at once, with 130, without a word and without a file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

SLOW = "\n\n".join(rf"$$\def\a{{{'x' * 500}}}{number}" + r"\a" * 55 + "$$" for number in range(200))
"""KaTeX works on it for longer than anybody waits, a tenth of a second on each."""
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
    command = [sys.executable, "-c", PROGRAM, "build", "deck"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=tmp_path, stdout=pipe, stderr=pipe, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(moment)
        child.send_signal(signal.SIGINT)
        said, warned = child.communicate(timeout=60)

    assert child.returncode == 130
    assert (said, warned.strip()) == ("", "")
    assert sorted(tmp_path.rglob("*")) == [content, content / "notes.md"]


def test_the_program_may_be_interrupted_while_it_is_loaded(tmp_path: Path) -> None:
    """The module that is imported first sends the signal itself."""
    (tmp_path / "click.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n")
    program = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); sys.argv[1:] = ['--version']\n"
    program += "import runpy; runpy.run_module('cardwright', run_name='__main__')"

    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert (ran.returncode, ran.stdout, ran.stderr) == (130, "", "")


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
    command = [sys.executable, "-m", "cardwright", "build", "notes.md"]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=pipe, stderr=pipe, start_new_session=True
    ) as child:
        deadline = time.monotonic() + 60
        while not (engines := children_of(child.pid)) and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.5)
        os.killpg(child.pid, signal.SIGINT)
        said, warned = child.communicate(timeout=60)

    assert (child.returncode, said, warned.strip()) == (130, b"", b"")
    assert engines
    assert not any(Path(f"/proc/{pid}").exists() for pid in engines)

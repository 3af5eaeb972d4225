"""Ctrl-C: the program ends at once, with 130, without a word and without a file."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SLOW = r"$$\def\a{" + "x" * 9000 + "}" + r"\a" * 30 + "$$"
"""KaTeX works on it for longer than anybody waits."""
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

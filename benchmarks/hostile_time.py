"""How the time of a command grows with texts that nobody would write, of 20 to 160 KB.

usage: python benchmarks/hostile_time.py [--from KB] [--to KB] [--flavour NAME] [WORD ...]

Runs every shape of ``tests/shapes.py`` whose name holds one of the words. Prints those whose time
grows faster than the 1.2th power of their length, or that end otherwise than with exit code 0 or
1, and a summary. Times are seconds of the processor, without those of V8.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import math
import signal
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from cardwright.cli import run
from tests.shapes import Shape, shapes

STEEPEST = 1.2
_LEAST = 0.05
"""Seconds below which a growth is noise."""

_MOST = 30
"""Seconds after which a command is ended."""


class TooLongError(BaseException):
    """Not an ``Exception``: nothing on the way may take it for an error of its own."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--from", dest="small", type=int, default=20)
    parser.add_argument("--to", dest="large", type=int, default=160)
    parser.add_argument("--flavour", default="commonmark")
    parser.add_argument("--command", default="check")
    asked = parser.parse_args()
    signal.signal(signal.SIGVTALRM, _stop)
    _ran("$a$ `b` ![c](d.png)", asked.flavour, asked.command)  # what is done only once
    count = steep = 0
    for name, shape in shapes().items():
        if asked.words and not any(word in name for word in asked.words):
            continue
        count += 1
        found = _growth(shape, asked.flavour, asked.command, asked.small, asked.large)
        if found:
            steep += 1
            print(f"{name}: {found}", flush=True)
    print(f"{count} shapes, {steep} too steep or broken")


def _growth(shape: Shape, flavour: str, command: str, small: int, large: int) -> str:
    """What is wrong with a shape, in words; empty if nothing is."""
    seconds: dict[int, float] = {}
    for size in (large, small):
        status, seconds[size], printed = _ran(shape(size * 1000), flavour, command)
        if status not in (0, 1):
            return f"exit {status} at {size} KB: {printed.strip()[-300:]!r}"
        if seconds[large] < _LEAST * large / small:
            return ""
    words = _words(seconds, small, large)
    for _ in range(_TRIES if words else 0):  # the machine may have been busy
        for size in (small, large):
            seconds[size] = min(seconds[size], _ran(shape(size * 1000), flavour, command)[1])
        words = _words(seconds, small, large)
    return words


_TRIES = 2


def _words(seconds: dict[int, float], small: int, large: int) -> str:
    """How the time grows; empty if it does so slowly enough."""
    exponent = math.log(seconds[large] / seconds[small]) / math.log(large / small)
    words = f"{seconds[small]:.2f} s to {seconds[large]:.2f} s, exponent {exponent:.2f}"
    return words if exponent > STEEPEST else ""


def _ran(text: str, flavour: str, command: str) -> tuple[int, float, str]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "notes.md").write_text(f"## What is a leaf?\n\nIt is\n\n{text}\n", "utf-8")
        settings = f"markdown: {{flavour: {flavour}}}\nproject: a\n"
        if flavour != "commonmark":
            settings = settings.replace("}", ", extensions: [extra, admonition, pymdownx.details]}")
        (folder / "deck.yml").write_text(settings, "utf-8")
        options = ["--offline", "--no-cache"] * (command != "explain")
        options += ["-o", f"{folder}/build"] * (command in ("build", "plan"))
        printed = io.StringIO()
        signal.setitimer(signal.ITIMER_VIRTUAL, _MOST)
        began = time.process_time()
        try:
            with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
                status = run([command, str(folder), *options])
        except TooLongError:
            return -1, float(_MOST), f"over {_MOST} s"
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        return status, time.process_time() - began, printed.getvalue()


def _stop(_number: int, _frame: object) -> None:
    raise TooLongError


if __name__ == "__main__":
    main()

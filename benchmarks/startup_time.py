"""Time how long commands take before they do any work, as a ratio to ``import click``.

usage: python benchmarks/startup_time.py [--rounds N]

Each round starts every program once, in turn, so that a busy machine is busy for all of them.
The seconds are those of the processor, the best of all rounds. The last two build three questions,
from nothing and again without a change.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

import click

BASE = "import click"
MODULE = ("-m", "cardwright")
PROGRAMS = {
    BASE: ("-c", BASE),
    "--version": (*MODULE, "--version"),
    "--help": (*MODULE, "--help"),
    "rule": (*MODULE, "rule"),
    "rule QA305": (*MODULE, "rule", "QA305"),
    "build --help": (*MODULE, "build", "--help"),
    "import build": ("-c", "import cardwright.pipeline"),
    "build": (*MODULE, "build", "notes.md", "-o", "{fresh}"),
    "build again": (*MODULE, "build", "again.md"),
}
NOTES = """# Plants

## What is a leaf?

An *organ* that takes light.

## What is a root?

1. It drinks.
2. It holds.

## What does `xylem` carry?

Water.
"""


@click.command()
@click.option("--rounds", default=10, show_default=True)
def main(rounds: int) -> None:
    """Print the seconds of each program and their ratio."""
    best = dict.fromkeys(PROGRAMS, float("inf"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(rounds + 1):
            (folder / "notes.md").write_text(NOTES, encoding="utf-8")
            (folder / "again.md").write_text(NOTES, encoding="utf-8")
            for program, words in PROGRAMS.items():
                seconds = _seconds(folder, [word.format(fresh=number) for word in words])
                if number:  # the first round writes bytecode, and the first package
                    best[program] = min(best[program], seconds)
            (folder / "notes.lock").unlink()
    for program, seconds in best.items():
        click.echo(f"{program:13} {seconds:6.3f} s  ratio {seconds / best[BASE]:5.1f}")


def _seconds(folder: Path, words: list[str]) -> float:
    """Those of the processor that Python takes with these words; its modules are compiled."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    before = getrusage(RUSAGE_CHILDREN)
    command = [sys.executable, *words]
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()

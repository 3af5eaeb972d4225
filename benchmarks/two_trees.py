"""Time reading and building against another version of the program, turn by turn.

usage: python benchmarks/two_trees.py OTHER [--size KB] [--rounds N] [FILE …]

OTHER is the ``src`` of another checkout (``git worktree add ../before COMMIT``). Each shape of
text, and each FILE, repeated up to the size, is read and then built once a round by either
version in a process of its own. The seconds are those of the processor for a MB, the best of
all rounds; the ratio is this version's to the other's.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import click
from build_time import generate  # beside this file
from reading_time import SHAPES

from cardwright.building import build_deck
from cardwright.config import Config
from cardwright.model import SourceFile
from cardwright.parse import parse
from cardwright.pipeline import Options

HERE = Path(__file__).resolve()
FURTHER: dict[str, Callable[[int], str]] = {
    "short": lambda n: f"## What is {n}?\n\nIt is number {n}.\n\n",
    "list-items": lambda n: f"- What is leaf {n}?\n  - It is an organ of a plant, *kind {n}*.\n",
    "quiz": lambda n: (
        f"### {n + 1}. What takes light?\n\n- [ ] A. root\n- [x] B. leaf\n- [ ] C. stem\n\n"
    ),
    "prose": lambda n: f"## What is {n}?\n\n" + ("The leaf takes light. " * 12 + "\n") * 12 + "\n",
    "code": lambda n: f"## What is {n}?\n\n```python\n" + "x = call(a[1], 'b')\n" * 20 + "```\n\n",
    "tables": lambda n: (
        f"## What is {n}?\n\n| a | b |\n|---|---|\n" + "| leaf | `1` |\n" * 20 + "\n"
    ),
    "formulas": lambda n: (
        f"## Why $x_{n}$?\n\nFor\n\n$$\n\\frac{{a}}{{{n}}}\n$$\n\nso $y < z$.\n\n"
    ),
}


@click.command()
@click.argument("other", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("files", type=click.Path(path_type=Path, exists=True, dir_okay=False), nargs=-1)
@click.option("--size", default=300, show_default=True, help="KB of each text.")
@click.option("--rounds", default=3, show_default=True)
def main(other: Path, files: tuple[Path, ...], size: int, rounds: int) -> None:
    """Print the seconds of both versions and their ratio."""
    trees = {"before": other.resolve(), "after": HERE.parent.parent / "src"}
    with tempfile.TemporaryDirectory() as name:
        for shape, unit in _texts(files):
            text = (unit * (size * 1000 // len(unit) + 1))[: size * 1000]
            path = Path(name) / "notes.md"
            path.write_text(text, encoding="utf-8")
            best: dict[str, tuple[float, float]] = {}
            for _ in range(rounds):
                for tree, source in trees.items():
                    read, built = _seconds(source, path)
                    before = best.get(tree, (read, built))
                    best[tree] = min(before[0], read), min(before[1], built)
            click.echo(f"{shape:20} {_shown(best, 0, 'read')}   {_shown(best, 1, 'built')}")


def _texts(files: tuple[Path, ...]) -> Iterator[tuple[str, str]]:
    cards = generate(1000)
    for name, shape in SHAPES.items():
        yield name, "".join(shape(front, back) for front, back in cards)
    for name, numbered in FURTHER.items():
        yield name, "".join(map(numbered, range(1000)))
    for file in files:
        yield f"{file.parent.name}/{file.name}"[:20], file.read_text(encoding="utf-8") + "\n\n"


def _shown(best: dict[str, tuple[float, float]], at: int, name: str) -> str:
    before, after = best["before"][at], best["after"][at]
    return f"{name} {before:5.2f} -> {after:5.2f} s/MB  ratio {after / before:.2f}"


def _seconds(source: Path, path: Path) -> tuple[float, float]:
    """Those of reading and of building ``path``, by the program in ``source``."""
    command = [sys.executable, str(HERE), "--child", str(path)]
    environment = {**os.environ, "PYTHONPATH": str(source)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    read, built = json.loads(done.stdout)
    return read, built


def _time(path: Path) -> None:
    """Print the seconds as JSON; garbage is collected as seldom as the program does."""
    _work(path.parent, "## What is a leaf?\n\nIt is $x$.\n\n```python\nx\n```\n")
    gc.freeze()
    gc.disable()
    print(json.dumps(_work(path.parent, path.read_text(encoding="utf-8"))))


def _work(folder: Path, text: str) -> tuple[float, float]:
    source = SourceFile("notes.md", tuple(text.split("\n")))
    megabytes = len(text) / 1_000_000
    began = time.process_time()
    parse(source, Config())
    read = (time.process_time() - began) / megabytes
    with tempfile.TemporaryDirectory(dir=folder) as name:
        path = Path(name) / "notes.md"
        path.write_text(text, encoding="utf-8")
        began = time.process_time()
        build_deck(path, Path(name) / "build", Options(now=1_000_000_000, is_offline=True))
        return read, (time.process_time() - began) / megabytes


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        _time(Path(sys.argv[2]))
    else:
        main()

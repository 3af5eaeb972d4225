"""Build decks with another version of the program, then with this one, and count what is lost.

usage: python benchmarks/upgrade.py OTHER/src FOLDER...

Each folder in a FOLDER is a deck. It is copied, so nothing of it is changed. A new way of reading
must keep the notes of decks that were built before: each deck with new or retired notes is printed,
and each with an error.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import click

SOURCE = Path(__file__).parents[1] / "src"
COUNTED = ("unchanged", "changed", "new", "retired")
_BUILD = """
import json, sys
import cardwright

for folder in sys.stdin.read().splitlines():
    built = cardwright.build(folder, folder + "/.built", offline=True, cache=False)
    counts = {name: len(getattr(built, name)) for name in sys.argv[1:]}
    errors = [f"{d.path}: {d.code} {d.message}" for d in built.diagnostics if d.severity == "error"]
    print(json.dumps([counts, errors]), flush=True)
"""


@click.command()
@click.argument("other", type=click.Path(exists=True, path_type=Path))
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def main(other: Path, folders: tuple[Path, ...]) -> None:
    """Build each deck of FOLDERS with the program in OTHER, then with this one."""
    with TemporaryDirectory() as work:
        decks = [*_copied(folders, Path(work))]
        before = [*_build(other, decks)]
        after = [*_build(SOURCE, decks)]
    total: Counter[str] = Counter()
    for deck, (_, unable), (counts, errors) in zip(decks, before, after, strict=True):
        if unable:
            continue  # it was no deck before either
        total.update(counts)
        if errors or counts["new"] or counts["retired"]:
            print(f"{deck.name}: {_words(counts)}", *errors[:2], sep="\n  ")
    print(f"all: {_words(total)}")


def _copied(folders: tuple[Path, ...], work: Path) -> list[Path]:
    """Return copies of the decks in the folders, without what an earlier build left in them."""
    decks: list[Path] = []
    for folder in folders:
        for deck in sorted(each for each in folder.iterdir() if each.is_dir()):
            copy = work / f"{len(decks)}-{deck.name}"
            shutil.copytree(deck, copy, ignore=shutil.ignore_patterns("*.lock", "*.apkg", ".git"))
            decks.append(copy)
    return decks


def _build(source: Path, decks: list[Path]) -> list[tuple[dict[str, int], list[str]]]:
    """Return the counts and the errors of each deck, built with the program in ``source``."""
    ran = subprocess.run(
        [sys.executable, "-c", _BUILD, *COUNTED],
        input="\n".join(map(str, decks)),
        env={**os.environ, "PYTHONPATH": str(source.resolve())},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [(counts, errors) for counts, errors in map(json.loads, ran.stdout.splitlines())]


def _words(counts: Counter[str] | dict[str, int]) -> str:
    return ", ".join(f"{counts[name]:,} {name}" for name in COUNTED)


if __name__ == "__main__":
    main()

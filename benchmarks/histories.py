"""Replay the real edits of Markdown files, and count the notes that are lost on the way.

usage: python -m benchmarks.histories REPOSITORY... [--files N] [--versions N] [--verbose]

Each REPOSITORY is a clone with its history. Each of its Markdown files with at least four commits
is a deck of its own, which is built again for every version, with the lock of the build before.
A note is lost if it retires although its question and the start of its answer are still in the
file. Nobody says here what the right notes are: what a build never read, it cannot lose.
"""

from __future__ import annotations

import random
import re
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

import cardwright

_FEWEST_COMMITS, _FEWEST_VERSIONS = 4, 3
_SHORTEST, _LONGEST = 1_500, 200_000
"""The characters of the files that are replayed."""
_FIRST_WORDS = 6
"""So many words of an answer must still be there."""


@click.command()
@click.argument("repositories", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--files", default=20, show_default=True, help="Files of each repository.")
@click.option("--versions", default=14, show_default=True, help="Versions of each file.")
@click.option("--seed", default=7, show_default=True, help="Which files are drawn.")
@click.option("--verbose", is_flag=True, help="Print each lost note and each ambiguous build.")
def main(
    repositories: tuple[Path, ...], files: int, versions: int, seed: int, verbose: bool
) -> None:
    """Print the sums for each repository."""
    for repository in repositories:
        total: Counter[str] = Counter()
        for path, texts in histories(repository, files, versions, seed):
            total["files"] += 1
            for line in replayed(texts, total):
                if verbose:
                    click.echo(f"  {path} {line}")
        sums = ", ".join(f"{count:,} {name}" for name, count in total.items())
        click.echo(f"{repository}: {sums or 'no file with a history'}")


def histories(
    repository: Path, files: int, versions: int, seed: int
) -> Iterator[tuple[str, list[str]]]:
    """Yield the paths of some files, and the texts of their versions from the oldest on."""
    commits = _commits(repository)
    paths = sorted(path for path, found in commits.items() if len(found) >= _FEWEST_COMMITS)
    random.Random(seed).shuffle(paths)
    found = 0
    for path in paths:
        if found == files:
            return
        texts: list[str] = []
        for commit in _spread(commits[path][::-1], versions):
            text = _portable(_git(repository, "show", f"{commit}:{path}"))
            texts += [text] if text and text not in texts[-1:] else []
        is_fit = len(texts) >= _FEWEST_VERSIONS and max(map(len, texts)) <= _LONGEST
        if is_fit and len(texts[-1]) >= _SHORTEST:
            found += 1
            yield path, texts


def _commits(repository: Path) -> dict[str, list[str]]:
    """Return the commits that changed each Markdown file, the newest first."""
    log = _git(repository, "log", "--no-renames", "--no-merges", "--format=@%H", "--name-only")
    found: defaultdict[str, list[str]] = defaultdict(list)
    commit = ""
    for line in log.split("\n"):
        if line.startswith("@"):
            commit = line[1:]
        elif line.lower().endswith((".md", ".markdown")):
            found[line].append(commit)
    return found


def _git(repository: Path, *arguments: str) -> str:
    command = ["git", "-c", "core.quotepath=off", "-C", str(repository), *arguments]
    output = subprocess.run(command, capture_output=True, check=False).stdout
    return output.decode("utf-8", "replace").replace("\r\n", "\n")


def _spread(commits: Sequence[str], most: int) -> list[str]:
    if len(commits) <= most:
        return [*commits]
    step = (len(commits) - 1) / (most - 1)
    return [commits[round(at * step)] for at in range(most)]


_IMAGE = re.compile(r"!\[\[[^\]\n]*\]\]|!\[[^\]]*\](?:\([^)\n]*\)|\[[^\]\n]*\])|<img\b[^>]*>")


def _portable(text: str) -> str:
    """Return the text without its images, which are not at hand."""
    return _IMAGE.sub("(picture)", text)


def replayed(texts: Sequence[str], total: Counter[str]) -> Iterator[str]:
    """Build all versions of a file in turn. Adds to ``total``, and yields what was lost."""
    with tempfile.TemporaryDirectory() as folder:
        file, output = Path(folder, "notes.md"), Path(folder, "out")
        Path(folder, "deck.yml").write_text("deck: Notes\nmath: {output: mathjax}\n", "utf-8")
        notes: dict[str, cardwright.Note] = {}
        for number, text in enumerate(texts):
            file.write_text(text, "utf-8")
            built = cardwright.build(folder, output, offline=True, cache=False)
            errors = [each for each in built.diagnostics if each.severity == "error"]
            is_asking = any(each.code == "LK606" for each in errors)
            total["builds"] += 1
            total["builds that ask the author"] += is_asking
            if built.package is None:
                yield from (f"version {number}: {each.message}" for each in errors if is_asking)
                continue
            retired = [notes[guid] for guid in built.retired if guid in notes]
            lost = [note for note in retired if _is_still_in(text, note)]
            total["notes"] += len(notes)
            total["retired"] += len(retired)
            total["lost"] += len(lost)
            yield from (f"version {number}: {note.text}" for note in lost)
            notes = {note.guid: note for note in built.notes}


def _is_still_in(text: str, note: cardwright.Note) -> bool:
    words = f" {_words(text)} "
    answer = _words(re.sub(r"<[^>]+>", " ", note.back)).split()[:_FIRST_WORDS]
    return f" {_words(note.text)} " in words and " ".join(answer) in words


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


if __name__ == "__main__":
    main()

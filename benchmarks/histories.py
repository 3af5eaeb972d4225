"""Replay the real edits of Markdown files, and count the notes that are lost on the way.

usage: python -m benchmarks.histories REPOSITORY... [--files N] [--versions N] [--verbose]
       [--rewritten]

Each REPOSITORY is a clone with its history, or a folder of such clones. Each of its Markdown files
with at least four commits is a deck of its own, which is built again for every version, with the
lock of the build before. A note is lost if it retires although its question and the start of its
answer are still in the file. Nobody says here what the right notes are: what a build never read,
it cannot lose.

With ``--rewritten``, it prints pairs for a person to judge. "kept" are questions that kept their
note although both sides were rewritten. "parted" are a retired note and a new question at the same
spot: as many of both are between two neighbours, and both are the n-th of them.
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
from cardwright.disk.lockfile import read_lock
from cardwright.identify.match_state import MatchState, even_gaps
from cardwright.identify.matching import reading_order
from cardwright.identify.similarity.sketch import likeness_of
from cardwright.lock import Lock, LockEntry

_FEWEST_COMMITS, _FEWEST_VERSIONS = 4, 3
_SHORTEST, _LONGEST = 1_500, 200_000
"""The characters of the files that are replayed."""
_FIRST_WORDS = 6
"""So many words of an answer must still be there."""
_REWRITTEN = 0.5
"""Answers that have less in common are rewritten."""


@click.command()
@click.argument("repositories", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--files", default=20, show_default=True, help="Files of each repository.")
@click.option("--versions", default=14, show_default=True, help="Versions of each file.")
@click.option("--seed", default=7, show_default=True, help="Which files are drawn.")
@click.option("--verbose", is_flag=True, help="Print each lost note and each ambiguous build.")
@click.option("--rewritten", is_flag=True, help="Print the pairs to judge.")
def main(
    repositories: tuple[Path, ...],
    files: int,
    versions: int,
    seed: int,
    verbose: bool,
    rewritten: bool,
) -> None:
    """Print the sums for each repository."""
    for repository in (clone for folder in repositories for clone in _clones(folder)):
        total: Counter[str] = Counter()
        for path, texts in histories(repository, files, versions, seed):
            total["files"] += 1
            for line in replayed(texts, total):
                is_wanted = rewritten if line.startswith(_TO_JUDGE) else verbose
                if is_wanted:
                    click.echo(f"  {path} {line}")
        sums = ", ".join(f"{count:,} {name}" for name, count in total.items())
        click.echo(f"{repository}: {sums or 'no file with a history'}")


def _clones(folder: Path) -> Sequence[Path]:
    """Return the folder, or the clones in it: ``NAME`` or ``NAME/repo``, bare or not."""
    inside = [folder, *sorted(folder.glob("*")), *sorted(folder.glob("*/repo"))]
    clones = [each for each in inside if (each / ".git").exists() or (each / "HEAD").is_file()]
    return clones[:1] if clones[:1] == [folder] else clones


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
        lock: Lock | None = None
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
            before, (lock, _) = lock, read_lock(Path(folder, "deck.lock"))
            if before and lock:
                yield from _rewrites(_live(before), _live(lock))


_TO_JUDGE = ("kept: ", "parted: ")


def _live(lock: Lock) -> Sequence[LockEntry]:
    return reading_order(entry for entry in lock.entries if not entry.is_retired)


def _rewrites(old: Sequence[LockEntry], new: Sequence[LockEntry]) -> Iterator[str]:
    """Yield the fronts of each pair to judge."""
    known = {entry.guid: j for j, entry in enumerate(old)}
    pairs = {i: known[entry.guid] for i, entry in enumerate(new) if entry.guid in known}
    gone = [j for j in range(len(old)) if j not in {*pairs.values()}]
    state = MatchState(old, new, pairs, gone, [i for i in range(len(new)) if i not in pairs])
    for i, j in pairs.items():
        likeness = likeness_of(old[j].sketch, new[i].sketch)
        if old[j].front != new[i].front and likeness < _REWRITTEN:
            yield f"kept: {old[j].front} -> {new[i].front}"
    for i, j in (pair for group in even_gaps(state) for pair in group.in_order()):
        yield f"parted: {old[j].front} -> {new[i].front}"


def _is_still_in(text: str, note: cardwright.Note) -> bool:
    words = f" {_words(text)} "
    answer = _words(re.sub(r"<[^>]+>", " ", note.back)).split()[:_FIRST_WORDS]
    return f" {_words(note.text)} " in words and " ".join(answer) in words


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


if __name__ == "__main__":
    main()

"""What a folder of notes holds: how many cards in which files, and which have none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from cardwright.config.selection import matches
from cardwright.content.files import Step
from cardwright.diagnostics import Code
from cardwright.explain.files import read_files
from cardwright.filing import root_deck

_ABOUT_THE_FOLDER = (
    *("readme", "license", "licence", "changelog", "contributing", "code_of_conduct"),
    *("security", "support", "authors", "todo", "index", "_index"),
)
"""Files about a repository or a site, which hold no cards in any of them."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found; ``notes`` counts the cards of each file that has some.

    ``dialects`` counts the files that are read by each, the most frequent first. ``terms``
    are files whose headings ask nothing, so that a build takes them for terms; ``empty`` are files
    without a card. ``left_out`` are patterns that leave out those of both that nobody learns.
    """

    deck: str
    notes: Mapping[str, int]
    dialects: Mapping[str, int]
    terms: tuple[str, ...]
    empty: tuple[str, ...]
    left_out: tuple[str, ...]


def survey(folder: Path, exclude: tuple[str, ...], step: Step) -> Survey:
    """Read every file of the folder that ``exclude`` does not name; writes nothing."""
    read = read_files(folder, None, step)
    notes: dict[str, int] = {}
    dialects: Counter[str] = Counter()
    terms: list[str] = []
    empty: list[str] = []
    for file in read.files:
        path, parsed = file.parsed.source.path, file.parsed
        if matches(exclude, path):
            continue
        if any(each.code is Code.MERE_TERMS for each in file.diagnostics):
            terms.append(path)
        elif parsed.notes:
            notes[path] = len(parsed.notes)
            dialects.update(parsed.choice.dialects if parsed.choice else ())
        else:
            empty.append(path)
    deck = root_deck(read.content.config, folder, "", "")
    ordered = dict(sorted(dialects.items(), key=lambda pair: (-pair[1], pair[0])))
    patterns = tuple(_patterns(notes, [*terms, *empty]))
    return Survey(deck, notes, ordered, tuple(terms), tuple(empty), patterns)


def _patterns(notes: Iterable[str], empty: Sequence[str]) -> list[str]:
    """Folders in which no file has a card, the uppermost of them, and files about the folder."""
    used = {parent for path in notes for parent in PurePosixPath(path).parents}
    found: list[str] = []
    for path in map(PurePosixPath, empty):
        idle = [parent for parent in path.parents if parent not in used]
        if idle and str(idle[-1]) != ".":
            found.append(f"{idle[-1]}/")
        elif path.stem.lower() in _ABOUT_THE_FOLDER:
            found.append(f"/{path}" if len(path.parts) == 1 else str(path))
    return list(dict.fromkeys(found))

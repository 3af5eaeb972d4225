"""Counts the cards in a folder of notes, and finds files without any."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from cardwright.config.selection import matches
from cardwright.diagnostics import Code
from cardwright.explain import read_files
from cardwright.filing import root_of_folder
from cardwright.model import Progress

_ABOUT_THE_FOLDER = (
    *("readme", "license", "licence", "changelog", "contributing", "code_of_conduct"),
    *("security", "support", "authors", "todo", "index", "_index"),
)
"""Files about a repository or a website. They never have cards."""


@dataclass(frozen=True, slots=True)
class Survey:
    """The result of reading a folder."""

    deck: str
    notes: Mapping[str, int]  # cards of each file that has some
    dialects: Mapping[str, int]  # files of each dialect, the most frequent first
    terms: Mapping[str, int]  # cards of files whose headings ask nothing
    empty: tuple[str, ...]  # files without a card
    left_out: tuple[str, ...]  # patterns for files of terms that nobody learns
    ignored: Mapping[str, tuple[str, ...]]  # patterns for files that need no warning, its codes
    has_double_dollars: bool


def survey(folder: Path, exclude: tuple[str, ...], step: Progress) -> Survey:
    """Read every file of the folder that ``exclude`` does not match. Writes nothing."""
    read = read_files(folder, None, step)
    notes: dict[str, int] = {}
    dialects: Counter[str] = Counter()
    terms: dict[str, int] = {}
    empty: dict[str, list[str]] = {}
    for parsed, problems in read.files:
        path = parsed.source.path
        if matches(exclude, path):
            continue
        if any(each.code is Code.MERE_TERMS for each in problems):
            terms[path] = len(parsed.notes)
        elif parsed.notes:
            notes[path] = len(parsed.notes)
            dialects.update(parsed.choice.dialects if parsed.choice else ())
        else:
            codes = {each.code for each in problems} & _NO_CARD
            empty[path] = [code.code for code in codes]
    deck = root_of_folder(read.content.config, folder)
    ordered = dict(sorted(dialects.items(), key=lambda pair: (-pair[1], pair[0])))
    left_out = _left_out(notes, tuple(terms), empty)
    kept = {path: count for path, count in terms.items() if not matches(left_out, path)}
    silent = {path: codes for path, codes in empty.items() if not matches(left_out, path)}
    ignored = _ignored(notes, silent) if notes or kept else {}
    texts = (line for parsed, _ in read.files for line in parsed.source.lines)
    has_dollars = any("$$" in line for line in texts)
    return Survey(deck, notes, ordered, kept, tuple(empty), left_out, ignored, has_dollars)


_NO_CARD = {Code.NOTHING_HERE, Code.ONLY_LINKS}  # the warnings about a file without questions
_MOST_FILES = 50
"""How many files of a folder are left out one by one. With more, the folder is left out."""

_MOST_EMPTY = 20  # how many files of a folder with cards may get a warning that they have none


def _left_out(notes: Iterable[str], terms: Sequence[str], empty: Iterable[str]) -> tuple[str, ...]:
    """Return patterns for the topmost folders with only terms, and for other files nobody learns.

    Files without a card are not left out, because a question may be added to them.
    """
    with_notes, with_empty = _folders(notes), _folders(empty)
    tops = [_top(path, with_notes) for path in terms]
    counts = Counter(tops)
    found = []
    for path, top in zip(terms, tops, strict=True):
        if top and counts[top] > _MOST_FILES:
            found.append(top)
        elif top:
            found.append(_top(path, with_notes | with_empty) or _pattern(path))
        elif _is_about_the_folder(path):
            found.append(_pattern(path))
    return tuple(dict.fromkeys(found))


def _ignored(
    notes: Iterable[str], empty: Mapping[str, Sequence[str]]
) -> Mapping[str, tuple[str, ...]]:
    """Return the codes of warnings by pattern: folders without a card, files about the folder.

    A folder with many files and some cards, such as the pages of a Logseq graph, has one, too.
    """
    with_notes = _folders(notes)
    in_folder = Counter(map(posixpath.dirname, empty))
    found: dict[str, set[str]] = {}
    for path, codes in empty.items():
        folder, name = posixpath.split(path)
        pattern = _top(path, with_notes)
        if not pattern and in_folder[folder] > _MOST_EMPTY:
            pattern = _pattern(path.removesuffix(name)) + "*.md"
        elif not pattern and _is_about_the_folder(path):
            pattern = _pattern(path)
        if pattern and codes:
            found.setdefault(pattern, set()).update(codes)
    return {pattern: tuple(sorted(codes)) for pattern, codes in found.items()}


def _folders(paths: Iterable[str]) -> set[PurePosixPath]:
    return {parent for path in paths for parent in PurePosixPath(path).parents}


def _top(path: str, used: Collection[PurePosixPath]) -> str:
    """Return the topmost folder of a file that is not in ``used``, as a pattern, or ``""``."""
    idle = [parent for parent in PurePosixPath(path).parents if parent not in used]
    return _pattern(f"{idle[-1]}/") if idle and str(idle[-1]) != "." else ""


def _pattern(path: str) -> str:
    """Return the pattern, as in ``.gitignore``, that matches only this path."""
    return "/" + re.sub(r"([\\*?\[\]])", r"\\\1", path)


def _is_about_the_folder(path: str) -> bool:
    return PurePosixPath(path).stem.lower() in _ABOUT_THE_FOLDER

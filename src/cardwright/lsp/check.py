"""Checks a deck with the unsaved texts of an editor."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cardwright.content import Content, read_content
from cardwright.diagnostics import Code, Diagnostic
from cardwright.disk.lockfile import lock_path
from cardwright.identify import Identity
from cardwright.making.work_cache import Memory
from cardwright.media.cache import CACHE, Cache
from cardwright.model import SUFFIXES, Note, NoteSource
from cardwright.pipeline import Assembly, Options, assemble_content
from cardwright.preview.deck import last_line
from cardwright.source import SETTINGS, unsaved_texts
from cardwright.source.deck_folders import deck_folder_of
from cardwright.source.names import path_on_disk

_CONTENT = "content"


@dataclass(frozen=True, slots=True)
class CheckedNote:
    """A note of the deck, with the first and the last line in its file."""

    path: Path
    line: int
    end: int
    source: NoteSource
    note: Note
    identity: Identity


@dataclass(frozen=True, slots=True)
class Check:
    """The notes of a deck, none if errors prevent it, and the problems of each file."""

    content: Content
    assembly: Assembly
    notes: tuple[CheckedNote, ...] = ()
    problems: Mapping[Path, tuple[Diagnostic, ...]] = field(default_factory=dict)

    def notes_of(self, path: Path) -> tuple[CheckedNote, ...]:
        """Return the notes of a file in order."""
        return tuple(note for note in self.notes if note.path == path)

    def note_at(self, path: Path, line: int) -> CheckedNote | None:
        """Return the note at a line of a file. If there are several, the one that starts last."""
        found = (each for each in reversed(self.notes_of(path)) if each.line <= line <= each.end)
        return next(found, None)


def deck_of(path: Path, roots: Sequence[Path]) -> Path | None:
    """Return the deck of a file: a folder, a single Markdown file, or ``None``.

    The search ends at one of ``roots``, or at the top of a repository.
    """
    found = deck_folder_of(path, roots)
    for root in roots:
        if found is None and path.is_relative_to(root / _CONTENT):
            found = root / _CONTENT
    if found is None and path.suffix == ".lock":
        texts = (path.with_suffix(suffix) for suffix in SUFFIXES)
        return next((text for text in texts if text.is_file()), None)
    if found is None and path.suffix.lower() in SUFFIXES and path.is_file():
        return path
    return found


def check_deck(
    deck: Path, output: Path, unsaved: Mapping[Path, str], memory: Memory, *, is_trusted: bool
) -> Check:
    """Check the deck as ``cardwright check --offline`` does. Writes nothing.

    ``unsaved`` has the texts of open files by resolved path. ``output`` is the folder with the
    package and the cache. Remote images that are not fetched are no problem here.
    """
    cache = Cache(output / CACHE)
    options = Options(
        0, is_offline=True, cache=cache, output=output, is_trusted=is_trusted, memory=memory
    )
    shown = deck.relative_to(Path.cwd()) if deck.is_relative_to(Path.cwd()) else deck
    with unsaved_texts(unsaved):
        content, wrong = read_content(shown, is_trusted=is_trusted)
        assembly = assemble_content(content, wrong, options)
    notes = tuple(_notes(assembly))
    codes = {problem.code for problem in assembly.diagnostics}
    has_questions = assembly.identified is not None and Code.MERE_TERMS not in codes
    if deck.is_file() and not lock_path(deck, None).exists() and not has_questions:
        return Check(content, assembly)  # some Markdown file without questions
    problems: defaultdict[Path, list[Diagnostic]] = defaultdict(list)
    for problem in assembly.diagnostics:
        # A remote image may be missing only because nothing is fetched while you type.
        if problem.code is not Code.IMAGE_REMOTE or "--offline" not in problem.hint:
            problems[_file_of(problem, deck)].append(problem)
    return Check(content, assembly, notes, {path: tuple(found) for path, found in problems.items()})


def _notes(assembly: Assembly) -> Iterator[CheckedNote]:
    identified, work = assembly.identified, assembly.work
    if identified is None or work is None:
        return
    rows = iter(zip(identified.notes, identified.identities, strict=True))
    for file in work.files:
        path = Path(os.path.abspath(path_on_disk(assembly.folder, file.path)))  # noqa: PTH100, keeps links
        for source in [each.source for each in file.notes]:
            line, end = source.place.line, last_line(source)
            yield CheckedNote(path, line, end, source, *next(rows))


def _file_of(problem: Diagnostic, deck: Path) -> Path:
    """Return the file where a problem is shown. Problems of a folder are shown in its settings."""
    path = Path(os.path.abspath(problem.place.path))  # noqa: PTH100, keeps links as they are
    if path.is_dir() or not problem.place.path:
        return (deck if deck.is_dir() else deck.parent) / SETTINGS
    return path

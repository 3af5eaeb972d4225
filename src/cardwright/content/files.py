"""All files of the content, each parsed as the settings and the lock's choices say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cardwright.content import Content, read_content
from cardwright.diagnostics import Diagnostic, in_order
from cardwright.dialects import Choice
from cardwright.disk.lockfile import lock_path, read_lock
from cardwright.lock import Lock
from cardwright.parse import ParsedFile, parse

Step = Callable[[str, int, int], None]
"""Told the name of a stage, how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file and what parsing it said."""

    parsed: ParsedFile
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class ReadContent:
    """The content, its lock (``None`` for none, or a damaged one) and its files.

    ``problems`` are those of reading; ``lock_problems`` those of the lock.
    """

    content: Content
    lock_file: Path
    lock: Lock | None
    files: tuple[ReadFile, ...]
    problems: tuple[Diagnostic, ...]
    lock_problems: tuple[Diagnostic, ...]


def read_files(
    path: Path, lock_file: Path | None, step: Step, *, is_trusted: bool = False
) -> ReadContent:
    """Read the content at ``path`` and parse every file of it; writes nothing.

    ``is_trusted`` says that its settings may load any extension.
    """
    content, problems = read_content(path, is_trusted=is_trusted)
    lock_file = lock_path(path, lock_file)
    lock, lock_problems = read_lock(lock_file)
    kept, known = _kept_choices(lock), _known_fronts(lock)
    files: list[ReadFile] = []
    for number, source in enumerate(content.files):
        step("reading", number, len(content.files))
        before, fronts = kept.get(source.path), known.get(source.path, ())
        read = parse(source, content.config, before, fronts, is_single=content.is_single)
        files.append(ReadFile(*read))
    return ReadContent(content, lock_file, lock, tuple(files), problems, lock_problems)


def _kept_choices(lock: Lock | None) -> dict[str, Choice]:
    """The choice of earlier builds for each file whose dialect no setting named."""
    return {
        choice.file: Choice(tuple(choice.questions.split(" + ")), choice.question_level)
        for choice in (lock.files if lock else ())
        if choice.questions
    }


def _known_fronts(lock: Lock | None) -> Mapping[str, Sequence[str]]:
    """The fronts of the notes that are live, by file."""
    fronts: defaultdict[str, list[str]] = defaultdict(list)
    for entry in lock.entries if lock else ():
        if not entry.is_retired:
            fronts[entry.file].append(entry.front)
    return fronts


def as_seen(content: Content, problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics in order, their paths as seen from where the program runs."""
    return in_order(
        replace(problem, place=replace(problem.place, path=shown_path(content, problem.place.path)))
        for problem in problems
    )


def shown_path(content: Content, path: str) -> str:
    """The path of a file of the content as seen from where the program runs."""
    return (content.folder / path).as_posix()

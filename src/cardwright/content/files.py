"""What the lock says of each file of the content, and how its path is shown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from cardwright.config.selection import matches
from cardwright.content import Content
from cardwright.diagnostics import Diagnostic, in_order
from cardwright.lock import Lock
from cardwright.model import Choice, SourceFile
from cardwright.wording import bare_words

Step = Callable[[str, int, int], None]
"""Told the name of a stage, how much of it is done, and of how much."""


def kept_choices(lock: Lock | None) -> dict[str, Choice]:
    """The choice of earlier builds for each file whose dialect no setting named."""
    return {
        choice.file: Choice(tuple(choice.questions.split(" + ")), choice.question_level)
        for choice in (lock.files if lock else ())
        if choice.questions
    }


def known_fronts(lock: Lock | None) -> Mapping[str, Sequence[str]]:
    """The fronts of the notes that are live, by file."""
    fronts: defaultdict[str, list[str]] = defaultdict(list)
    for entry in lock.entries if lock else ():
        if not entry.is_retired:
            fronts[entry.file].append(entry.front)
    return fronts


def renamed_files(content: Content, known: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
    """For each file without ``known`` fronts the one that is gone and whose questions it has."""
    there = {source.path for source in content.files}
    old = {
        bare_words(front): path
        for path, fronts in known.items()
        if path not in there
        for front in fronts
    }
    renamed: dict[str, str] = {}
    for source in content.files if old else ():
        if source.path not in known:
            times = Counter(old[front] for front in old.keys() & {*_tails(source)})
            path = max(times, key=lambda path: times[path], default="")
            if path and times[path] * _PART >= len(known[path]):
                renamed[source.path] = path
    return renamed


_PART = 3
"""Such a part of a file's questions tells that it was renamed, or parted."""


def _tails(source: SourceFile) -> Iterator[str]:
    """The words of each line, with and without one or two at its beginning (``Q 12``)."""
    for line in source.lines:
        words = bare_words(line).split(" ")
        yield from (" ".join(words[first:]) for first in range(min(len(words), 3)))


def as_seen(content: Content, problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics in order, their paths as seen from where the program runs.

    Warnings that the settings or a file's front matter ignore are left out.
    """
    own = {file.path: file.front_matter.ignore for file in content.files}
    return in_order(
        replace(problem, place=replace(problem.place, path=shown_path(content, problem.place.path)))
        for problem in problems
        if problem.is_error or not _is_ignored(problem, content, own)
    )


def _is_ignored(problem: Diagnostic, content: Content, own: Mapping[str, tuple[str, ...]]) -> bool:
    code, path = problem.code.code, problem.place.path
    return code in own.get(path, ()) or any(
        code == each.code and (not each.files or matches((each.files,), path))
        for each in content.config.ignore
    )


def shown_path(content: Content, path: str) -> str:
    """The path of a file of the content as seen from where the program runs."""
    return (content.folder / path).as_posix()

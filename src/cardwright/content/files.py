"""Finds what the lock says about each file, and the path to show for it."""

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
"""Called with the name of a stage, how much of it is done, and the total."""


def kept_choices(lock: Lock | None) -> dict[str, Choice]:
    """Return the choice of earlier builds for each file, unless a setting chose."""
    return {
        choice.file: Choice(tuple(choice.questions.split(" + ")), choice.question_level)
        for choice in (lock.files if lock else ())
        if choice.questions
    }


def known_fronts(lock: Lock | None) -> Mapping[str, Sequence[str]]:
    """Return the fronts of notes that are not retired, by file."""
    fronts: defaultdict[str, list[str]] = defaultdict(list)
    for entry in lock.entries if lock else ():
        if not entry.is_retired:
            fronts[entry.file].append(entry.front)
    return fronts


def renamed_files(content: Content, known: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
    """Return the old path of each renamed file: the missing file whose questions it has.

    ``known`` has the fronts of each file at the last build.
    """
    paths = {source.path for source in content.files}
    old = {
        bare_words(front): path
        for path, fronts in known.items()
        if path not in paths
        for front in fronts
    }
    renamed: dict[str, str] = {}
    for source in content.files if old else ():
        if source.path not in known:
            times = Counter(old[front] for front in old.keys() & {*_tails(source)})
            path = max(times, key=lambda path: times[path], default="")
            if path and times[path] * _RENAMED_SHARE >= len(known[path]):
                renamed[source.path] = path
    return renamed


_RENAMED_SHARE = 3
"""A file with one in so many of another file's questions was renamed or split."""


def _tails(source: SourceFile) -> Iterator[str]:
    """Yield the words of each line, with and without the first one or two (``Q 12``)."""
    for line in source.lines:
        words = bare_words(line).split(" ")
        yield from (" ".join(words[first:]) for first in range(min(len(words), 3)))


def as_seen(content: Content, problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort the diagnostics, and make their paths relative to the working directory.

    Drops warnings that the settings or a file's front matter ignore.
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
    """Return the path of a file of the content, relative to the working directory."""
    return (content.folder / path).as_posix()

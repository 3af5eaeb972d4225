"""Reads and parses files, with the settings and the lock's choices."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cardwright.content import Content, read_content
from cardwright.content.files import Step, earlier_readings
from cardwright.diagnostics import Diagnostic
from cardwright.disk.lockfile import lock_path, read_lock
from cardwright.parse import ParsedFile, parse


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A parsed file and its diagnostics."""

    parsed: ParsedFile
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class ReadContent:
    """The content and its parsed files, with the problems of the content and of its lock."""

    content: Content
    files: tuple[ReadFile, ...]
    problems: tuple[Diagnostic, ...]
    lock_problems: tuple[Diagnostic, ...]


def read_files(
    path: Path,
    lock_file: Path | None,
    step: Step,
    *,
    only: str | None = None,
    is_trusted: bool = False,
) -> ReadContent:
    """Read the content at ``path`` and parse its files. Writes nothing.

    ``only`` is the path of the single file to parse. ``is_trusted`` lets the settings load any
    extension.
    """
    content, problems = read_content(path, is_trusted=is_trusted)
    lock, lock_problems = read_lock(lock_path(path, lock_file))
    earlier = earlier_readings(lock, content.files)
    files: list[ReadFile] = []
    wanted = [source for source in content.files if only in (None, source.path)]
    for number, source in enumerate(wanted):
        step("reading", number, len(wanted))
        before = earlier[source.path]
        files.append(ReadFile(*parse(source, content.config, before, is_single=content.is_single)))
    return ReadContent(content, tuple(files), problems, lock_problems)

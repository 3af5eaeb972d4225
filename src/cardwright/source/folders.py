"""Reads ``deck.yml`` in subfolders: defaults for the files there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from cardwright.config import read_settings
from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.model import FrontMatter, SourceFile
from cardwright.source import SETTINGS, read_own
from cardwright.source.frontmatter import read_front_matter, shared_settings
from cardwright.source.names import path_on_disk

_KEYS = ("tags", "questions", "question_level", "subdecks", "macros", "ignore", "labels")


def folder_settings(
    root: Path, files: Iterable[str]
) -> tuple[Mapping[str, FrontMatter], tuple[Diagnostic, ...]]:
    """Return the settings for each folder that has one of the ``files``, by its path below
    ``root``.

    A folder inherits from its parent folders. Its own settings win; tags are added. Problems are
    CF101 to CF104, and CF112 for a key that only the deck's own ``deck.yml`` can set.
    """
    found: dict[str, FrontMatter] = {".": FrontMatter()}
    problems: list[Diagnostic] = []
    folders = {parent for name in files for parent in PurePosixPath(name).parents}
    for folder in sorted(folders - {PurePosixPath(".")}, key=lambda each: each.parts):
        own, wrong = _read(root, str(folder / SETTINGS))
        problems += wrong
        found[str(folder)] = with_defaults(own, found[str(folder.parent)])
    return found, tuple(problems)


def in_folder(file: SourceFile, folder: FrontMatter) -> SourceFile:
    """Return the file with the settings of its folder."""
    return replace(file, front_matter=with_defaults(file.front_matter, folder), folder=folder)


def with_lines(file: SourceFile, lines: Sequence[str]) -> SourceFile:
    """Return the file with another text."""
    front_matter, _ = read_front_matter(lines, file.path)
    return replace(file, lines=tuple(lines), front_matter=with_defaults(front_matter, file.folder))


def with_defaults(own: FrontMatter, folder: FrontMatter) -> FrontMatter:
    """Return the settings of a file or folder, completed from the folder around it.

    ``folder.title`` comes from ``nav``, and wins over the title in the file, as in MkDocs.
    """
    return replace(
        own,
        title=folder.title or own.title,
        tags=tuple(dict.fromkeys((*folder.tags, *own.tags))),
        questions=own.questions or folder.questions,
        question_level=own.question_level or folder.question_level,
        subdecks=own.subdecks or folder.subdecks,
        macros=tuple({**dict(folder.macros), **dict(own.macros)}.items()),
        ignore=tuple(dict.fromkeys((*folder.ignore, *own.ignore))),
        labels=tuple(dict.fromkeys((*folder.labels, *own.labels))),
    )


def _read(root: Path, name: str) -> tuple[FrontMatter, tuple[Diagnostic, ...]]:
    text, problems = read_own(path_on_disk(root, name), name)
    fields = read_settings(text or "", name)
    settings = shared_settings(fields)
    fields.report_repeated()
    for entry in fields.table.entries:
        if entry.key not in _KEYS:
            message = f"'{shorten(entry.key)}' is not allowed in a subfolder of the deck"
            hint = f"move it to the deck's own {SETTINGS}; a subfolder may set {', '.join(_KEYS)}"
            if entry.key == "math":
                hint = "in a folder write 'macros: …'"
            fields.report(entry, message, hint, Code.NOT_FOR_A_FOLDER)
    return settings, (*problems, *fields.problems)

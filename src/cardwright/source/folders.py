"""Reads ``deck.yml`` in subfolders: defaults for the files there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields as fields_of
from dataclasses import replace
from pathlib import Path, PurePosixPath

from cardwright.config import Config, read_settings
from cardwright.diagnostics import Code, Diagnostic, did_you_mean, shorten
from cardwright.model import FrontMatter, Place, SourceFile
from cardwright.source import SETTINGS, read_own
from cardwright.source.frontmatter import read_front_matter, shared_settings
from cardwright.source.names import path_on_disk

_KEYS = ("tags", "questions", "question_level", "subdecks", "macros", "ignore", "labels")

_OF_DECKS = tuple(field.name for field in fields_of(Config))


def folder_settings(
    root: Path, files: Iterable[str]
) -> tuple[Mapping[str, FrontMatter], tuple[Diagnostic, ...]]:
    """Return the settings for each folder that has one of the ``files``, by its path below
    ``root``.

    A folder inherits from its parent folders. Its own settings win; tags are added. Problems are
    CF101 to CF104, CF108, and CF112 for a key that only the deck's own ``deck.yml`` can set.
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


def settings_text(root: Path, name: str) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Return the text of the ``deck.yml`` called ``name`` below ``root``, ``None`` without one.

    CF108 is a file that is only nearly called so, such as ``Deck.yml`` or ``deck.yaml``.
    """
    path = path_on_disk(root, name)
    text, problems = read_own(path, name)
    if text is not None or problems:
        return text, problems
    try:
        files = sorted(each for each in path.parent.iterdir() if each.name.lower() in _NEARLY)
    except OSError:
        return None, ()
    if not files or not files[0].is_file():
        return None, ()
    near = files[0].name
    message = f"settings are read from '{SETTINGS}', and there is only a '{near}'"
    place = Place(str(PurePosixPath(name).with_name(near)))
    hint = f"rename it to '{SETTINGS}'"
    return None, (Diagnostic(place, Code.MISNAMED_SETTINGS, message, hint),)


_NEARLY = (SETTINGS, "deck.yaml")


def _read(root: Path, name: str) -> tuple[FrontMatter, tuple[Diagnostic, ...]]:
    text, problems = settings_text(root, name)
    fields = read_settings(text or "", name)
    settings = shared_settings(fields)
    fields.report_repeated()
    for entry in fields.table.entries:
        if entry.key not in _KEYS:
            message = f"'{shorten(entry.key)}' is not allowed in a subfolder of the deck"
            hint = f"move it to the deck's own {SETTINGS}; a subfolder may set {', '.join(_KEYS)}"
            if entry.key not in _OF_DECKS:
                message = f"'{shorten(entry.key)}' is not a key of the settings"
                hint = did_you_mean(entry.key, _KEYS) or f"use one of {', '.join(_KEYS)}"
            if entry.key == "math":
                hint = "in a folder write 'macros: …'"
            fields.report(entry, message, hint, Code.NOT_FOR_A_FOLDER)
    return settings, (*problems, *fields.problems)

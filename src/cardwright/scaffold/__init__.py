"""Prepares ``cardwright init``: settings for existing notes, or a small deck to start with."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files as resources
from pathlib import Path

from cardwright.diagnostics import many
from cardwright.model import SUFFIXES, Progress
from cardwright.scaffold.settings import settings_text
from cardwright.scaffold.survey import Survey, survey
from cardwright.scaffold.tools import pages_of_site, tool_settings
from cardwright.source import SETTINGS

GITIGNORE = ".gitignore"
_BUILD = "build/\n"


@dataclass(frozen=True, slots=True)
class FirstFiles:
    """The files to write, by path, and lines to print. Nothing is written yet."""

    files: Mapping[Path, str]
    lines: tuple[str, ...]


Ask = Callable[[str, str], str]
"""Asks a question with a default answer, and returns the answer."""


def first_files(folder: Path, here: Path, ask: Ask, step: Progress) -> FirstFiles:
    """Return what ``init`` writes for ``folder``. ``here`` is where ``build`` will run.

    A folder without Markdown gets a small deck that shows every feature. A folder with notes gets a
    ``deck.yml`` that fits them. Existing files are not changed. In a MkDocs or Hugo site, the deck
    is the folder of its pages.
    """
    site = None if (folder / SETTINGS).exists() else pages_of_site(folder)
    if site:
        pages, tool = site
        inside = first_files(pages, here, ask, step)
        first = f"the pages of this {tool} site are in {pages}"
        return replace(inside, lines=(first, *inside.lines))
    files: dict[Path, str] = {}
    lines: list[str] = []
    if (folder / SETTINGS).exists():
        lines.append(f"{folder / SETTINGS} already exists and was not changed")
    elif not any(True for _ in _markdown(folder)):
        starter = resources("cardwright.scaffold").joinpath("starter")
        files |= {folder / name: starter.joinpath(name).read_text("utf-8") for name in _STARTER}
        lines.append(f"a small deck to start with: {folder}")
    else:
        hints = tool_settings(folder)
        found = survey(folder, hints.exclude, step)
        lines += [*_found(found), *hints.messages]
        name = ask("Name of the deck", hints.deck or found.deck)
        files[folder / SETTINGS] = settings_text(name, found, hints)
    lines += _ignored(here, files)
    kept = {path: text for path, text in files.items() if not path.exists()}
    lines += [f"{path} already exists and was not changed" for path in files.keys() - kept.keys()]
    target = "" if folder == Path("content") else f" {shlex.quote(str(folder))}"
    return FirstFiles(kept, (*lines, f"next: cardwright build{target}"))


_STARTER = ("deck.yml", "plants.md", "leaf.svg")


def default_folder(here: Path) -> Path | tuple[str, ...]:
    """Return the folder for ``init`` without a PATH, or several folders to choose from.

    It is ``here`` for a vault, a site, or if Markdown is directly in it. Otherwise it is
    ``content``, unless Markdown is only in other folders.
    """
    content = here / "content"
    if (content / SETTINGS).exists():
        return content
    if any((here / name).is_dir() for name in (".obsidian", "logseq")) or pages_of_site(here):
        return here
    if content.is_dir():
        return content
    folders: set[str] = set()
    for path in _markdown(here):
        if path.parent == here:
            return here
        folders.add(path.relative_to(here).parts[0])
    return tuple(sorted(folders)) or content


_NO_NOTES = ("node_modules", "build")


def _markdown(folder: Path) -> Iterator[Path]:
    """Yield the Markdown files of a folder, except in hidden folders, packages and builds."""
    for place, folders, files in os.walk(folder):
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".")
            and name not in _NO_NOTES
            and not Path(place, name, "pyvenv.cfg").exists()
        ]
        yield from (Path(place, name) for name in files if name.lower().endswith(SUFFIXES))


def _found(found: Survey) -> Iterator[str]:
    """Yield what reading the notes found."""
    total = sum(found.notes.values())
    yield f"found {many(total, 'question')} in {many(len(found.notes), 'file')}"
    for dialect, files in found.dialects.items():
        yield f"  {dialect}: {many(files, 'file')}"
    if found.terms:
        terms, places = many(sum(found.terms.values()), "term"), many(len(found.terms), "file")
        yield f"found {terms} in {places}: headings that ask no question (QA318)"
    if found.empty:
        yield f"{many(len(found.empty), 'file')} without a card"
    if found.left_out:
        yield f"left out: {_some(found.left_out)}"
    if found.ignored:
        yield f"no warning about: {_some(tuple(found.ignored))}"


def _some(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:5])
    return f"{shown} and {len(names) - 5:,} more" if len(names) > 5 else shown or "none"


def _ignored(here: Path, files: dict[Path, str]) -> Iterator[str]:
    """In a git repository, add a ``.gitignore`` with ``build/``, or hint at the missing line."""
    path, real = here / GITIGNORE, here.resolve()
    if not any((folder / ".git").exists() for folder in (real, *real.parents)):
        return
    if not path.exists():
        files[path] = _BUILD
    elif not {b"build", b"build/", b"/build", b"/build/"} & {*path.read_bytes().split()}:
        yield f"add a line 'build/' to {path}: packages do not belong in git"

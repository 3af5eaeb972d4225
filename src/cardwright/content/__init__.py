"""Reads everything that a deck is made from: the settings and the Markdown files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from cardwright.config import Config, load_config
from cardwright.config.selection import matches
from cardwright.content.embedded_notes import with_embeds
from cardwright.content.macros_file import read_macros
from cardwright.content.stylesheet import read_style
from cardwright.diagnostics import Code, Diagnostic
from cardwright.model import Place, SourceFile, composed
from cardwright.source import SETTINGS, read_file, read_folder
from cardwright.source.deck_folders import check_alone, deck_folder_of
from cardwright.source.folders import folder_settings, in_folder, settings_text
from cardwright.source.names import is_below, name_of


@dataclass(frozen=True, slots=True)
class Content:
    """A deck's settings and files. Paths in diagnostics and notes are relative to ``folder``."""

    path: Path
    folder: Path
    config: Config
    files: tuple[SourceFile, ...]
    is_single: bool
    style: str = ""  # the deck's own CSS, or ""


def read_content(path: Path, *, is_trusted: bool = False) -> tuple[Content, tuple[Diagnostic, ...]]:
    """Read the content at ``path``: a folder with an optional ``deck.yml``, or one Markdown file.

    ``is_trusted`` lets the settings load any extension.
    """
    if path.is_dir():
        config, settings_problems = _with_macros(path, *_settings(path, is_trusted=is_trusted))
        style, style_problems = read_style(path)
        files, problems = read_folder(path, config)
        folders, folder_problems = folder_settings(path, [file.path for file in files])
        titles = dict(config.nav)
        around = (folders[str(PurePosixPath(file.path).parent)] for file in files)
        files = tuple(
            in_folder(file, replace(folder, title=titles.get(file.path, "")))
            for file, folder in zip(files, around, strict=True)
        )
        files = with_embeds(files, path)
        return Content(path, path, config, files, False, style), (
            *(() if config.deck else check_alone(path, path.name)),
            *settings_problems,
            *style_problems,
            *problems,
            *folder_problems,
        )
    alone_problems = check_left_out(path, path.name) or check_alone(path, path.name)
    file, problems = read_file(path, composed(path.name))
    files = with_embeds((file,) if file else (), path.parent)
    config, settings_problems = _with_macros(path.parent, Config(), ())
    return Content(path, path.parent, config, files, True), (
        *alone_problems,
        *settings_problems,
        *problems,
    )


def check_left_out(path: Path, shown: str) -> tuple[Diagnostic, ...]:
    """Return SR203 for a file that its deck leaves out, with the setting that does so."""
    folder = deck_folder_of(path.resolve())
    if folder is None:
        return ()
    config, _ = _settings(folder, is_trusted=False)
    name = name_of(path.resolve(), folder)
    file, _ = read_file(path, name)
    if matches(config.exclude, name):
        pattern = next((each for each in config.exclude if matches((each,), name)), "")
        words = f"'exclude: {pattern}' in {SETTINGS}"
    elif config.include and not matches(config.include, name):
        words = f"'include' in {SETTINGS}"
    elif file and file.front_matter.is_draft:
        words = "'draft' in its front matter"
    else:
        return ()
    return (Diagnostic(Place(shown), Code.NO_MARKDOWN, f"left out by {words}"),)


def _settings(folder: Path, *, is_trusted: bool) -> tuple[Config, tuple[Diagnostic, ...]]:
    text, problems = settings_text(folder, SETTINGS)
    if text is None:
        return Config(), problems
    readable_root = _readable_root(folder)
    config, settings_problems = load_config(
        text,
        SETTINGS,
        is_trusted=is_trusted,
        may_be_root=lambda root: is_below(folder / root, readable_root),
    )
    return config, (*problems, *settings_problems)


def _readable_root(folder: Path) -> Path:
    """Return the topmost folder that a deck's settings may read: its repository, or its parent.

    The author of the settings need not be the user, and has no business elsewhere on the system.
    """
    real = folder.resolve()
    for parent in (real, *real.parents):
        if (parent / ".git").exists():
            return parent
    return real.parent if real.parent != real.parent.parent else real


def _with_macros(
    folder: Path, config: Config, problems: tuple[Diagnostic, ...]
) -> tuple[Config, tuple[Diagnostic, ...]]:
    """Add the macros of the folder to the settings, whose own macros win."""
    macros, macro_problems = read_macros(folder)
    if macros:
        known = tuple({**dict(macros), **dict(config.math.macros)}.items())
        config = replace(config, math=replace(config.math, macros=known))
    return config, (*problems, *macro_problems)

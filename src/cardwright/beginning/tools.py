"""What the settings of other tools say about a folder: Obsidian, Logseq, MkDocs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from cardwright.config import load_config
from cardwright.config.tree import Entry, Listing, Scalar, Table, read_yaml
from cardwright.diagnostics import many
from cardwright.source import read_text

_MOST = 1_000_000
"""Bytes of another tool's settings that are read."""


@dataclass(frozen=True, slots=True)
class ToolSettings:
    """What is taken over: patterns to leave out, folders of images, extensions as YAML.

    ``told`` says in a line each what was taken from where.
    """

    exclude: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    extensions: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


def tool_settings(folder: Path) -> ToolSettings:
    """The settings of the tools that the folder belongs to; nothing of them is run or followed."""
    found = [*_obsidian(folder), *_logseq(folder), *_mkdocs(folder)]
    return ToolSettings(
        tuple(dict.fromkeys(pattern for each in found for pattern in each.exclude)),
        tuple(dict.fromkeys(root for each in found for root in each.roots)),
        tuple(dict.fromkeys(line for each in found for line in each.extensions)),
        tuple(line for each in found for line in each.told),
    )


def _obsidian(folder: Path) -> Iterator[ToolSettings]:
    """Ignored files, templates and daily notes are left out; images may be in the attachments."""
    settings = folder / ".obsidian"
    if not settings.is_dir():
        return
    app = _json(settings / "app.json")
    ignored = app.get("userIgnoreFilters")
    exclude = [text for text in ignored if _is_plain(text)] if isinstance(ignored, list) else []
    for name, key in (("templates.json", "folder"), ("daily-notes.json", "folder")):
        place = _json(settings / name).get(key)
        if isinstance(place, str) and _is_plain(place) and place.strip("/"):
            exclude.append(f"/{place.strip('/')}/")
    attachments = app.get("attachmentFolderPath")
    roots = [attachments] if _is_folder(folder, attachments) else []
    taken = [*(exclude and ["files to leave out"]), *(roots and ["the folder of attachments"])]
    if taken:
        told = f"from .obsidian: {' and '.join(taken)}"
        yield ToolSettings(tuple(exclude), tuple(map(str, roots)), told=(told,))


def _logseq(folder: Path) -> Iterator[ToolSettings]:
    """A graph of Logseq has its own folders, which hold no pages."""
    if (folder / "logseq" / "config.edn").is_file():
        exclude = ("/logseq/", "/whiteboards/")
        yield ToolSettings(exclude, told=("from logseq/config.edn: files to leave out",))


def _mkdocs(folder: Path) -> Iterator[ToolSettings]:
    """The Markdown extensions of a site whose pages are in the folder."""
    for settings, pages in ((folder / "mkdocs.yml", "docs"), (folder.parent / "mkdocs.yml", "")):
        tree = _yaml(settings)
        if not isinstance(tree, Table):
            continue
        keys = {entry.key: entry.value for entry in tree.entries}
        docs = keys.get("docs_dir")
        name = docs.text if isinstance(docs, Scalar) else "docs"
        if pages and name == pages and not (folder / "deck.yml").exists():
            hint = f"the pages of this MkDocs site are in {name}/: cardwright init {folder / name}"
            yield ToolSettings(told=(hint,))
            return
        extensions = keys.get("markdown_extensions")
        if not pages and name == folder.name and isinstance(extensions, Listing):
            yield _extensions(extensions)


def _extensions(listing: Listing) -> ToolSettings:
    """Those that a deck may load, with the options that it may give; the others are named."""
    taken: list[str] = []
    left: list[str] = []
    for part in listing.parts:
        entry = part.entries[0] if isinstance(part, Table) and part.entries else None
        name = entry.key if entry else part.text if isinstance(part, Scalar) else ""
        options = _options(entry) if entry else ""
        lines = (f"{name}: {options}", name) if options else (name,)
        fit = next((line for line in lines if _is_fit(line)), None)
        if fit:
            taken.append(fit)
        else:
            left.append(name or "one that is no name")
    told = [f"from mkdocs.yml: {many(len(taken), 'Markdown extension')}"]
    if left:
        told.append(f"not taken from mkdocs.yml: {', '.join(left)}")
    return ToolSettings(extensions=tuple(taken), told=tuple(told))


def _is_fit(line: str) -> bool:
    """Whether a deck may load an extension so: its settings are read and must say nothing."""
    text = f"markdown:\n  flavour: python-markdown\n  extensions:\n    - {line}\n"
    config, problems = load_config(text, "deck.yml")
    return not problems and len(config.markdown.extensions) == 1


def _options(entry: Entry) -> str:
    """The plain options of an extension in one line of YAML."""
    pairs = entry.value.entries if isinstance(entry.value, Table) else ()
    written = [
        f"{pair.key}: {pair.value.text}"
        for pair in pairs
        if isinstance(pair.value, Scalar) and _is_simple(pair.value)
    ]
    return f"{{{', '.join(written)}}}" if written else ""


def _is_simple(value: Scalar) -> bool:
    return re.fullmatch(r"[\w.-]+", value.text) is not None


def _is_plain(value: object) -> bool:
    """Whether it is a path of one line, without what a pattern takes for an order."""
    return isinstance(value, str) and re.fullmatch(r"[^\n!*?\[\]\\#]+", value) is not None


def _is_folder(folder: Path, value: object) -> bool:
    """Whether it names a folder inside of this one."""
    if not isinstance(value, str) or not _is_plain(value) or value in (".", "./", "/"):
        return False
    parts = PurePosixPath(value).parts
    return ".." not in parts and not value.startswith("/") and (folder / value).is_dir()


def _json(path: Path) -> dict[str, object]:
    """The keys of a JSON file, none where it cannot be read."""
    try:
        if path.stat().st_size > _MOST:
            return {}
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _yaml(path: Path) -> object:
    if not path.is_file() or path.stat().st_size > _MOST:
        return None
    text, _ = read_text(path, path.name)
    return read_yaml(text) if text is not None else None

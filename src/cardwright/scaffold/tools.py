"""Reads what the settings of Obsidian, Logseq, MkDocs and Hugo say about a folder."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

from cardwright.config import load_config
from cardwright.config.known_extensions import package_of
from cardwright.config.tree import (
    Entry,
    Listing,
    Scalar,
    Table,
    Tree,
    YamlFlaw,
    read_toml,
    read_yaml,
)
from cardwright.diagnostics import many
from cardwright.source import names_a_file, read_text

_MOST = 1_000_000
"""Bytes of another tool's settings. Larger files are not read."""


@dataclass(frozen=True, slots=True)
class ToolSettings:
    """The settings to use: patterns to exclude, folders of images, extensions as YAML.

    ``nav`` has the pages of a site in order, with their titles. ``deck`` is its name. ``has_tags``
    says that ``#words`` in the text are tags. ``messages`` has a line about each source.
    """

    exclude: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    extensions: tuple[str, ...] = ()
    nav: tuple[tuple[str, str], ...] = ()
    deck: str = ""
    has_tags: bool = False
    messages: tuple[str, ...] = ()


def tool_settings(folder: Path) -> ToolSettings:
    """Return the settings of the tools that use the folder. Runs nothing, and follows no link."""
    found = [*_obsidian(folder), *_logseq(folder), *_mkdocs(folder), *_hugo(folder)]
    return ToolSettings(
        tuple(dict.fromkeys(pattern for each in found for pattern in each.exclude)),
        tuple(dict.fromkeys(root for each in found for root in each.roots)),
        tuple(dict.fromkeys(line for each in found for line in each.extensions)),
        tuple(dict.fromkeys(page for each in found for page in each.nav)),
        next((each.deck for each in found if each.deck), ""),
        any(each.has_tags for each in found),
        tuple(line for each in found for line in each.messages),
    )


_PLUGIN_FOLDERS = (
    ("templates.json", ("folder",)),
    ("daily-notes.json", ("folder",)),
    ("plugins/templater-obsidian/data.json", ("templates_folder",)),
    ("plugins/quickadd/data.json", ("templateFolderPath",)),
    *(
        ("plugins/periodic-notes/data.json", (period, "folder"))
        for period in ("daily", "weekly", "monthly", "quarterly", "yearly")
    ),
)
"""Keys in which Obsidian and its plugins name folders of templates and periodic notes."""

_DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].md"
"""The name of a daily note in Obsidian."""


def _obsidian(folder: Path) -> Iterator[ToolSettings]:
    """Exclude ignored files, templates and daily notes, and find images among attachments.

    The folder may be a part of a vault.
    """
    vault = _vault(folder)
    if vault is None:
        return
    settings = vault / ".obsidian"
    app = _json(settings / "app.json")
    ignored = app.get("userIgnoreFilters")
    exclude = [text for text in ignored if _is_path(text)] if isinstance(ignored, list) else []
    for name, keys in _PLUGIN_FOLDERS:
        place: object = _json(settings / name)
        for key in keys:
            place = place.get(key) if isinstance(place, dict) else None
        if isinstance(place, str) and _is_plain(place) and place.strip("/"):
            exclude.append(f"/{place.strip('/')}/")
    exclude = [*_inside(folder.relative_to(vault), exclude)]
    if any(folder.glob(_DAY)):
        exclude.append(f"/{_DAY}")
    attachments = app.get("attachmentFolderPath")
    roots = [attachments] if _is_folder(folder, attachments) else []
    used = [
        *(exclude and ["files to leave out"]),
        *(roots and ["the folder of attachments"]),
        "tags in the text",
    ]
    words = " and ".join(filter(None, (", ".join(used[:-1]), used[-1])))
    messages = f"from {'.obsidian' if vault == folder else settings}: {words}"
    yield ToolSettings(tuple(exclude), tuple(map(str, roots)), has_tags=True, messages=(messages,))


_MOST_ABOVE = 4
"""How many parent folders of the notes are searched for a vault."""


def _vault(folder: Path) -> Path | None:
    for place in (folder, *list(folder.parents)[:_MOST_ABOVE]):
        if (place / ".obsidian").is_dir():
            return place
        if (place / ".git").exists():
            return None
    return None


def _inside(part: Path, patterns: Sequence[str]) -> Iterator[str]:
    """Yield the patterns of a vault as they apply to a part of it."""
    prefix = "" if part == Path() else f"{part.as_posix()}/"
    for pattern in patterns:
        if not prefix or not pattern.startswith("/"):
            yield pattern
        elif pattern.startswith(f"/{prefix}") and pattern != f"/{prefix}":
            yield pattern[len(prefix) :]


def _logseq(folder: Path) -> Iterator[ToolSettings]:
    """Exclude what a Logseq graph hides, and its own folders, which have no pages."""
    settings = folder / "logseq" / "config.edn"
    if not settings.is_file():
        return
    bare = re.sub(r";[^\n]*", "", _text(settings) or "")
    hidden = re.search(r":hidden\s*\[([^\]]*)\]", bare)
    names = re.findall(r'"([^"]*)"', hidden[1]) if hidden else []
    exclude = [f"/{name.strip('/')}" for name in names if _is_plain(name) and name.strip("/")]
    messages = "from logseq/config.edn: files to leave out and tags in the text"
    ours = ("/logseq/", "/whiteboards/")
    yield ToolSettings((*ours, *exclude), has_tags=True, messages=(messages,))


def pages_of_site(folder: Path) -> tuple[Path, str] | None:
    """Return the folder with the pages of the site in this folder, and the site's tool."""
    mkdocs, hugo = _mkdocs_keys(folder), _hugo_settings(folder)
    name, tool = (_docs(mkdocs), "MkDocs") if mkdocs else ("", "")
    if not mkdocs and hugo:
        name, tool = _content(hugo[1]), "Hugo"
    return (folder / name, tool) if name and _is_folder(folder, name) else None


_MOST_INSIDE = 3
"""How many parent folders of the pages are searched for a site."""


def _sites(folder: Path) -> list[Path]:
    return list(folder.parents)[:_MOST_INSIDE]


def _mkdocs(folder: Path) -> Iterator[ToolSettings]:
    """Yield the Markdown extensions of the site around the folder, and the order of its pages."""
    for site in _sites(folder):
        keys = _mkdocs_keys(site)
        if keys is not None and site / _docs(keys) == folder:
            yield _nav(keys.get("site_name"), keys.get("nav"), folder)
            extensions = keys.get("markdown_extensions")
            if isinstance(extensions, Listing):
                yield _extensions(extensions)
            return


def _mkdocs_keys(site: Path) -> dict[str, Tree] | None:
    tree = _yaml(site / "mkdocs.yml")
    return {each.key: each.value for each in tree.entries} if isinstance(tree, Table) else None


def _docs(keys: Mapping[str, Tree]) -> str:
    docs = keys.get("docs_dir")
    return docs.text.strip("/").removeprefix("./") if isinstance(docs, Scalar) else "docs"


def _nav(site: Tree | None, nav: Tree | None, folder: Path) -> ToolSettings:
    """Return the name of a site, and its existing pages in order."""
    deck = " ".join(site.text.split()) if isinstance(site, Scalar) else ""
    text = "nav:\n" + "\n".join(f"- {json.dumps({title: path})}" for title, path in _pages(nav))
    pages = load_config(text, "deck.yml")[0].nav
    existing = tuple((path, title) for path, title in pages if names_a_file(folder / path))
    used = [
        *([f"the name '{deck}'"] if deck else []),
        *([_pages_in_words(existing)] if existing else []),
    ]
    messages = (f"from mkdocs.yml: {' and '.join(used)}",) if used else ()
    return ToolSettings(nav=existing, deck=deck, messages=messages)


def _pages_in_words(pages: Sequence[tuple[str, str]]) -> str:
    return f"the order and the titles of {many(len(pages), 'page')}"


def _pages(nav: Tree | None, title: str = "") -> Iterator[tuple[str, str]]:
    """Yield title and path of each page. Pages of a section follow in order."""
    if isinstance(nav, Scalar) and nav.text.lower().endswith((".md", ".markdown")):
        yield title, nav.text
    elif isinstance(nav, Listing):
        for part in nav.parts:
            yield from _pages(part)
    elif isinstance(nav, Table):
        for entry in nav.entries:
            yield from _pages(entry.value, entry.key)


_HUGO = ("hugo", "config")
_READERS = {".toml": read_toml, ".yaml": read_yaml, ".yml": read_yaml}


def _hugo(folder: Path) -> Iterator[ToolSettings]:
    """Yield the title of the Hugo site around the folder, and its folders of images."""
    for depth, site in enumerate(_sites(folder), 1):
        found = _hugo_settings(site)
        if found is None or site / _content(found[1]) != folder:
            continue
        name, keys = found
        static = keys.get("staticdir", "static").strip("/")
        folders = [each for each in (static, "assets") if _is_folder(site, each)]
        roots = tuple(f"{'../' * depth}{each}" for each in folders)
        deck = " ".join(keys.get("title", "").split())
        used = [*([f"the name '{deck}'"] if deck else []), *(roots and ["folders of images"])]
        if used:
            messages = (f"from {name}: {' and '.join(used)}",)
            yield ToolSettings(roots=roots, deck=deck, messages=messages)
        return


def _content(keys: Mapping[str, str]) -> str:
    return keys.get("contentdir", "content").strip("/").removeprefix("./")


def _hugo_settings(site: Path) -> tuple[str, dict[str, str]] | None:
    """Return the name of a Hugo site's settings and their texts.

    ``config.toml`` may belong to any program, so it must have one of Hugo's keys.
    """
    for folder in ("", "config/_default/"):
        for stem in _HUGO:
            for suffix, read in _READERS.items():
                name = f"{folder}{stem}{suffix}"
                keys = _texts(site / name, read)
                if keys is not None and (stem == "hugo" or {"baseurl", "contentdir"} & keys.keys()):
                    return name, keys
    return None


def _texts(path: Path, read: Callable[[str], Tree | YamlFlaw]) -> dict[str, str] | None:
    """Return the texts of a file by lower case key, ``None`` if it cannot be read."""
    text = _text(path)
    tree = read(text) if text is not None else None
    if not isinstance(tree, Table):
        return None
    pairs = ((each.key.lower(), each.value) for each in tree.entries)
    return {key: value.text for key, value in pairs if isinstance(value, Scalar)}


def _extensions(listing: Listing) -> ToolSettings:
    """Return the extensions and options that a deck may load, and messages about the others."""
    used: list[str] = []
    left: list[str] = []
    for part in listing.parts:
        entry = part.entries[0] if isinstance(part, Table) and part.entries else None
        name = entry.key if entry else part.text if isinstance(part, Scalar) else ""
        options = _options(entry) if entry else ""
        lines = (f"{name}: {options}", name) if options else (name,)
        fit = next((line for line in lines if _is_fit(line)), None)
        if fit:
            used.append(fit)
        else:
            left.append(name or "one without a valid name")
    messages = [f"from mkdocs.yml: {many(len(used), 'Markdown extension')}"]
    if left:
        messages.append(f"not taken from mkdocs.yml: {', '.join(map(_with_package, left))}")
    missing = dict.fromkeys(p for line in used if (p := _missing_package(line)))
    messages += [f"some of them need a package: pip install {package}" for package in missing]
    return ToolSettings(extensions=tuple(used), messages=tuple(messages))


def _with_package(name: str) -> str:
    """Return an extension that needs ``--trust``, with the package it comes from."""
    package = package_of(name)
    return f"{name} (it needs --trust and the package {package})" if package else name


def _missing_package(line: str) -> str:
    """Return the package of an extension if it is known and not installed, else ``""``."""
    module = line.split(":")[0].split(".")[0]
    return "" if find_spec(module) else package_of(module)


def _is_fit(line: str) -> bool:
    """Whether a deck may load an extension like this.

    Reads settings with it, which must be valid.
    """
    text = f"markdown:\n  flavour: python-markdown\n  extensions:\n    - {line}\n"
    config, problems = load_config(text, "deck.yml")
    return not problems and len(config.markdown.extensions) == 1


def _options(entry: Entry) -> str:
    """Return the plain options of an extension in one line of YAML."""
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
    """Whether a value is a path on one line, without special characters of patterns."""
    return isinstance(value, str) and re.fullmatch(r"[^\n!*?\[\]\\#]+", value) is not None


def _is_path(value: object) -> bool:
    """Whether Obsidian reads a value as a path. A value between slashes is a regular expression."""
    return isinstance(value, str) and _is_plain(value) and not value.startswith("/")


def _is_folder(folder: Path, value: object) -> bool:
    """Whether a value names a folder inside of this one, without a link that leads out."""
    if not isinstance(value, str) or not _is_plain(value) or value in (".", "./", "/"):
        return False
    parts = PurePosixPath(value).parts
    if ".." in parts or value.startswith("/"):
        return False
    try:
        is_folder = (folder / value).is_dir()
    except OSError:  # a name that is too long for the system
        return False
    return is_folder and (folder / value).resolve().is_relative_to(folder.resolve())


def _json(path: Path) -> dict[str, object]:
    """Return the keys of a JSON file, ``{}`` if it cannot be read."""
    try:
        if not path.is_file() or path.stat().st_size > _MOST:  # a pipe may have no end
            return {}
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _yaml(path: Path) -> object:
    text = _text(path)
    return read_yaml(text) if text is not None else None


def _text(path: Path) -> str | None:
    """Return the text of a file, ``None`` if it cannot be read or is too large."""
    return read_text(path, path.name, _MOST)[0]

"""Reads what Obsidian, Logseq, and the tools of websites say about a folder."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

from cardwright.config import load_config, read_nav
from cardwright.config.fields import Fields
from cardwright.config.known_extensions import package_of
from cardwright.config.tree import (
    Entry,
    Listing,
    Scalar,
    Table,
    Tree,
    read_json,
    read_toml,
    read_yaml,
)
from cardwright.diagnostics import Code, listed, many
from cardwright.model import SUFFIXES
from cardwright.source import names_a_file, read_text
from cardwright.source.names import path_on_disk

_MOST = 1_000_000
"""Bytes of another tool's settings. Larger files are not read."""


@dataclass(frozen=True, slots=True)
class ToolSettings:
    """The settings to use."""

    exclude: tuple[str, ...] = ()  # patterns
    roots: tuple[str, ...] = ()  # folders of images
    extensions: tuple[str, ...] = ()  # as YAML
    nav: tuple[tuple[str, str], ...] = ()  # the pages of a site in order, with their titles
    deck: str = ""  # the name of the site
    has_tags: bool = False  # `#words` in the text are tags
    has_line_breaks: bool = False  # the tool shows every line end
    has_inline_dollars: bool = False
    messages: tuple[str, ...] = ()  # a line about each source


def tool_settings(folder: Path) -> ToolSettings:
    """Return the settings of the tools that use the folder. Runs nothing, and follows no link."""
    found = [
        *_obsidian(folder),
        *_logseq(folder),
        *_site_around(folder),
        *_jekyll(folder),
        *_gitbook(folder),
        *_public(folder),
    ]
    return ToolSettings(
        tuple(dict.fromkeys(pattern for each in found for pattern in each.exclude)),
        tuple(dict.fromkeys(root for each in found for root in each.roots)),
        tuple(dict.fromkeys(line for each in found for line in each.extensions)),
        tuple(dict.fromkeys(page for each in found for page in each.nav)),
        next((each.deck for each in found if each.deck), ""),
        any(each.has_tags for each in found),
        any(each.has_line_breaks for each in found),
        any(each.has_inline_dollars for each in found),
        tuple(line for each in found for line in each.messages),
    )


_PLUGIN_FOLDERS = (
    ("templates.json", "folder"),
    ("daily-notes.json", "folder"),
    ("plugins/templater-obsidian/data.json", "templates_folder"),
    ("plugins/quickadd/data.json", "templateFolderPath"),
    *(
        ("plugins/periodic-notes/data.json", period, "folder")
        for period in ("daily", "weekly", "monthly", "quarterly", "yearly")
    ),
)
"""Where Obsidian and its plugins name folders of templates and periodic notes: file and keys."""

_DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].md"  # the name of a daily note in Obsidian


def _obsidian(folder: Path) -> Iterator[ToolSettings]:
    """Yield the settings of the vault that the folder is or belongs to."""
    vault = _vault(folder)
    if vault is None:
        return
    settings = vault / ".obsidian"
    app = _fields(settings / "app.json")
    ignored = app.texts("userIgnoreFilters")  # a value between slashes is a regular expression
    exclude = [text for text in ignored if _is_plain(text) and not text.startswith("/")]
    for name, *tables, key in _PLUGIN_FOLDERS:
        place = reduce(Fields.inside, tables, _fields(settings / name)).text(key)
        if _is_plain(place) and place.strip("/"):
            exclude.append(f"/{place.strip('/')}/")
    exclude = [*_inside(folder.relative_to(vault), exclude)]
    if any(folder.glob(_DAY)):
        exclude.append(f"/{_DAY}")
    attachments = app.text("attachmentFolderPath")
    roots = (attachments,) if _is_folder(folder, attachments) else ()
    files = "files to leave out" if exclude else ""
    images = "the folder of attachments" if roots else ""
    source = ".obsidian" if vault == folder else settings.as_posix()
    has_line_breaks = not app.flag("strictLineBreaks")
    breaks = "line breaks" if has_line_breaks else ""
    messages = _used(source, files, images, "tags in the text", breaks)
    yield ToolSettings(
        tuple(exclude), roots, has_tags=True, has_line_breaks=has_line_breaks, messages=messages
    )


_MOST_ABOVE = 4  # how many parent folders of the notes are searched for a vault


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
    text, _ = read_text(settings, settings.name, _MOST)
    bare = re.sub(r";[^\n]*", "", text or "")
    hidden = re.search(r":hidden\s*\[([^\]]*)\]", bare)
    names = re.findall(r'"([^"]*)"', hidden[1]) if hidden else []
    exclude = [f"/{name.strip('/')}" for name in names if _is_plain(name) and name.strip("/")]
    messages = _used("logseq/config.edn", "files to leave out", "tags in the text", "line breaks")
    ours = ("/logseq/", "/whiteboards/")
    yield ToolSettings((*ours, *exclude), has_tags=True, has_line_breaks=True, messages=messages)


def _site(folder: Path) -> Iterator[tuple[str, Fields, str]]:
    """Yield the website in a folder, if there is one: its tool, settings and folder of pages."""
    mkdocs = _fields(folder / "mkdocs.yml")
    if mkdocs.values:
        yield "MkDocs", mkdocs, _folder_name(mkdocs, "docs_dir", "docs")
    elif hugo := _hugo_keys(folder):
        yield "Hugo", hugo, _folder_name(hugo, "contentdir", "content")


def _folder_name(keys: Fields, key: str, default: str) -> str:
    return (keys.text(key) or default).strip("/").removeprefix("./")


def pages_of_site(folder: Path) -> tuple[Path, str] | None:
    """Return the folder with the pages of the site in this folder, and the site's tool."""
    sites = (
        (folder / pages, tool) for tool, _, pages in _site(folder) if _is_folder(folder, pages)
    )
    return next(sites, None)


_MOST_INSIDE = 3  # how many parent folders of the pages are searched for a site


def _site_around(folder: Path) -> Iterator[ToolSettings]:
    """Yield the settings of the site that has its pages in the folder."""
    for depth, place in enumerate(folder.parents[:_MOST_INSIDE], 1):
        for tool, keys, pages in _site(place):
            if place / pages == folder:
                yield from (
                    _mkdocs(keys, folder) if tool == "MkDocs" else _hugo(keys, place, depth)
                )
                return


def _mkdocs(keys: Fields, folder: Path) -> Iterator[ToolSettings]:
    """Yield the name of a site, its existing pages in order, and its Markdown extensions."""
    deck = keys.line("site_name")
    pages = tuple(
        (path, title)
        for path, title in read_nav(keys)
        if path.lower().endswith((".md", ".markdown")) and names_a_file(path_on_disk(folder, path))
    )
    order = f"the order and the titles of {many(len(pages), 'page')}" if pages else ""
    yield ToolSettings(nav=pages, deck=deck, messages=_used("mkdocs.yml", _name(deck), order))
    extensions = keys.given("markdown_extensions")
    if isinstance(extensions, Listing):
        yield _extensions(extensions.parts)
    elif isinstance(extensions, Table):
        yield _extensions([replace(extensions, entries=(each,)) for each in extensions.entries])


def _hugo(keys: Fields, site: Path, depth: int) -> Iterator[ToolSettings]:
    """Yield the title of a site, and its folders of images, ``depth`` levels above the pages."""
    folders = [_folder_name(keys, "staticdir", "static"), "assets"]
    roots = tuple(f"{'../' * depth}{each}" for each in folders if _is_folder(site, each))
    deck = keys.line("title")
    renderer = keys.inside("markup").inside("goldmark").inside("renderer")
    has_line_breaks = renderer.flag("hardWraps")
    images, breaks = "folders of images" if roots else "", "line breaks" if has_line_breaks else ""
    messages = _used(keys.path, _name(deck), images, breaks)
    yield ToolSettings(roots=roots, deck=deck, has_line_breaks=has_line_breaks, messages=messages)


_HUGO = tuple(
    f"{folder}{stem}{suffix}"
    for folder in ("", "config/_default/")
    for stem in ("hugo", "config")
    for suffix in (".toml", ".yaml", ".yml")
)
"""Where Hugo looks for its settings, in order."""


def _hugo_keys(site: Path) -> Fields | None:
    """Return the settings of a Hugo site, with keys in lower case, because Hugo ignores case.

    ``config.toml`` may belong to any program, so it must have one of Hugo's keys.
    """
    for name in _HUGO:
        table = _table(site / name)
        entries = [replace(each, key=each.key.lower()) for each in table.entries] if table else []
        is_hugo = Path(name).stem == "hugo" or any(
            each.key in ("baseurl", "contentdir") for each in entries
        )
        if table is not None and is_hugo:
            return Fields(replace(table, entries=tuple(entries)), name, Code.BAD_SETTING, [])
    return None


_JEKYLL = ("_drafts", "vendor/bundle", "vendor/cache", "vendor/gems", "vendor/ruby")
"""Folders that Jekyll leaves out by itself (https://jekyllrb.com/docs/configuration/options/)."""


def _jekyll(folder: Path) -> Iterator[ToolSettings]:
    """Yield the title of a Jekyll site, what it leaves out, and how it reads ``$$x$$``."""
    keys = _fields(folder / "_config.yml")
    named = [name.strip("/") for name in keys.texts("exclude")]
    folders = [f"/{name}/" for name in (*named, *_JEKYLL) if _is_folder(folder, name)]
    pages = [f"/{name}" for name in named if name.endswith(SUFFIXES) and _is_plain(name)]
    deck = keys.line("title")
    exclude = tuple(folders + pages) if keys.values else ()
    messages = _used("_config.yml", _name(deck), "files to leave out" if exclude else "")
    is_kramdown = bool(keys.values) and "kramdown" in (keys.text("markdown") or "kramdown").lower()
    yield ToolSettings(exclude, deck=deck, has_inline_dollars=is_kramdown, messages=messages)


def _gitbook(folder: Path) -> Iterator[ToolSettings]:
    """Yield how GitBook reads ``$$x$$`` in a sentence."""
    if (folder / ".gitbook").is_dir() or (folder / ".gitbook.yaml").is_file():
        yield ToolSettings(has_inline_dollars=True)


_PUBLIC = (
    ("Docusaurus", "docusaurus.config.*", ("static", ".")),
    ("Next.js", "next.config.*", ("public",)),
    ("VitePress", ".vitepress/", ("public",)),
    ("VuePress", ".vuepress/", (".vuepress/public",)),
)
"""Tools of websites, how to recognise one, and where paths that begin with ``/`` lead.

``@site/`` of Docusaurus leads to the folder of its settings.
"""


def _public(folder: Path) -> Iterator[ToolSettings]:
    """Yield image folders, titles and old versions of the websites that have the folder."""
    for way, place in _places_near(folder):
        for tool, sign, names in _PUBLIC:
            settings = next(place.glob(sign), None)
            if settings is None:
                continue
            there = [name for name in names if name == "." or _is_folder(place, name)]
            roots = [posixpath.normpath(f"{way}/{name}") for name in there]
            roots = [root for root in roots if root != "."]
            deck = _docusaurus_title(settings) if tool == "Docusaurus" else ""
            old = _is_folder(place, _OLD_VERSIONS) and not way.startswith("..")
            exclude = (f"/{posixpath.normpath(f'{way}/{_OLD_VERSIONS}')}/",) if old else ()
            images = "folders of images" if roots else ""
            used = (_name(deck), "older versions to leave out" if old else "", images)
            message = _used(f"the site of {tool}", *used)
            yield ToolSettings(exclude, tuple(roots), deck=deck, messages=message)


_OLD_VERSIONS = "versioned_docs"
_TITLE = re.compile(r"^ {0,4}title: *(['\"])((?:(?!\1)[^\\\n])+)\1", re.MULTILINE)


def _docusaurus_title(settings: Path) -> str:
    """Return the first title in the settings, which are a program in JavaScript."""
    text, _ = read_text(settings, settings.name, _MOST)
    match = _TITLE.search(text or "")
    return match[2] if match else ""


def _places_near(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the folder, those in it and those around it, with the way to each."""
    yield ".", folder
    for place in (*sorted(folder.glob("*/")), *sorted(folder.glob("*/*/"))):
        way = place.relative_to(folder).as_posix()
        is_usual = not any(part[0] == "." or part == "node_modules" for part in way.split("/"))
        if is_usual and _is_folder(folder, way):
            yield way, place
    below = folder.resolve()
    is_in_git = any((place / ".git").exists() for place in (below, *below.parents))
    for depth, place in enumerate(below.parents[: _MOST_INSIDE if is_in_git else 1], 1):
        if (below / ".git").exists():
            return
        yield "/".join([".."] * depth), place
        below = place


def _extensions(parts: Sequence[Tree]) -> ToolSettings:
    """Return the extensions and options that a deck may load, and messages about the others."""
    used: list[str] = []
    left: list[str] = []
    for part in parts:
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
    always = _always_loaded([line.split(":")[0].split(".")[-1] for line in used])
    if always:
        messages.append(f"as MkDocs always loads them: {' and '.join(always)}")
    if left:
        messages.append(f"not taken from mkdocs.yml: {', '.join(map(_with_package, left))}")
    missing = dict.fromkeys(p for line in used if (p := _missing_package(line)))
    messages += [f"some of them need a package: pip install {package}" for package in missing]
    return ToolSettings(extensions=(*always, *used), messages=tuple(messages))


def _always_loaded(loaded: Sequence[str]) -> tuple[str, ...]:
    """Return the extensions that MkDocs adds to those of a site and that change a card."""
    if not loaded or "extra" in loaded:
        return ()
    has_fences = {"fenced_code", "superfences"} & {*loaded}
    names = ("tables" not in loaded and "tables", not has_fences and "fenced_code")
    return tuple(name for name in names if name)


def _with_package(name: str) -> str:
    """Return an extension that needs ``--trust``, with the package it comes from."""
    package = package_of(name)
    return f"{name} (it needs --trust and the package {package})" if package else name


def _missing_package(line: str) -> str:
    """Return the package of an extension if it is known and not installed, else ``""``."""
    module = line.split(":")[0].split(".")[0]
    return "" if find_spec(module) else package_of(module)


def _is_fit(line: str) -> bool:
    """Whether a deck may load an extension like this. Settings with it must be valid."""
    text = f"markdown:\n  flavour: python-markdown\n  extensions:\n    - {line}\n"
    config, problems = load_config(text, "deck.yml")
    return not problems and len(config.markdown.extensions) == 1


def _options(entry: Entry) -> str:
    """Return the plain options of an extension in one line of YAML."""
    pairs = entry.value.entries if isinstance(entry.value, Table) else ()
    written = [
        f"{pair.key}: {pair.value.text}"
        for pair in pairs
        if isinstance(pair.value, Scalar) and re.fullmatch(r"[\w.-]+", pair.value.text)
    ]
    return f"{{{', '.join(written)}}}" if written else ""


def _is_plain(value: str) -> bool:
    """Whether a value is a path on one line, without special characters of patterns."""
    return re.fullmatch(r"[^\n!*?\[\]\\#]+", value) is not None


def _is_folder(folder: Path, value: str) -> bool:
    """Whether a value names a folder inside of this one, without a link that leads out."""
    if not _is_plain(value) or value in (".", "./", "/"):
        return False
    parts = PurePosixPath(value).parts
    if ".." in parts or value.startswith("/"):
        return False
    try:
        is_folder = (folder / value).is_dir()
    except OSError:  # a name that is too long for the system
        return False
    return is_folder and (folder / value).resolve().is_relative_to(folder.resolve())


def _used(source: str, *parts: str) -> tuple[str, ...]:
    """Return a message about the ``parts`` that are used of a file, without empty ones."""
    used = [part for part in parts if part]
    return (f"from {source}: {listed(used)}",) if used else ()


def _name(deck: str) -> str:
    return f"the name '{deck}'" if deck else ""


def _fields(path: Path) -> Fields:
    """Return the keys of a file, none if it cannot be read."""
    return Fields(_table(path) or Table((), 0, 0), path.name, Code.BAD_SETTING, [])


def _table(path: Path) -> Table | None:
    """Parse a file. ``None`` if it is missing, too large, damaged or no table."""
    text, _ = read_text(path, path.name, _MOST)
    tree = _READERS[path.suffix](text) if text is not None else None
    return tree if isinstance(tree, Table) else None


_READERS = {".json": read_json, ".toml": read_toml, ".yaml": read_yaml, ".yml": read_yaml}

"""Gives each note its deck and tags, and its fields Context and Source."""

from __future__ import annotations

import html
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from cardwright.config import Config
from cardwright.deck_names import is_within_in_anki
from cardwright.diagnostics import Code, Diagnostic
from cardwright.lock import KeptTitle, Lock, LockEntry
from cardwright.markup.inert import inert_text
from cardwright.model import (
    Deck,
    DeckName,
    FiledNote,
    Html,
    NoteSource,
    Place,
    ResolvedNote,
    SourceFile,
)
from cardwright.presets import preset_of

_GENERIC_FOLDERS = frozenset({"content", "docs", "notes", "src"})
_UNTITLED_NAMES = frozenset({"readme", "index"})


@dataclass(frozen=True, slots=True)
class Topic:
    """A file with its title and layout."""

    source: SourceFile
    title: str
    layout: str  # `section` if each section is a subdeck, else `file`


def root_of_folder(config: Config, folder: Path, kept: str = "") -> DeckName:
    """Return the root deck of a folder: the setting, or its name.

    A folder called content, docs, notes or src gets the name of its parent. ``kept`` is the root
    deck of the last build. It counts more than the name of a folder, because each clone of a
    repository may be in a folder with another name.
    """
    if config.deck:
        return _deck_name(config.deck.split("::"))
    if kept:
        return DeckName(kept)
    folder = folder.resolve()
    if folder.name.lower() in _GENERIC_FOLDERS and folder.parent.name:
        folder = folder.parent
    return _deck_name([folder.name])


def root_of_file(path: Path, title: str, named: str = "", kept: str = "") -> DeckName:
    """Return the root deck of a single file: ``named`` in its front matter, or its title.

    A file called README or index without a title gets the name of its folder.
    """
    if named or title.lower() not in _UNTITLED_NAMES:
        return _deck_name(named.split("::") if named else [title])
    return root_of_folder(Config(), path.resolve().parent, kept)


def layout_of(
    source: SourceFile, notes: Sequence[NoteSource], config: Config, kept: str
) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return ``section`` or ``file``.

    ``auto`` splits a file with questions in two or more sections.

    ``kept`` is the choice in the lock, or ``""``. QA310 warns if ``auto`` would now choose another.
    """
    if not is_layout_free(source, config):
        is_by_section = config.subdecks == "section"
        return source.front_matter.subdecks or ("section" if is_by_section else "file"), ()
    sections = {note.section[0] for note in notes if note.section}
    fresh = "section" if len(sections) >= 2 else "file"
    if not kept or kept == fresh or not sections:
        return kept or fresh, ()
    before, now = _LAYOUT_WORDS[kept], _LAYOUT_WORDS[fresh]
    message = f"this file stays {before}, as in earlier builds; a fresh choice would be {now}"
    hint = f"to keep it so, write 'subdecks: {kept}' between '---' lines at the top of the file; "
    hint += f"to change, write 'subdecks: {fresh}' there"
    return kept, (Diagnostic(Place(source.path), Code.DIALECT_KEPT, message, hint),)


_LAYOUT_WORDS = {"file": "one deck", "section": "a subdeck for each section"}


def is_layout_free(source: SourceFile, config: Config) -> bool:
    """Whether no setting decides if sections are subdecks."""
    return config.subdecks == "auto" and not source.front_matter.subdecks


def file_notes(
    notes: Sequence[ResolvedNote], topics: Sequence[Topic], config: Config, root: DeckName, *,
    is_single: bool, keepers: Collection[str] = (),
) -> tuple[FiledNote, ...]:  # fmt: skip
    """Return every note with its deck and tags. ``is_single`` if one file is the whole deck.

    ``keepers`` are the files that keep a title which other files have too (see ``kept_titles``).
    """
    sections: defaultdict[str, set[str]] = defaultdict(set)
    for note in notes:
        sections[note.source.place.path].update(note.source.section[:1])
    topic_of = {topic.source.path: topic for topic in topics if topic.source.path in sections}
    names = _topic_names([*topic_of.values()], keepers)
    destinations: dict[tuple[str, tuple[str, ...]], _Destination] = {}
    filed = []
    for note in notes:
        path, section = note.source.place.path, note.source.section[:1]
        topic = topic_of[path]
        destination = destinations.get((path, section))
        if destination is None:
            parts = [] if is_single else names[path]
            is_tagged = topic.layout == "section" or (
                not is_layout_free(topic.source, config) and len(sections[path]) >= 2
            )
            destination = destinations[path, section] = _destination(
                topic, section, parts, config, root, is_tagged
            )
        titles = [*([] if is_single else [topic.title]), *note.source.section, *note.source.outer]
        own = sorted(destination.tags.union(map(tag_of, note.source.tags)) - {""})
        tags = (*own, destination.path_tag)
        source = _source_link(config.source_url, note.source)
        filed.append(FiledNote(note, destination.deck, tags, _context(titles, note), source))
    return tuple(filed)


@dataclass(frozen=True, slots=True)
class _Destination:
    """What notes of a section share: the deck, the tags, and the tag of their path."""

    deck: DeckName
    tags: frozenset[str]
    path_tag: str


def decks_of(
    notes: Sequence[FiledNote], config: Config, root: DeckName, project: str
) -> tuple[Deck, ...]:
    """Return the decks that have notes, sorted. The root deck has its description and options."""
    names = sorted({note.deck for note in notes} | {root})
    description = html.escape(config.description, quote=False)
    top = Deck(root, description, preset_of(config, root, project))
    return tuple(top if name == root else Deck(name) for name in names)


def kept_titles(
    topics: Sequence[Topic],
    files_with_notes: Collection[str],
    old_paths: Mapping[str, str],
    lock: Lock,
    root: DeckName,
) -> tuple[KeptTitle, ...]:
    """Return, for each title of several files, the file that had it first. Sorted by title.

    So a copy changes no note of the original. ``lock`` is from the last build. ``old_paths`` are
    the ``names_before``. A file without notes has no deck that could need the title. If the lock
    does not say which file was first, none keeps the title.
    """
    files: defaultdict[str, list[str]] = defaultdict(list)
    for topic in topics:
        if topic.source.path in files_with_notes:
            files[_key(_parts(topic))].append(topic.source.path)
    contested = {title: paths for title, paths in files.items() if len(paths) > 1}
    live = [entry for entry in lock.entries if not entry.is_retired] if contested else []
    decks: defaultdict[str, set[str]] = defaultdict(set)
    for entry in live:
        decks[entry.file].add(f"{entry.deck.casefold()}::")
    found = []
    for title, paths in sorted(contested.items()):
        deck = f"{root.casefold()}::{title}::"
        known = [path for path in paths if path in old_paths]
        had_it = [p for p in known if any(each.startswith(deck) for each in decks[old_paths[p]])]
        kept = [path for path in known if KeptTitle(title, old_paths[path]) in lock.titles]
        first = kept or had_it or known
        if len(first) == 1:
            found.append(KeptTitle(title, first[0]))
    return tuple(found)


def names_before(
    fronts: Mapping[str, Collection[str]], entries: Iterable[LockEntry]
) -> Mapping[str, str]:
    """Return the name of each file at the last build. ``fronts`` are those of each file's notes.

    It is the same name, or that of the missing file with most of its fronts. If two files match the
    same missing file, the first in source order gets it.
    """
    before: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if not entry.is_retired:
            before[entry.file].add(entry.front)
    old_paths = {path: path for path in fronts if path in before}
    files_with: defaultdict[str, list[str]] = defaultdict(list)
    for old in sorted(path for path in before if path not in fronts):
        for front in before[old]:
            files_with[front].append(old)
    pairs = []
    for at, path in enumerate(fronts):
        known = () if path in old_paths else fronts[path]
        shared = Counter(old for front in known for old in files_with[front][:_MOST_WITH])
        pairs += [(-times, at, old, path) for old, times in shared.items()]
    taken: set[str] = set()
    for _, _, old, path in sorted(pairs):
        if path not in old_paths and old not in taken:
            old_paths[path] = old
            taken.add(old)
    return old_paths


_MOST_WITH = 100  # files with one front, such as "Summary", that are looked at


def _topic_names(topics: Sequence[Topic], keepers: Collection[str]) -> Mapping[str, list[str]]:
    """Return each file's deck parts below the root. Equal ones get its name, but not ``keepers``.

    If another file has this name as its name or title, the suffix is added.
    """
    parts = {topic.source.path: _parts(topic) for topic in topics}
    for with_suffix in (False, True):
        count = Counter(map(_key, parts.values()))
        parts = {
            path: [*names[:-1], Path(path).name if with_suffix else Path(path).stem]
            if count[_key(names)] > 1 and path not in keepers
            else names
            for path, names in parts.items()
        }
    return parts


def _key(names: list[str]) -> str:
    return _deck_name(names).casefold()


def _parts(topic: Topic) -> list[str]:
    folders = topic.source.path.split("/")[:-1]
    named = topic.source.front_matter.deck.split("::") if topic.source.front_matter.deck else []
    return [*folders, *(named or [topic.title.replace("::", "_")])]


def _destination(
    topic: Topic, section: Sequence[str], parts: list[str], config: Config, root: DeckName,
    is_tagged: bool,
) -> _Destination:  # fmt: skip
    """Return the destination of a section. ``parts`` are those of the file below the root."""
    deck_parts = {
        "none": [],
        "folder": topic.source.path.split("/")[:-1],
    }.get(config.subdecks, [*parts, *(section if topic.layout == "section" else [])])
    tag_parts = [*parts, *(section if is_tagged else [])]
    path_tag = "::".join(tag_of(part.replace("::", "_")) for part in tag_parts)
    root_tag = "::".join(tag_of(part) for part in root.split("::"))
    own = topic.source.front_matter.tags
    if config.inline_tags:  # as in Obsidian, 'plants/green' is below 'plants'
        own = tuple(tag.replace("/", "::") for tag in own)
    return _Destination(
        _deck_name([root, *(part.replace("::", "_") for part in deck_parts)]),
        frozenset(map(tag_of, (*config.tags, *own))),
        f"{root_tag}::{path_tag}" if path_tag else root_tag,
    )


def _deck_name(parts: Sequence[str]) -> DeckName:
    """Join parts with ``::``, normalized as in Anki: NFC, no quotes or control characters."""
    return DeckName("::".join(_anki_name(part).strip(" :") or "blank" for part in parts))


def is_place_tag(tag: str, root: str) -> bool:
    """Whether a tag is a path in the deck with this root. Such tags belong to Cardwright."""
    return is_within_in_anki(tag, "::".join(tag_of(part) for part in root.split("::")))


@lru_cache(maxsize=4096)  # many notes have the same tags
def tag_of(text: str) -> str:
    """Return a tag for Anki: white space becomes ``_``; quotes and control characters are removed.

    Empty parts are removed: ``a::::b`` becomes ``a::b``.
    """
    tag = "_".join(_anki_name(text).split()).strip(":")
    return "::".join(part for part in tag.split("::") if part)


@lru_cache(maxsize=4096)
def _anki_name(text: str) -> str:
    """Return a name as Anki normalizes it. Keeps zero-width joiners, which are part of a word."""
    text = unicodedata.normalize("NFC", text.replace('"', "").replace("\n", " "))
    return "".join(c for c in text if unicodedata.category(c) not in _NEVER_IN_NAMES)


_NEVER_IN_NAMES = ("Cc", "Cs")  # control characters, and surrogates of names that are not UTF-8


def _context(names: Sequence[str], note: ResolvedNote) -> Html:
    """Return the titles above a question, each once and without the question itself."""
    asked = note.source.front.first_line.strip()
    return _listed(tuple(names), note.titles, asked if asked in names else None)


@lru_cache(maxsize=4096)  # the notes of a section have the same
def _listed(
    names: tuple[str, ...], in_html: tuple[tuple[str, Html], ...], asked: str | None
) -> Html:
    """Return the names in one line of HTML. ``asked`` is the one that is the question."""
    titles = dict(in_html)
    once: dict[str, str] = {}
    for name in names:
        letters = filter(str.isalnum, unicodedata.normalize("NFKC", name).casefold())
        once.setdefault("".join(letters) or name, name)
    others = (name for name in once.values() if name != asked)
    parts = (titles.get(name) or inert_text(html.escape(name)) for name in others)
    return Html(unicodedata.normalize("NFC", " › ".join(parts)))


def _source_link(template: str, note: NoteSource) -> Html:
    if not template:
        return Html("")
    url = (
        template.replace("{path}", quote(note.place.path))
        .replace("{anchor}", quote(note.anchor))
        .replace("{line}", str(note.place.line))
    )
    return Html(f'<a href="{html.escape(url)}">Source</a>')

"""Parses and renders edited files in memory, as a build would."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from cardwright.anki_fields.flow import Block
from cardwright.anki_fields.reading import blocks_of
from cardwright.content import Content
from cardwright.content.files import earlier_readings
from cardwright.identify.cloze_numbers import hidden_parts, numbering
from cardwright.identify.drafts import imprint
from cardwright.lock import Lock, LockEntry
from cardwright.making.inputs import placeless
from cardwright.math.katex import KatexSession
from cardwright.math.typeset import begin_typesetting
from cardwright.media import gather
from cardwright.media.remote import Access
from cardwright.model import (
    EarlierReading,
    Fragment,
    Image,
    Media,
    NoteSource,
    Passage,
    Place,
    RenderedNote,
    ResolvedNote,
    SourceFile,
)
from cardwright.notetypes import CLOZE
from cardwright.package.shipped import packed_value
from cardwright.parse import parse
from cardwright.pipeline import Options
from cardwright.render import render
from cardwright.resolve import resolve
from cardwright.resolve.images import image_html
from cardwright.source.folders import with_lines

FIELD_PARTS = {
    "Question": "front",
    "Text": "front",
    "Answer": "back",
    "Hint": "hint",
    "Extra": "extra",
}
"""The fields that come only from a note's Markdown, and the attribute of the note for each."""

NotePlace = tuple[Place, int]
"""The place of a note, and its number among the notes there, from 0."""

FieldOfNote = tuple[int, str]
"""The index of a note in its file, and the name of a field."""


@dataclass(frozen=True, slots=True)
class BuiltNote:
    """A note in the stages of a build."""

    source: NoteSource
    rendered: RenderedNote
    resolved: ResolvedNote

    def passage(self, name: str) -> Passage:
        passage: Passage = getattr(self.source, FIELD_PARTS[name])
        return passage

    def fragment(self, name: str) -> Fragment:
        fragment: Fragment = getattr(self.rendered, FIELD_PARTS[name])
        return fragment

    def blocks(self, name: str) -> tuple[Block, ...]:
        html = packed_value(str(getattr(self.resolved, FIELD_PARTS[name])))
        return blocks_of(html, is_cloze=self.source.kind == CLOZE and name == "Text")


def numbered(places: Iterable[Place]) -> list[NotePlace]:
    """Return each place with its number among those that are equal."""
    numbers: defaultdict[Place, Iterator[int]] = defaultdict(count)
    return [(place, next(numbers[place])) for place in places]


def file_sandboxes(
    content: Content,
    lock: Lock | None,
    options: Options,
    paths: Collection[str],
    entries: Mapping[NotePlace, LockEntry],
) -> dict[str, FileSandbox]:
    """Return a sandbox for each of ``paths``. ``entries`` are those that the next build finds."""
    deck, earlier = _Deck(content, lock, options, entries), earlier_readings(lock, content.files)
    return {
        source.path: FileSandbox(source, deck, earlier[source.path])
        for source in content.files
        if source.path in paths
    }


@dataclass(frozen=True, slots=True)
class _Deck:
    """What the sandboxes of all files share."""

    content: Content
    lock: Lock | None
    options: Options
    entries: Mapping[NotePlace, LockEntry]
    session: KatexSession = field(default_factory=lambda: KatexSession(engines=1))


class FileSandbox:
    """Tries out edits of one file. ``before`` is how the last build read it."""

    def __init__(self, source: SourceFile, deck: _Deck, before: EarlierReading) -> None:
        self.source, self.deck, self.before = source, deck, before
        self.notes = self._parsed(source.lines)
        self.keys = tuple(map(placeless, self.notes))
        self._images: dict[Image, Media] = {}
        self._built_notes: dict[int, BuiltNote] = {}
        self._places = numbered(note.place for note in self.notes)

    def index_of(self, place: Place, number: int) -> int:
        """Return the index of a note, which is number ``number`` of those at its place."""
        return self._places.index((place, number))

    def built(self, index: int) -> BuiltNote:
        """Return the note from the unedited file."""
        if index not in self._built_notes:
            self._built_notes[index] = self._make(self.notes[index], index)
        return self._built_notes[index]

    def has(self, lines: Sequence[str], wanted: Mapping[FieldOfNote, tuple[Block, ...]]) -> bool:
        """Whether a file with these lines has the ``wanted`` fields, and all else as before."""
        edited, notes = {index for index, _ in wanted}, self._parsed(lines)
        return len(notes) == len(self.keys) and all(
            self._has_fields(note, at, wanted) if at in edited else placeless(note) == self.keys[at]
            for at, note in enumerate(notes)
        )

    def _has_fields(
        self, note: NoteSource, at: int, wanted: Mapping[FieldOfNote, tuple[Block, ...]]
    ) -> bool:
        if _setting(note) != _setting(self.notes[at]):
            return False
        new, built = self._make(note, at), self.built(at)
        return all(
            new.blocks(name) == (wanted[at, name] if (at, name) in wanted else built.blocks(name))
            for name in ("Text" if note.kind == CLOZE else "Question", "Answer", "Hint", "Extra")
        )

    def attributes_after(
        self, lines: Sequence[str], marked: Sequence[str], index: int
    ) -> NoteSource | None:
        """Return note ``index`` of ``marked``, ``None`` if it changes more than attributes."""
        olds, notes = self._parsed(lines), self._parsed(marked)
        if len(olds) != len(notes):
            return None
        old, note = olds[index], notes[index]
        same = replace(note, explicit_id=old.explicit_id, anchor=old.anchor, tags=old.tags)
        others = (*notes[:index], same, *notes[index + 1 :])
        return note if [*map(placeless, others)] == [*map(placeless, olds)] else None

    def illustrated(self) -> Iterator[int]:
        """Yield the indexes of notes that may have an image."""
        for index, note in enumerate(self.notes):
            texts = (getattr(note, side).markdown for side in set(FIELD_PARTS.values()))
            if any("![" in text or "<img" in text for text in texts):
                yield index

    def images(self, made: BuiltNote, name: str) -> Iterator[tuple[Image, str]]:
        """Yield the images of a field, each with its HTML on the card."""
        for mark in made.fragment(name).marks:
            if isinstance(mark, Image):
                media = self._images.get(_placeless(mark))
                yield mark, image_html(mark, media, "", is_linked=False)

    def _parsed(self, lines: Sequence[str]) -> tuple[NoteSource, ...]:
        content, edited = self.deck.content, with_lines(self.source, lines)
        parsed, _ = parse(edited, content.config, self.before, is_single=content.is_single)
        return parsed.notes

    def _make(self, note: NoteSource, index: int) -> BuiltNote:
        config = self.deck.content.config
        rendered, _ = render(note, config)
        rendered = self._numbered(rendered, self.deck.entries.get(self._places[index]))
        typeset, _ = begin_typesetting([rendered], config, self.deck.session).finish()
        found = self._files_of(rendered)
        return BuiltNote(note, rendered, resolve(rendered, found, config, typeset))

    def _numbered(self, rendered: RenderedNote, entry: LockEntry | None) -> RenderedNote:
        """Return the note with the numbers of deletions that the next build gives to it."""
        note, parts = rendered.source, hidden_parts(rendered.source)
        if not (entry and entry.hidden and parts):
            return rendered
        kept = numbering(note.deletions, imprint(note).front, parts, entry).numbers
        front = rendered.front
        numbers = tuple(kept.get(number, number) for number in front.numbers)
        return replace(rendered, front=replace(front, numbers=numbers))

    def _files_of(self, rendered: RenderedNote) -> dict[Image, Media]:
        """Return the files of a note's images. Images with the same reference share a file."""
        images = rendered.images
        if any(_placeless(image) not in self._images for image in images):
            deck, options = self.deck, self.deck.options
            pins = deck.lock.pins if deck.lock else ()
            access = Access(pins, options.cache, options.rules, is_offline=True, now=options.now)
            new = gather([rendered], deck.content.folder, deck.content.config, access).found
            self._images |= {_placeless(image): media for image, media in new.items()}
        known = ((image, self._images.get(_placeless(image))) for image in images)
        return {image: media for image, media in known if media is not None}


def _placeless(image: Image) -> Image:
    return replace(image, place=Place(image.place.path))


def _setting(note: NoteSource) -> tuple[object, ...]:
    """Return what an edit of a note's text must not change."""
    titles = tuple((title.plain, title.line.text if title.line else "") for title in note.titles)
    return (
        *(note.section, note.outer, titles, note.explicit_id, note.tags, note.macros),
        *(note.is_reverse, note.is_new, note.kind),
    )

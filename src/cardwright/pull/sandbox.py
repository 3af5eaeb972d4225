"""Parses and renders edited files in memory, as a build would."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from cardwright.config import Config
from cardwright.content import Content
from cardwright.content.files import NEVER_READ, earlier_readings
from cardwright.lock import Lock
from cardwright.making.inputs import note_key
from cardwright.math.katex import KatexSession
from cardwright.math.typeset import begin_typesetting
from cardwright.media import Access, Gathered, gather
from cardwright.model import (
    Choice,
    Formula,
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
from cardwright.parse import parse
from cardwright.pipeline import Options
from cardwright.pull.flow import Block
from cardwright.pull.reading import blocks_of
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

    def html(self, name: str) -> str:
        return str(getattr(self.resolved, FIELD_PARTS[name]))

    def blocks(self, name: str) -> tuple[Block, ...]:
        return blocks_of(self.html(name), is_cloze=self.source.kind == CLOZE and name == "Text")


@dataclass(frozen=True, slots=True)
class Sandbox:
    """Tries out edits of a deck's files. ``lock`` is that of the last build."""

    content: Content
    lock: Lock | None
    options: Options
    session: KatexSession = field(default_factory=lambda: KatexSession(engines=1))

    def for_file(self, source: SourceFile) -> FileSandbox:
        """Return a sandbox for one file."""
        before = earlier_readings(self.lock).get(source.path, NEVER_READ)
        return FileSandbox(
            source,
            self.content.config,
            self.content.is_single,
            before.choice,
            before.known,
            self.session,
            self._find_images,
        )

    def _find_images(self, note: RenderedNote) -> Gathered:
        options = self.options
        pins = self.lock.pins if self.lock else ()
        access = Access(pins, options.cache, options.rules, is_offline=True, now=options.now)
        return gather([note], self.content.folder, self.content.config, access)


@dataclass(slots=True)
class FileSandbox:
    """Tries out edits of one file. ``gathered`` finds the images of a rendered note."""

    source: SourceFile
    config: Config
    is_single: bool
    kept: Choice | None
    known: Sequence[str]
    session: KatexSession
    gathered: Callable[[RenderedNote], Gathered]
    notes: tuple[NoteSource, ...] = ()
    keys: tuple[bytes, ...] = ()
    _images: dict[Image, Media] = field(default_factory=dict)
    _built_notes: dict[int, BuiltNote] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.notes = self._parsed(self.source.lines)
        self.keys = tuple(map(note_key, self.notes))

    def built(self, index: int) -> BuiltNote:
        """Return the note from the unedited file."""
        if index not in self._built_notes:
            self._built_notes[index] = self._make(self.notes[index])
        return self._built_notes[index]

    def notes_after(
        self, lines: Sequence[str], edited: Sequence[int]
    ) -> dict[int, BuiltNote] | None:
        """Return the ``edited`` notes of the file with these lines.

        Returns ``None`` if another note would change, appear or disappear.
        """
        notes = self._parsed(lines)
        if len(notes) != len(self.notes):
            return None
        for index, note in enumerate(notes):
            if index in edited:
                if _setting(note) != _setting(self.notes[index]):
                    return None
            elif note_key(note) != self.keys[index]:
                return None
        return {index: self._make(notes[index]) for index in edited}

    def tags_after(self, lines: Sequence[str], index: int) -> tuple[str, ...] | None:
        """Return a note's tags in these lines, or ``None`` if anything else would change."""
        notes = self._parsed(lines)
        if len(notes) != len(self.notes):
            return None
        for at, note in enumerate(notes):
            old = self.notes[at]
            same = replace(_with_attributes_of(old, note), tags=old.tags) if at == index else note
            if note_key(same) != self.keys[at]:
                return None
        return notes[index].tags

    def id_after(self, lines: Sequence[str], marked: Sequence[str], index: int) -> str | None:
        """Return a note's id in the ``marked`` lines, ``None`` if more differs from ``lines``."""
        plain, notes = self._parsed(lines), self._parsed(marked)
        if len(plain) != len(notes):
            return None
        for at, (old, new) in enumerate(zip(plain, notes, strict=True)):
            same = _with_attributes_of(old, new) if at == index else new
            if note_key(same) != note_key(old):
                return None
        return notes[index].explicit_id

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
                yield mark, image_html(mark, media, is_alone=False, is_linked=False)

    def formulas(self, made: BuiltNote, name: str) -> Iterator[Formula]:
        yield from (mark for mark in made.fragment(name).marks if isinstance(mark, Formula))

    def _parsed(self, lines: Sequence[str]) -> tuple[NoteSource, ...]:
        parsed, _ = parse(
            with_lines(self.source, lines),
            self.config,
            self.kept,
            self.known,
            is_single=self.is_single,
        )
        return parsed.notes

    def _make(self, note: NoteSource) -> BuiltNote:
        rendered, _ = render(note, self.config)
        typeset, _ = begin_typesetting([rendered], self.config, self.session).finish()
        found = self._files_of(rendered)
        return BuiltNote(note, rendered, resolve(rendered, found, self.config, typeset))

    def _files_of(self, rendered: RenderedNote) -> dict[Image, Media]:
        """Return the files of a note's images. Images with the same reference share a file."""
        fragments = (rendered.front, rendered.back, rendered.hint, rendered.extra)
        images = [mark for part in fragments for mark in part.marks if isinstance(mark, Image)]
        if any(_placeless(image) not in self._images for image in images):
            new = self.gathered(rendered).found
            self._images |= {_placeless(image): media for image, media in new.items()}
        known = ((image, self._images.get(_placeless(image))) for image in images)
        return {image: media for image, media in known if media is not None}


def _placeless(image: Image) -> Image:
    return replace(image, place=Place(image.place.path))


def _with_attributes_of(old: NoteSource, new: NoteSource) -> NoteSource:
    """Return the new note with the old one's id and anchor."""
    return replace(new, explicit_id=old.explicit_id, anchor=old.anchor)


def _setting(note: NoteSource) -> tuple[object, ...]:
    """Return what an edit of a note's text must not change."""
    titles = tuple((title.plain, title.line.text if title.line else "") for title in note.titles)
    return (
        *(note.section, note.outer, titles, note.explicit_id, note.tags, note.macros),
        *(note.is_reverse, note.is_new, note.kind),
    )

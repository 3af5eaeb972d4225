"""Completes notes with what does not come from their file alone: images, decks and tags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from cardwright.config import Config
from cardwright.filing import Topic, file_notes, layout_of
from cardwright.identify.drafts import draft
from cardwright.making.values import Draft, NoteResult, Shared
from cardwright.model import (
    FiledNote,
    Formula,
    Image,
    Media,
    RenderedNote,
    ResolvedNote,
    SourceFile,
    Typeset,
)
from cardwright.model.stored import compressed, replace_fields
from cardwright.package.shipped import hashes_of
from cardwright.report.counts import Counts, counts_of


def with_images(
    note: NoteResult, found: Mapping[Image, Media], config: Config, *, is_large: bool = False
) -> NoteResult:
    """Return the note with ``resolved``, or ``note`` itself if its images are unchanged.

    Its fields are compressed if the deck ``is_large``.
    """
    if note.rendered is None:
        return note
    files = tuple(
        replace(media, content=b"") if media else None for media in map(found.get, note.images)
    )
    if note.resolved is not None and files == note.found:
        return note
    resolved, counts = resolved_note(note.rendered, found, config, note.typeset)
    bare = tuple(replace(media, content=b"") for media in resolved.media)
    resolved = replace_fields(resolved, media=bare)
    resolved = compressed(resolved) if is_large else resolved
    return replace(note, resolved=resolved, found=files, draft=None, counts=counts)


def resolved_note(
    note: RenderedNote,
    found: Mapping[Image, Media],
    config: Config,
    typeset: Mapping[Formula, Typeset],
) -> tuple[ResolvedNote, Counts]:
    """Resolve a note, and read its fields for all that later builds want to know of them."""
    from cardwright.resolve import resolve  # slow: loads nh3 and Pygments

    resolved = resolve(note, found, config, typeset)
    return replace_fields(resolved, hashes=hashes_of(resolved)), counts_of(resolved)


def small(notes: Iterable[NoteResult]) -> tuple[NoteResult, ...]:
    """Return the notes with their long fields compressed, which halves the memory they take."""
    return tuple(
        replace(note, resolved=compressed(note.resolved)) if note.resolved else note
        for note in notes
    )


def with_likely_drafts(
    notes: Sequence[NoteResult], source: SourceFile, title: str, shared: Shared
) -> tuple[NoteResult, ...]:
    """Add drafts to the complete notes, as if no other file had the same title.

    So the processes that make notes also make most drafts. ``with_draft`` replaces the drafts of
    notes that are filed differently.
    """
    complete = [note.resolved for note in notes if note.resolved]
    if shared.is_single:
        return tuple(notes)
    config = shared.config
    layout, _ = layout_of(source, [note.source for note in notes], config, "")
    topics = [Topic(source, title, layout)]
    filed = iter(file_notes(complete, topics, config, shared.root, is_single=False))
    return tuple(with_draft(note, next(filed), config) if note.resolved else note for note in notes)


def with_draft(note: NoteResult, filed: FiledNote, config: Config) -> NoteResult:
    """Return the note with its ``draft``, or ``note`` itself if it is filed as before."""
    drafted = note.draft
    where = (filed.deck, filed.tags, filed.context)
    if drafted is not None and where == (drafted.deck, drafted.tags, drafted.context):
        return note
    return replace(note, draft=Draft(*where, draft(filed, note.imprint, config)))

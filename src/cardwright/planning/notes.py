"""Lists the notes and note types that a build would change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from cardwright.changes.empty_cards import card_counts, changed_card_names
from cardwright.changes.old_notes import OldNotes
from cardwright.diagnostics import shorten
from cardwright.identify import Identified, Identity
from cardwright.identify.kinds import changed_kinds, newly_retired
from cardwright.lock import Lock, LockEntry
from cardwright.model import Note
from cardwright.notetypes import CLOZE, fingerprint, notetype
from cardwright.package.packed_notes import PackedNote
from cardwright.pipeline import Assembly
from cardwright.planning.shown import images_in, shown_text
from cardwright.planning.values import (
    ChangeKind,
    Difference,
    NoteChange,
    NoteTypeChange,
)
from cardwright.source.names import shown_path


def planned_notes(
    assembly: Assembly, identified: Identified, old: OldNotes
) -> tuple[NoteChange, ...]:
    """Return the changed notes of the package and the newly retired ones, by kind of change.

    The notes of a kind are in source order. A retired note is left out if its question only changed
    its note type.
    """
    kinds = changed_kinds(identified)
    replaced = {entry.guid for entry in kinds.values()}
    changes = [
        _note_change(assembly.folder, identity, note, kinds.get(note.guid), old)
        for identity, note in zip(identified.identities, identified.notes, strict=True)
    ]
    for entry in newly_retired(identified):
        if entry.guid not in replaced:
            path = shown_path(assembly.folder, entry.file)
            change = NoteChange(ChangeKind.RETIRED, entry.guid, path, 0, entry.front, entry.deck)
            changes.append(change)
    order = list(ChangeKind)
    return tuple(sorted(filter(None, changes), key=lambda note: order.index(note.what)))


def _note_change(
    folder: Path, identity: Identity, note: Note, was: LockEntry | None, old: OldNotes
) -> NoteChange | None:
    """Return the change of a note, or ``None``. ``was`` is the note before its type changed."""
    packed = old.note_for(identity.before)
    changes = _differences(identity, note, packed, old.unknown)
    what = ChangeKind.KIND if was else _what(identity, changes)
    if what is None:
        return None
    if was:
        changes = (
            Difference("kind", was.kind, note.kind),
            Difference("retired", was.guid, None, f"the old note, {was.guid}"),
        )
    elif identity.weak_match:
        words = f"'{shorten(identity.weak_match.front)}' in other words: then write "
        words += f"{{#{identity.weak_match.guid}}} at its end"
        changes = (Difference("perhaps", identity.weak_match.guid, None, words),)
    path, line = shown_path(folder, identity.place.path), identity.place.line
    counts = card_counts(identity, note, packed)
    return NoteChange(what, note.guid, path, line, note.plain, note.deck, changes, *counts)


_BY_PART = {
    "question": ChangeKind.REWORDED,
    "text": ChangeKind.ANSWER,
    "answer": ChangeKind.ANSWER,
    "hint": ChangeKind.ANSWER,
    "extra": ChangeKind.ANSWER,
    "cards": ChangeKind.CARDS,
    "tags": ChangeKind.TAGS,
    "context": ChangeKind.TAGS,
    "images": ChangeKind.IMAGES,
    "settings": ChangeKind.SETTINGS,
    "unclear": ChangeKind.UNCLEAR,
    "deck": ChangeKind.MOVED,
    "spelling": ChangeKind.LOCK,
    "place": ChangeKind.LOCK,
    "id": ChangeKind.LOCK,
}


def _what(identity: Identity, changes: Sequence[Difference]) -> ChangeKind | None:
    """Return the most important kind of change, or ``None`` if nothing changes."""
    if identity.before is None:
        return ChangeKind.NEW
    if identity.before.is_retired:
        return ChangeKind.RETURNED
    order = list(ChangeKind)
    return min((_BY_PART[change.part] for change in changes), key=order.index, default=None)


def _differences(
    identity: Identity, note: Note, packed: PackedNote | None, unknown: str
) -> tuple[Difference, ...]:
    """Return all changes of a note, ``()`` for a new one. ``unknown``: why ``packed`` is ``None``.

    The lock alone has the old front, deck, place and id, and only hashes of the rest.
    """
    before, entry = identity.before, identity.entry
    if before is None:
        return ()
    changes: list[Difference] = []
    if entry.front != before.front:
        part = "question" if entry.mod != before.mod else "spelling"
        changes.append(Difference(part, before.front, entry.front))
    if entry.mod != before.mod:
        changes += _in_fields(before, entry, note, packed) if packed else ()
        changes += _images(before, entry, note)
        if packed is None:
            changes += _in_hashes(before, entry, is_explained=bool(changes), unknown=unknown)
        elif not changes and entry.answer != before.answer:
            changes.append(Difference("answer", words="only its formatting"))
        elif not changes:  # no text shows it
            words = "settings, macros, formatting or the version of Cardwright"
            changes.append(Difference("settings", words=words))
    places = (before.deck, entry.deck), (_place(before), _place(entry)), (before.id, entry.id)
    for part, (old, new) in zip(("deck", "place", "id"), places, strict=True):
        if old != new:
            changes.append(Difference(part, old, new))
    return tuple(changes)


def _in_fields(
    before: LockEntry, entry: LockEntry, note: Note, packed: PackedNote
) -> Iterator[Difference]:
    """Yield the differences between the fields in the package and the new ones."""
    if note.kind == CLOZE and entry.front == before.front:
        yield from _in_field("Text", packed, note.front)
    yield from _in_field("Answer", packed, note.back)
    yield from _in_field("Hint", packed, note.hint)
    yield from _in_field("Extra", packed, note.extra)
    gone_cards, new_cards = changed_card_names(note, packed)
    if cards := [*(f"{c} becomes empty" for c in gone_cards), *(f"{c} is new" for c in new_cards)]:
        yield Difference("cards", words=", ".join(cards))
    old_tags, new_tags = set(packed.tags), set(note.tags)
    if old_tags != new_tags:
        gone, come = sorted(old_tags - new_tags), sorted(new_tags - old_tags)
        yield Difference("tags", " ".join(gone), " ".join(come))
    yield from _in_field("Context", packed, note.context)


def _in_field(name: str, packed: PackedNote, html: str) -> Iterator[Difference]:
    old, new = shown_text(packed.field(name)), shown_text(html)
    if old != new:
        yield Difference(name.lower(), old, new)


def _images(before: LockEntry, entry: LockEntry, note: Note) -> Iterator[Difference]:
    """Yield one change with the new images and sounds, and the number of removed ones."""
    if entry.media == before.media:
        return
    known = {*before.media}
    names = {name: alt for html in (note.front, note.back, note.hint, note.extra)
             for name, alt in images_in(html)}  # fmt: skip
    fresh = {media.name: "" for media, hash_ in zip(note.media, entry.media, strict=True)
             if hash_ not in known}  # fmt: skip
    shown = [f"'{names[name]}'" if names.get(name) else name for name in fresh]
    gone = len(known - {*entry.media})
    words = [f"{', '.join(shown)} has other bytes" if gone else f"{', '.join(shown)} is new"]
    if gone > len(fresh):
        left = gone - len(fresh)
        words.append(f"{left} {'is' if left == 1 else 'are'} gone")
    yield Difference("images", words="; ".join(words[not shown :]) or "in another order")


def _in_hashes(
    before: LockEntry, entry: LockEntry, *, is_explained: bool, unknown: str
) -> Iterator[Difference]:
    """Yield what the hashes of the lock show, if the old fields are not known."""
    unknown = "a retired note is in no package" if before.is_retired else unknown
    if entry.answer != before.answer:
        part = "text" if entry.kind == CLOZE else "answer"
        yield Difference(part, words=f"the old text is not known: {unknown}")
    elif not is_explained and _place(before) != _place(entry):
        yield Difference("tags", words="and context: its file or section has another name")
    elif not is_explained:
        what = "its tags, settings, cards or formatting"
        yield Difference("unclear", words=f"{what}; which is not known: {unknown}")


def _place(entry: LockEntry) -> str:
    return " › ".join((entry.file, *entry.section))


def notetype_changes(before: Lock, lock: Lock, style: str) -> Iterator[NoteTypeChange]:
    """Yield the note types that an import adds or changes. ``style`` is the deck's CSS."""
    known = {stamp.kind: stamp for stamp in before.notetypes}
    for stamp in lock.notetypes:
        name = notetype(stamp.kind, lock.deck).name
        old = known.get(stamp.kind)
        if old is None:
            yield NoteTypeChange(name, "is new")
        elif old.mod != stamp.mod:
            words = []
            if before.deck != lock.deck:
                words.append(f"is renamed, from '{notetype(stamp.kind, before.deck).name}'")
            if before.katex != lock.katex:
                words.append("gets the stylesheet and fonts of KaTeX, for formulas")
            if fingerprint(stamp.kind, before.deck, before.katex, style) != old.fingerprint:
                words.append("has another style or other templates")
            yield NoteTypeChange(name, ", ".join(words) or "has another style")

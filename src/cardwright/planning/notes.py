"""Lists the notes and note types that a build would change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from cardwright.changes.empty_cards import card_counts
from cardwright.changes.old_notes import OldNotes
from cardwright.diagnostics import shorten
from cardwright.identify import Identified, Identity
from cardwright.identify.kinds import changed_kinds, newly_retired
from cardwright.lock import Lock, LockEntry
from cardwright.model import Note
from cardwright.notetypes import fingerprint, notetype
from cardwright.pipeline import Assembly
from cardwright.planning.differences import differences
from cardwright.planning.values import (
    ChangeKind,
    Difference,
    NoteChange,
    NoteTypeChange,
    RetiredNote,
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
    """Return the change of a note, ``None`` if there is none.

    ``was`` is the note before its note type changed.
    """
    packed = old.note_for(identity.before) if identity.before else None
    changes = differences(identity, note, packed, old.unknown)
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


def retired_notes(assembly: Assembly, identified: Identified) -> Iterator[RetiredNote]:
    """Yield all retired notes, in the order of the lock."""
    now = {*identified.changes.retired}
    for entry in identified.lock.entries:
        if entry.is_retired:
            path = shown_path(assembly.folder, entry.file)
            yield RetiredNote(entry, path, entry.guid in now)


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

"""Finds what changed in a note since the last build."""

from __future__ import annotations

from collections.abc import Iterator

from cardwright.changes.empty_cards import changed_card_names
from cardwright.identify import Identity
from cardwright.lock import LockEntry
from cardwright.model import Note
from cardwright.notetypes import CLOZE
from cardwright.package.packed import PackedNote
from cardwright.planning.shown import images_in, shown_text
from cardwright.planning.values import Difference


def differences(
    identity: Identity, note: Note, packed: PackedNote | None, unknown: str
) -> tuple[Difference, ...]:
    """Return all changes of a note, ``()`` for a new note.

    ``packed`` is the note from the last build. If it is ``None``, ``unknown`` says why. The lock
    alone has the old front, deck, place and id, and only hashes of the rest.
    """
    before, entry = identity.before, identity.entry
    if before is None:
        return ()
    changes: list[Difference] = []
    if entry.front != before.front:
        part = "question" if entry.mod != before.mod else "spelling"
        changes.append(Difference(part, before.front, entry.front))
    if entry.mod != before.mod:
        images = [*_images(before, entry, note)]
        found = _in_fields(before, entry, note, packed) if packed else ()
        changes += [*found, *images]
        if packed is None:
            changes += _in_hashes(before, entry, is_explained=bool(changes), unknown=unknown)
        elif not changes:
            changes.append(_invisible_change(before, entry))
    return (*changes, *_place_changes(before, entry))


def _in_fields(
    before: LockEntry, entry: LockEntry, note: Note, packed: PackedNote
) -> Iterator[Difference]:
    """Yield the differences between the fields in the package and the new ones."""
    is_cloze = note.kind == CLOZE
    texts = [("answer", "Answer", note.back), ("hint", "Hint", note.hint)]
    texts.append(("extra", "Extra", note.extra))
    if is_cloze and entry.front == before.front:
        texts.insert(0, ("text", "Text", note.front))
    for part, name, html in texts:
        old, new = shown_text(packed.field(name)), shown_text(html)
        if old != new:
            yield Difference(part, old, new)
    gone_cards, new_cards = changed_card_names(note, packed)
    if cards := [*(f"{c} becomes empty" for c in gone_cards), *(f"{c} is new" for c in new_cards)]:
        yield Difference("cards", words=", ".join(cards))
    old_tags, new_tags = set(packed.tags), set(note.tags)
    if old_tags != new_tags:
        gone, come = sorted(old_tags - new_tags), sorted(new_tags - old_tags)
        yield Difference("tags", " ".join(gone), " ".join(come))
    old, new = shown_text(packed.field("Context")), shown_text(note.context)
    if old != new:
        yield Difference("context", old, new)


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


def _invisible_change(before: LockEntry, entry: LockEntry) -> Difference:
    """Return a change that no text shows: of formatting, settings or the program."""
    if entry.answer != before.answer:
        return Difference("answer", words="only its formatting")
    return Difference("settings", words="settings, macros, formatting or the version of Cardwright")


def _place_changes(before: LockEntry, entry: LockEntry) -> Iterator[Difference]:
    if entry.deck != before.deck:
        yield Difference("deck", before.deck, entry.deck)
    if _place(entry) != _place(before):
        yield Difference("place", _place(before), _place(entry))
    if entry.id != before.id:
        yield Difference("id", before.id, entry.id)


def _place(entry: LockEntry) -> str:
    return " › ".join((entry.file, *entry.section))

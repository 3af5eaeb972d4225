"""Rebuilds a lock from the content and the fields of a package that contains no lock."""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cardwright.identify import Identified
from cardwright.identify.cloze_numbers import numbering_in_anki
from cardwright.lock import Lock, LockEntry
from cardwright.lock.records import is_milliseconds, is_seconds
from cardwright.model import DeckName, Guid, Note, NoteTypeStamp
from cardwright.notetypes import CLOZE, QA, notetype
from cardwright.package.collection import field_values
from cardwright.package.packed_notes import Packed, PackedNote, PackedNoteType
from cardwright.package.shipped import SHIPPED


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A lock, how many of its notes have a question, and the ambiguous GUIDs by front."""

    lock: Lock
    found: int
    ambiguous: Mapping[str, tuple[str, ...]]


def rebuild(packed: Packed, fresh: Identified, root: DeckName) -> Rebuilt:
    """Rebuild a lock by matching the notes of a package with the content.

    ``fresh`` is the content built without a lock. The notes are those with this deck's note types,
    or all notes if there are none. A note with the same fields as a question is
    unchanged. A note with the same front keeps its GUID, and the next build gives it a new
    change time. Of other notes, the lock keeps the front as plain text. The package does not
    contain retired notes, and neither the choices nor the pins of earlier builds.
    """
    names = {notetype(kind, root).name for kind in (QA, CLOZE)}
    own = [note for note in packed.notes if note.notetype.name in names]
    notes = [note for note in own or packed.notes if _fits_lock(note)]
    drafts = {entry.guid: entry for entry in fresh.lock.entries}
    pairs, ambiguous = _pairs(notes, fresh.notes, drafts)
    guids = {question.guid: Guid(notes[at].guid) for at, question in pairs.items()}
    numbered = {each.entry.guid for each in fresh.identities if each.is_numbered}
    entries = []
    for at, note in enumerate(notes):
        question = pairs.get(at)
        entry = _entry_from_text(note)
        if question is not None:
            entry = drafts[question.guid]
            entry = replace(entry, after=guids.get(Guid(entry.after), entry.after))
            is_same = _note_keys(note)[1] == _question_keys(question, "")[1]
            if not is_same or set(note.tags) != set(question.tags):
                entry = replace(entry, answer="", sketch="", made="", media=(), output="")
                if question.guid not in numbered:
                    hidden = numbering_in_anki(note.field("Text"), entry).hidden
                    entry = replace(entry, hidden=hidden)
        guid, deck = Guid(note.guid), DeckName(note.deck)
        entries.append(replace(entry, guid=guid, mod=note.mod, born=note.note_id, deck=deck))
    lock = replace(fresh.lock, notetypes=tuple(_stamps(notes)), entries=tuple(entries))
    return Rebuilt(lock, len(pairs), ambiguous)


def _fits_lock(note: PackedNote) -> bool:
    """Whether a lock can hold the note. Another program may have written anything."""
    return (
        re.fullmatch("[a-z0-9]{13}", note.guid) is not None
        and all(map(is_seconds, (note.mod, note.notetype.mod)))
        and all(map(is_milliseconds, (note.note_id, note.notetype.id)))
    )


def _pairs(
    notes: Sequence[PackedNote], questions: Sequence[Note], drafts: Mapping[Guid, LockEntry]
) -> tuple[dict[int, Note], dict[str, tuple[str, ...]]]:
    """Return the question of each note, by the note's index, and the ambiguous GUIDs by front.

    There are four criteria. First, the question claims the note's GUID as its id. Second, all
    fields are equal. Third, the front is equal and unique. Fourth, a first build gives this GUID.
    """
    pairs: dict[int, Note] = {}
    ambiguous: dict[str, tuple[str, ...]] = {}
    note_keys = [_note_keys(note) for note in notes]
    question_keys = {each.guid: _question_keys(each, drafts[each.guid].id) for each in questions}
    for step, is_certain in enumerate((True, True, False, True)):
        taken = {question.guid for question in pairs.values()}
        groups: defaultdict[object, tuple[list[int], list[Note]]] = defaultdict(lambda: ([], []))
        for question in questions:
            if question.guid not in taken:
                groups[question_keys[question.guid][step]][1].append(question)
        for at, keys in enumerate(note_keys):
            if at not in pairs:
                groups[keys[step]][0].append(at)
        for ours, theirs in groups.values():
            if is_certain or len(ours) == len(theirs) == 1:
                pairs.update(zip(ours, theirs, strict=False))
            elif ours and theirs:
                ambiguous[theirs[0].plain] = tuple(notes[at].guid for at in ours)
    return pairs, ambiguous


def _note_keys(note: PackedNote) -> tuple[object, ...]:
    """Return what is compared in each step: claimed GUID, all fields, front, first GUID."""
    kind = _kind(note.notetype)
    values = dict(zip(note.notetype.fields, note.values, strict=True))
    return (
        (kind, note.guid),
        (kind, _filled(values)),
        (kind, note.field("Plain")),
        (kind, note.guid),
    )


def _question_keys(question: Note, id_: str) -> tuple[object, ...]:
    """Return the same for a question with the explicit id ``id_``."""
    kind, values = question.kind, field_values(question)
    names = {field.name for field in notetype(kind, question.deck).fields}
    filled = _filled({name: text for name, text in values.items() if name in names})
    return (kind, id_), (kind, filled), (kind, values["Plain"]), (kind, question.guid)


def _filled(values: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """Return the fields with a text, without the Id and the record of what was shipped."""
    return frozenset(
        (name, text) for name, text in values.items() if text and name not in ("Id", SHIPPED)
    )


def _entry_from_text(note: PackedNote) -> LockEntry:
    """Return the entry of a note without a question, from its fields alone."""
    return LockEntry(
        guid=Guid(note.guid),
        file="",
        section=(),
        front=" ".join(html.unescape(note.field("Plain")).split()),
        answer="",
        made="",
        media=(),
        mod=0,
        born=0,
        deck=DeckName(""),
        kind=_kind(note.notetype),
    )


def _kind(type_: PackedNoteType) -> str:
    return CLOZE if type_.is_cloze else QA


def _stamps(notes: Iterable[PackedNote]) -> Iterator[NoteTypeStamp]:
    """Yield the note type of most notes of each kind. The next build updates it."""
    count = Counter(note.notetype for note in notes)
    for kind in (CLOZE, QA):
        types = sorted((t for t in count if _kind(t) == kind), key=lambda t: (-count[t], t.id))
        if types:
            yield NoteTypeStamp(kind, types[0].id, "", types[0].mod)

"""A lock made anew of the fields of a package that carries none, and of the content as it is."""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cardwright.collection import field_values
from cardwright.identify import Identified
from cardwright.lock import Lock, LockEntry
from cardwright.model import DeckName, Guid, Note, NoteTypeStamp
from cardwright.notetypes import CLOZE, QA, notetype
from cardwright.packed import Packed, PackedNote, PackedNoteType


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """``found`` of the lock's notes are questions of the content."""

    lock: Lock
    found: int


def rebuild(packed: Packed, fresh: Identified, root: DeckName) -> Rebuilt:
    """A lock that knows the package's notes by the questions of the content that they are.

    ``fresh`` is the content built without a lock. A note whose fields are those of a question is
    unchanged; one with the same front keeps its GUID, and its next build has a new time; of all
    others the lock knows the front as plain text. Retired notes, and what the builds before
    chose and pinned, are not in a package without a lock.
    """
    notes = [note for note in _of_deck(packed, root) if _is_sound(note)]
    pairs = _pairs(notes, fresh.notes)
    drafts = {entry.guid: entry for entry in fresh.lock.entries}
    guids = {question.guid: Guid(notes[at].guid) for at, question in pairs.items()}
    changed = Counter(
        _front(note) for at, note in enumerate(notes) if _changed(note, pairs.get(at))
    )
    entries = []
    for at, note in enumerate(notes):
        question = pairs.get(at)
        entry = _known_by_text(note)
        if question is not None:
            entry = drafts[question.guid]
            entry = replace(entry, after=guids.get(Guid(entry.after), entry.after))
            if _changed(note, question):
                entry = replace(entry, answer="", sketch="", made="", media=())
            if changed[_front(note)] > 1:
                entry = replace(entry, after="")  # their order is a guess that nothing may rest on
        entries.append(_with_identity(entry, note))
    stamps = tuple(_stamps(notes))
    return Rebuilt(replace(fresh.lock, notetypes=stamps, entries=tuple(entries)), len(pairs))


def _of_deck(packed: Packed, root: DeckName) -> list[PackedNote]:
    """The notes of this deck's note types; all of them, where none has their names."""
    names = {notetype(kind, root).name for kind in (QA, CLOZE)}
    own = [note for note in packed.notes if note.notetype.name in names]
    return own or list(packed.notes)


def _is_sound(note: PackedNote) -> bool:
    """Whether a lock can hold the note: what another program wrote may be anything."""
    numbers = (note.note_id, note.mod, note.notetype.id, note.notetype.mod)
    return re.fullmatch("[a-z0-9]{13}", note.guid) is not None and all(
        0 <= number < 2**53 for number in numbers
    )


def _pairs(notes: Sequence[PackedNote], questions: Sequence[Note]) -> dict[int, Note]:
    """The question that each note is, by the note's index: the same fields first, then the same
    front, in order, then the GUID that the question has when nothing is known of it."""
    pairs: dict[int, Note] = {}
    open_questions = list(questions)
    keys = (_all_fields, _front, _guid)
    question_keys = (_all_fields_of, _front_of, _guid_of)
    for key, question_key in zip(keys, question_keys, strict=True):
        waiting: defaultdict[object, list[Note]] = defaultdict(list)
        for question in reversed(open_questions):
            waiting[question_key(question)].append(question)
        for at, note in enumerate(notes):
            if at not in pairs and waiting[key(note)]:
                pairs[at] = waiting[key(note)].pop()
        taken = {question.guid for question in pairs.values()}
        open_questions = [question for question in open_questions if question.guid not in taken]
    return pairs


def _all_fields(note: PackedNote) -> object:
    values = dict(zip(note.notetype.fields, note.values, strict=True))
    return _kind(note.notetype), _filled(values)


def _all_fields_of(question: Note) -> object:
    names = {field.name for field in notetype(question.kind, question.deck).fields}
    values = {name: text for name, text in field_values(question).items() if name in names}
    return question.kind, _filled(values)


def _filled(values: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """The fields with a text, but for the GUID."""
    return frozenset((name, text) for name, text in values.items() if text and name != "Id")


def _front(note: PackedNote) -> object:
    return _kind(note.notetype), note.field("Plain")


def _front_of(question: Note) -> object:
    return question.kind, field_values(question)["Plain"]


def _guid(note: PackedNote) -> object:
    return _kind(note.notetype), note.guid


def _guid_of(question: Note) -> object:
    return question.kind, question.guid


def _changed(note: PackedNote, question: Note | None) -> bool:
    """Whether the note is a question of the content that is not as it was packed."""
    return question is not None and (
        _all_fields(note) != _all_fields_of(question) or set(note.tags) != set(question.tags)
    )


def _known_by_text(note: PackedNote) -> LockEntry:
    """What the package alone says of a note that no question of the content is."""
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


def _with_identity(entry: LockEntry, note: PackedNote) -> LockEntry:
    guid, deck = Guid(note.guid), DeckName(note.deck)
    return replace(entry, guid=guid, mod=note.mod, born=note.note_id, deck=deck)


def _kind(type_: PackedNoteType) -> str:
    return CLOZE if type_.is_cloze else QA


def _stamps(notes: Iterable[PackedNote]) -> Iterator[NoteTypeStamp]:
    """Of each kind the note type with most of the notes; its look counts as another one."""
    count = Counter(note.notetype for note in notes)
    for kind in (CLOZE, QA):
        types = sorted((t for t in count if _kind(t) == kind), key=lambda t: (-count[t], t.id))
        if types:
            yield NoteTypeStamp(kind, types[0].id, "", types[0].mod)

"""A lock made anew of the fields of a package that carries none, and of the content as it is."""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cardwright.identify import Identified
from cardwright.lock import Lock, LockEntry
from cardwright.lock.records import is_milliseconds, is_seconds
from cardwright.model import DeckName, Guid, Note, NoteTypeStamp
from cardwright.notetypes import CLOZE, QA, notetype
from cardwright.package.collection import field_values
from cardwright.package.packed import Packed, PackedNote, PackedNoteType
from cardwright.package.shipped import SHIPPED


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A lock made anew. ``found`` counts its notes that are questions of the content.

    ``doubts`` has GUIDs by their front: it is not clear which question they belong to.
    """

    lock: Lock
    found: int
    doubts: Mapping[str, tuple[str, ...]]


def rebuild(packed: Packed, fresh: Identified, root: DeckName) -> Rebuilt:
    """A lock that knows the package's notes by the questions of the content that they are.

    ``fresh`` is the content built without a lock. A note whose fields are those of a question is
    unchanged; one with the same front keeps its GUID, and its next build has a new time; of all
    others the lock knows the front as plain text. Retired notes, and what the builds before
    chose and pinned, are not in a package without a lock.
    """
    notes = [note for note in _of_deck(packed, root) if _is_sound(note)]
    drafts = {entry.guid: entry for entry in fresh.lock.entries}
    pairs, doubts = _pairs(notes, fresh.notes, drafts)
    guids = {question.guid: Guid(notes[at].guid) for at, question in pairs.items()}
    entries = []
    for at, note in enumerate(notes):
        question = pairs.get(at)
        entry = _known_by_text(note)
        if question is not None:
            entry = drafts[question.guid]
            entry = replace(entry, after=guids.get(Guid(entry.after), entry.after))
            if not _is_same(note, question):
                entry = replace(entry, answer="", sketch="", made="", media=(), output="")
        entries.append(_with_identity(entry, note))
    lock = replace(fresh.lock, notetypes=tuple(_stamps(notes)), entries=tuple(entries))
    return Rebuilt(lock, len(pairs), doubts)


def _of_deck(packed: Packed, root: DeckName) -> list[PackedNote]:
    """The notes of this deck's note types; all of them, where none has their names."""
    names = {notetype(kind, root).name for kind in (QA, CLOZE)}
    own = [note for note in packed.notes if note.notetype.name in names]
    return own or list(packed.notes)


def _is_sound(note: PackedNote) -> bool:
    """Whether a lock can hold the note: what another program wrote may be anything."""
    return (
        re.fullmatch("[a-z0-9]{13}", note.guid) is not None
        and all(map(is_seconds, (note.mod, note.notetype.mod)))
        and all(map(is_milliseconds, (note.note_id, note.notetype.id)))
    )


def _pairs(
    notes: Sequence[PackedNote], questions: Sequence[Note], drafts: Mapping[Guid, LockEntry]
) -> tuple[dict[int, Note], dict[str, tuple[str, ...]]]:
    """The question that each note is, by the note's index, and what cannot be told.

    In this order: the question claims the note's GUID as its id; all fields are the same; the
    front is, and that of no other note; the question's GUID without a lock is the note's.
    """
    pairs: dict[int, Note] = {}
    doubts: dict[str, tuple[str, ...]] = {}
    for note_key, question_key, is_certain in (
        (_guid, lambda question: (question.kind, drafts[question.guid].id), True),
        (_all_fields, _all_fields_of, True),
        (_front, _front_of, False),
        (_guid, lambda question: (question.kind, question.guid), True),
    ):
        taken = {question.guid for question in pairs.values()}
        groups: defaultdict[object, tuple[list[int], list[Note]]] = defaultdict(lambda: ([], []))
        for question in questions:
            if question.guid not in taken:
                groups[question_key(question)][1].append(question)
        for at, note in enumerate(notes):
            if at not in pairs:
                groups[note_key(note)][0].append(at)
        for ours, theirs in groups.values():
            if is_certain or len(ours) == len(theirs) == 1:
                pairs.update(zip(ours, theirs, strict=False))
            elif ours and theirs:
                doubts[theirs[0].plain] = tuple(notes[at].guid for at in ours)
    return pairs, doubts


def _all_fields(note: PackedNote) -> object:
    values = dict(zip(note.notetype.fields, note.values, strict=True))
    return _kind(note.notetype), _filled(values)


def _all_fields_of(question: Note) -> object:
    names = {field.name for field in notetype(question.kind, question.deck).fields}
    values = {name: text for name, text in field_values(question).items() if name in names}
    return question.kind, _filled(values)


def _filled(values: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """The fields with a text, but for those that tell which note it is and when it was shipped."""
    return frozenset(
        (name, text) for name, text in values.items() if text and name not in ("Id", SHIPPED)
    )


def _front(note: PackedNote) -> object:
    return _kind(note.notetype), note.field("Plain")


def _front_of(question: Note) -> object:
    return question.kind, field_values(question)["Plain"]


def _guid(note: PackedNote) -> object:
    return _kind(note.notetype), note.guid


def _is_same(note: PackedNote, question: Note) -> bool:
    return _all_fields(note) == _all_fields_of(question) and set(note.tags) == set(question.tags)


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

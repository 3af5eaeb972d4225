"""Changes notes in Anki into notes of ours: all of them, or none if the program is killed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cardwright.adopt.field_text import field_text
from cardwright.adopt.values import Match, OldNote
from cardwright.delivery.apply import apply
from cardwright.delivery.collection import ClosedCollection
from cardwright.delivery.compare import PushChoices, compare, delivery_history
from cardwright.delivery.values import AnkiNote, BuiltDeck, Differences, Move, NoteUpdate
from cardwright.identify.similarity.words import words_of
from cardwright.model import Guid, Note
from cardwright.notetypes import CLOZE, QA
from cardwright.package.collection import field_values


def change(
    matches: Sequence[Match], wanted: BuiltDeck, anki: ClosedCollection, *, is_moving: bool
) -> Differences:
    """Change the notes to what the content says. Return what is left for the next push.

    Cards stay in their decks unless ``is_moving``. Their decks are recorded at once.
    """
    anki.at_once(lambda: _change(matches, wanted, anki, is_moving=is_moving))
    differences = _compared(wanted, anki)
    if differences.bookkeeping:
        noted = Differences(root=differences.root, updates=differences.bookkeeping)
        apply(noted, wanted, anki.read_deck(wanted), anki)
        differences = _compared(wanted, anki)
    return differences


def _change(
    matches: Sequence[Match], wanted: BuiltDeck, anki: ClosedCollection, *, is_moving: bool
) -> None:
    _give_guids(anki, {each.old.id: each.question.note.guid for each in matches})
    _bring_notetypes(matches, wanted, anki)
    ids = {stamp.kind: stamp.id for stamp in wanted.lock.notetypes}
    others = [each.old for each in matches if each.old.type.id not in ids.values()]
    _retype(anki, others, ids)
    anki_deck = anki.read_deck(wanted)
    pairs = [
        (each.old, each.question.note, anki_deck.notes[each.question.note.guid]) for each in matches
    ]
    names = {media.name for _, note, _ in pairs for media in note.media} - anki_deck.media
    differences = Differences(
        root=wanted.root,
        moves=tuple(_moves(pairs)) if is_moving else (),
        media=tuple(wanted.media[name] for name in sorted(names)),
        updates=tuple(_update(old, note, theirs) for old, note, theirs in pairs),
    )
    apply(differences, wanted, anki_deck, anki)


def _give_guids(anki: ClosedCollection, guids: Mapping[int, Guid]) -> None:
    """Give notes their new GUIDs. A note syncs with its GUID."""
    notes = []
    for id_, guid in guids.items():
        note = anki.raw.get_note(id_)
        note.guid = guid
        notes.append(note)
    with anki.undo_step():
        anki.raw.update_notes(notes)


def _retype(anki: ClosedCollection, notes: Iterable[OldNote], ids: Mapping[str, int]) -> None:
    """Give notes our note types, with Anki's own function. ``ids`` maps kinds to note types.

    A card keeps everything but the number of its template. The fields are empty then. Anki needs a
    full sync.
    """
    groups: defaultdict[int, list[OldNote]] = defaultdict(list)
    for note in notes:
        groups[note.type.id].append(note)
    models = anki.raw.models
    for group in groups.values():
        type_ = group[0].type
        new_id = ids[type_.kind]
        request = models.change_notetype_info(
            old_notetype_id=type_.id, new_notetype_id=new_id
        ).input
        request.note_ids.extend([note.id for note in group])
        request.new_fields[:] = [-1] * len(request.new_fields)
        if type_.kind == QA:
            sides, count = type_.sides, len(request.new_templates)
            known = [sides.forward, -1 if sides.backward is None else sides.backward]
            request.new_templates[:] = [*known, *[-1] * count][:count]
        with anki.undo_step():
            models.change_notetype_of_notes(request)


def _bring_notetypes(matches: Sequence[Match], wanted: BuiltDeck, anki: ClosedCollection) -> None:
    """Import the note types that Anki does not have yet."""
    anki_deck = anki.read_deck(wanted)
    known = {each.id for each in anki_deck.notetypes}
    kinds = {each.question.note.kind for each in matches}
    missing = tuple(
        stamp for stamp in wanted.lock.notetypes if stamp.kind in kinds and stamp.id not in known
    )
    if missing:
        apply(Differences(root=wanted.root, notetypes=missing), wanted, anki_deck, anki)


def _moves(pairs: Sequence[tuple[OldNote, Note, AnkiNote]]) -> Iterator[Move]:
    for _, note, theirs in pairs:
        for deck in sorted({card.deck for card in theirs.cards if card.deck != note.deck}):
            cards = tuple(card.id for card in theirs.cards if card.deck == deck)
            yield Move(note.guid, cards, deck, note.deck)


def _update(old: OldNote, note: Note, theirs: AnkiNote) -> NoteUpdate:
    """Return an update with all of our fields and tags. The learner's tags stay.

    Two things of the learner stay as edits, which a push keeps: a reverse card, and text of the
    old note that the content does not have.
    """
    fields = field_values(note)
    if note.kind != CLOZE and any(card.number == 1 for card in theirs.cards):
        fields["Reverse"] = "yes"
    if kept := kept_extra(old, note):
        fields["Extra"] = "".join((fields["Extra"], *kept))
    there = {tag.casefold() for tag in theirs.tags}
    return NoteUpdate(
        theirs,
        {name: text for name, text in fields.items() if theirs.fields.get(name, text) != text},
        tuple(tag for tag in note.tags if tag.casefold() not in there),
    )


def is_backward_kept(match: Match) -> bool:
    """Whether the note keeps a reverse card that the content does not ask for."""
    sides = match.old.type.sides
    has_backward = any(card.number == sides.backward for card in match.old.cards)
    return match.old.type.kind != CLOZE and has_backward and not match.question.note.is_reverse


def kept_extra(old: OldNote, note: Note) -> tuple[str, ...]:
    """Return the HTML that the old note showed and the new one lacks.

    On either side, the content replaces one field. For a cloze note, the answer is its Extra.
    """
    answer = note.extra if note.kind == CLOZE else note.back
    fields = (*_others(old.answers, answer), *_others(old.fronts, note.front))
    if not any(map(str.strip, fields)):
        return ()
    said = {word for text in field_values(note).values() for word in _words(text)}
    return tuple(f"<div>{field}</div>" for field in fields if {*_words(field)} - said)


def _others(fields: Sequence[str], text: str) -> Iterator[str]:
    """Yield the fields without the one that has most of the words of a text."""
    words = {*_words(text)}
    common = [len(words.intersection(_words(field))) for field in fields] if text else []
    replaced = common.index(max(common)) if common else None
    return (field for at, field in enumerate(fields) if at != replaced)


def _words(field: str) -> tuple[str, ...]:
    return words_of(field_text(field, lambda _: "image"))


def _compared(wanted: BuiltDeck, anki: ClosedCollection) -> Differences:
    anki_deck = anki.read_deck(wanted)
    return compare(wanted, anki_deck, PushChoices(), delivery_history(wanted, anki_deck))

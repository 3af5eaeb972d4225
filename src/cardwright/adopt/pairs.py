"""Matches notes in Anki with questions, by the same rules as a build."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from cardwright.adopt.values import AdoptQuestion, Match, MatchedBy, OldNote, Pairs, UnsureQuestion
from cardwright.identify.hashes import short_hash
from cardwright.identify.matching import Matching, match
from cardwright.identify.similarity.sketch import sketch_of
from cardwright.identify.similarity.words import asked_words_of, words_of
from cardwright.lock import LockEntry
from cardwright.model import DeckName, Guid, Milliseconds


def pair(questions: Sequence[AdoptQuestion], notes: Sequence[OldNote]) -> Pairs:
    """Match questions, in source order, with notes.

    A question whose explicit id is a note's id in Anki belongs to that note.
    """
    claimed = {question.identity.entry.id for question in questions}
    notes, copies = _without_copies(questions, notes, claimed)
    entries = _entries(questions, notes)
    matching = match(entries, [_draft(question) for question in questions])
    by_id = {str(note.id): note for note in notes}
    found = [
        _match(question, by_id[entry.guid])
        for number, question in enumerate(questions)
        if (entry := matching.note_for(number))
    ]
    paired = {each.question.note.guid for each in found}
    taken = {each.old.id for each in found}
    return Pairs(
        tuple(found),
        tuple(_unsure(questions, matching, by_id)),
        tuple(each for each in questions if each.note.guid not in paired),
        tuple(note for note in notes if note.id not in taken),
        copies,
    )


def narrow_fronts(
    questions: Sequence[AdoptQuestion], notes: Iterable[OldNote]
) -> Iterator[OldNote]:
    """Yield the notes. If one field of a front alone is a question, it becomes the front.

    A card may show a topic or a picture in a separate field above the question.
    """
    fronts = {question.front for question in questions}
    for note in notes:
        part = next((part for part in note.parts if part in fronts), "")
        yield replace(note, front=part) if part and note.front not in fronts else note


def with_decision(pairs: Pairs, unsure: UnsureQuestion, chosen: OldNote | None) -> Pairs:
    """Return the pairs after the user chose the note of an unsure question, or ``None``."""
    rest = tuple(each for each in pairs.unsure if each != unsure)
    if chosen is None:
        return replace(pairs, unsure=rest)
    without = (
        replace(each, candidates=tuple(note for note in each.candidates if note != chosen))
        for each in rest
    )
    return replace(
        pairs,
        found=(*pairs.found, Match(chosen, unsure.question, MatchedBy.USER)),
        unsure=tuple(each for each in without if each.candidates),
        missing=tuple(each for each in pairs.missing if each != unsure.question),
        left=tuple(note for note in pairs.left if note != chosen),
    )


def _without_copies(
    questions: Sequence[AdoptQuestion], notes: Sequence[OldNote], claimed: set[str]
) -> tuple[list[OldNote], tuple[OldNote, ...]]:
    """Split off copies: notes that say the same as another one.

    A tool that makes new GUIDs at each run leaves such copies. If several questions say the same
    too, as many notes stay. The most studied notes stay first.
    """
    wanted = Counter(_text(each.note.kind, each.front, each.answer) for each in questions)
    groups: defaultdict[object, list[OldNote]] = defaultdict(list)
    for note in notes:
        groups[_text(note.type.kind, note.front, note.answer)].append(note)
    copies: set[int] = set()
    for text, group in groups.items():
        order = sorted(group, key=lambda n: (str(n.id) not in claimed, -n.reps, n.id))
        copies |= {note.id for note in order[max(wanted[text], 1) :]}
    kept = [note for note in notes if note.id not in copies]
    return kept, tuple(note for note in notes if note.id in copies)


def _text(kind: str, front: str, answer: str) -> object:
    return kind, front, _words(answer)


def _words(answer: str) -> tuple[str, ...]:
    return asked_words_of(answer) or (answer,)


def _draft(question: AdoptQuestion) -> LockEntry:
    return replace(
        question.identity.entry,
        front=question.front,
        answer=short_hash(_words(question.answer)),
        sketch=sketch_of(words_of(question.answer)),
    )


def _entries(questions: Sequence[AdoptQuestion], notes: Sequence[OldNote]) -> list[LockEntry]:
    """Return the notes as entries of a lock, with their ids in Anki as GUIDs.

    A deck counts as a file, with its notes in the order of creation. If its name is that of a
    deck of the content, it counts as the file and section of that one.
    """
    places = _places_by_name(question.identity.entry for question in questions)
    last: dict[str, Guid] = {}
    entries = []
    for note in sorted(notes, key=lambda note: note.id):
        name = note.deck.split("::")[-1].casefold()
        file, section = places.get(name) or (f"{note.deck}::", ())
        guid = Guid(str(note.id))
        entries.append(
            LockEntry(
                guid=guid,
                file=file,
                section=section,
                front=note.front,
                answer=short_hash(_words(note.answer)),
                made="",
                media=(),
                mod=0,
                born=Milliseconds(note.id),
                deck=DeckName(note.deck),
                after=last.get(file, ""),
                kind=note.type.kind,
                sketch=sketch_of(words_of(note.answer)),
            )
        )
        last[file] = guid
    return entries


def _places_by_name(entries: Iterable[LockEntry]) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """Map the last part of each deck's name to its file and section, if they are unique."""
    found: defaultdict[str, set[tuple[str, tuple[str, ...]]]] = defaultdict(set)
    for entry in entries:
        found[entry.deck.split("::")[-1].casefold()].add((entry.file, entry.section))
    places: dict[str, tuple[str, tuple[str, ...]]] = {}
    for name, where in found.items():
        files = {file for file, _ in where}
        if len(files) == 1:
            places[name] = min(where) if len(where) == 1 else (files.pop(), ())
    return places


def _match(question: AdoptQuestion, note: OldNote) -> Match:
    how = MatchedBy.SIMILAR
    if question.identity.entry.id == str(note.id):
        how = MatchedBy.ID
    elif question.front == note.front:
        is_same = _words(question.answer) == _words(note.answer)
        how = MatchedBy.SAME if is_same else MatchedBy.FRONT
    return Match(note, question, how)


def _unsure(
    questions: Sequence[AdoptQuestion], matching: Matching, by_id: Mapping[str, OldNote]
) -> Iterator[UnsureQuestion]:
    for ambiguity in matching.ambiguities:
        candidates = tuple(by_id[matching.old[j].guid] for j in ambiguity.old)
        for i in ambiguity.new:
            yield UnsureQuestion(questions[i], candidates, is_close=True)
    for i, j in sorted(matching.weak_matches.items()):
        yield UnsureQuestion(questions[i], (by_id[matching.old[j].guid],), is_close=False)

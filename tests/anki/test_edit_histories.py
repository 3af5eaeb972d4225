"""Random histories of edits: each question keeps its note, and each card its words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest

from cardwright.building import Built
from cardwright.model import Guid, Note
from tests.anki.garden import Garden
from tests.anki.histories import Author, Question, Word
from tests.notes import bytes_of

BUILDS = 10


@dataclass
class Truth:
    """Whose each note and each card is, as far as a build has shown it."""

    guids: dict[Question, Guid] = field(default_factory=dict)
    cards: dict[tuple[Guid, int], Word] = field(default_factory=dict)
    numbers: dict[Word, int] = field(default_factory=dict)
    contents: dict[Question, tuple[tuple[str, ...], int]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def compare(self, author: Author, notes: tuple[Note, ...], *, is_asked: bool) -> None:
        questions = author.in_order()
        assert len(questions) == len(notes), [note.plain for note in notes]
        owners = {guid: question for question, guid in self.guids.items()}
        for question, note in zip(questions, notes, strict=True):
            known, owner = self.guids.get(question), owners.get(note.guid)
            if question not in author.free and owner not in author.free:
                if owner not in (None, question):
                    names = f"{question.markdown()!r} has the note of {owner.markdown()!r}"
                    self.wrong.append(names)
                elif known not in (None, note.guid) and not is_asked:
                    self.lost.append(f"{question.markdown()!r} is new")
            if known == note.guid:
                content, mod = self.contents[question]
                files = (author.files[question.file],)
                if content == (*question.content, *files) and mod != note.mod:
                    self.wrong.append(f"{question.markdown()!r} was not edited, but shipped again")
            self.guids[question] = note.guid
            self.contents[question] = ((*question.content, author.files[question.file]), note.mod)
            if question.words:
                self.compare_words(question, note)

    def compare_words(self, question: Question, note: Note) -> None:
        found = [(int(n), text) for n, text in re.findall(r"\{\{c(\d+)::(\w+)", note.front)]
        assert [text for _, text in found] == [word.text for word in question.hidden]
        for word, (number, _) in zip(question.hidden, found, strict=True):
            owner = self.cards.get((note.guid, number))
            if not word.written:
                if owner not in (None, word):
                    self.wrong.append(f"{word} has the card {number} of {owner} in {question.text}")
                elif self.numbers.get(word, number) != number:
                    before = self.numbers[word]
                    if self.cards.get((note.guid, before)) is word:
                        self.lost.append(f"{word} had {before}, has {number} in {question.text}")
            self.cards[note.guid, number] = word
            self.numbers[word] = number


def live(garden: Garden, seed: int) -> Truth:
    """A history of builds and imports, with reviews between them, and what it found wrong."""
    garden.write("deck.yml", "deck: Garden\nquestions: headings\nquestion_level: 3\n")
    author, truth = Author(seed), Truth()
    for round_number in range(BUILDS):
        done = author.edit() if round_number else []
        for path in garden.folder.glob("*.md"):
            path.unlink()
        for file in author.files:
            garden.write(file, author.text_of(file))
        built = garden.build()
        is_asked = built.package is None
        if is_asked:
            assert {p.code.code for p in built.diagnostics if p.is_error} == {"LK606"}
            garden.now -= 100
            built = garden.build(is_accepting_new=True)
        assert built.assembly.identified is not None, built.diagnostics
        truth.compare(author, built.assembly.identified.notes, is_asked=is_asked)
        if truth.wrong or truth.lost:
            truth.wrong.append(f"seed {seed}, build {round_number}: {', '.join(done)}")
            break
        check_anki(garden, built, truth)
        new = sorted(garden.collection.find_cards("is:new"))
        for card in author.chance.sample(new, min(3, len(new))):
            garden.study(f"cid:{card}")
    return truth


def check_anki(garden: Garden, built: Built, truth: Truth) -> None:
    """Import, and see that Anki has each note of the package once, as it is there."""
    identified = built.assembly.identified
    assert identified is not None
    garden.import_package(bytes_of(built))
    for card, schedule in garden.schedules.items():
        assert garden.schedule(card) == schedule
    collection = garden.collection
    found = {}
    for id_ in collection.find_notes(""):
        note = collection.get_note(id_)
        assert note.guid not in found
        found[note.guid] = note.fields[0]
    assert {*truth.guids.values()} <= found.keys()
    for note in identified.notes:
        assert found[note.guid] == note.front


@pytest.mark.parametrize(
    "seed",
    [*range(6), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(6, 60))],
)
def test_no_edit_loses_reviews_or_gives_them_to_other_words(garden: Garden, seed: int) -> None:
    truth = live(garden, seed)

    assert (truth.wrong, truth.lost) == ([], [])
    assert truth.guids
    assert garden.schedules

"""Who a cloze note is after an edit: its text without marks, never a note of another type."""

from __future__ import annotations

from dataclasses import replace

from cardwright.config import Config
from cardwright.identify import Identified, identify
from cardwright.lock import Lock
from cardwright.lock.text import format_lock, parse_lock
from cardwright.model import DeckName, FiledNote, Html, NoteSource, ResolvedNote, SourceFile
from cardwright.parse import parse
from tests.notes import drafts_of

NOTHING = Lock(project="salt")


def sources(markdown: str) -> tuple[NoteSource, ...]:
    return parse(SourceFile("plants.md", tuple(markdown.split("\n"))), Config())[0].notes


def build(*notes: NoteSource, lock: Lock = NOTHING, now: int = 1000) -> Identified:
    empty = Html("")
    filed = [
        FiledNote(ResolvedNote(note, _text(note), empty, empty, empty, ""), DeckName("Deck"), ())
        for note in notes
    ]
    return identify(filed, drafts_of(filed), lock, now)


def _text(note: NoteSource) -> Html:
    """What stands in for the field Text: all that it depends on."""
    numbers = [deletion.number for deletion in note.deletions]
    return Html(f"{' '.join(note.front.markdown.split())} {numbers}")


def rebuilt(before: str, after: str) -> Identified:
    return build(*sources(after), lock=build(*sources(before)).lock, now=2000)


def test_what_a_note_hides_is_its_answer() -> None:
    first = "A {{c1::leaf}} makes sugar."
    for after in (
        "A {{c1::leaf}} makes {{c2::sugar}}.",
        "A {{c2::leaf}} makes sugar.",
        "A {{c1::leaf::organ}} makes sugar.",
        "A leaf {{c1::makes}} sugar.",
    ):
        changes = rebuilt(first, after).changes
        assert (len(changes.changed), changes.new, changes.retired) == (1, (), ())
    assert len(rebuilt(first, "A {{c1::leaf}}  makes\nsugar.").changes.new) == 0


def test_two_cloze_notes_with_the_same_text_keep_their_own_deletions() -> None:
    leaf, sugar = "A {{c1::leaf}} makes sugar.", "A leaf makes {{c1::sugar}}."
    first = build(*sources(f"{leaf}\n\n{sugar}"))

    again = build(*sources(f"{sugar}\n\n{leaf}"), lock=first.lock, now=2000)

    assert [note.guid for note in again.notes] == [note.guid for note in reversed(first.notes)]
    assert len(again.changes.unchanged) == 2


def test_a_number_that_settings_change_is_a_change() -> None:
    (note,) = sources("A {{c1::leaf}} makes sugar.")
    other = replace(note, deletions=(replace(note.deletions[0], number=2),))

    again = build(other, lock=build(note).lock, now=2000)

    assert len(again.changes.changed) == 1
    assert again.notes[0].mod == 2000


def test_a_note_of_another_type_is_another_note() -> None:
    asked, hidden = "Q: A leaf is green. {#leaf}\nA: Yes.", "C: A [leaf] is green. {#leaf}"
    first = build(*sources(asked))
    second = build(*sources(hidden), lock=first.lock, now=2000)
    third = build(*sources(asked), lock=second.lock, now=3000)

    assert second.changes.new
    assert second.changes.retired == (first.notes[0].guid,)
    assert third.changes.returned == (first.notes[0].guid,)
    assert build(*sources(hidden)).notes[0].guid == second.notes[0].guid
    assert [note.kind for built in (first, second) for note in built.notes] == ["qa", "cloze"]


def test_the_lock_says_of_a_cloze_note_that_it_is_one() -> None:
    lock = build(*sources("Q: What is a leaf?\nA: An organ.\n\nC: A [leaf] is green.")).lock
    text = format_lock(lock)

    assert text.count('"kind": "cloze"') == 1
    assert '"kind": "qa"' not in text
    assert parse_lock(text, "deck.lock") == (lock, ())


def test_a_reworded_text_is_known_again() -> None:
    before = "A {{c1::leaf}} makes sugar of light.\n\nA {{c1::root}} drinks what the rain leaves."
    after = (
        "A green {{c1::leaf}} makes sugar of light.\n\nA {{c1::root}} drinks what the rain leaves."
    )

    changes = rebuilt(before, after).changes

    assert (len(changes.changed), len(changes.unchanged), changes.new) == (1, 1, ())


def test_another_text_of_the_same_form_is_another_note() -> None:
    before = "The capital of {{c1::Kenya}} is {{c2::Nairobi}}.\n\n{{c1::Moss}} drinks mist."
    after = before.replace("Kenya", "Ghana").replace("Nairobi", "Accra")

    changes = rebuilt(before, after).changes

    assert (len(changes.new), len(changes.retired), len(changes.unchanged)) == (1, 1, 1)

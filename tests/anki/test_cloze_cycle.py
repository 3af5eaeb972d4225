"""Cloze notes from the file to the real Anki: their cards, what these show, and an edit of them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from anki.cards import Card
from anki.collection import Collection
from anki.decks import DeckId

from cardwright.building import build_deck
from cardwright.notetypes import cloze_numbers
from cardwright.outcome import result_object
from cardwright.pipeline import Options
from tests.anki.versions import IS_OLD
from tests.in_anki import collection_in
from tests.notes import bytes_of

Import = Callable[[bytes], dict[str, int]]

LEAVES = """\
# Leaves

The {{c1::blade}} sits on a {{c2::stalk::part}}, and {{c1::veins}} run through it.

C: It makes [$6 H_2O$ into sugar] by [light].

Q: What is a bud?
A: A leaf to be.
"""


@dataclass
class Garden:
    """A file of notes and the collection of somebody who studies them."""

    folder: Path
    collection: Collection
    import_package: Import
    now: int = 1_700_000_000
    told: object = 0

    def write(self, text: str) -> None:
        (self.folder / "leaves.md").write_text(text, encoding="utf-8")

    def build_and_import(self) -> dict[str, int]:
        self.now += 100
        built = build_deck(self.folder, self.folder.parent / "build", Options(self.now))
        assert built.package is not None, built.diagnostics
        counts = self.import_package(bytes_of(built))
        self.told = result_object(built)["cards"]
        return counts

    def cards(self, text: str) -> list[Card]:
        """Those of the note whose plain text holds ``text``, by number."""
        found = [
            self.collection.get_card(c) for c in self.collection.find_cards(f'"Plain:*{text}*"')
        ]
        return sorted(found, key=lambda card: card.ord)

    def notetypes(self) -> list[str]:
        return [found.name for found in self.collection.models.all_names_and_ids()]

    def front_of(self, card: Card) -> str:
        return str(self.collection.get_card(card.id).render_output().question_text)


@pytest.fixture
def garden(tmp_path: Path, collection: Collection, import_package: Import) -> Garden:
    folder = tmp_path / "garden"
    folder.mkdir()
    garden = Garden(folder, collection, import_package)
    garden.write(LEAVES)
    return garden


def test_a_note_has_a_card_for_each_number_and_each_hides_its_own(garden: Garden) -> None:
    assert garden.build_and_import() == {"new": 3}
    assert garden.build_and_import() == {"duplicate": 3}
    assert garden.collection.card_count() == garden.told == 2 + 2 + 1
    assert not garden.collection.get_empty_cards().notes

    first, second = garden.cards("blade")
    assert garden.front_of(first).count(">[...]</span>") == 2
    assert ">stalk</span>" in garden.front_of(first)
    assert ">[part]</span>" in garden.front_of(second)
    assert ">blade</span>" in garden.front_of(second)
    assert ">blade</span> sits on a" in first.answer()
    assert first.note().note_type()["name"] == "Cardwright Cloze (garden)"
    assert first.note()["Plain"].startswith("The blade sits on a stalk, and")


def test_a_formula_in_a_deletion_is_hidden_and_shown_whole(garden: Garden) -> None:
    garden.build_and_import()

    card = garden.cards("H_2O")[0]

    assert ">[...]</span> by" in garden.front_of(card)
    answer = card.render_output().answer_text
    hidden = answer[answer.index('<span class="cloze"') : answer.index(" by")]
    assert hidden.count('<span class="katex">') == 1
    assert hidden.endswith(" into sugar</span>")
    assert hidden.count("<span") == hidden.count("</span>")


def test_no_front_holds_the_tex_of_a_formula_that_it_hides(garden: Garden) -> None:
    garden.write(
        r"The root {{c1::$\sqrt{\frac{a}{b}}$::$r::s$}} of $\frac{\frac{x}{y}}{z}$ is {{c2::one}}."
        "\n"
    )
    garden.build_and_import()
    first, second = garden.cards("root")

    asked, answered = garden.front_of(first), first.render_output().answer_text

    hidden = r'alttext="\sqrt{\frac{a}{b} }"'
    assert r"\sqrt" not in re.sub(r' data-cloze="[^"]*"', "", asked)
    assert r'alttext="\frac{\frac{x}{y} }{z}"' in asked
    assert hidden in answered
    assert hidden in garden.front_of(second)
    note = first.note()  # Anki's editor writes entities in attributes back as characters
    note["Text"] = note["Text"].replace("&#125;", "}").replace("&#123;", "{")
    garden.collection.update_note(note)
    assert garden.front_of(garden.cards("root")[0]) == asked
    first.load()
    assert hidden in first.render_output(reload=True).answer_text


def test_a_deletion_in_a_formula_leaves_a_formula(garden: Garden) -> None:
    garden.write(r"The share is $\frac{{{c1::\frac{a}{b}}}}{c} + x^{{c2::2}}$." + "\n")
    garden.build_and_import()

    first, second = garden.cards("share")

    assert r"\(\frac{ [...] }{c} + x^{ 2  }\)" in garden.front_of(first)
    assert r"\(\frac{ \frac{a}{b}  }{c} + x^{ [...] }\)" in garden.front_of(second)
    assert r"\(\frac{ \frac{a}{b}  }{c} + x^{ 2  }\)" in first.render_output().answer_text


def test_an_edit_updates_the_note_and_keeps_what_was_learned(garden: Garden) -> None:
    garden.build_and_import()
    studied, _ = garden.cards("blade")
    studied.start_timer()
    garden.collection.sched.answerCard(studied, 4)
    before = garden.collection.get_card(studied.id)

    garden.write(LEAVES.replace("and {{c1::veins}}", "and {{c3::veins::lines}}"))

    assert garden.build_and_import() == {"updated": 1, "duplicate": 2}
    after = garden.collection.get_card(studied.id)
    assert (after.ivl, after.reps, after.due) == (before.ivl, 1, before.due)
    assert [card.ord for card in garden.cards("blade")] == [0, 1, 2]
    assert garden.front_of(studied).count(">[...]</span>") == 1


HEART = "#flashcards\n\nThe ==heart== pumps ==blood== into the ==aorta==.\n"


@pytest.mark.parametrize(
    "edits",
    [
        [("==heart==", "heart")],
        [("==heart==", "heart"), ("pumps", "==pumps==")],
        [("==heart==", "heart"), ("heart", "==heart==")],
        [("==heart==", "==muscular== ==heart==")],
        [("The ==heart== pumps", "Through ==valves==, the ==heart== pumps")],
        [("==blood==", "==red blood=="), ("==heart==", "heart")],
        [("The ==heart== pumps ==blood==", "==Blood== comes from the ==heart==")],
    ],
)
def test_intervals_stay_with_the_words(garden: Garden, edits: list[tuple[str, str]]) -> None:
    garden.now = int(time.time())  # Anki 23.10 gives a note that it updates the time of now
    garden.write(HEART)
    garden.build_and_import()
    words = {"heart": 100, "blood": 50, "aorta": 25}
    for card, interval in zip(garden.cards("aorta"), words.values(), strict=True):
        card.type = card.queue = 2
        card.ivl, card.reps = interval, 3
        garden.collection.update_card(card)
    text = HEART

    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
        garden.write(text)
        garden.build_and_import()

    for _ in range(2):  # the build after that changes nothing
        for card in garden.cards("aorta"):
            hidden = re.findall(r'data-cloze="([^"]*)"', garden.front_of(card))
            shown = [word for word in words if any(word in each.lower() for each in hidden)]
            assert card.ivl == (words[shown[0]] if shown else 0 if hidden else 100), hidden
        garden.build_and_import()


def test_a_removed_number_leaves_an_empty_card(garden: Garden) -> None:
    garden.build_and_import()

    garden.write(LEAVES.replace("{{c2::stalk::part}}", "stalk"))

    assert garden.build_and_import() == {"updated": 1, "duplicate": 2}
    (empty,) = garden.collection.get_empty_cards().notes
    assert list(empty.card_ids) == [garden.cards("blade")[1].id]


def test_a_note_that_becomes_a_cloze_and_back_is_a_note_of_each_type(garden: Garden) -> None:
    garden.write("Q: A leaf is green. {#leaf}\nA: Yes.\n")
    assert garden.build_and_import() == {"new": 1}

    garden.write("C: A [leaf] is green. {#leaf}\n")
    assert garden.build_and_import() == {"new": 1}

    garden.write("Q: A leaf is green. {#leaf}\nA: Yes, by day.\n")
    assert garden.build_and_import() == {"updated": 1}
    assert garden.collection.note_count() == 2


def test_a_lost_lock_makes_the_same_notes_of_either_type(garden: Garden) -> None:
    garden.write("Q: A leaf is green.\nA: Yes.\n")
    garden.build_and_import()
    (garden.folder / "deck.lock").unlink()

    garden.write("C: A [leaf] is green.\n")
    assert garden.build_and_import() == {"new": 1}
    (garden.folder / "deck.lock").unlink()

    assert garden.build_and_import() == {"updated": 1}


def test_the_note_type_comes_with_the_first_cloze_note_and_stays_in_the_lock(
    garden: Garden,
) -> None:
    lock = garden.folder / "deck.lock"
    stamp = '{"kind": "cloze", "id":'
    garden.write("Q: What is a bud?\nA: A leaf to be.\n")
    garden.build_and_import()
    assert stamp not in lock.read_text("utf-8")
    assert "Cardwright Cloze (garden)" not in garden.notetypes()

    garden.write(LEAVES)
    garden.build_and_import()
    assert "Cardwright Cloze (garden)" in garden.notetypes()

    garden.write("Q: What is a bud?\nA: A leaf to be.\n")
    garden.build_and_import()
    assert stamp in lock.read_text("utf-8")


def test_marks_in_prose_and_code_make_no_card(garden: Garden) -> None:
    garden.write("A {{c1::leaf}} `{{c2::code}}` and \\{{c3::text}}, with ==std::map== in it.\n")
    garden.build_and_import()

    (card,) = garden.cards("leaf")

    shown = card.render_output().answer_text.replace("<span></span>", "")
    assert "{{c2::code}}" in shown
    assert "{{c3::text}}" in shown


def test_the_numbers_of_deletions_are_those_of_anki(tmp_path: Path) -> None:
    """A card whose number is not among them would be deleted by a push, with its reviews."""
    texts = ["{{c1::a{{c2::b}}}}", "{{c01::x}}", "{{c1::}}", "{{c499::x}} {{c7::y}}"]
    if not IS_OLD:  # an old Anki reads no list of numbers, takes 0 for 1, and has no limit
        texts += ["{{c1,2::x}} y", "{{c0::x}} {{c2::y}}", "{{c499::x}} {{c501::y}}"]
        texts += ["{{c501,3::x}}", "{{c65536::x}} {{c1::y}}", "{{c0,2::x}}"]
        texts += ["{{c\u0663::x}} {{c1::y}}", f"{{{{c{'9' * 5000}::x}}}} {{{{c2::y}}}}"]
    with collection_in(tmp_path / "collection.anki2") as col:
        for text in texts:
            note = col.new_note(col.models.by_name("Cloze"))
            note["Text"] = text
            col.add_note(note, DeckId(1))
            assert {card.ord + 1 for card in note.cards()} == cloze_numbers(text), text[:40]

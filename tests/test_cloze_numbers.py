"""The numbers of deletions that the author did not number, from one edit to the next."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from cardwright.building import build_deck
from cardwright.cli import run
from cardwright.config import Config
from cardwright.identify.cloze_numbers import Numbering, hidden_parts, numbering, renumbered
from cardwright.identify.deletion_pairs import hidden_in
from cardwright.identify.drafts import imprint
from cardwright.identify.stamps import stamped
from cardwright.lock import HiddenPart, LockEntry
from cardwright.model import DeckName, Guid, NoteSource, SourceFile, Stretch
from cardwright.parse import parse
from cardwright.pipeline import Options
from tests.each import check_each

TAG = "#flashcards\n\n"


def source(markdown: str) -> NoteSource:
    lines = f"{TAG}{markdown}".split("\n")
    (note,) = parse(SourceFile("plants.md", tuple(lines)), Config())[0].notes
    return note


def entry(note: NoteSource) -> LockEntry:
    place = ("plants.md", (), imprint(note).front, "", "", (), 0, 0, DeckName("D"))
    return LockEntry(Guid("a" * 13), *place, kind="cloze", hidden=hidden_parts(note))


@dataclass
class Life:
    """A note through its edits: what it hides, by number."""

    now: LockEntry | None = None

    def becomes(self, markdown: str) -> dict[int, str]:
        note = source(markdown)
        new = entry(note)
        made = Numbering({}, new.hidden)
        if self.now and self.now.hidden and new.hidden:
            made = numbering(note.deletions, new.front, new.hidden, self.now)
            again = numbering(
                note.deletions, new.front, new.hidden, replace(new, hidden=made.hidden)
            )
            assert again == made
        self.now = replace(new, hidden=made.hidden)
        text = "\n".join(line.text for line in note.front.lines)
        return {
            made.numbers.get(each.number, each.number): re.sub(
                r"==|\{\{c\d+::|\}\}", "", _between(text, each.opening, each.closing)
            )
            for each in note.deletions
        }


def _between(text: str, opening: Stretch, closing: Stretch) -> str:
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:at]) for at in range(len(lines))]
    return text[starts[opening.line] + opening.end : starts[closing.line] + closing.start]


def test_each_word_keeps_its_number() -> None:
    start = "The ==heart== pumps ==blood== into the ==aorta==."

    def check(case: tuple[Any, ...]) -> None:
        *edits, expected = case
        life = Life()
        assert life.becomes(start) == {1: "heart", 2: "blood", 3: "aorta"}
        found = {}
        for text in edits:
            found = life.becomes(text)
        assert found == expected

    check_each(
        {
            "removed": ("The heart pumps ==blood== into the ==aorta==.", {2: "blood", 3: "aorta"}),
            "removed and back": (
                "The heart pumps ==blood== into the ==aorta==.",
                start,
                {1: "heart", 2: "blood", 3: "aorta"},
            ),
            "another one later": (
                "The heart pumps ==blood== into the ==aorta==.",
                "The heart ==pumps== ==blood== into the ==aorta==.",
                {2: "blood", 3: "aorta", 4: "pumps"},
            ),
            "inserted": (
                "The ==muscular== ==heart== pumps ==blood== into the ==aorta==.",
                {1: "heart", 2: "blood", 3: "aorta", 4: "muscular"},
            ),
            "marked before": (
                "==The== ==heart== pumps ==blood== into the ==aorta==.",
                {1: "heart", 2: "blood", 3: "aorta", 4: "The"},
            ),
            "typo": (
                "The ==hearth== pumps ==bloood== into the ==aorta==.",
                {1: "hearth", 2: "bloood", 3: "aorta"},
            ),
            "other words": (
                "The ==heart== pumps ==plasma== into the ==aorta==.",
                {1: "heart", 2: "plasma", 3: "aorta"},
            ),
            "all other words": (
                "The ==lung== pumps ==gas== into the ==nose==.",
                {1: "lung", 2: "gas", 3: "nose"},
            ),
            "longer": (
                "==The heart== pumps ==blood== into ==the aorta==.",
                {1: "The heart", 2: "blood", 3: "the aorta"},
            ),
            "another order": (
                "==Blood== goes into the ==aorta==, pumped by the ==heart==.",
                {2: "Blood", 3: "aorta", 1: "heart"},
            ),
            "one instead of another": (
                "The heart ==pumps== ==blood== into the ==aorta==.",
                {4: "pumps", 2: "blood", 3: "aorta"},
            ),
            "numbers of the author": (
                "The {{c1::heart}} pumps ==blood== into the ==aorta==.",
                {1: "heart", 2: "blood", 3: "aorta"},
            ),
            "a number of the author that is taken": (
                "The heart pumps ==blood== into the {{c2::aorta}}.",
                {4: "blood", 2: "aorta"},
            ),
            "written with numbers and back": (
                "The {{c2::heart}} pumps ==blood== into the ==aorta==.",
                "The ==heart== pumps ==blood== into the ==aorta==.",
                {2: "heart", 4: "blood", 3: "aorta"},
            ),
            "moved while its mark was away": (
                "The heart pumps ==blood== into the ==aorta==.",
                "==Blood== goes into the ==aorta==, pumped by the heart.",
                "==Blood== goes into the ==aorta==, pumped by the ==heart==.",
                {2: "Blood", 3: "aorta", 1: "heart"},
            ),
            "more spaces": (
                "The ==heart==  pumps ==blood==\ninto the ==aorta==.",
                {1: "heart", 2: "blood", 3: "aorta"},
            ),
            "bold": (
                "The **heart** pumps ==**blood**== into the ==aorta==.",
                {2: "**blood**", 3: "aorta"},
            ),
        }.items(),
        check,
    )


def test_a_repeated_word_is_matched_by_its_place() -> None:
    life = Life()
    life.becomes("A ==left== hand, a right foot, a ==left== foot.")

    assert life.becomes("A left hand, a right foot, a ==left== foot.") == {2: "left"}
    assert life.becomes("A left hand, a ==right== foot, a ==left== foot.") == {
        3: "right",
        2: "left",
    }
    assert life.becomes("A ==left== hand, a ==right== foot, a ==left== foot.") == {
        1: "left", 3: "right", 2: "left",
    }  # fmt: skip


def test_two_neighbours_with_other_words_keep_their_order() -> None:
    around = "At rest, the left side of the organ pumps {} through its vessels and back."
    for before, after in (
        ("==blood== ==septum==", "==stem== ==right=="),
        ("==lung== ==signal==", "==insulin== ==brain=="),
        ("==the liver==, ==the heart==", "==the kidney==, ==the brain=="),
    ):
        life = Life()
        life.becomes(around.format(before))
        first, second = re.findall("==(.*?)==", after)

        assert life.becomes(around.format(after)) == {1: first, 2: second}


def test_words_without_spaces_are_told_apart() -> None:
    life = Life()
    life.becomes("==心臓==は==血液==を送る。")

    assert life.becomes("心臓は==血液==を全身に送る。") == {2: "血液"}


def test_a_number_above_all_that_anki_knows_is_not_used() -> None:
    life = Life()
    life.becomes("A ==leaf== is ==green==.")
    assert life.now
    used = tuple(HiddenPart(n, 0, 0, is_hidden=False) for n in range(3, 501))
    life.now = replace(life.now, hidden=(*life.now.hidden, *used))

    assert life.becomes("A ==leaf== ==is== ==green==.") == {1: "leaf", 3: "is", 2: "green"}


def test_arbitrary_values_in_a_lock_do_not_crash_a_build() -> None:
    for part in (HiddenPart(1, 0, 9999, is_hidden=True), HiddenPart(7, 99, 9999, is_hidden=False)):
        life = Life()
        life.becomes("A ==leaf== is ==green==.")
        assert life.now
        life.now = replace(life.now, hidden=(part,))
        assert len(life.becomes("A ==leaf== is so ==green==.")) == 2


def test_words_keep_the_numbers_that_the_author_wrote_and_removed() -> None:
    life = Life()
    life.becomes("A {{c2::leaf}} is {{c1::green}} and {{c3::flat}}.")

    assert life.becomes("A ==leaf== is ==green== and {{c3::flat}}.") == {
        2: "leaf", 1: "green", 3: "flat",
    }  # fmt: skip
    assert life.becomes("A ==leaf== ==is== green and ==flat==.") == {2: "leaf", 4: "is", 3: "flat"}


def test_only_marks_get_other_numbers() -> None:
    html = "<p>{{c1::a {{c12::b::c1}}}} c1:: {{c2::\\(x\\)}}</p>"

    assert renumbered(html, {1: 2, 2: 1}) == (
        "<p>{{c2::a {{c12::b::c1}}}} c1:: {{c1::\\(x\\)}}</p>"
    )


@dataclass
class Deck:
    """A folder with one file, and the packages of its builds."""

    folder: Path
    now: int = 1_700_000_000

    @property
    def lock(self) -> Path:
        return self.folder / "deck.lock"

    def build(self, markdown: str) -> tuple[str, int]:
        """Build the note. Return its field Text, and its change time."""
        self.folder.mkdir(exist_ok=True)
        (self.folder / "heart.md").write_text(f"{TAG}{markdown}\n", "utf-8")
        self.now += 100
        built = build_deck(self.folder, self.folder.parent / "build", Options(self.now))
        assert built.assembly.identified is not None, built.diagnostics
        (note,) = built.assembly.identified.notes
        return note.front, note.mod


HEART = "The ==heart== pumps ==blood==."
BLOOD = "The heart pumps ==blood==."


def test_the_lock_says_what_is_hidden_and_older_programs_refuse_it(tmp_path: Path) -> None:
    deck = Deck(tmp_path / "garden")
    deck.build("The {{c1::heart}} pumps {{c2::blood}}.")
    assert '"hidden": [[1, 3, 8, true], [2, 13, 18, true]]' in deck.lock.read_text("utf-8")
    deck.build(HEART)
    deck.build(BLOOD)

    text = deck.lock.read_text("utf-8")

    assert text.startswith('{"lock": 5, ')
    assert '"hidden": [[2, 13, 18, true], [1, 3, 8, false]]' in text


def test_an_older_lock_without_numbers_changes_no_note(tmp_path: Path) -> None:
    deck = Deck(tmp_path / "garden")
    _, mod = deck.build(HEART)
    lock = re.sub(r', "hidden": \[\[.*?\]\]', "", deck.lock.read_text("utf-8"))
    deck.lock.write_text(lock.replace('"lock": 5', '"lock": 4'), "utf-8")

    assert deck.build(HEART)[1] == mod
    assert "{{c2::blood}}" in deck.build(BLOOD)[0]


def test_after_a_lock_went_back_no_word_gets_a_number_of_the_package(tmp_path: Path) -> None:
    deck = Deck(tmp_path / "garden")
    deck.build(HEART)
    before = deck.lock.read_text("utf-8")
    deck.build("The ==strong== ==heart== pumps ==blood==.")
    deck.lock.write_text(before, "utf-8")

    text, _ = deck.build("The ==heart== ==pumps== ==blood==.")

    assert text == "<p>The {{c1::heart}} {{c4::pumps}} {{c2::blood}}.</p>"


def test_an_older_lock_takes_over_the_words_that_only_the_package_has(tmp_path: Path) -> None:
    deck = Deck(tmp_path / "garden")
    deck.build("The ==heart== pumps.")
    before = deck.lock.read_text("utf-8")
    shipped = deck.build("The ==heart== pumps ==blood== out.")
    deck.lock.write_text(before, "utf-8")

    assert deck.build("The ==heart== pumps ==blood== out.") == shipped
    assert "{{c2::blood}}" in deck.build("The ==heart== pumps ==blood== out. Yes.")[0]


def test_numbers_are_known_again_after_the_author_wrote_and_removed_others(tmp_path: Path) -> None:
    deck = Deck(tmp_path / "garden")
    deck.build(HEART)
    deck.build(BLOOD)
    deck.build("The heart pumps {{c5::blood}}.")

    assert "{{c5::blood}}" in deck.build(BLOOD)[0]
    assert "{{c1::heart}} pumps {{c5::blood}}" in deck.build(HEART)[0]


@pytest.mark.parametrize(
    "markdown",
    [
        HEART,
        "A {{c1::leaf::hint ==x==}} and ==y==.",
        "A {{c1::leaf of ==green== tissue}} and ==y==.",
        "The ==e\u0301corce== and the ==cafe\u0301== are ==brown==.",
        "==心臓==は==血液==を==送る==。",
    ],
)
def test_a_build_without_an_edit_changes_nothing(tmp_path: Path, markdown: str) -> None:
    deck = Deck(tmp_path / "garden")
    found = set()
    for _ in range(3):
        found.add((*deck.build(markdown), deck.lock.read_text("utf-8")))

    assert len(found) == 1


def test_a_note_whose_numbers_differ_from_the_shipped_ones_is_shipped_again() -> None:
    new, clock = replace(entry(source(HEART)), made="same"), 9
    other = tuple(part._replace(number=part.number + 1) for part in new.hidden)

    assert stamped(new, new, clock).mod == new.mod
    assert stamped(replace(new, hidden=other), new, clock).mod == clock


def test_a_field_of_anki_is_read_without_its_marks() -> None:
    field = "<p>A {{c3::leaf {{c1::of <b>green</b>}}::hint}} is&nbsp;{{c2::x}} }} ::</p>"

    text, parts = hidden_in(field)

    assert text == "Aleafofgreenisx}}::"
    assert [(part.number, text[part.start : part.end]) for part in parts] == [
        (1, "ofgreen"), (3, "leafofgreen"), (2, "x"),
    ]  # fmt: skip


def test_a_restored_lock_has_the_numbers_of_the_package(tmp_path: Path) -> None:
    deck = Deck(tmp_path / "garden")
    deck.build(HEART)
    text, _ = deck.build(BLOOD)
    (package,) = (tmp_path / "build").glob("*.apkg")
    deck.lock.unlink()

    assert run(["lock", "--from", str(package), str(deck.folder)]) == 0

    assert deck.build(BLOOD)[0] == text == "<p>The heart pumps {{c2::blood}}.</p>"

"""What a plan says of edits: each group, and what is known without a package."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from cardwright.building import build_deck
from cardwright.pipeline import Options
from cardwright.planning import plan_build
from cardwright.planning.report import plan_object, plan_rows, retired_rows
from cardwright.planning.values import BuildPlan, ChangeKind, Difference, NoteChange

PLANTS = """\
# Plants

## Parts

### What does a leaf do?

It makes sugar from light.

### Xylem {reverse}

The tissue that carries water up.

## Growth

### Why are leaves yellow?

The chlorophyll is taken back.

![A leaf](leaf.png)

### What is a ring?

A year of wood.
"""
CLOZES = "# Clozes\n\nC: A [leaf] is an [organ].\n\nC: The [root] is below.\n"


@dataclass
class Garden:
    """A folder of notes that was built once."""

    folder: Path
    now: int = 1_700_000_000

    @property
    def output(self) -> Path:
        return self.folder.parent / "build"

    def write(self, name: str, text: str) -> None:
        (self.folder / name).parent.mkdir(exist_ok=True)
        (self.folder / name).write_text(text, encoding="utf-8")

    def edit(self, name: str, *changes: tuple[str, str]) -> None:
        text = (self.folder / name).read_text("utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        self.write(name, text)

    def paint(self, colour: str) -> None:
        Image.new("RGB", (30, 30), colour).save(self.folder / "leaf.png")

    def build(self) -> None:
        self.now += 100
        built = build_deck(self.folder, self.output, Options(self.now))
        assert built.package is not None, built.diagnostics

    def plan(self) -> BuildPlan:
        plan = plan_build(self.folder, self.output, Options(self.now + 50))
        assert plan.built.package is not None, plan.built.diagnostics
        return plan

    def only(self) -> NoteChange:
        (note,) = self.plan().notes
        return note

    def text(self) -> str:
        return text_of(self.plan())


def text_of(plan: BuildPlan) -> str:
    rows = ["".join(text for text, _ in row).rstrip() for row in plan_rows(plan, False)]
    assert all(len(row) <= 80 for row in rows if "Id:" not in row and ".apkg:" not in row)
    return "\n".join(rows)


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Garden:
    """A folder that was never built, seen from the one above."""
    monkeypatch.chdir(tmp_path)
    return Garden(Path("garden"))


@pytest.fixture
def garden(bare: Garden) -> Garden:
    garden = bare
    garden.write("deck.yml", "deck: Garden\n")
    garden.write("plants.md", PLANTS)
    garden.write("clozes.md", CLOZES)
    garden.paint("red")
    garden.build()
    return garden


def groups(plan: BuildPlan) -> list[tuple[ChangeKind, str]]:
    return [(note.what, note.question) for note in plan.notes]


def test_nothing_would_change_when_nothing_was_edited(garden: Garden) -> None:
    plan = garden.plan()

    assert plan.is_nothing
    assert text_of(plan).startswith("nothing would change\n")
    assert "6 notes (6 unchanged), 8 cards" in text_of(plan)


def test_the_first_build_has_only_new_notes(bare: Garden) -> None:
    bare.write("plants.md", PLANTS)

    plan = bare.plan()

    assert [note.what for note in plan.notes] == [ChangeKind.NEW] * 4
    assert [note.line for note in plan.notes] == [5, 9, 15, 21]
    assert [each.words for each in plan.notetypes] == ["is new"]
    assert not plan.is_nothing


def test_a_plan_names_a_hundred_of_many_new_notes(bare: Garden) -> None:
    bare.write("many.md", "\n".join(f"## What is {n}?\n\nIt is {n}.\n" for n in range(250)))

    text = bare.text()

    assert text.count("  What is ") == 100
    assert "  … and 150 more; --json has all of them" in text


def test_a_new_question_is_named_with_its_line(garden: Garden) -> None:
    garden.edit("plants.md", ("## Growth\n", "### What is bark?\n\nThe outside.\n\n## Growth\n"))

    note = garden.only()

    assert (note.what, note.line, note.deck) == (ChangeKind.NEW, 13, "Garden::Plants::Parts")
    assert note.path == "garden/plants.md"


def test_a_reworded_question_shows_both_wordings(garden: Garden) -> None:
    garden.edit("plants.md", ("### What is a ring?", "### What is a ring? {#ring}"))
    garden.build()
    garden.edit("plants.md", ("### What is a ring? {#ring}", "### What are rings? {#ring}"))

    plan = garden.plan()

    assert groups(plan) == [(ChangeKind.REWORDED, "What are rings?")]
    assert plan.notes[0].changes == (Difference("question", "What is a ring?", "What are rings?"),)
    assert "    was       What [-is a ring-]?\n" in text_of(plan)
    assert "    is        What {+are rings+}?\n" in text_of(plan)


def test_each_wording_keeps_its_own_spaces(garden: Garden) -> None:
    old, new = "### Which tree is old, by rings? {#age}", "### Which tree is old (rings)? {#age}"
    garden.edit("plants.md", ("### What is a ring?", old))
    garden.build()
    garden.edit("plants.md", (old, new))

    text = text_of(garden.plan())

    assert "    was       Which tree is old[-, by-] rings?\n" in text
    assert "    is        Which tree is old {+(+}rings{+)+}?\n" in text


def test_another_spelling_of_a_question_changes_only_the_lock(garden: Garden) -> None:
    garden.edit("plants.md", ("### What is a ring?", "### What is a ring of $\\dfrac12$?"))
    garden.build()
    garden.edit("plants.md", (r"$\dfrac12$", r"$\dfrac{1}{2}$"))

    plan = garden.plan()

    assert [(note.what, note.changes[0].part) for note in plan.notes] == [
        (ChangeKind.LOCK, "spelling")
    ]
    assert "another place, id or spelling: 1 note\n" in text_of(plan)


def test_another_answer_is_shown_word_by_word(garden: Garden) -> None:
    garden.edit("plants.md", ("sugar from light", "sugar of light and water"))

    plan = garden.plan()

    assert groups(plan) == [(ChangeKind.ANSWER, "What does a leaf do?")]
    assert "    answer    It makes sugar [-from-] {+of+} light {+and water+}.\n" in text_of(plan)


def test_hints_and_extras_are_part_of_the_answer(garden: Garden) -> None:
    garden.edit("plants.md", ("A year of wood.\n", "A year of wood.\n\n> [!hint]\n> Count.\n"))

    note = garden.only()

    assert note.what is ChangeKind.ANSWER
    assert note.changes == (Difference("hint", "", "Count."),)


def test_a_change_of_formatting_alone_is_named_as_such(garden: Garden) -> None:
    garden.edit("plants.md", ("A year", "A **year**"))

    note = garden.only()

    assert note.what is ChangeKind.ANSWER
    assert note.changes == (Difference("answer", words="only its formatting"),)


def test_without_a_package_the_old_answer_is_not_known(garden: Garden) -> None:
    shutil.rmtree(garden.output)
    garden.edit("plants.md", ("sugar from light", "sugar of light"))

    plan = garden.plan()

    assert groups(plan) == [(ChangeKind.ANSWER, "What does a leaf do?")]
    (change,) = plan.notes[0].changes
    assert change.words == "the old text is not known: there is no package in build/"
    assert plan.notes[0].emptied is None
    assert "look for empty cards" in text_of(plan)


def test_a_deck_of_plain_questions_has_no_empty_cards(garden: Garden) -> None:
    for old in garden.folder.glob("*.md"):
        old.unlink()
    garden.write("moss.md", "# Moss\n\n## What is moss?\n\nA small plant.\n")
    garden.build()
    shutil.rmtree(garden.output)
    garden.edit("moss.md", ("small", "tiny"))

    assert "look for empty cards" not in text_of(garden.plan())


def test_a_damaged_package_gives_no_old_texts(garden: Garden) -> None:
    (garden.output / "garden.apkg").write_bytes(b"PK")
    garden.edit("plants.md", ("sugar from light", "sugar of light"))

    (change,) = garden.only().changes

    assert change.words.endswith("garden.apkg is damaged or not an Anki package")


def test_a_package_of_another_build_gives_no_old_texts(garden: Garden) -> None:
    older = (garden.output / "garden.apkg").read_bytes()
    garden.edit("plants.md", ("sugar from light", "sugar of light"))
    garden.build()
    (garden.output / "garden.apkg").write_bytes(older)
    garden.edit("plants.md", ("sugar of light", "sugar by light"))

    (change,) = garden.only().changes

    assert change.words.endswith("garden.apkg is of another build")


def test_old_texts_come_from_the_package_that_the_last_build_wrote(garden: Garden) -> None:
    garden.write("deck.yml", "output: plants.apkg")
    garden.edit("plants.md", ("from light", "from sunlight"))
    garden.build()
    garden.edit("plants.md", ("from sunlight", "from rays"))

    assert "from [-sunlight-] {+rays+}" in garden.text()


def test_a_renamed_section_rewrites_tags_and_context_and_moves(garden: Garden) -> None:
    garden.edit("plants.md", ("## Growth", "## Growing"))

    plan = garden.plan()

    assert groups(plan) == [
        (ChangeKind.TAGS, "Why are leaves yellow?"),
        (ChangeKind.TAGS, "What is a ring?"),
    ]
    text = text_of(plan)
    assert text.count("    tags      Garden::Plants::Growth → Garden::Plants::Growing\n") == 1
    assert "    context   Plants › Growth → Plants › Growing\n" in text
    assert "move 2 notes to 'Garden::Plants::Growing' (Cards > Change Deck)" in text


def test_a_renamed_section_is_reported_even_without_a_package(garden: Garden) -> None:
    shutil.rmtree(garden.output)
    garden.edit("plants.md", ("## Growth", "## Growing"))

    plan = garden.plan()

    assert [note.what for note in plan.notes] == [ChangeKind.TAGS, ChangeKind.TAGS]
    assert "tags      and context: its file or section has another name" in text_of(plan)


def test_a_renamed_file_and_title_rewrites_the_tags_of_all_of_its_notes(garden: Garden) -> None:
    garden.edit("clozes.md", ("# Clozes", "# Gaps"))
    (garden.folder / "clozes.md").rename(garden.folder / "gaps.md")

    plan = garden.plan()

    assert [note.what for note in plan.notes] == [ChangeKind.TAGS, ChangeKind.TAGS]
    parts = [change.part for change in plan.notes[0].changes]
    assert parts == ["tags", "context", "deck", "place"]


def test_a_tag_of_a_question_is_named_in_the_plan(garden: Garden) -> None:
    garden.edit("plants.md", ("### What is a ring?", "### What is a ring? {.wood}"))

    note = garden.only()

    assert note.what is ChangeKind.TAGS
    assert note.changes == (Difference("tags", "", "wood"),)


def test_changed_bytes_of_an_image_are_named_with_its_alternative_text(garden: Garden) -> None:
    garden.paint("blue")

    note = garden.only()

    assert note.what is ChangeKind.IMAGES
    assert note.changes == (Difference("images", words="'A leaf' has other bytes"),)


def test_an_added_or_removed_image_is_named(garden: Garden) -> None:
    Image.new("RGB", (9, 9), "green").save(garden.folder / "ring.png")
    garden.edit(
        "plants.md",
        ("![A leaf](leaf.png)\n\n", ""),
        ("A year of wood.", "A year of wood. ![Rings](ring.png)"),
    )

    words = {note.question: note.changes[-1].words for note in garden.plan().notes}

    assert words == {"Why are leaves yellow?": "1 is gone", "What is a ring?": "'Rings' is new"}


def test_a_setting_that_changes_notes_is_named_in_the_plan(garden: Garden) -> None:
    garden.edit("plants.md", ("A year of wood.", r"A year of $\R$."))
    garden.write("deck.yml", "deck: Garden\nmath: {macros: {'\\R': '\\mathbb{R}'}}\n")
    garden.build()
    garden.write("deck.yml", "deck: Garden\nmath: {macros: {'\\R': '\\mathbf{R}'}}\n")

    plan = garden.plan()

    assert groups(plan) == [(ChangeKind.SETTINGS, "What is a ring?")]


def test_a_changed_setting_without_a_package_is_unclear(garden: Garden) -> None:
    shutil.rmtree(garden.output)
    garden.write("deck.yml", "deck: Garden\ntags: [green]\n")

    plan = garden.plan()

    assert {note.what for note in plan.notes} == {ChangeKind.UNCLEAR}
    assert "which is not known: there is no package" in plan.notes[0].changes[0].words


def test_a_new_deck_alone_makes_a_note_moved(garden: Garden) -> None:
    garden.write("deck.yml", "deck: Garden\nsubdecks: none\n")
    garden.build()
    garden.write("deck.yml", "deck: Garden\nsubdecks: file\n")

    plan = garden.plan()

    assert {note.what for note in plan.notes} == {ChangeKind.MOVED}
    assert plan.notes[0].changes == (Difference("deck", "Garden", "Garden::Clozes"),)


def test_a_question_that_is_gone_is_retired_with_what_claims_it(garden: Garden) -> None:
    garden.edit("plants.md", ("### What is a ring?\n\nA year of wood.\n", ""))

    plan = garden.plan()
    text = text_of(plan)

    assert groups(plan) == [(ChangeKind.RETIRED, "What is a ring?")]
    assert plan.retired[0].is_now
    assert f'    "Id:{plan.notes[0].guid}"\n' in text
    assert "copy the {#…}" not in text


def test_new_questions_beside_a_retired_note_are_told_how_to_claim_it(garden: Garden) -> None:
    garden.edit("plants.md", ("What is a ring?\n\nA year of wood.", "Where does sap go?\n\nUp."))

    plan = garden.plan()

    assert [note.what for note in plan.notes] == [ChangeKind.NEW, ChangeKind.RETIRED]
    assert "copy the {#…}" in text_of(plan)
    assert f"{{#{plan.notes[1].guid}}}" in text_of(plan).split("by hand")[0]


def test_a_new_question_is_shown_with_the_retired_note_that_it_may_be(garden: Garden) -> None:
    garden.edit(
        "plants.md", ("What is a ring?\n\nA year of wood.", "Which ring is it?\n\nThe third.")
    )

    plan = garden.plan()
    new, retired = plan.notes

    words = f"'What is a ring?' in other words: then write {{#{retired.guid}}} at its end"
    assert new.changes == (Difference("perhaps", retired.guid, None, words),)
    assert "    perhaps   'What is a ring?' in other words: then write" in text_of(plan)


def test_a_question_that_comes_back_is_returned(garden: Garden) -> None:
    garden.edit("plants.md", ("### What is a ring?\n\nA year of wood.\n", ""))
    garden.build()
    garden.write("plants.md", PLANTS)

    plan = garden.plan()

    assert groups(plan) == [(ChangeKind.RETURNED, "What is a ring?")]
    assert plan.retired == ()
    assert "asked again: 1 note\n" in text_of(plan)


def test_a_reverse_that_is_taken_away_leaves_an_empty_card(garden: Garden) -> None:
    garden.edit("plants.md", (" {reverse}", ""))

    note = garden.only()

    assert (note.what, note.emptied, note.added) == (ChangeKind.CARDS, 1, 0)
    assert "remove 1 empty card: Tools > Empty Cards" in garden.text()


def test_a_reverse_that_is_added_is_a_new_card(garden: Garden) -> None:
    garden.edit("plants.md", ("### What is a ring?", "### What is a ring? {reverse}"))

    note = garden.only()

    assert (note.what, note.emptied, note.added) == (ChangeKind.CARDS, 0, 1)
    assert note.changes == (Difference("cards", words="the card from answer to question is new"),)


def test_a_removed_deletion_leaves_an_empty_card(garden: Garden) -> None:
    garden.edit("clozes.md", ("[organ]", "organ"))

    note = garden.only()

    assert (note.what, note.emptied, note.added) == (ChangeKind.ANSWER, 1, 0)
    assert [change.part for change in note.changes] == ["text", "cards"]
    assert "    cards     c2 becomes empty\n" in garden.text()


def test_a_question_that_becomes_a_cloze_note_is_one_event(garden: Garden) -> None:
    garden.edit("clozes.md", ("C: The [root] is below.", "Q: Where is the root?\nA: Below."))

    plan = garden.plan()

    assert groups(plan) == [(ChangeKind.KIND, "Where is the root?")]
    assert plan.notes[0].changes[0] == Difference("kind", "cloze", "qa")
    assert [note.entry.guid for note in plan.retired] == [plan.notes[0].changes[1].old]
    assert "delete 1 retired note" in text_of(plan)


def test_an_unrelated_note_of_another_kind_in_its_place_is_a_new_one(garden: Garden) -> None:
    garden.edit("clozes.md", ("C: The [root] is below.", "Q: Who eats grass?\nA: Sheep do."))

    plan = garden.plan()

    assert [note.what for note in plan.notes] == [ChangeKind.NEW, ChangeKind.RETIRED]
    assert "Write {#…}" not in text_of(plan)


def test_an_id_that_is_added_changed_or_taken_away_is_no_change_for_anki(garden: Garden) -> None:
    changes: list[Difference] = []
    for old, new in (("?", "? {#ring}"), ("{#ring}", "{#year}"), (" {#year}", "")):
        garden.edit("plants.md", (f"What is a ring{old}", f"What is a ring{new}")
                    if old == "?" else (old, new))  # fmt: skip
        note = garden.only()
        assert note.what is ChangeKind.LOCK
        changes += note.changes
        garden.build()

    assert [(change.old, change.new) for change in changes] == [
        ("", "ring"),
        ("ring", "year"),
        ("year", ""),
    ]


def test_a_new_order_changes_the_lock_and_nothing_in_anki(garden: Garden) -> None:
    leaf, xylem = PLANTS.split("### ")[1:3]
    garden.write("plants.md", PLANTS.replace(leaf + "### " + xylem.split("##")[0],
                 xylem.split("##")[0] + "### " + leaf))  # fmt: skip

    plan = garden.plan()

    assert plan.notes == ()
    assert plan.is_lock_changed
    assert "the lock would be rewritten" in text_of(plan)


def test_a_plan_reports_a_package_with_other_bytes(garden: Garden) -> None:
    package = garden.output / "garden.apkg"
    package.write_bytes(package.read_bytes() + b"x")

    plan = garden.plan()

    assert (plan.is_package_changed, plan.is_lock_changed) == (True, False)
    assert "the package would be rewritten" in text_of(plan)


def test_a_renamed_deck_renames_its_note_types(garden: Garden) -> None:
    garden.write("deck.yml", "deck: The Garden\n")

    plan = garden.plan()

    assert [each.words for each in plan.notetypes] == [
        "is renamed, from 'Cardwright Cloze (Garden)'",
        "is renamed, from 'Cardwright Q&A (Garden)'",
    ]
    assert {note.what for note in plan.notes} == {ChangeKind.TAGS}


def test_a_style_of_the_deck_changes_only_the_note_types(garden: Garden) -> None:
    garden.write("style.css", ".card { --link: #7a3e00 }\n")

    plan = garden.plan()

    assert {each.words for each in plan.notetypes} == {"has another style or other templates"}
    assert plan.notes == ()


def test_the_first_formula_brings_katex(garden: Garden) -> None:
    garden.edit("plants.md", ("A year of wood.", "A $y$ of wood."))

    assert {each.words for each in garden.plan().notetypes} == {
        "gets the stylesheet and fonts of KaTeX, for formulas"
    }


def test_retired_notes_are_listed_by_file(garden: Garden) -> None:
    garden.edit("plants.md", ("### What is a ring?\n\nA year of wood.\n", ""))
    garden.build()
    garden.edit("clozes.md", ("C: The [root] is below.\n", ""))
    plan = garden.plan()

    lines = ["".join(text for text, _ in row).rstrip() for row in retired_rows(plan)]

    first, second = (note.entry.guid for note in plan.retired)
    assert lines == [
        "garden/clozes.md",
        f"  {{#{first}}}  {'The root is below.':37}  retired by this build",
        "garden/plants.md",
        f"  {{#{second}}}  What is a ring?",
        "",
        "2 notes retired; in Browse, delete what this search finds",
        f'"Id:{first}" OR "Id:{second}"',
    ]


def test_retired_notes_of_a_file_are_listed_by_their_places(garden: Garden) -> None:
    fronts = [f"What is plant {word}?" for word in ("pear", "fig", "apple", "elm", "oak", "ash")]
    text = "".join(f"### {front}\n\nIt is {front[14:-1]}.\n\n" for front in fronts)
    garden.edit("plants.md", ("### What is a ring?", text + "### What is a ring?"))
    garden.build()
    garden.edit("plants.md", (text, ""))

    plan = garden.plan()

    assert [note.entry.front for note in plan.retired] == fronts
    assert [note.question for note in plan.notes if note.what is ChangeKind.RETIRED] == fronts


def test_the_object_holds_what_the_text_says(garden: Garden) -> None:
    garden.edit("plants.md", ("sugar from light", "sugar of light"))
    garden.edit("clozes.md", ("C: The [root] is below.\n", ""))

    told = plan_object(garden.plan())

    assert told["notes"] == {
        "total": 5, "new": 0, "changed": 1, "moved": 0, "unchanged": 4, "retired": 1,
    }  # fmt: skip
    assert told["import"] == {"new": 0, "updated": 1, "duplicate": 4}
    assert told["changes"] is True
    assert isinstance(told["plan"], list)
    assert [(note["what"], note["line"]) for note in told["plan"]] == [
        ("answer", 5),
        ("retired", 0),
    ]
    assert told["plan"][0]["differences"] == [
        {
            "part": "answer",
            "old": "It makes sugar from light.",
            "new": "It makes sugar of light.",
            "words": "",
        }
    ]

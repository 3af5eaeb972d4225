"""Build, import, study, edit, build again, import again: with the real program on both sides."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cardwright.notetypes.katex import katex_media
from tests.anki.garden import Garden

OUTPUTS = "\n\n".join(
    f"### What is the output?\n\n```js\nf({n})\n```\n\nIt is {n}." for n in range(50)
)
PARTS = """\
## What is a leaf?

An organ that makes $u_{<t}$ sugar.

## What is a root?

The part in the soil.

## What is a stem?

The part between.
"""


@pytest.fixture(autouse=True)
def parts(garden: Garden) -> None:
    garden.write("parts.md", PARTS)


def test_new_then_duplicate_then_one_updated(garden: Garden) -> None:
    assert garden.build_and_import() == {"new": 3}
    assert garden.build_and_import() == {"duplicate": 3}
    root = garden.study('"Plain:What is a root?"')

    garden.write("parts.md", PARTS.replace("in the soil", "under the ground"))

    assert garden.build_and_import() == {"updated": 1, "duplicate": 2}
    assert "under the ground" in garden.answer_of(root)


def test_a_retitled_deck_makes_no_duplicate_note(garden: Garden) -> None:
    garden.build_and_import()
    leaf = garden.study('"Plain:What is a leaf?"')

    garden.write("deck.yml", "deck: The Garden\n")

    assert garden.build_and_import() == {"updated": 3}
    assert garden.collection.note_count() == 3
    names = {found.name for found in garden.collection.models.all_names_and_ids()}
    assert {name for name in names if "Cardwright" in name} == {"Cardwright Q&A (The Garden)"}
    assert garden.collection.get_card(leaf).note().tags == ["The_Garden::parts"]


def test_a_moved_question_keeps_its_note(garden: Garden) -> None:
    garden.build_and_import()
    garden.study('"Plain:What is a root?"')
    leaf, root, stem = PARTS.split("## ")[1:]

    garden.write("parts.md", f"## {stem}\n\n## {leaf}")
    garden.write("below/ground.md", f"## {root}")

    # Its tags name the new file, so the note is updated; the other two are not touched.
    assert garden.build_and_import() == {"updated": 1, "duplicate": 2}


def test_renumbered_and_reordered_questions_are_untouched(garden: Garden) -> None:
    garden.write("parts.md", PARTS.replace("## What", "## 1. What"))
    garden.build_and_import()
    garden.study('"Plain:What is a stem?"')
    leaf, root, stem = PARTS.split("## ")[1:]

    garden.write("parts.md", f"## 1) {stem}\n## 2) {leaf}\n## 3) {root}")

    assert garden.build_and_import() == {"duplicate": 3}


def test_look_alikes_keep_their_histories_when_one_is_inserted_on_top(garden: Garden) -> None:
    garden.write("outputs.md", OUTPUTS)
    assert garden.build_and_import() == {"new": 53}
    (found,) = garden.collection.find_notes('"Answer:*It is 30.*"')
    studied = garden.study(f"nid:{found}")

    more = "### What is the output?\n\n```js\ng()\n```\n\nIt is none.\n\n"
    garden.write("outputs.md", more + OUTPUTS.replace("It is 40.", "It is forty."))

    assert garden.build_and_import() == {"new": 1, "updated": 1, "duplicate": 52}
    assert "It is 30." in garden.answer_of(studied)


def test_a_deleted_question_that_returns_is_the_old_note(garden: Garden) -> None:
    garden.build_and_import()
    garden.study('"Plain:What is a stem?"')

    garden.write("parts.md", PARTS.partition("## What is a stem?")[0])
    assert garden.build_and_import() == {"duplicate": 2}
    garden.write("parts.md", PARTS)

    assert garden.build_and_import() == {"duplicate": 3}


def test_the_learner_s_own_edits_of_untouched_notes_stay(garden: Garden) -> None:
    garden.build_and_import()
    (found,) = garden.collection.find_notes('"Plain:What is a leaf?"')
    mine = garden.collection.get_note(found)
    mine["Spare2"] = "my own words"
    mine.tags.append("mine")
    garden.collection.update_note(mine)

    garden.write("parts.md", PARTS.replace("in the soil", "under the ground"))
    garden.build_and_import()

    after = garden.collection.get_note(found)
    assert after["Spare2"] == "my own words"
    assert "mine" in after.tags


def test_new_cards_come_in_the_order_of_the_source(garden: Garden) -> None:
    garden.write("a-first.md", "## Before everything?\n\nThis.\n")
    garden.build_and_import()

    rows = garden.collection.db.list(
        "select n.sfld from cards c join notes n on n.id = c.nid order by c.due, c.ord"
    )

    assert rows == [
        "Before everything?",
        "What is a leaf?",
        "What is a root?",
        "What is a stem?",
    ]


def test_formulas_arrive_typeset_with_their_fonts(garden: Garden) -> None:
    garden.build_and_import()
    (found,) = garden.collection.find_cards('"Plain:What is a leaf?"')

    answer = garden.collection.get_card(found).answer()
    assert '<span class="katex-html" aria-hidden="true">' in answer
    assert "u_{" not in re.sub(' alttext="[^"]*"', "", answer)
    folder = Path(garden.collection.media.dir())
    assert sorted(path.name for path in folder.glob("_cw-katex-*")) == sorted(
        media.name for media in katex_media()
    )
    assert garden.collection.media.check().unused == []


def test_formulas_arrive_for_mathjax(garden: Garden) -> None:
    garden.write("deck.yml", "math: {output: mathjax}\n")
    garden.build_and_import()
    (found,) = garden.collection.find_cards('"Plain:What is a leaf?"')

    assert r"\(u_{&lt;t}\)" in garden.collection.get_card(found).answer()
    assert not [*Path(garden.collection.media.dir()).iterdir()]


def test_a_style_of_the_deck_arrives_and_rewrites_no_note(garden: Garden) -> None:
    garden.build_and_import()
    garden.study("leaf")
    garden.write("style.css", ".cw-question { color: teal }\n")

    assert garden.build_and_import() == {"duplicate": 3}

    garden.collection.models._clear_cache()
    styles = [model["css"] for model in garden.collection.models.all() if "Garden" in model["name"]]
    assert [style.endswith("\n.cw-question { color: teal }\n") for style in styles] == [True]

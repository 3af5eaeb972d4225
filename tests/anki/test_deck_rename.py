"""A deck that is renamed in Anki before the import has its cards where they belong."""

from __future__ import annotations

import pytest

from cardwright.changes.manual_steps import deck_rename
from cardwright.identify import Identified
from tests.anki.garden import Garden

TREES = (
    "# Trees\n\n## Parts\n\n### What is bark?\n\nThe outside.\n\n## Age\n\n### A ring?\n\nA year.\n"
)


@pytest.fixture
def planted(garden: Garden) -> Garden:
    garden.write("trees.md", TREES)
    garden.write("moss.md", "# Moss\n\n## What is moss?\n\nA plant.\n")
    garden.build_and_import()
    return garden


def identified(garden: Garden) -> Identified:
    found = garden.build().assembly.identified
    assert found is not None
    return found


def decks_of_cards(garden: Garden) -> dict[str, str]:
    collection = garden.collection
    cards = [collection.get_card(id_) for id_ in collection.find_cards("")]
    return {card.note()["Plain"]: collection.decks.name(card.did) for card in cards}


@pytest.mark.parametrize(
    ("file", "before", "after", "rename"),
    [
        ("deck.yml", "Garden", "Park", ("Garden", "Park")),
        ("deck.yml", "Garden", "Green::Garden", ("Garden", "Green::Garden")),
        ("trees.md", "# Trees\n", "# Woods\n", ("Garden::Trees", "Garden::Woods")),
        ("trees.md", "## Age\n", "## Rings\n", ("Garden::Trees::Age", "Garden::Trees::Rings")),
    ],
)
def test_a_rename_is_found_and_done_in_anki_leaves_no_card_behind(
    planted: Garden, file: str, before: str, after: str, rename: tuple[str, str]
) -> None:
    planted.edit(file, before, after)
    found = identified(planted)

    assert deck_rename(found) == rename

    decks = planted.collection.decks
    decks.rename(decks.id_for_name(rename[0]), rename[1])
    planted.build_and_import()
    assert decks_of_cards(planted) == {note.plain: note.deck for note in found.notes}


def test_a_name_that_a_retired_deck_has_in_other_letters_is_no_rename(planted: Garden) -> None:
    planted.write("woods.md", "# woods\n\n## What is a wood?\n\nTrees.\n")
    planted.build_and_import()
    (planted.folder / "woods.md").unlink()
    planted.build_and_import()
    planted.edit("trees.md", "# Trees\n", "# Woods\n")

    assert deck_rename(identified(planted)) is None


def test_cards_that_leave_a_deck_of_which_others_stay_are_no_rename(planted: Garden) -> None:
    planted.write("trees.md", TREES.replace("## Age\n\n", ""))
    assert identified(planted).changes.left_behind
    assert deck_rename(identified(planted)) is None


def test_a_deck_that_joins_another_is_no_rename(planted: Garden) -> None:
    planted.write("moss.md", "# Fern\n\n## What is a fern?\n\nAnother plant.\n")
    planted.build_and_import()
    planted.write("trees.md", "# Fern\n\n" + TREES.partition("\n\n")[2])

    assert deck_rename(identified(planted)) is None


def test_without_a_move_there_is_no_rename(planted: Garden) -> None:
    assert deck_rename(identified(planted)) is None

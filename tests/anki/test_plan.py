"""What a plan foretells is what the importer then counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from anki.collection import Collection

from cardwright.building import build_deck
from cardwright.changes.empty_cards import EmptyCards, empty_cards
from cardwright.pipeline import Options
from cardwright.planning import plan_build
from cardwright.planning.report import plan_object
from tests.notes import bytes_of

Import = Callable[[bytes], dict[str, int]]

PLANTS = """\
# Plants

## Parts

### What is a leaf?

An organ.

### What is a root? {reverse}

The part in the soil.

## Growth

### What is a ring?

A year of wood.
"""
CLOZES = "# Clozes\n\nC: A [leaf] is an [organ].\n\nC: The [root] is below.\n"


@dataclass
class Deck:
    """A folder of notes, and somebody who imports each build of it."""

    folder: Path
    collection: Collection
    import_package: Import
    now: int = 1_700_000_000
    emptied: EmptyCards = EmptyCards()  # noqa: RUF009

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def foretold(self) -> dict[str, object]:
        planned = plan_build(self.folder, self.folder.parent / "build", Options(self.now))
        return plan_object(planned)

    def build_and_import(self) -> dict[str, int]:
        self.now += 100
        built = build_deck(self.folder, self.folder.parent / "build", Options(self.now))
        assert built.package is not None, built.diagnostics
        identified = built.assembly.identified
        assert identified is not None
        self.emptied = empty_cards(identified, built.old)
        return self.import_package(bytes_of(built))

    def empty_cards(self) -> int:
        return sum(len(note.card_ids) for note in self.collection.get_empty_cards().notes)


@pytest.fixture
def deck(tmp_path: Path, collection: Collection, import_package: Import) -> Deck:
    folder = tmp_path / "plants"
    folder.mkdir()
    deck = Deck(folder, collection, import_package)
    deck.write("deck.yml", "deck: Plants\n")
    deck.write("plants.md", PLANTS)
    deck.write("clozes.md", CLOZES)
    return deck


def counted(foretold: dict[str, object]) -> dict[str, int]:
    counts = foretold["import"]
    assert isinstance(counts, dict)
    return {name: count for name, count in counts.items() if count}


def emptied(foretold: dict[str, object]) -> int:
    notes = foretold["plan"]
    assert isinstance(notes, list)
    return sum(note["emptied_cards"] for note in notes)


EDITS = {
    "nothing": ("plants.md", "", ""),
    "answer": ("plants.md", "in the soil", "under the ground"),
    "id": ("plants.md", "What is a ring?", "What is a ring? {#ring}"),
    "section": ("plants.md", "## Growth", "## Growing"),
    "reverse": ("plants.md", " {reverse}", ""),
    "another reverse": ("plants.md", "a leaf?", "a leaf? {reverse}"),
    "gone": ("plants.md", "### What is a ring?\n\nA year of wood.\n", ""),
    "new": ("plants.md", "## Growth", "### What is bark?\n\nThe outside.\n\n## Growth"),
    "deletion": ("clozes.md", "[organ]", "organ"),
    "kind": ("clozes.md", "C: The [root] is below.", "Q: Where is the root?\nA: Below."),
    "deck": ("deck.yml", "deck: Plants", "deck: The Plants"),
    "layout": ("deck.yml", "deck: Plants", "deck: Plants\nsubdecks: none"),
    "tag": ("deck.yml", "deck: Plants", "deck: Plants\ntags: [green]"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_the_plan_predicts_what_the_importer_counts(deck: Deck, edit: str) -> None:
    assert counted(deck.foretold()) == deck.build_and_import() == {"new": 5}
    name, old, new = EDITS[edit]
    text = (deck.folder / name).read_text("utf-8")
    assert old in text
    deck.write(name, text.replace(old, new))

    foretold = deck.foretold()

    assert deck.build_and_import() == counted(foretold)
    assert deck.empty_cards() == emptied(foretold)
    assert deck.emptied == EmptyCards(emptied(foretold))
    assert counted(deck.foretold()) == deck.build_and_import()


def test_a_question_that_is_asked_again_is_no_new_note(deck: Deck) -> None:
    deck.build_and_import()
    deck.write("plants.md", PLANTS.replace("### What is a ring?\n\nA year of wood.\n", ""))
    deck.build_and_import()
    deck.write("plants.md", PLANTS)

    foretold = deck.foretold()

    assert deck.build_and_import() == counted(foretold) == {"duplicate": 5}

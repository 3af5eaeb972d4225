"""What the learner moved, renamed or suspended, told from what a push or an import did."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from cardwright.building import build_deck
from cardwright.delivery.compare import PushChoices
from cardwright.delivery.deliver import Pushed, deliver
from cardwright.delivery.target import AnkiTarget
from cardwright.disk.lockfile import read_lock, write_lock
from cardwright.lock import Lock
from cardwright.lock.deliveries import BY_HAND, mark_delivered, pending
from cardwright.pipeline import Options
from tests.in_anki import collection_in, import_into, states, study
from tests.push.stand_in import standing_in

pytestmark = pytest.mark.slow

LEAF = "## What is a leaf?\n\nAn organ.\n"
ROOT = "## What is a root?\n\nIt drinks.\n"
BUD = "## What is a bud?\n\nA young shoot.\n"
NOW = 1_800_000_000


@dataclass
class Learner:
    """The content, and somebody who imports its packages or pushes it."""

    folder: Path
    is_running: bool
    days: int = 0
    name: str = "collection"

    @property
    def file(self) -> Path:
        return self.folder.parent / f"{self.name}.anki2"

    def write(self, **files: str) -> None:
        """Make the folder hold these files and no others. ``__`` in a name is a folder."""
        for old in [*self.folder.rglob("*.md")]:
            old.unlink()
        for name, text in files.items():
            file = self.folder / f"{name.replace('__', '/')}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")

    def build(self) -> Path:
        package = build_deck(self.folder, self.folder.parent / "build", self._options()).package
        assert package is not None
        return package

    def imports(self) -> None:
        """Build, and import the package."""
        import_into(self.file, self.build())

    def push(self) -> Pushed:
        """Push, and check that the lock and a second push find nothing more to do."""
        with collection_in(self.file):
            pass
        if self.is_running:
            with standing_in(self.file) as address:
                way = AnkiTarget(address)
                pushed, again = self._delivered(way), self._delivered(way)
        else:
            way = AnkiTarget(str(self.file), self.file)
            pushed, again = self._delivered(way), self._delivered(way)
        assert again.found.is_nothing
        assert again.found.stays == pushed.found.stays
        assert pending(self.lock(), pushed.anki_deck.collection).is_nothing
        return pushed

    def _delivered(self, way: AnkiTarget) -> Pushed:
        build = self.folder.parent / "build"
        found = deliver(
            self.folder, build, self._options(), way, PushChoices(), lambda *_: True
        ).pushed
        assert found is not None
        return found

    def _options(self) -> Options:
        self.days += 1
        return Options(NOW + 86_400 * self.days)

    def lock(self) -> Lock:
        lock, _ = read_lock(self.folder / "deck.lock")
        assert lock is not None
        return lock

    def delivers_by_hand(self) -> None:
        """Do what ``lock --delivered`` does."""
        done = mark_delivered(self.lock(), BY_HAND, NOW + 86_400 * self.days)
        assert not [*write_lock(self.folder / "deck.lock", done, "key")]

    def puts(self, words: str, deck: str) -> None:
        with collection_in(self.file) as collection:
            cards = collection.find_cards(f'"{words}"')
            assert cards
            collection.set_deck(cards, collection.decks.id(deck))

    def suspends(self, query: str) -> None:
        with collection_in(self.file) as collection:
            assert collection.sched.suspend_cards(collection.find_cards(query)).count

    def suspended(self) -> set[tuple[str, int]]:
        """The suspended cards, by the last word of their questions and their numbers."""
        with collection_in(self.file) as collection:
            return {
                (note.fields["Plain"].split()[-1], number)
                for note in states(collection).values()
                for number, card in note.cards.items()
                if card.is_suspended
            }

    def decks(self) -> Mapping[str, str]:
        """The deck of each question, without the root deck."""
        with collection_in(self.file) as collection:
            found = states(collection).values()
        return {note.fields["Plain"].split()[-1]: note.cards[0].deck for note in found}

    def all_decks(self) -> set[str]:
        with collection_in(self.file) as collection:
            return {deck.name for deck in collection.decks.all_names_and_ids()} - {"Default"}


@pytest.fixture(params=[False, True], ids=["closed", "running"])
def learner(request: pytest.FixtureRequest, tmp_path: Path) -> Learner:
    """Two files of questions. The learner imported and studied them."""
    folder = tmp_path / "garden"
    folder.mkdir()
    (folder / "deck.yml").write_text("deck: Garden\nquestions: headings\n")
    someone = Learner(folder, request.param)
    someone.write(leaf=f"# Leaf\n\n{LEAF}\n{ROOT}", bud=f"# Bud\n\n{BUD}")
    someone.imports()
    with collection_in(someone.file) as collection:
        study(collection, "deck:Garden")
    return someone


MOVED = {"leaf": f"# Leaf\n\n{LEAF}", "bud": f"# Bud\n\n{BUD}\n{ROOT}"}


def test_an_import_between_a_move_and_a_push_changes_nothing(learner: Learner) -> None:
    learner.write(**MOVED)
    learner.imports()
    assert learner.decks()["root?"] == "Garden::Leaf"

    pushed = learner.push()

    assert not pushed.found.stays
    assert len(pushed.found.moves) == 1
    expected = {"leaf?": "Garden::Leaf", "root?": "Garden::Bud", "bud?": "Garden::Bud"}
    assert learner.decks() == expected
    with collection_in(learner.file) as collection:
        assert {c.schedule[1] for n in states(collection).values() for c in n.cards.values()} == {
            10
        }


def test_a_push_alone_moves_the_same_cards(learner: Learner) -> None:
    learner.push()
    learner.write(**MOVED)

    assert len(learner.push().found.moves) == 1
    assert learner.decks()["root?"] == "Garden::Bud"


def test_an_import_after_a_push_does_not_keep_the_next_one_from_moving(learner: Learner) -> None:
    learner.push()
    learner.write(**MOVED)
    learner.imports()

    assert len(learner.push().found.moves) == 1
    assert learner.decks()["root?"] == "Garden::Bud"


def test_a_file_that_moved_to_another_folder_takes_its_cards_along(learner: Learner) -> None:
    learner.write(wood__leaf=f"# Leaf\n\n{LEAF}\n{ROOT}", wood__bud=f"# Bud\n\n{BUD}")
    learner.imports()

    assert not learner.push().found.stays
    assert {*learner.decks().values()} == {"Garden::wood::Leaf", "Garden::wood::Bud"}
    assert learner.all_decks() == {
        *("Garden", "Garden::wood", "Garden::wood::Leaf", "Garden::wood::Bud")
    }


def _import_each(learner: Learner) -> None:
    learner.imports()


def _import_the_last(learner: Learner) -> None:
    learner.build()


@pytest.mark.parametrize("between", [_import_each, _import_the_last])
def test_several_moves_are_one(learner: Learner, between: Callable[[Learner], None]) -> None:
    learner.write(**MOVED)
    between(learner)
    learner.write(leaf=f"# Leaf\n\n{LEAF}", bud=f"# Bud\n\n{BUD}", soil=f"# Soil\n\n{ROOT}")
    learner.imports()

    assert not learner.push().found.stays
    assert learner.decks()["root?"] == "Garden::Soil"


def test_a_move_after_the_last_import_counts_as_a_move(learner: Learner) -> None:
    learner.write(**MOVED)
    learner.imports()
    learner.write(leaf=f"# Leaf\n\n{LEAF}", bud=f"# Bud\n\n{BUD}", soil=f"# Soil\n\n{ROOT}")

    assert not learner.push().found.stays
    assert learner.decks()["root?"] == "Garden::Soil"


@pytest.mark.parametrize("deck", ["My own", "Garden::Roots"])
@pytest.mark.parametrize("is_pushed", [False, True], ids=["imported", "pushed"])
def test_a_card_that_the_learner_moved_stays(learner: Learner, deck: str, is_pushed: bool) -> None:
    if is_pushed:
        learner.push()
    learner.puts("What is a root?", deck)
    learner.write(**MOVED)
    learner.imports()

    pushed = learner.push()

    assert len(pushed.found.stays) == 1
    assert learner.decks()["root?"] == deck


def test_a_card_that_the_learner_moved_back_after_a_push_stays(learner: Learner) -> None:
    learner.write(**MOVED)
    learner.imports()
    learner.push()
    learner.puts("What is a root?", "Garden::Leaf")
    learner.write(**{**MOVED, "leaf": f"# Leaf\n\n{LEAF.replace('organ', 'organ of a plant')}"})
    learner.imports()

    assert len(learner.push().found.stays) == 1
    assert learner.decks()["root?"] == "Garden::Leaf"


def test_a_card_that_the_learner_moved_as_the_build_asked_stays_there(learner: Learner) -> None:
    learner.write(**MOVED)
    learner.imports()
    learner.puts("What is a root?", "Garden::Bud")

    pushed = learner.push()

    assert not pushed.found.stays
    assert not pushed.found.moves


def test_an_empty_deck_that_the_learner_deleted_was_not_renamed(learner: Learner) -> None:
    learner.write(soil=f"# Soil\n\n{LEAF}\n{ROOT}", bud=f"# Bud\n\n{BUD}")
    learner.imports()
    with collection_in(learner.file) as collection:
        collection.decks.remove([collection.decks.id("Garden::Soil")])

    assert not learner.push().found.stays
    assert {*learner.decks().values()} == {"Garden::Soil", "Garden::Bud"}


def test_each_of_two_learners_gets_the_move(learner: Learner) -> None:
    learner.push()
    learner.write(**MOVED)
    learner.imports()
    learner.name = "other"
    package = learner.build()
    import_into(learner.file, package)
    learner.puts("What is a root?", "Garden::Leaf")  # as if it had been imported before the move

    assert len(learner.push().found.moves) == 1
    learner.name = "collection"
    assert len(learner.push().found.moves) == 1
    assert learner.decks()["root?"] == "Garden::Bud"


def test_what_was_delivered_by_hand_is_done(learner: Learner) -> None:
    learner.write(**MOVED)
    learner.imports()
    learner.delivers_by_hand()

    assert len(learner.push().found.stays) == 1


@pytest.mark.parametrize("is_edited", [False, True], ids=["same", "edited"])
def test_a_card_that_the_learner_suspended_stays_so_when_its_question_returns(
    learner: Learner, is_edited: bool
) -> None:
    both = f"# Leaf\n\n{LEAF}\n{ROOT.replace('root?', 'root? {reverse}')}"
    learner.write(leaf=both, bud=f"# Bud\n\n{BUD}")
    learner.push()
    learner.suspends('"what is a root?" card:2')
    learner.suspends('"what is a bud?"')

    learner.write(leaf=f"# Leaf\n\n{LEAF}")
    learner.push()
    assert learner.suspended() == {("root?", 0), ("root?", 1), ("bud?", 0)}
    learner.write(
        leaf=both.replace("It drinks", "It drinks water") if is_edited else both,
        bud=f"# Bud\n\n{BUD}",
    )
    learner.push()

    assert learner.suspended() == {("root?", 1), ("bud?", 0)}
    learner.write(leaf=f"# Leaf\n\n{LEAF}")
    with collection_in(learner.file) as collection:
        collection.sched.unsuspend_cards(collection.find_cards("is:suspended"))
    learner.push()
    learner.write(leaf=both, bud=f"# Bud\n\n{BUD}")
    learner.push()
    assert learner.suspended() == set()  # what was recorded before is forgotten


def test_a_renamed_deck_keeps_its_name_if_the_learner_also_moved_a_card(learner: Learner) -> None:
    stem = "## What is a stem?\n\nIt holds.\n"
    learner.write(leaf=f"# Leaf\n\n{LEAF}\n{ROOT}\n{stem}", bud=f"# Bud\n\n{BUD}")
    learner.push()
    with collection_in(learner.file) as collection:
        collection.decks.rename(collection.decks.id("Garden::Leaf"), "Garden::Foliage")
    learner.puts("What is a root?", "Hard")

    flower = "## What is a flower?\n\nIt blooms.\n"
    learner.write(leaf=f"# Leaf\n\n{LEAF}\n{ROOT}\n{stem}\n{flower}", bud=f"# Bud\n\n{BUD}")
    learner.push()

    assert learner.decks() == {
        "leaf?": "Garden::Foliage",
        "stem?": "Garden::Foliage",
        "flower?": "Garden::Foliage",
        "root?": "Hard",
        "bud?": "Garden::Bud",
    }
    assert "Garden::Leaf" not in learner.all_decks()

"""What an author does to a deck, and what a push then does in Anki, by each way into it."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection
from anki.notes import Note
from PIL import Image

from cardwright.delivery.values import RETIRED
from cardwright.disk.lockfile import read_lock
from tests.in_anki import NoteState, collection_in, states, study
from tests.push.ways import WAYS, Push

PLANTS = """\
# Plants

## Trees

### What is bark? {#bark}

The skin of a tree.

### What is a ring? {#ring reverse}

A year of a tree.

### How tall is an oak? {#oak}

Forty metres.

## Herbs

### What is mint? {#mint}

A herb with square stems.

### A fern has {{c1::fronds}} and {{c2::spores}}. {#fern}
"""
MOSSES = """\
# Mosses

## What is moss? {#moss}

A small plant without roots.

## Where does moss grow? {#shade}

In the shade.
"""
OAK = "### How tall is an oak? {#oak}\n\nForty metres.\n\n"
MINT = "### What is mint? {#mint}\n\nA herb with square stems.\n\n"
MOSS = "## What is moss? {#moss}\n\nA small plant without roots.\n\n"
SHADE = "## Where does moss grow? {#shade}\n\nIn the shade.\n"
TREES, HERBS = "Garden::Plants::Trees", "Garden::Plants::Herbs"

RESPELLED = [
    *("garden", "garden::Mosses", "garden::plants", "garden::plants::Herbs"),
    "garden::plants::Trees",
]

Work = Callable[["Garden"], None]
Notes = Mapping[str, NoteState]
"""Notes by the id that they have in the content."""


@dataclass
class Garden:
    """The content, and the collection of somebody who studies it."""

    folder: Path
    file: Path
    way: Push
    patch: pytest.MonkeyPatch
    now: int = field(default_factory=lambda: int(time.time()) - 10_000)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, "utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        text = (self.folder / name).read_text("utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def push(self, *options: str, is_checked: bool = True) -> Any:
        """Push, as a person who comes back later; ``is_checked`` fails where it did not work."""
        self.now += 100
        self.patch.setenv("SOURCE_DATE_EPOCH", str(self.now))
        build = str(self.folder.parent / "build")
        words = ["push", str(self.folder), "-o", build, "--json", *options]
        said = self.way(self.file, words)
        assert not is_checked or said["found"] is not None, said["diagnostics"]
        return said

    def do(self, work: Callable[[Collection], None]) -> None:
        with collection_in(self.file) as collection:
            work(collection)

    def notes(self) -> Notes:
        lock, _ = read_lock(self.folder / "deck.lock")
        assert lock is not None
        with collection_in(self.file) as collection:
            found = states(collection)
        return {e.id: found[e.guid] for e in lock.entries if e.id and e.guid in found}

    def decks(self) -> set[str]:
        return {*self.options()}

    def options(self) -> dict[str, str]:
        """The name of each deck's options."""
        with collection_in(self.file) as collection:
            decks = collection.decks
            return {
                deck.name: str(decks.config_dict_for_deck_id(deck.id)["name"])
                for deck in decks.all_names_and_ids(include_filtered=False)
            }


def edit(name: str, old: str, new: str) -> Work:
    return lambda garden: garden.edit(name, old, new)


def both(*works: Work) -> Work:
    def work(garden: Garden) -> None:
        for each in works:
            each(garden)

    return work


def learner(action: Callable[[Collection], None]) -> Work:
    return lambda garden: garden.do(action)


def note(collection: Collection, words: str) -> Note:
    (id_,) = collection.find_notes(f'"{words}"')
    return collection.get_note(id_)


def writes(words: str, name: str, text: str) -> Work:
    """The learner changes a field, as in Anki's editor."""

    def work(collection: Collection) -> None:
        theirs = note(collection, words)
        theirs[name] = text
        collection.update_note(theirs)

    return learner(work)


def tags(words: str, *names: str) -> Work:
    def work(collection: Collection) -> None:
        theirs = note(collection, words)
        theirs.tags += names
        collection.update_note(theirs)

    return learner(work)


def moves(words: str, deck: str) -> Work:
    def work(collection: Collection) -> None:
        cards = note(collection, words).card_ids()
        collection.set_deck(cards, collection.decks.id(deck))

    return learner(work)


def renames(old: str, new: str) -> Work:
    def work(collection: Collection) -> None:
        collection.decks.rename(collection.decks.id(old), new)

    return learner(work)


def removes(words: str) -> Work:
    return learner(lambda collection: collection.remove_notes([note(collection, words).id]))


def borrows(query: str) -> Work:
    """The learner makes a filtered deck."""

    def work(collection: Collection) -> None:
        wish = collection.sched.get_or_create_filtered_deck(deck_id=0)
        wish.name = "Cram"
        del wish.config.search_terms[1:]
        wish.config.search_terms[0].search = query
        collection.sched.add_or_update_filtered_deck(wish)

    return learner(work)


def has_options_of_its_own(deck: str) -> Work:
    def work(collection: Collection) -> None:
        theirs = collection.decks.by_name(deck)
        assert theirs is not None
        theirs["conf"] = collection.decks.add_config_returning_id("Mine")
        collection.decks.save(theirs)

    return learner(work)


def nothing(_garden: Garden) -> None:
    return


@dataclass(frozen=True)
class Edit:
    """``found`` are the kinds of differences, ``after`` says what is there now."""

    name: str
    author: Work
    found: set[str]
    after: Callable[[Notes, Garden], object]
    learner: Work = nothing
    options: tuple[str, ...] = ()
    is_new_order: bool = False
    suspended: frozenset[tuple[str, int]] = frozenset()


def _put_image(garden: Garden) -> None:
    Image.new("RGB", (40, 60), "green").save(garden.folder / "oak.png")
    garden.edit("plants.md", "Forty metres.", "Forty metres.\n\n![An oak](oak.png)")


def _is_image_there(notes: Notes, garden: Garden) -> bool:
    _, _, rest = notes["oak"].fields["Answer"].partition('src="')
    return (garden.file.parent / "collection.media" / rest.partition('"')[0]).is_file()


def _decks_of(state: NoteState) -> set[str]:
    return {card.deck for card in state.cards.values()}


def _is_asleep(state: NoteState) -> bool:
    return RETIRED in state.tags and all(card.is_suspended for card in state.cards.values())


def _move_spores(garden: Garden) -> None:
    def move(collection: Collection) -> None:
        _, spores = note(collection, "A fern has").card_ids()
        collection.set_deck([spores], collection.decks.id("Mine"))

    learner(move)(garden)


def _take_a_card_back(garden: Garden) -> None:
    edit("plants.md", "{#ring reverse}", "{#ring}")(garden)
    garden.push()
    assert garden.notes()["ring"].cards[1].is_suspended


def _take_back(garden: Garden) -> None:
    garden.edit("plants.md", MINT, "")
    garden.push()
    assert _is_asleep(garden.notes()["mint"])
    garden.edit("plants.md", "## Herbs\n\n", f"## Herbs\n\n{MINT}")


EDITS = (
    Edit(
        "a typo",
        edit("plants.md", "The skin of a tree.", "The skin of a tree!"),
        {"changed"},
        lambda notes, _: notes["bark"].fields["Answer"] == "<p>The skin of a tree!</p>",
    ),
    Edit(
        "another wording",
        edit("plants.md", "What is bark?", "What exactly is bark?"),
        {"changed"},
        lambda notes, _: notes["bark"].fields["Plain"] == "What exactly is bark?",
    ),
    Edit(
        "an answer written again",
        edit("plants.md", "A year of a tree.", "Wood of *one* summer.\n\n- light\n- dark"),
        {"changed"},
        lambda notes, _: "<li>light</li>" in notes["ring"].fields["Answer"],
    ),
    Edit(
        "a question split in two",
        edit("plants.md", OAK, f"{OAK}### How old is an oak? {{#age}}\n\nA thousand years.\n\n"),
        {"new"},
        lambda notes, _: _decks_of(notes["age"]) == {TREES},
        is_new_order=True,
    ),
    Edit(
        "two questions made one",
        both(
            edit("plants.md", MINT, ""),
            edit("plants.md", "A year of a tree.", "A year of a tree. Mint has none."),
        ),
        {"changed", "retired"},
        lambda notes, _: _is_asleep(notes["mint"]),
    ),
    Edit(
        "a question in another section",
        both(edit("plants.md", OAK, ""), edit("plants.md", "## Herbs\n\n", f"## Herbs\n\n{OAK}")),
        {"changed", "moved"},
        lambda notes, _: _decks_of(notes["oak"]) == {HERBS},
    ),
    Edit(
        "a section renamed",
        edit("plants.md", "## Herbs", "## Herbs and ferns"),
        {"changed", "renames"},
        lambda notes, garden: (
            _decks_of(notes["fern"]) == {"Garden::Plants::Herbs and ferns"}
            and HERBS not in garden.decks()
            and garden.options()["Garden::Plants::Herbs and ferns"] == "Mine"
        ),
        learner=has_options_of_its_own(HERBS),
    ),
    Edit(
        "the deck renamed",
        edit("deck.yml", "Garden", "Botany"),
        {"changed", "notetypes", "renames"},
        lambda notes, garden: (
            _decks_of(notes["fern"]) == {"Botany::Plants::Herbs"}
            and not any(name.startswith("Garden") for name in garden.decks())
            and garden.options()["Botany"] == "Mine"
        ),
        learner=has_options_of_its_own("Garden"),
    ),
    Edit(
        "the deck and a file respelled",
        both(edit("deck.yml", "Garden", "garden"), edit("plants.md", "# Plants", "# plants")),
        {"changed", "notetypes", "renames"},
        lambda notes, garden: (
            _decks_of(notes["fern"]) == {"garden::plants::Herbs"}
            and sorted(garden.decks()) == ["Default", *RESPELLED]
        ),
    ),
    Edit(
        "the deck renamed, where a note was deleted in Anki",
        edit("deck.yml", "Garden", "garden"),
        {"deleted_in_anki", "notetypes", "renames"},
        lambda notes, garden: "mint" not in notes and "garden::Plants" in garden.decks(),
        learner=removes("What is mint?"),
    ),
    Edit(
        "a question deleted",
        edit("plants.md", MINT, ""),
        {"retired"},
        lambda notes, _: _is_asleep(notes["mint"]),
    ),
    Edit(
        "a question deleted, with --prune",
        edit("plants.md", MINT, ""),
        {"deleted"},
        lambda notes, _: "mint" not in notes,
        options=("--prune",),
    ),
    Edit(
        "a question that comes back",
        _take_back,
        {"woken"},
        lambda notes, _: not _is_asleep(notes["mint"]),
    ),
    Edit("an image", _put_image, {"changed", "media"}, _is_image_there),
    Edit(
        "other tags",
        edit("deck.yml", "[green]", "[wild]"),
        {"changed"},
        lambda notes, _: all({"wild"} <= each.tags - {"green"} for each in notes.values()),
    ),
    Edit(
        "a card back to front",
        edit("plants.md", "{#bark}", "{#bark reverse}"),
        {"changed"},
        lambda notes, _: _decks_of(notes["bark"]) == {TREES} and len(notes["bark"].cards) == 2,
        is_new_order=True,
    ),
    Edit(
        "no card back to front",
        edit("plants.md", "{#ring reverse}", "{#ring}"),
        {"changed", "suspended_cards"},
        lambda notes, garden: [*notes["ring"].cards] == [0, 1] and len(garden.decks()) == 6,
        suspended=frozenset({("ring", 1)}),
    ),
    Edit(
        "no card back to front, with --prune",
        edit("plants.md", "{#ring reverse}", "{#ring}"),
        {"changed", "emptied_cards"},
        lambda notes, garden: [*notes["ring"].cards] == [0] and len(garden.decks()) == 6,
        options=("--prune",),
    ),
    Edit(
        "a card back to front comes back",
        edit("plants.md", "{#ring}", "{#ring reverse}"),
        {"changed", "unsuspended_cards"},
        lambda notes, _: not any(card.is_suspended for card in notes["ring"].cards.values()),
        learner=_take_a_card_back,
    ),
    Edit(
        "a piece that is not hidden any more",
        edit("plants.md", "{{c2::spores}}", "spores"),
        {"changed", "suspended_cards"},
        lambda notes, _: [*notes["fern"].cards] == [0, 1],
        suspended=frozenset({("fern", 1)}),
    ),
    Edit(
        "a piece that is hidden now, where the learner moved one card",
        edit("plants.md", "A fern has", "A {{c3::fern}} has"),
        {"changed", "elsewhere"},
        lambda notes, _: (
            [card.deck for card in notes["fern"].cards.values()] == [HERBS, "Mine", HERBS]
        ),
        learner=_move_spores,
    ),
    Edit(
        "another order",
        edit("mosses.md", f"{MOSS}{SHADE}", f"{SHADE}\n{MOSS}"),
        {"reordered_cards"},
        lambda notes, _: notes["shade"].cards[0].due < notes["moss"].cards[0].due,
        is_new_order=True,
    ),
    Edit(
        "a tag of the learner's",
        edit("plants.md", "Forty metres.", "Thirty metres."),
        {"changed"},
        lambda notes, _: {"green", "mine", "mine::hard", "greenish"} <= notes["oak"].tags,
        learner=tags("How tall is an oak?", "mine", "mine::hard", "greenish"),
    ),
    Edit(
        "a tag of the learner's below one that goes",
        edit("deck.yml", "[green]", "[]"),
        {"changed"},
        lambda notes, _: {"green::dark"} <= notes["oak"].tags - {"green"},
        learner=tags("How tall is an oak?", "green::dark"),
    ),
    Edit(
        "an edit of the learner's",
        edit("plants.md", "How tall is an oak?", "How tall does an oak grow?"),
        {"changed", "edited"},
        lambda notes, _: (
            notes["oak"].fields["Answer"] == "<p>My words.</p>"
            and notes["oak"].fields["Plain"] == "How tall does an oak grow?"
        ),
        learner=writes("How tall is an oak?", "Answer", "<p>My words.</p>"),
    ),
    Edit(
        "a move of the learner's",
        edit("plants.md", "Forty metres.", "Thirty metres."),
        {"changed", "elsewhere"},
        lambda notes, _: (
            _decks_of(notes["oak"]) == {"Mine"}
            and notes["oak"].fields["Answer"] == "<p>Thirty metres.</p>"
        ),
        learner=moves("How tall is an oak?", "Mine"),
    ),
    Edit(
        "a deck that the learner renamed",
        edit("plants.md", OAK, f"{OAK}### How old is an oak? {{#age}}\n\nA thousand years.\n\n"),
        {"new"},
        lambda notes, _: _decks_of(notes["age"]) == {"My trees"} == _decks_of(notes["oak"]),
        learner=renames(TREES, "My trees"),
        is_new_order=True,
    ),
    Edit(
        "a note that the learner deleted",
        edit("plants.md", "A herb", "A tall herb"),
        {"deleted_in_anki"},
        lambda notes, _: "mint" not in notes,
        learner=removes("What is mint?"),
    ),
    Edit(
        "a note that the learner deleted, with --restore",
        edit("plants.md", "A herb", "A tall herb"),
        {"new"},
        lambda notes, _: "A tall herb" in notes["mint"].fields["Answer"],
        learner=removes("What is mint?"),
        options=("--restore",),
        is_new_order=True,
    ),
    Edit(
        "a new style, after the learner deleted the only cloze note",
        lambda garden: garden.write("style.css", ".card { color: teal; }\n"),
        {"deleted_in_anki", "notetypes"},
        lambda notes, _: "fern" not in notes,
        learner=removes("fronds"),
    ),
    Edit(
        "a conflict",
        edit("plants.md", "Forty metres.", "Thirty metres."),
        {"conflicts"},
        lambda notes, _: notes["oak"].fields["Answer"] == "<p>My words.</p>",
        learner=writes("How tall is an oak?", "Answer", "<p>My words.</p>"),
    ),
    Edit(
        "a conflict, with --ours",
        edit("plants.md", "Forty metres.", "Thirty metres."),
        {"changed"},
        lambda notes, _: notes["oak"].fields["Answer"] == "<p>Thirty metres.</p>",
        learner=writes("How tall is an oak?", "Answer", "<p>My words.</p>"),
        options=("--ours",),
    ),
    Edit(
        "a typo in a card that a filtered deck has",
        edit("plants.md", "Forty metres.", "Thirty metres."),
        {"changed"},
        lambda notes, _: notes["oak"].fields["Answer"] == "<p>Thirty metres.</p>",
        learner=borrows("oak"),
    ),
    Edit(
        "another section for a card that a filtered deck has",
        both(edit("plants.md", OAK, ""), edit("plants.md", "## Herbs\n\n", f"## Herbs\n\n{OAK}")),
        {"changed", "moved"},
        lambda notes, _: _decks_of(notes["oak"]) == {HERBS},
        learner=borrows("oak"),
    ),
)


@pytest.fixture(params=WAYS)
def garden(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Garden:
    """Pushed once. Then the learner studied the plants, and put tags on the bark."""
    planted = _planted(request.param)
    shutil.copytree(planted.folder.parent, tmp_path, dirs_exist_ok=True)
    file = tmp_path / planted.file.relative_to(planted.folder.parent)
    return replace(planted, folder=tmp_path / "garden", file=file, patch=monkeypatch)


@cache
def _planted(way: str) -> Garden:
    """The one that the others are copies of."""
    folder = Path(tempfile.mkdtemp())
    profile = folder / "base" / "User 1"
    profile.mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        garden = Garden(folder / "garden", profile / "collection.anki2", WAYS[way], patch)
        garden.folder.mkdir()
        garden.write("deck.yml", "deck: Garden\ntags: [green]\n")
        garden.write("plants.md", PLANTS)
        garden.write("mosses.md", MOSSES)
        garden.do(nothing_in_anki)
        garden.push()
        garden.do(lambda collection: study(collection, "deck:Garden::Plants"))
        tags("What is bark?", "marked", "leech")(garden)
    return garden


def nothing_in_anki(_collection: Collection) -> None:
    return


@pytest.mark.slow
@pytest.mark.parametrize("change", EDITS, ids=lambda change: change.name)
def test_an_edit_arrives_and_the_learner_keeps_all(garden: Garden, change: Edit) -> None:
    change.learner(garden)
    before = garden.notes()
    change.author(garden)

    said = garden.push(*change.options)

    assert kinds(said["found"]) == change.found
    assert said["done"]
    after = garden.notes()
    assert change.after(after, garden)
    assert after["bark"].tags >= {"marked", "leech"}
    _check_cards(before, after, change.suspended, has_dues=not change.is_new_order)
    again = garden.push(*change.options)["found"]
    assert kinds(again) <= {"conflicts", "edited", "elsewhere", "deleted_in_anki"}
    assert garden.notes() == after


def kinds(found: Mapping[str, Any]) -> set[str]:
    """The kinds of differences that there are, and of what stays as the learner has it."""
    return {name for part in (found, found["kept"]) for name, each in part.items() if each} - {
        "kept"
    }


def _check_cards(
    before: Notes, after: Notes, suspended: frozenset[tuple[str, int]], *, has_dues: bool
) -> None:
    """Check that no schedule changed, and that new cards come in the order of the source."""
    for name, note in after.items():
        for number, card in note.cards.items():
            if name not in before or number not in before[name].cards:
                continue
            was = before[name].cards[number]
            assert card.schedule == was.schedule
            assert has_dues is False or card.due == was.due
            if before[name].cards[number].is_suspended == _is_asleep(before[name]):
                assert card.is_suspended == (_is_asleep(note) or (name, number) in suspended)
    places: Sequence[int] = [
        card.due
        for name in ("bark", "ring", "oak", "age")
        if name in after
        for card in after[name].cards.values()
        if card.schedule[0] == 0
    ]
    assert [*places] == sorted(places)

"""Options of the deck: from its settings into Anki by a push and by an import."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection
from anki.import_export_pb2 import ImportAnkiPackageOptions, ImportAnkiPackageRequest

from cardwright.cli import run
from tests.in_anki import collection_in
from tests.push.stand_in import Limit, standing_in
from tests.push.test_edits import PLANTS, Garden
from tests.push.ways import WAYS, said_by

pytestmark = pytest.mark.slow  # its tests start programs, or talk to one

SETTINGS = """\
deck: Garden
options: {new_per_day: 7, reviews_per_day: 300, new_order: random}
"""


@pytest.fixture(params=WAYS)
def garden(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Garden:
    folder, file = tmp_path / "garden", tmp_path / "user" / "User 1" / "collection.anki2"
    folder.mkdir()
    file.parent.mkdir(parents=True)
    found = Garden(folder, file, WAYS[request.param], monkeypatch)
    found.write("deck.yml", SETTINGS)
    found.write("plants.md", PLANTS)
    found.do(lambda _: None)
    return found


def limits(garden: Garden) -> dict[str, tuple[str, int, int, int]]:
    """The preset of each deck, with its limits and how it gathers new cards."""

    def seen(collection: Collection) -> None:
        for deck in collection.decks.all_names_and_ids():
            found[deck.name] = _limits(collection.decks.config_dict_for_deck_id(deck.id))

    found: dict[str, tuple[str, int, int, int]] = {}
    garden.do(seen)
    return found


def _limits(preset: Any) -> tuple[str, int, int, int]:
    per_day = preset["new"]["perDay"], preset["rev"]["perDay"]
    return (preset["name"], *per_day, preset.get("newGatherPriority", 0))


def changed(deck: str, change: Callable[[Any], None]) -> Callable[[Collection], None]:
    def work(collection: Collection) -> None:
        id_ = collection.decks.id_for_name(deck)
        assert id_
        preset = collection.decks.config_dict_for_deck_id(id_)
        change(preset)
        collection.decks.update_config(preset)

    return work


def five_a_day(preset: Any) -> None:
    preset["new"]["perDay"] = 5


def hundred_reviews(preset: Any) -> None:
    preset["rev"]["perDay"] = 100


def on_default(deck: str) -> Callable[[Collection], None]:
    return on_preset(deck, "Default")


def on_preset(deck: str, name: str) -> Callable[[Collection], None]:
    def work(collection: Collection) -> None:
        there = collection.decks.by_name(deck)
        assert there
        (id_,) = (each["id"] for each in collection.decks.all_config() if each["name"] == name)
        collection.decks.set_config_id_for_deck_dict(there, id_)

    return work


DEFAULT = ("Default", 20, 200, 0)
MINE = ("Mine", 3, 200, 0)
OURS = ("Garden", 7, 300, 3)


def test_every_deck_gets_the_options_and_a_second_push_does_nothing(garden: Garden) -> None:
    garden.push()

    there = limits(garden)
    assert there.pop("Default") == DEFAULT
    assert {*there} == {
        "Garden",
        "Garden::Plants",
        "Garden::Plants::Trees",
        "Garden::Plants::Herbs",
    }
    assert {*there.values()} == {OURS}
    assert garden.push()["found"]["preset"] is None


def test_what_the_learner_changed_stays_and_the_rest_follows_the_settings(garden: Garden) -> None:
    garden.push()
    garden.do(changed("Garden", five_a_day))

    assert garden.push()["found"]["preset"] is None
    assert limits(garden)["Garden"] == ("Garden", 5, 300, 3)

    garden.edit(
        "deck.yml", "new_per_day: 7, reviews_per_day: 300", "new_per_day: 8, reviews_per_day: 400"
    )
    garden.push()

    assert limits(garden)["Garden"] == ("Garden", 5, 400, 3)
    assert garden.push()["found"]["preset"] is None


def test_a_deck_that_the_learner_gave_other_options_keeps_them(garden: Garden) -> None:
    garden.push()
    garden.do(on_default("Garden::Plants::Herbs"))
    garden.write("mosses.md", "# Mosses\n\n## What is moss?\n\nA small plant.\n")

    garden.push()

    there = limits(garden)
    assert there["Garden::Plants::Herbs"] == DEFAULT
    assert there["Garden::Mosses"] == OURS


def test_options_that_come_later_reach_the_decks_that_are_there(garden: Garden) -> None:
    garden.write("deck.yml", "deck: Garden\n")
    garden.push()
    assert {*limits(garden).values()} == {DEFAULT}

    garden.write("deck.yml", SETTINGS)
    said = garden.push()["found"]["preset"]

    assert said["name"] == "Garden"
    assert len(said["decks"]) == 4
    assert limits(garden)["Garden::Plants::Trees"] == OURS


def test_a_preset_that_the_learner_renamed_is_still_ours(garden: Garden) -> None:
    garden.push()
    garden.do(changed("Garden", lambda preset: preset.update(name="Slow")))

    garden.edit("deck.yml", "7", "9")
    garden.push()

    assert limits(garden)["Garden"] == ("Slow", 9, 300, 3)


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [("{", "{preset: Quick, ", "Quick"), ("Garden", "Botany", "Botany")],
    ids=["preset", "deck"],
)
def test_another_name_renames_the_preset_and_keeps_what_the_learner_changed(
    garden: Garden, old: str, new: str, name: str
) -> None:
    garden.push()
    garden.do(changed("Garden", five_a_day))
    garden.do(on_default("Garden::Plants::Herbs"))
    garden.edit("deck.yml", old, new)

    assert garden.push()["found"]["preset"]["name"] == name

    there = limits(garden)
    herbs = next(deck for deck in there if deck.endswith("Herbs"))
    assert there.pop(herbs) == DEFAULT
    assert {*there.values()} == {DEFAULT, (name, 5, 300, 3)}
    assert garden.push()["found"]["preset"] is None


def test_a_name_that_another_preset_has_is_that_preset(garden: Garden) -> None:
    garden.push()
    garden.do(on_default("Garden::Plants::Herbs"))
    garden.do(theirs)
    garden.edit("deck.yml", "{", "{preset: Mine, ")

    garden.push()

    there = limits(garden)
    assert there["Garden::Plants::Herbs"] == DEFAULT
    assert there["Garden"] == there["Garden::Plants::Trees"] == MINE
    assert garden.push()["found"]["preset"] is None


def test_a_limit_that_the_learner_set_before_the_settings_did_stays(garden: Garden) -> None:
    garden.edit("deck.yml", "reviews_per_day: 300, ", "")
    garden.push()
    garden.do(changed("Garden", hundred_reviews))

    garden.edit("deck.yml", "7", "8, reviews_per_day: 300")
    garden.push()

    assert limits(garden)["Garden"] == ("Garden", 8, 100, 3)


def test_no_preset_is_made_where_the_learner_gave_all_decks_another(garden: Garden) -> None:
    garden.push()
    garden.do(theirs)
    for deck in limits(garden).keys() - {"Default"}:
        garden.do(on_preset(deck, "Mine"))

    assert garden.push()["found"]["preset"] is None
    assert limits(garden)["Garden::Plants"] == MINE


def theirs(collection: Collection) -> None:
    """Make a preset, and a deck that uses it."""
    id_ = collection.decks.add_config_returning_id("Mine")
    preset = collection.decks.get_config(id_)
    assert preset
    preset["new"]["perDay"] = 3
    collection.decks.update_config(preset)
    collection.decks.id("Verbs")
    on_preset("Verbs", "Mine")(collection)


def test_a_preset_of_the_learner_is_used_and_not_changed(garden: Garden) -> None:
    garden.do(theirs)
    garden.write("deck.yml", "deck: Garden\noptions: {preset: Mine, new_per_day: 7}\n")

    garden.push()

    there = limits(garden)
    assert there["Garden"] == there["Verbs"] == MINE
    garden.edit("deck.yml", "7", "8")
    assert garden.push()["found"]["preset"] is None


def test_an_import_brings_the_options_if_presets_are_asked_for(garden: Garden) -> None:
    with_presets = ImportAnkiPackageOptions(with_deck_configs=True)
    imported(garden)
    assert {*limits(garden).values()} == {DEFAULT}

    imported(garden, with_presets)
    there = limits(garden)
    assert there.pop("Default") == DEFAULT
    assert {*there.values()} == {OURS}

    garden.do(changed("Garden", five_a_day))
    imported(garden, with_presets)
    assert limits(garden)["Garden::Plants"] == ("Garden", 5, 300, 3)
    garden.push()
    assert limits(garden)["Garden::Plants"] == ("Garden", 5, 300, 3)

    garden.edit("deck.yml", "7", "9")
    imported(garden, with_presets)
    assert limits(garden)["Garden::Plants"] == ("Garden", 9, 300, 3)


def imported(garden: Garden, options: ImportAnkiPackageOptions | None = None) -> None:
    build = garden.folder.parent / "build"
    assert run(["build", str(garden.folder), "-o", str(build)]) == 0
    with collection_in(garden.file) as collection:
        request = ImportAnkiPackageRequest(
            package_path=str(build / "garden.apkg"), options=options or ImportAnkiPackageOptions()
        )
        collection.import_anki_package(request)


@pytest.mark.parametrize("most_writes", range(8))
def test_a_push_that_is_stopped_gives_the_options_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most_writes: int
) -> None:
    folder, file = tmp_path / "garden", tmp_path / "collection.anki2"
    folder.mkdir()

    def stopped(file: Path, words: Sequence[str]) -> Any:
        with standing_in(file, limit=Limit(most_writes)) as address:
            return said_by([*words, "--anki", address])

    garden = Garden(folder, file, stopped, monkeypatch)
    garden.write("deck.yml", SETTINGS)
    garden.write("plants.md", PLANTS)
    garden.do(lambda _: None)
    garden.push(is_checked=False)

    garden.way = WAYS["connected"]
    garden.push()

    there = limits(garden)
    assert there.pop("Default") == DEFAULT
    assert len(there) == 4
    assert {*there.values()} == {OURS}
    assert garden.push()["found"]["preset"] is None

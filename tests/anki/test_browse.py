"""The searches that are printed find in the real Browse the notes that are meant, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest
from anki.collection import Collection

from cardwright.build import Built
from cardwright.changes.browse import id_search, moved_search, retired_search
from cardwright.identify import Identified
from cardwright.model import Guid
from tests.anki.garden import Garden

LONGEST = 120


@pytest.fixture
def large(garden: Garden) -> Garden:
    """Three files of thirty questions and one of cloze notes, imported, each a subdeck."""
    for name in ("leaf_a", "leaf-a", "Stems"):
        garden.write(f"{name}.md", topic(name))
    hidden = (f"C: The [organ {n}] is one of many.\n" for n in range(30))
    garden.write("Gaps.md", "# Gaps\n\n" + "\n".join(hidden))
    assert garden.build_and_import() == {"new": 120}
    return garden


def topic(name: str) -> str:
    questions = (f"## What is {name} {n}?\n\nAnswer {n} of {name}.\n" for n in range(30))
    return f"# {name}\n\n" + "\n".join(questions)


def identified(built: Built) -> Identified:
    assert built.assembly.identified is not None, built.diagnostics
    return built.assembly.identified


def found(collection: Collection, search: str) -> set[str]:
    return {collection.get_note(id_)["Id"] for id_ in collection.find_notes(search)}


@pytest.mark.parametrize("count", [1, 20, 21, 1_500, 4_500])
def test_a_search_by_ids_finds_them_whatever_their_number(large: Garden, count: int) -> None:
    guids = identified(large.build()).changes.unchanged[:count]
    more = [Guid(f"{number:013}") for number in range(count - len(guids))]

    assert found(large.collection, id_search((*more, *guids))) == {*guids}


def test_no_notes_have_no_search() -> None:
    assert id_search([]) == ""


def test_a_file_that_is_gone_is_found_by_its_tag(large: Garden) -> None:
    (large.folder / "leaf_a.md").unlink()
    large.write("Stems.md", topic("Stems").replace("## What is Stems 3?", "## How so?"))
    built = large.build()
    retired = identified(built).changes.retired
    assert len(retired) >= 30

    search = retired_search(identified(built), built.old)

    assert len(search) < LONGEST
    assert found(large.collection, search) == {*retired}
    large.import_package(built.content)
    assert found(large.collection, search) == {*retired}


def test_notes_whose_tags_others_have_too_are_found_by_their_ids(large: Garden) -> None:
    head, *questions = topic("Stems").split("\n## ")
    large.write("Stems.md", "\n## ".join((head, *questions[25:])))
    built = large.build()
    retired = identified(built).changes.retired
    assert len(retired) == 25

    search = retired_search(identified(built), built.old)

    assert search == id_search(retired)
    assert found(large.collection, search) == {*retired}


def test_what_moved_out_of_a_file_that_is_gone_is_not_found_with_it(large: Garden) -> None:
    one = "## What is leaf_a 3?\n\nAnswer 3 of leaf_a.\n"
    (large.folder / "leaf_a.md").unlink()
    large.write("Stems.md", topic("Stems") + "\n" + one)
    built = large.build()
    retired = identified(built).changes.retired
    assert len(retired) == 29

    search = retired_search(identified(built), built.old)

    assert found(large.collection, search) == {*retired}


def test_a_package_that_is_not_there_leaves_the_ids(large: Garden, tmp_path: Path) -> None:
    (tmp_path / "build" / "garden.apkg").unlink()
    (large.folder / "leaf_a.md").unlink()
    built = large.build()
    retired = identified(built).changes.retired

    search = retired_search(identified(built), built.old)

    assert found(large.collection, search) == {*retired}


@pytest.mark.parametrize("name", ["Park", "none", "re: Park", "A_B * (C) \\ D", "Garden::Park"])
def test_a_deck_with_another_name_is_found_whole(large: Garden, name: str) -> None:
    large.write("deck.yml", f"deck: '{name}'\n")
    built = large.build()
    moved = identified(built).changes.left_behind
    assert len(moved) == 120

    search = moved_search(moved, identified(built), built.old)

    large.import_package(built.content)
    assert found(large.collection, search) == {*moved}
    if name == "Park":
        assert len(search) < LONGEST


def test_each_file_of_a_deck_with_another_name_is_found(large: Garden) -> None:
    large.write("deck.yml", "deck: Park\n")
    built = large.build()
    large.import_package(built.content)
    for name in ("leaf_a", "leaf-a", "Stems", "Gaps"):
        guids = [note.guid for note in identified(built).notes if note.deck.endswith(name)]
        assert len(guids) == 30

        search = moved_search(guids, identified(built), built.old)

        assert len(search) < LONGEST
        assert found(large.collection, search) == {*guids}


def test_a_file_with_another_title_is_found(large: Garden) -> None:
    large.write("Stems.md", topic("Stems").replace("# Stems\n", "# Trunks\n", 1))
    built = large.build()
    moved = identified(built).changes.left_behind
    assert len(moved) == 30

    search = moved_search(moved, identified(built), built.old)

    large.import_package(built.content)
    assert len(search) < LONGEST
    assert found(large.collection, search) == {*moved}

"""The searches that are printed find in the real Browse the notes that are meant, and no others."""

from __future__ import annotations

import pytest
from anki.collection import Collection

from cardwright.building import Built
from cardwright.changes.browse import id_search
from cardwright.identify import Identified
from cardwright.model import Guid
from tests.anki.garden import Garden
from tests.notes import bytes_of


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


def test_a_note_that_moved_at_a_build_that_was_missed_is_not_found_with_the_retired(
    large: Garden,
) -> None:
    one = "## What is leaf_a 3?\n\nAnswer 3 of leaf_a.\n"
    large.write("leaf_a.md", topic("leaf_a").replace(one, ""))
    large.write("Stems.md", topic("Stems") + "\n" + one)
    large.build()
    (large.folder / "leaf_a.md").unlink()
    built = large.build()
    retired = identified(built).changes.retired
    assert len(retired) == 29

    assert found(large.collection, id_search(retired)) == {*retired}
    large.import_package(bytes_of(built))
    assert found(large.collection, id_search(retired)) == {*retired}


def test_a_search_finds_all_notes_of_a_renamed_deck(large: Garden) -> None:
    large.write("deck.yml", "deck: Park\n")
    built = large.build()
    moved = identified(built).changes.left_behind
    assert len(moved) == 120

    assert found(large.collection, id_search(moved)) == {*moved}


def test_a_formula_of_an_answer_is_found_by_its_tex(garden: Garden) -> None:
    garden.write("a.md", "# A\n\n## What is it?\n\nIt is $\\tilde x \\le 1$.\n\n## And b?\n\nNo.\n")
    garden.build_and_import()

    for search in (r"re:\\tilde", r"\\tilde", r're:"\\tilde x \\le 1"', r"Answer:re:\\tilde"):
        assert len(garden.collection.find_notes(search)) == 1, search

"""A file that is copied keeps its title, and its notes are left alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cardwright.building import build_deck
from cardwright.filing import Topic, kept_titles, names_before
from cardwright.identify import Identified
from cardwright.lock import KeptTitle, Lock
from cardwright.lock.text import format_lock, parse_lock
from cardwright.model import DeckName, SourceFile
from cardwright.pipeline import Options
from tests.test_lock import entry
from tests.work import calls_of, grows_evenly

PLANTS = """# Plants

### What is a leaf?

An organ.

### What is a root?

It drinks.
"""


class Folder:
    """A deck on the disk that is built again and again."""

    def __init__(self, folder: Path, settings: str) -> None:
        folder.mkdir()
        self.folder = folder
        self.now = 1_700_000_000
        self.write("deck.yml", f"deck: Root\n{settings}")

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, "utf-8")

    def remove(self, name: str) -> None:
        (self.folder / name).unlink()

    def build(self) -> Identified:
        self.now += 100
        built = build_deck(self.folder, self.folder.parent / "build", Options(self.now))
        assert built.package is not None, built.diagnostics
        assert built.assembly.identified is not None
        return built.assembly.identified

    def of(self, name: str) -> list[tuple[str, int, str, tuple[str, ...]]]:
        """GUID, time, deck and tags of the notes of a file."""
        built = self.build()
        return [
            (note.guid, note.mod, note.deck, note.tags)
            for note, identity in zip(built.notes, built.identities, strict=True)
            if identity.entry.file == name
        ]


@pytest.fixture(params=["", "subdecks: none\n", "subdecks: folder\n", "subdecks: section\n"])
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> Folder:
    return Folder(tmp_path / "content", request.param)


@pytest.mark.parametrize("copy", ["a copy.md", "z.md", "Plants.md"])
def test_a_copy_and_its_removal_leave_the_notes_of_the_first_alone(
    folder: Folder, copy: str
) -> None:
    folder.write("leaves.md", PLANTS)
    before = folder.of("leaves.md")
    folder.write(copy, PLANTS)

    assert folder.of("leaves.md") == before
    assert folder.of("leaves.md") == before
    folder.remove(copy)
    assert folder.of("leaves.md") == before
    again = folder.build()
    assert len(again.changes.unchanged) == 2
    assert again.lock.titles == ()


def test_two_copies_in_a_row_change_no_note_of_the_first(folder: Folder) -> None:
    folder.write("leaves.md", PLANTS)
    before = folder.of("leaves.md")
    folder.write("b.md", PLANTS)
    copied = folder.of("b.md")
    folder.write("a.md", PLANTS)

    assert folder.of("leaves.md") == before
    assert folder.of("b.md") == copied
    folder.remove("b.md")
    assert folder.of("leaves.md") == before


def test_a_copy_that_comes_back_is_the_same_notes(folder: Folder) -> None:
    folder.write("leaves.md", PLANTS)
    folder.build()
    folder.write("b.md", PLANTS)
    copied = folder.of("b.md")
    folder.remove("b.md")
    folder.build()
    folder.write("c.md", PLANTS)

    assert [guid for guid, *_ in folder.of("c.md")] == [guid for guid, *_ in copied]


def test_the_first_can_be_renamed_beside_its_copy(folder: Folder) -> None:
    folder.write("leaves.md", PLANTS)
    folder.write("moss.md", "# Moss\n\n### What is moss?\n\nA plant.\n")
    before = folder.of("leaves.md")
    folder.write("b.md", PLANTS)
    copied = folder.of("b.md")
    (folder.folder / "leaves.md").rename(folder.folder / "zebra.md")

    assert folder.of("zebra.md") == before
    assert folder.of("b.md") == copied
    folder.remove("b.md")
    assert folder.of("zebra.md") == before


def test_a_copy_and_a_rename_at_once_leave_the_notes_alone(folder: Folder) -> None:
    folder.write("leaves.md", PLANTS)
    before = folder.of("leaves.md")
    folder.write("b.md", PLANTS)
    folder.write("c.md", PLANTS)
    folder.remove("leaves.md")

    assert folder.of("b.md") == before


def test_another_file_of_that_title_is_as_good_as_a_copy(folder: Folder) -> None:
    folder.write("leaves.md", PLANTS)
    before = folder.of("leaves.md")
    folder.write("a.md", "# Plants\n\n### What is moss?\n\nA plant.\n")

    assert folder.of("leaves.md") == before


def test_a_file_keeps_only_one_title(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "content", "")
    folder.write("leaves.md", PLANTS)
    folder.write("mosses.md", "# Mosses\n\n### What is moss?\n\nA plant.\n")
    before = folder.of("mosses.md")
    folder.write("b.md", PLANTS)
    folder.build()
    folder.write("leaves.md", PLANTS.replace("Plants", "Mosses"))

    assert folder.of("mosses.md") == before


def test_two_files_of_one_title_from_the_first_build_on_both_have_their_names(
    folder: Folder,
) -> None:
    folder.write("a.md", PLANTS)
    folder.write("b.md", "# Plants\n\n### What is moss?\n\nA plant.\n")

    first = folder.build()

    assert {note.tags[-1] for note in first.notes} == {"Root::a", "Root::b"}
    assert first.lock.titles == ()
    assert len(folder.build().changes.unchanged) == 3


def test_two_files_for_which_branches_kept_a_title_both_lose_it(folder: Folder) -> None:
    lock = Lock("salt", titles=(KeptTitle("plants", "a.md"), KeptTitle("plants", "b.md")))
    text = format_lock(lock)

    assert text.startswith('{"lock": 4, ')
    assert '\n\n{"title": "plants", "file": "a.md"}\n\n{"title": "plants", ' in text
    once = Lock("salt", titles=lock.titles[:1])
    assert parse_lock(text.replace('"b.md"', '"a.md"'), "x") == (once, ())
    folder.write("a.md", PLANTS)
    folder.write("b.md", PLANTS)
    (folder.folder / "deck.lock").write_text(text)
    assert {note.tags[-1] for note in folder.build().notes} == {"Root::a", "Root::b"}


def test_many_renamed_files_do_not_take_the_square_of_their_number() -> None:
    def work(size: int) -> int:
        names = [str(number) for number in range(10 * size)]
        fronts = {f"new/{name}.md": {f"What is {name}?", "Summary"} for name in names}
        topics = [Topic(SourceFile(path, ()), "Leaf", "file") for path in fronts]
        root = DeckName("Garden")
        entries = tuple(
            replace(entry(name, front), file=path.replace("new", "old"))
            for name, (path, asked) in zip(names, fronts.items(), strict=True)
            for front in sorted(asked)
        )
        lock = Lock("p", "Garden", entries=entries)
        return calls_of(
            lambda: kept_titles(topics, fronts, names_before(fronts, entries), lock, root)
        )

    assert grows_evenly(work, 10)

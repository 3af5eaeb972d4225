"""Every kind of edit that an author makes, with the real importer on the other side.

Each begins with a deck that was imported and studied: every card answered once, one suspended,
one flagged, one moved to a deck of the learner's, one note with words and a tag of the learner's.
After the edit and the next import the importer's counts are what they should be, every old note
is the one that it was, and no schedule has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO

import pytest
from PIL import Image as Pixels

from tests.anki.garden import Garden

pytestmark = pytest.mark.slow  # its tests start programs, or talk to one

PLANTS = r"""# Plants

## Parts

### 1. What is a leaf?

An organ that makes sugar of $u_{<t}$ and light.

### 2. What is a root?

The part under the ground that takes up water and holds the plant.

### 3. What is a stem?

It carries the leaves, and water between them and the root.

## Kinds

### 4. What is a moss?

A small plant without roots that drinks with its leaves and grows where it is wet.

### 5. What is a fern?

![a frond](fern.png) It has fronds and spores, and never a flower.
"""
WATER = """# Water

### What is dew?

Water from the air that gathers on cold leaves in the night.

### What is sap?

The water in a plant, with whatever it carries up and down.
"""
LIGHT = WATER.replace("# Water", "# Light").replace("What is dew?", "What is shade?")
OUTPUTS = "# Outputs\n\n" + "\n\n".join(
    f"### What is the output?\n\n```js\ngrow({n})\n```\n\nIt prints {word} lines and stops."
    for n, word in enumerate(["no", "two", "three", "five", "seven", "eleven"])
)
TOTAL = 5 + 2 + 2 + 6


def picture(colour: str) -> bytes:
    written = BytesIO()
    Pixels.new("RGB", (20, 20), colour).save(written, "PNG")
    return written.getvalue()


@pytest.fixture(autouse=True)
def studied(garden: Garden) -> None:
    garden.write("plants.md", PLANTS)
    (garden.folder / "fern.png").write_bytes(picture("green"))
    garden.write("soil/water.md", WATER)
    garden.write("soil/light.md", LIGHT)
    garden.write("outputs.md", OUTPUTS)
    assert garden.build_and_import() == {"new": TOTAL}
    garden.study_everything()
    (mine,) = garden.collection.find_notes('"Plain:What is shade?"')
    note = garden.collection.get_note(mine)
    note["Spare2"] = "my own words"
    note.tags.append("mine")
    garden.collection.update_note(note)


@dataclass(frozen=True)
class Kind:
    """An edit, and how many notes the import then adds and updates.

    ``fronts`` are the new plain fronts of old notes by their old ones; ``is_mine_kept`` is false
    where the edit concerns the note that the learner wrote on.
    """

    edit: Callable[[Garden], None]
    new: int = 0
    updated: int = 0
    fronts: Mapping[str, str] = field(default_factory=dict)
    retired: int = 0
    is_mine_kept: bool = True


def replaced(name: str, old: str, new: str) -> Callable[[Garden], None]:
    return lambda garden: garden.edit(name, old, new)


def reordered(garden: Garden) -> None:
    head, *questions = PLANTS.partition("## Kinds")[0].split("### ")
    tail = PLANTS.partition("## Kinds")[2]
    garden.write("plants.md", f"{head}### {'### '.join(questions[::-1])}## Kinds{tail}")


def moved_to_another_file(garden: Garden) -> None:
    start = PLANTS.index("### 2.")
    root = PLANTS[start : PLANTS.index("### 3.")]
    garden.write("plants.md", PLANTS.replace(root, ""))
    garden.write("soil/water.md", f"{WATER}\n{root}")


def moved_and_reworded(garden: Garden) -> None:
    moved_to_another_file(garden)
    garden.edit("soil/water.md", "What is a root?", "Which part of a plant do we call root?")


def renamed(old: str, new: str) -> Callable[[Garden], None]:
    def edit(garden: Garden) -> None:
        (garden.folder / old).rename(garden.folder / new)

    return edit


def renumbered(garden: Garden) -> None:
    for number in range(1, 6):
        garden.edit("plants.md", f"### {number}.", f"### Q{number + 7}:")


def inserted_between_look_alikes(garden: Garden) -> None:
    at = "### What is the output?\n\n```js\ngrow(3)"
    more = "### What is the output?\n\n```js\nwilt()\n```\n\nNothing at all.\n\n"
    garden.edit("outputs.md", at, more + at)


def swapped_answers(garden: Garden) -> None:
    text = garden.read("plants.md")
    root = "The part under the ground that takes up water and holds the plant."
    stem = "It carries the leaves, and water between them and the root."
    swapped = text.replace(root, "@").replace(stem, root).replace("@", stem)
    garden.write("plants.md", swapped)


def spaced_otherwise(garden: Garden) -> None:
    for name in ("plants.md", "soil/water.md", "outputs.md"):
        path = garden.folder / name
        text = path.read_text(encoding="utf-8").replace("\n\n###", "\n\n\n\n###")
        path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())


def another_picture(garden: Garden) -> None:
    (garden.folder / "fern.png").write_bytes(picture("brown"))


def image_renamed(garden: Garden) -> None:
    (garden.folder / "fern.png").rename(garden.folder / "frond.png")
    garden.edit("plants.md", "fern.png", "frond.png")


def copied(garden: Garden) -> None:
    garden.write("soil/a copy of water.md", WATER)


def renamed_and_back(garden: Garden) -> None:
    garden.edit("plants.md", "## Kinds", "## Families")
    assert garden.build_and_import() == {"updated": 2, "duplicate": TOTAL - 2}
    garden.edit("plants.md", "## Families", "## Kinds")


def deleted(garden: Garden) -> None:
    garden.write("plants.md", PLANTS[: PLANTS.index("### 5.")])


def deleted_and_returned(garden: Garden) -> None:
    deleted(garden)
    assert garden.build_and_import() == {"duplicate": TOTAL - 1}
    garden.write("plants.md", PLANTS)


def joined(garden: Garden) -> None:
    """The answer of the stem goes to the root, whose question stays."""
    garden.edit("plants.md", "\n### 3. What is a stem?\n", "")


ROOT = "### 2. What is a root?"
KINDS = {
    "a typo": Kind(
        replaced("plants.md", "What is a root?", "What is a raot?"),
        updated=1,
        fronts={"What is a root?": "What is a raot?"},
    ),
    "a rewording": Kind(
        replaced("plants.md", "What is a root?", "Which part of a plant drinks?"),
        updated=1,
        fronts={"What is a root?": "Which part of a plant drinks?"},
    ),
    "a new answer": Kind(
        replaced("plants.md", "The part under the ground that", "Whatever"), updated=1
    ),
    "both": Kind(
        replaced(
            "plants.md",
            f"{ROOT}\n\nThe part under the ground",
            "### 2. Say what roots are\n\nThe part below the ground",
        ),
        updated=1,
        fronts={"What is a root?": "Say what roots are"},
    ),
    "a new order": Kind(reordered),
    "a move to another file": Kind(moved_to_another_file, updated=1),
    "a move and a rewording": Kind(
        moved_and_reworded,
        updated=1,
        fronts={"What is a root?": "Which part of a plant do we call root?"},
    ),
    "a file renamed": Kind(renamed("plants.md", "a-plants.md")),
    "a folder renamed": Kind(renamed("soil", "earth"), updated=4, is_mine_kept=False),
    "a topic renamed": Kind(replaced("plants.md", "# Plants", "# Green things"), updated=5),
    "a section renamed": Kind(replaced("plants.md", "## Kinds", "## Families"), updated=2),
    "the deck renamed": Kind(
        replaced("deck.yml", "Garden", "Park"), updated=TOTAL, is_mine_kept=False
    ),
    "other numbers": Kind(renumbered),
    "an insertion between look-alikes": Kind(inserted_between_look_alikes, new=1),
    "one of two identical questions edited": Kind(
        replaced("soil/water.md", "The water in a plant", "All that flows in a plant"), updated=1
    ),
    "one of two identical questions reworded": Kind(
        replaced("soil/water.md", "What is sap?", "What flows in a plant?"),
        updated=1,
        fronts={"What is sap?": "What flows in a plant?"},
    ),
    "a deletion": Kind(deleted, retired=1),
    "a deletion and a return": Kind(deleted_and_returned),
    "two questions made one": Kind(joined, updated=1, retired=1),
    "answers swapped": Kind(swapped_answers, updated=2),
    "white space, line ends and a BOM": Kind(spaced_otherwise),
    "tags": Kind(lambda g: g.write("plants.md", f"---\ntags: [green]\n---\n{PLANTS}"), updated=5),
    "another image under the old name": Kind(another_picture, updated=1),
    "an id added": Kind(replaced("plants.md", ROOT, f"{ROOT} {{#root}}")),
    "a formula spelled otherwise": Kind(replaced("plants.md", "$u_{<t}$", r"\(u_{<t }\)")),
    "blanks at the ends of lines": Kind(
        replaced("plants.md", "holds the plant.", "holds the plant. ")
    ),
    "another name of an image": Kind(image_renamed),
    "a copy of a file": Kind(copied, new=2),
    "a section renamed and named again": Kind(renamed_and_back, updated=2),
}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_an_edit_keeps_every_note_and_schedule(garden: Garden, kind: Kind) -> None:
    before = garden.fronts()

    kind.edit(garden)
    counts = garden.build_and_import()

    expected = {
        "new": kind.new,
        "updated": kind.updated,
        "duplicate": TOTAL - kind.retired - kind.updated,
    }
    assert counts == {outcome: count for outcome, count in expected.items() if count}
    after = garden.fronts()
    assert len(after) == TOTAL + kind.new
    changed = [(before[guid], after[guid]) for guid in before if before[guid] != after[guid]]
    assert changed == list(kind.fronts.items())
    assert has_mine(garden) == kind.is_mine_kept


def has_mine(garden: Garden) -> bool:
    (found,) = garden.collection.find_notes('"Plain:What is shade?"')
    note = garden.collection.get_note(found)
    return note["Spare2"] == "my own words" and "mine" in note.tags


def test_a_copy_that_is_removed_again_leaves_all_as_it_was(garden: Garden) -> None:
    before = garden.fronts()
    copied(garden)
    assert garden.build_and_import() == {"new": 2, "duplicate": TOTAL}
    (garden.folder / "soil/a copy of water.md").unlink()

    assert garden.build_and_import() == {"duplicate": TOTAL}

    assert before.items() <= garden.fronts().items()
    assert has_mine(garden)


def test_text_under_an_id_can_change_altogether(garden: Garden) -> None:
    garden.edit("plants.md", ROOT, f"{ROOT} {{#root}}")
    assert garden.build_and_import() == {"duplicate": TOTAL}
    text = garden.read("plants.md")
    start, end = text.index(ROOT), text.index("### 3.")

    garden.write("plants.md", f"{text[:start]}### Mycelium? {{#root}}\n\nFungi.\n\n{text[end:]}")

    assert garden.build_and_import() == {"updated": 1, "duplicate": TOTAL - 1}
    assert "Mycelium?" in garden.fronts().values()
    assert "What is a root?" not in garden.fronts().values()


def test_a_question_that_became_two_is_asked_about_and_then_new(garden: Garden) -> None:
    start, end = PLANTS.index(ROOT), PLANTS.index("### 3.")
    parts = (
        "### What does a root take up?\n\nThe part under the ground that takes up water\n\n"
        "### What does a root hold?\n\nThe part under the ground that holds the plant.\n\n"
    )
    garden.write("plants.md", PLANTS[:start] + parts + PLANTS[end:])

    refused = garden.build()
    assert [problem.code.code for problem in refused.diagnostics] == ["LK606"]
    counts = garden.build_and_import(is_accepting_new=True)

    assert counts == {"new": 2, "duplicate": TOTAL - 1}
    assert "What is a root?" in garden.fronts().values()


def test_all_look_alikes_can_be_edited_at_once(garden: Garden) -> None:
    garden.edit("outputs.md", " lines and stops.", " lines, and after that it stops.")

    assert garden.build_and_import() == {"updated": 6, "duplicate": TOTAL - 6}

"""What a build names that an import cannot do, until it is said to be done."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cardwright.cli import run
from cardwright.lock.deliveries import mark_delivered
from cardwright.lock.text import format_lock, parse_lock

LEAF = "### What is a leaf?\n\nAn organ of light.\n\n"
VEIN = "### What is a vein?\n\nA pipe in the leaf.\n\n"
SAP = "### What is sap?\n\nThe water of plants, with sugar in it.\n\n"
ROOT = "### What is a root?\n\nThe part that drinks.\n\n"

Capture = pytest.CaptureFixture[str]


class Garden:
    """A deck of two files whose builds are read."""

    def __init__(self, capsys: Capture) -> None:
        self.capsys = capsys
        self.folder = Path("garden")
        self.folder.mkdir()
        self.write(leaves=LEAF + VEIN + SAP, roots=ROOT)
        assert self.build() == []

    def write(self, **topics: str) -> None:
        for name, questions in topics.items():
            text = f"# {name.title()}\n\n{questions}"
            (self.folder / f"{name}.md").write_text(text, "utf-8")

    def said(self, *words: str) -> list[str]:
        self.capsys.readouterr()
        assert run([*words]) == 0
        return self.capsys.readouterr().out.splitlines()

    def build(self) -> list[str]:
        """What a build says after its counts, GUIDs left out."""
        _, *lines = self.said("build", "garden")
        return [re.sub("[a-z0-9]{13}", "…", line) for line in lines]

    def pending(self) -> dict[str, list[object]]:
        found: dict[str, list[object]] = json.loads("".join(self.said("build", "garden", "--json")))
        assert (
            found["pending"]
            == json.loads("".join(self.said("plan", "garden", "--json")))["pending"]
        )
        return found["pending"]  # type: ignore[return-value]


@pytest.fixture
def garden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Garden:
    monkeypatch.chdir(tmp_path)
    return Garden(capsys)


HEAD = "only if you imported an earlier build, do this in Anki:"
END = (
    "  then run 'cardwright lock --delivered garden'; "
    "or let 'cardwright push garden' do all of this"
)
MOVED = "  move 1 note to 'garden::Roots' (Cards > Change Deck); in Browse, search \"Id:…\""


def test_a_move_is_named_at_each_build_until_it_is_done(garden: Garden) -> None:
    garden.write(leaves=LEAF + SAP, roots=ROOT + VEIN)

    assert garden.build() == [HEAD, MOVED, END]
    assert garden.build() == [HEAD, MOVED, END]
    planned = garden.said("plan", "garden")
    assert "by hand in Anki, after the import" in planned
    assert "nothing would change" in planned
    (move,) = garden.pending()["moved"]
    assert isinstance(move, dict)
    assert (move["from"], move["to"]) == ("garden::Leaves", "garden::Roots")

    done = garden.said("lock", "--delivered", "garden")
    assert done == ["garden/deck.lock: noted as done in Anki: 1 note moved"]
    assert garden.build() == []
    assert garden.said("plan", "garden", "--exit-code")[0] == "nothing would change"
    assert garden.pending() == {"retired": [], "moved": [], "returned": []}


def test_a_move_back_is_nothing_to_do(garden: Garden) -> None:
    garden.write(leaves=LEAF + SAP, roots=ROOT + VEIN)
    garden.build()
    garden.write(leaves=LEAF + VEIN + SAP, roots=ROOT)

    assert garden.build() == []


def test_retired_notes_of_earlier_builds_are_named_after_those_of_this_one(garden: Garden) -> None:
    garden.write(leaves=LEAF + SAP)
    garden.build()
    garden.write(leaves=LEAF)

    assert garden.build() == [
        HEAD,
        '  delete 2 retired notes; in Browse, search "Id:…" OR "Id:…"',
        "    'What is sap?' {#…}",
        "    'What is a vein?' {#…}",
        END,
    ]
    assert len(garden.pending()["retired"]) == 2


def test_a_retired_note_that_came_back_is_named_once_and_pending_until_it_is_done(
    garden: Garden,
) -> None:
    garden.write(leaves=LEAF + VEIN)
    garden.build()
    garden.said("lock", "--delivered", "garden")
    garden.write(leaves=LEAF + VEIN + SAP)

    (said,) = garden.build()
    assert said.startswith("1 note asked again: ")
    assert garden.build() == []
    assert len(garden.pending()["returned"]) == 1
    done = garden.said("lock", "--delivered", "garden")
    assert done == ["garden/deck.lock: noted as done in Anki: 1 note came back"]


def test_a_delivery_of_nothing_is_noted_once(garden: Garden) -> None:
    lock = garden.folder / "deck.lock"
    said = "garden/deck.lock: noted as done in Anki: nothing was left to do"
    assert garden.said("lock", "--delivered", "garden") == [said]
    before = lock.read_bytes()
    assert b'{"delivered": ""' in before

    assert garden.said("lock", "--delivered", "garden") == [said]
    assert lock.read_bytes() == before
    assert garden.build() == []
    assert lock.read_bytes() == before
    assert garden.said("build", "garden", "--locked")


def test_a_delivery_does_not_change_the_package(garden: Garden) -> None:
    garden.write(leaves=LEAF + SAP, roots=ROOT + VEIN)
    garden.build()
    (package,) = Path("build").glob("*.apkg")
    before = package.read_bytes()
    garden.said("lock", "--delivered", "garden")

    garden.build()

    assert package.read_bytes() == before


def test_a_deck_can_still_be_renamed_after_new_notes_were_built(garden: Garden) -> None:
    garden.said("lock", "--delivered", "garden")
    (garden.folder / "deck.yml").write_text("deck: Park\n")
    rename = "  before the import, rename the deck 'garden' to 'Park': no card has to move then"
    assert rename in garden.build()
    garden.write(moss="### What is moss?\n\nA plant.\n")

    assert rename in garden.build()
    assert rename in garden.build()
    garden.said("lock", "--delivered", "garden")
    assert garden.build() == []


def test_somebody_who_pushes_is_not_asked_to_do_it_by_hand(garden: Garden) -> None:
    path = garden.folder / "deck.lock"
    lock, _ = parse_lock(path.read_text("utf-8"), "deck.lock")
    assert lock is not None
    path.write_text(format_lock(mark_delivered(lock, "1700000000000", 1)), "utf-8")
    garden.write(leaves=LEAF + SAP, roots=ROOT + VEIN)

    end = (
        "  run 'cardwright push garden', which does all of this; "
        "or do it by hand, then 'cardwright lock --delivered garden'"
    )
    assert garden.build() == [HEAD, MOVED, end]
    garden.said("lock", "--delivered", "garden")
    assert garden.build() == []


def test_much_of_earlier_builds_is_short(garden: Garden) -> None:
    many = {f"t{n}": f"### What is t{n}?\n\nIt is {n}.\n\n" for n in range(9)}
    old = "".join(f"### What is old {n}?\n\nIt was {n} of them.\n\n" for n in range(30))
    moving = "".join(f"### What is m{n}?\n\nIt moves to {n}.\n\n" for n in range(9))
    garden.write(leaves=LEAF + old + moving, roots=ROOT, **many)
    garden.build()
    garden.said("lock", "--delivered", "garden")
    for n in range(9):
        many[f"t{n}"] += f"### What is m{n}?\n\nIt moves to {n}.\n\n"
    garden.write(leaves=LEAF, **many)

    first = garden.build()
    again = garden.build()

    assert len([line for line in first if "move 1 note" in line]) == 9, "each deck is named"
    assert first[1].startswith("  delete 30 retired notes; in Browse, search ")
    assert (
        again[1] == "  delete 30 retired notes; 'cardwright plan garden' has the search for Browse"
    )
    assert again[7] == "    and 25 more; 'cardwright plan garden --retired' lists them"
    assert again[8:13] == first[8:13]
    assert again[13:] == [
        "  move 4 more notes of earlier builds, as 'cardwright plan garden' says",
        END,
    ]
    planned = garden.said("plan", "garden")
    assert len([line for line in planned if line.startswith("  move 1 note to")]) == 9


def test_an_answer_that_comes_back_names_the_retired_note(garden: Garden) -> None:
    garden.write(leaves=LEAF + VEIN)
    garden.build()
    garden.said("lock", "--delivered", "garden")
    garden.write(leaves=LEAF + VEIN, roots=ROOT + SAP.replace("What is sap", "Which liquid rises"))

    planned = garden.said("plan", "garden")
    assert any("perhaps   'What is sap?' in other words: then write {#" in line for line in planned)
    _, *said = garden.said("build", "garden")

    assert said[:2] == [
        "1 new question has the answer of a retired note",
        "  'Which liquid rises?', garden/roots.md:7",
    ]
    claim = re.search(r"\{#[a-z0-9]{13}\}", said[2])
    assert claim is not None
    assert said[2] == (
        f"    if it is 'What is sap?', write {claim[0]} at the end of it and build again: it keeps "
        "its reviews"
    )
    text = (garden.folder / "roots.md").read_text("utf-8")
    (garden.folder / "roots.md").write_text(text.replace("rises?", f"rises? {claim[0]}"), "utf-8")
    assert any(line.startswith("1 note asked again") for line in garden.build())


@pytest.mark.parametrize("answer", ["Yes.", ""])
def test_an_answer_without_information_names_no_retired_note(garden: Garden, answer: str) -> None:
    garden.write(leaves=LEAF, roots=ROOT + f"### Is moss a plant?\n\n{answer or '- '}\n\n")
    garden.build()
    garden.write(leaves=LEAF, roots=ROOT)
    garden.build()
    garden.write(leaves=LEAF, roots=ROOT + f"### Do ferns bloom?\n\n{answer or '- '}\n\n")

    assert not any("the answer of a retired note" in line for line in garden.build())

"""A note is changed only when both what it is made from and what comes out of it changed."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image as Pixels

from cardwright.building import Built, build_deck
from cardwright.identify import drafts
from cardwright.identify.drafts import output_of
from cardwright.lock import LockEntry
from cardwright.lock.text import format_lock, lock_from_records, parse_lock
from cardwright.pipeline import Options

PLANTS = r"""# Plants

### How long is $\dfrac12 x$ of a leaf?

It is $\frac{1}{2}\,x$ long,
and ![a frond](fern.png) is longer.

### What is a root?

It drinks *water*.
"""


def picture(colour: str) -> bytes:
    written = BytesIO()
    Pixels.new("RGB", (20, 20), colour).save(written, "PNG")
    return written.getvalue()


class Deck:
    """A deck on the disk that is built again and again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = 1_700_000_000
        (folder / "fern.png").write_bytes(picture("green"))
        self.write(PLANTS)

    def write(self, text: str) -> None:
        (self.folder / "plants.md").write_text(text, "utf-8")

    def edit(self, old: str, new: str) -> None:
        text = (self.folder / "plants.md").read_text("utf-8")
        assert old in text
        self.write(text.replace(old, new))

    def build(self) -> Built:
        self.now += 100
        built = build_deck(self.folder, self.folder.parent / "build", Options(self.now))
        assert built.package is not None, built.diagnostics
        return built

    def mods(self) -> dict[str, int]:
        """The time of each note, by a word of its front; the build must know both."""
        identified = self.build().assembly.identified
        assert identified is not None
        leaf, root = [identity.entry for identity in identified.identities]
        return {"leaf": leaf.mod, "root": root.mod}

    @property
    def lock_file(self) -> Path:
        return self.folder / "deck.lock"

    def entries(self) -> tuple[LockEntry, ...]:
        lock, problems = parse_lock(self.lock_file.read_text("utf-8"), "deck.lock")
        assert problems == ()
        assert lock is not None
        return lock.entries

    def forget_outputs(self) -> None:
        """Make the lock one from before there were outputs."""
        lock, _ = parse_lock(self.lock_file.read_text("utf-8"), "deck.lock")
        assert lock is not None
        entries = tuple(replace(entry, output="") for entry in lock.entries)
        self.lock_file.write_text(format_lock(replace(lock, entries=entries)), "utf-8")


@pytest.fixture
def deck(tmp_path: Path) -> Deck:
    (tmp_path / "plants").mkdir()
    return Deck(tmp_path / "plants")


UNSEEN = [
    (r"$\frac{1}{2}\,x$", r"$\frac12\,x$"),
    (r"$\frac{1}{2}\,x$", r"\(\frac{1}{2}\,x\)"),
    (r"$\dfrac12 x$", r"$\dfrac{1}{2}x$"),
    ("It drinks *water*.", "It drinks _water_."),
    ("It drinks *water*.", "It drinks *water*.  "),
    ("It is $", " It is $"),
    ("long,\nand", "long, \t\nand"),
    ("*water*", "*w&#97;ter*"),
    ("long,\nand", "long, and"),
]


@pytest.mark.parametrize(("old", "new"), UNSEEN)
def test_an_invisible_difference_is_no_change(deck: Deck, old: str, new: str) -> None:
    before = deck.mods()
    deck.edit(old, new)

    assert deck.mods() == before
    lock = deck.lock_file.read_bytes()
    assert deck.mods() == before
    assert deck.lock_file.read_bytes() == lock


def test_an_image_under_another_name_is_no_change(deck: Deck) -> None:
    before = deck.mods()
    (deck.folder / "fern.png").rename(deck.folder / "frond.png")
    deck.edit("fern.png", "frond.png")

    assert deck.mods() == before


def test_other_bytes_under_its_name_are_one(deck: Deck) -> None:
    before = deck.mods()
    (deck.folder / "fern.png").write_bytes(picture("red"))

    after = deck.mods()
    assert after["leaf"] > before["leaf"]
    assert after["root"] == before["root"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"$\frac{1}{2}\,x$", r"$\frac{1}{3}\,x$"),
        (r"$\dfrac12 x$", r"$\frac12 x$"),
        ("a frond", "a fern's frond"),
        ("is longer", "is **longer**"),
        ("is longer", "is `longer` \n\n```\na b\n```"),
    ],
)
def test_a_visible_difference_is_a_change(deck: Deck, old: str, new: str) -> None:
    before = deck.mods()
    deck.edit(old, new)

    after = deck.mods()
    assert after["leaf"] > before["leaf"]
    assert after["root"] == before["root"]


@pytest.mark.parametrize(
    "answer",
    ["```\na{}b\n```", "    a{}b", '<p style="white-space: pre">a{}b</p>', "$\\nope{{a{}b}}$"],
)
def test_a_line_break_counts_where_lines_matter(deck: Deck, answer: str) -> None:
    deck.edit("It drinks *water*.", f"It:\n\n{answer.format(' ')}")
    before = deck.mods()
    deck.edit(answer.format(" "), answer.format("\n" if answer[0] != " " else "\n    "))

    assert deck.mods()["root"] > before["root"]


@pytest.mark.parametrize("word", ["reverse", ".wet"])
def test_a_tag_or_a_second_card_is_a_change(deck: Deck, word: str) -> None:
    before = deck.mods()
    deck.edit("a root?", f"a root? {{{word}}}")

    after = deck.mods()
    assert after["root"] > before["root"]
    assert after["leaf"] == before["leaf"]


def test_a_change_and_its_reversal_are_two_changes(deck: Deck) -> None:
    first = deck.mods()["root"]
    deck.edit("drinks", "sips")
    second = deck.mods()["root"]
    deck.edit("sips", "drinks")

    assert first < second < deck.mods()["root"]


def test_a_library_changes_nothing_and_the_next_edit_ships_it(
    deck: Deck, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = deck.mods()
    monkeypatch.setattr(
        "cardwright.identify.drafts.output_of", lambda *args: output_of(*args) + "~"
    )

    lock = deck.lock_file.read_bytes()
    assert deck.mods() == before
    assert deck.lock_file.read_bytes() == lock, "the output is that which learners have"
    deck.edit("*water*", "_water_")
    assert deck.mods()["root"] > before["root"]


def test_raising_render_ships_formulas_and_changed_output(
    deck: Deck, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = deck.mods()
    monkeypatch.setattr(drafts, "RENDER", drafts.RENDER + 1)

    after = deck.mods()

    assert after["leaf"] > before["leaf"]
    assert after["root"] == before["root"]


def test_in_a_lock_from_before_what_it_is_made_from_decides(deck: Deck) -> None:
    before = deck.mods()
    deck.forget_outputs()
    deck.edit("*water*", "_water_")

    after = deck.mods()
    assert after["root"] > before["root"]
    assert after["leaf"] == before["leaf"]
    assert all(entry.output for entry in deck.entries())
    deck.edit("_water_", "*water*")
    assert deck.mods() == after


def test_a_missing_image_changes_no_note(deck: Deck) -> None:
    before = deck.mods()
    deck.forget_outputs()
    (deck.folder / "fern.png").rename(deck.folder / "away")
    assert deck.mods() == before
    (deck.folder / "away").rename(deck.folder / "fern.png")
    assert deck.mods() == before
    deck.edit(r"$\frac{1}{2}\,x$", r"$\frac12\,x$")

    assert deck.mods() == before


def test_another_spelling_on_one_branch_changes_no_note(deck: Deck) -> None:
    before = deck.mods()
    base = deck.entries()[-1]
    assert base.output
    spelled = replace(base, made="otherwise")
    moved = replace(base, after="aaaaaaaaaaaaa")

    (kept,) = lock_from_records([moved, spelled]).entries
    assert kept.output == base.output
    assert kept.mod in before.values()
    other = replace(moved, made="another", output="another")
    (kept,) = lock_from_records([other, spelled]).entries
    assert (kept.made, kept.output) == ("", "")

"""Decks of other tools and of a person go on under Cardwright, every schedule as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cardwright.cli import run
from cardwright.disk.lockfile import read_lock
from tests.adopt.content import CELLS, write_content
from tests.adopt.learner import record, study
from tests.adopt.old_decks import OLD_DECKS, OldDeck, ankdown, by_hand, md2anki, mdanki
from tests.in_anki import collection_in

pytestmark = pytest.mark.slow  # its tests start programs, or talk to one

FILE = Path("collection.anki2")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_content(tmp_path / "content")
    return tmp_path


def filled(old_deck: OldDeck, folder: Path) -> list[str]:
    """A collection with the deck, studied; the options that name it."""
    decks = old_deck(FILE, folder)
    study(FILE, decks)
    options = ["--collection", str(FILE)]
    for deck in decks if len(decks) > 1 else ():
        options += ["--deck", deck]
    return options


def adopted(options: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    assert run(["adopt", *options, "--json"]) == 0
    printed: dict[str, object] = json.loads(capsys.readouterr().out)
    return printed


@pytest.mark.parametrize("old_deck", OLD_DECKS, ids=lambda deck: deck.__name__)
def test_schedules_are_equal_before_and_after(
    old_deck: OldDeck, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = filled(old_deck, folder)
    before = record(FILE)
    assert len(before.reviews) > 10

    assert run(["adopt", *options, "--dry-run"]) == 0
    assert record(FILE) == before
    assert not Path("content/deck.lock").exists()
    done = adopted(options, capsys_emptied(capsys))

    after = record(FILE)
    assert after.cards == before.cards
    assert after.templates == before.templates
    assert after.reviews == before.reviews
    assert all(after.tags[id_] >= tags for id_, tags in before.tags.items())
    found = done["found"]
    assert isinstance(found, dict)
    assert len(found["matched"]) == 8
    assert found["unsure"] == found["new"] == found["kept_out"] == []
    assert Path("content/.gitattributes").exists()


def capsys_emptied(capsys: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    capsys.readouterr()
    return capsys


@pytest.mark.parametrize("old_deck", OLD_DECKS, ids=lambda deck: deck.__name__)
def test_a_push_then_has_nothing_to_do_and_an_edit_changes_one_note(
    old_deck: OldDeck, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = filled(old_deck, folder)
    adopted(options, capsys)
    before = record(FILE)

    assert run(["push", *options[:2], "--dry-run", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["found"]
    told = found.pop("kept")
    assert found.pop("reordered_cards") == 0 or old_deck is mdanki
    assert not any(found.values()), found
    assert told["elsewhere"] == told["other_notetype"] == told["deleted_in_anki"] == []

    edited = CELLS.replace("The smallest **unit**", "The *smallest* unit")
    Path("content/cells.md").write_text(edited)
    assert run(["push", *options[:2], "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["found"]
    assert [list(each["fields"]) for each in found["changed"]] == [["Answer"]]
    assert found["new"] == found["moved"] == found["retired"] == []
    assert record(FILE).reviews == before.reviews
    assert [row[:3] for row in record(FILE).cards] == [row[:3] for row in before.cards]


@pytest.mark.parametrize("old_deck", OLD_DECKS, ids=lambda deck: deck.__name__)
def test_a_build_gives_the_guids_that_the_notes_have_now(
    old_deck: OldDeck, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    adopted(filled(old_deck, folder), capsys)
    lock = Path("content/deck.lock").read_bytes()

    assert run(["build"]) == 0

    assert Path("content/deck.lock").read_bytes() == lock
    known, _ = read_lock(Path("content/deck.lock"))
    assert known is not None
    with collection_in(FILE) as col:
        for entry in known.entries:
            (id_,) = col.find_notes(f'"Id:{entry.guid}"')
            note = col.get_note(id_)
            assert note.guid == note["Id"] == entry.guid


def test_what_the_content_does_not_have_stays_as_it_is(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = filled(by_hand, folder)
    with collection_in(FILE) as col:
        rows = "SELECT * FROM notes WHERE flds LIKE '%Mendel%' OR flds LIKE '%France%'"
        before = col.db.all(rows)

    found = adopted(options, capsys)["found"]

    assert isinstance(found, dict)
    assert found["decks"] == ["School::Biology"]
    assert [note["question"] for note in found["left"]] == ["Who was Mendel?"]
    with collection_in(FILE) as col:
        assert col.db.all(rows) == before


def test_cards_the_other_way_round_stay_though_the_content_has_none(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = filled(by_hand, folder)
    before = record(FILE)

    found = adopted(options, capsys)["found"]
    assert run(["push", *options]) == 0

    assert isinstance(found, dict)
    kept = [each["question"] for each in found["matched"] if each["keeps_backward_card"]]
    assert kept == ["What is a gene?", "What is a codon?"]
    assert record(FILE).templates == before.templates
    with collection_in(FILE) as col:
        (id_,) = col.find_cards('"Answer:*amino acid*" card:2')
        assert "amino acid" in col.get_card(id_).question()


def test_a_note_that_was_made_twice_is_adopted_where_it_was_studied(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = filled(mdanki, folder)

    found = adopted(options, capsys)["found"]

    assert isinstance(found, dict)
    copies = {note["question"]: note["reviews"] for note in found["copies"]}
    assert len(found["copies"]) == 8
    for each in found["matched"]:
        if each["question"] != "What is shown here?":  # two notes ask that
            assert each["note"]["reviews"] >= copies[each["question"]]


def test_cards_move_where_that_is_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = filled(md2anki, folder)
    before = record(FILE)

    adopted([*options, "--move"], capsys)

    with collection_in(FILE) as col:
        decks = {d.id: d.name for d in col.decks.all_names_and_ids()}
        homes = col.db.all("SELECT CASE WHEN odid THEN odid ELSE did END FROM cards")
        assert {decks[home] for (home,) in homes} == {"Biology::Cells", "Biology::Genes"}
    assert _without_decks(record(FILE).cards) == _without_decks(before.cards)
    assert run(["push", *options, "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["found"]["moved"] == []


def _without_decks(cards: tuple[tuple[object, ...], ...]) -> list[tuple[object, ...]]:
    """Anki computes the state of FSRS anew where a card changes its deck."""
    return [(*row[:2], *row[3:12], row[13]) for row in cards]


def test_a_second_adoption_finds_nothing_to_do(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = filled(by_hand, folder)
    adopted(options, capsys)
    before = record(FILE)

    again = adopted(options, capsys)

    assert not again["done"]
    assert isinstance(again["found"], dict)
    assert again["found"]["known"] == 8
    assert again["found"]["matched"] == []
    assert record(FILE) == before


def test_fields_that_no_card_shows_are_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = filled(ankdown, folder)

    assert run(["adopt", *options, "--dry-run"]) == 0

    assert "drop      the field 'Tags' of 5 notes, which no card shows" in capsys.readouterr().out

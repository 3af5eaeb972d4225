"""The deck that a page shows: its cards, what is wrong, and what changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cardwright.building import build_deck
from cardwright.pipeline import Options
from cardwright.preview.deck import PreviewDeck
from cardwright.preview.live import machine_paths, without_paths
from tests.preview.decks import NOTES, opened, write_deck


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_deck(tmp_path / "garden")


def test_cards_come_with_their_place_and_their_problems(folder: Path) -> None:
    deck = opened(folder).live.deck
    assert deck is not None

    plants, trees = deck.files

    assert [(card.name, card.line) for card in plants.cards] == [
        ("Question to answer", 3),
        ("Question to answer", 7),
        ("Answer to question", 7),
    ]
    assert [problem.place.path for problem in trees.problems] == ["trees.md"]
    assert [card.problems for card in trees.cards] == [(), (0,)]
    assert plants.cards[0].note.deck == "Garden::Plants"
    assert any(name.endswith(".woff2") for name in deck.media)


def test_errors_keep_the_cards_of_before(folder: Path) -> None:
    preview = opened(folder)
    (folder / "deck.yml").write_text("deck: [\n", "utf-8")
    (folder / "plants.md").unlink()
    (folder / "trees.md").write_bytes(b"\xff\xfe\n")

    preview.build()

    deck = preview.live.deck
    assert deck is not None
    assert deck.is_stale
    assert len(deck.files[0].cards) == 3
    assert {problem.code.code for problem in deck.problems} >= {"CF101", "SR201"}
    assert json.loads(preview.live.text_since(0))["isStale"] is True


def test_a_page_is_sent_only_the_files_that_changed(folder: Path) -> None:
    preview = opened(folder)
    version = preview.live.version
    assert preview.build() is False
    assert preview.live.version == version

    (folder / "plants.md").write_text(NOTES.replace("from light", "from the light"), "utf-8")
    assert preview.build() is True

    news = json.loads(preview.live.text_since(version))
    assert [file["path"] for file in news["files"]] == ["plants.md"]
    assert news["order"] == ["plants.md", "trees.md"]


def test_a_note_keeps_its_key_where_another_comes_above_it(folder: Path) -> None:
    preview = opened(folder)
    before = _keys(preview.live.deck)
    new = NOTES.replace("## What is a leaf", "## What is a stem?\n\nAn axis.\n\n## What is a leaf")
    (folder / "plants.md").write_text(new, "utf-8")

    preview.build()

    assert _keys(preview.live.deck)[1:] == before


def test_an_edit_makes_only_its_file_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    preview = opened(folder)
    made: list[str] = []
    from cardwright.making import file as making

    begin = making.BegunFile

    def counted(task: Any, *rest: Any, **named: Any) -> Any:
        made.append(task.source.path)
        return begin(task, *rest, **named)

    monkeypatch.setattr(making, "BegunFile", counted)
    (folder / "trees.md").write_text("# Trees\n\n## What is bark?\n\nTissue.\n", "utf-8")
    preview.build()

    assert made == ["trees.md"]


def test_the_plan_has_the_words_that_differ(folder: Path, tmp_path: Path) -> None:
    build_deck(folder, tmp_path / "build", Options(1_750_000_000, is_offline=True))
    preview = opened(folder)
    assert json.loads(preview.plan_text())["groups"] == []
    (folder / "plants.md").write_text(NOTES.replace("from light", "from water"), "utf-8")

    preview.build()
    plan = json.loads(preview.plan_text())

    (group,) = plan["groups"]
    assert group["title"] == "another answer"
    (change,) = group["notes"][0]["changes"]
    assert ["old", " light"] in change["pieces"]
    assert ["new", " water"] in change["pieces"]
    deck = preview.live.deck
    assert deck is not None
    assert [c.state for c in deck.files[0].cards] == ["changed", "", ""]


def test_what_is_left_out_is_reported_and_read_once(folder: Path) -> None:
    preview = opened(folder)

    plants, trees = json.loads(preview.left_out_text())

    assert plants["parts"] == []
    assert [(part["start"], part["text"]) for part in trees["parts"]] == [(3, "Some words before.")]
    known = preview.left_out._known["trees.md"]
    preview.left_out_text()
    assert preview.left_out._known["trees.md"] is known


def test_a_preview_for_others_tells_no_path_of_the_machine(folder: Path, tmp_path: Path) -> None:
    (folder / "deck.lock").write_text("damaged\n", "utf-8")
    (folder / "gone.md").symlink_to(tmp_path / "nowhere.md")
    preview = opened(folder, hides_paths=True)

    told = preview.live.text_since(0) + preview.plan_text() + preview.left_out_text()

    assert "LK601" in told
    assert str(tmp_path) not in told
    assert str(Path.home()) not in told
    assert tmp_path.name not in told


def test_a_home_folder_that_is_the_root_changes_no_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As in many a container."""
    monkeypatch.setenv("HOME", "/")
    paths = machine_paths(Path("garden"), Path("build"))

    assert without_paths("img/leaf.png", paths) == "img/leaf.png"


def test_hiding_paths_leaves_the_words_of_notes_alone(tmp_path: Path) -> None:
    folder = tmp_path / "garden"
    folder.mkdir()
    path = str(tmp_path)
    (folder / "a.md").write_text(f"## What is in {path}?\n\n`/tmp/x`\n", "utf-8")

    preview = opened(folder, hides_paths=True)

    assert f"What is in {path}?" in preview.live.text_since(0)


def _keys(deck: PreviewDeck | None) -> list[str]:
    return [card.key for card in deck.files[0].cards] if deck else []

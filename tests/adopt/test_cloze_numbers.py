"""Adopted cloze notes: reviews stay with their words, whatever their numbers are in Anki."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cardwright.cli import run
from tests.in_anki import collection_in

FILE = Path("collection.anki2")
INTERVALS = {1: 10, 2: 20, 3: 30}


def test_each_word_keeps_its_number_and_its_reviews(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("garden").mkdir()
    text = "The ==heart== pumps ==blood== into the ==aorta==."
    Path("garden/heart.md").write_text(f"#flashcards\n\n{text}\n")
    with collection_in(FILE) as col:
        note = col.new_note(col.models.by_name("Cloze"))
        note["Text"] = "The {{c3::heart}} pumps {{c1::blood}} into the {{c2::aorta}}."
        col.add_note(note, col.decks.id("garden"))
        for card in note.cards():
            card.type = card.queue = 2
            card.ivl, card.reps = INTERVALS[card.ord + 1], 1
            col.update_card(card)

    for command in ("adopt", "push", "push"):
        assert run([command, "garden", "--collection", str(FILE), "--yes"]) == 0

        assert studied() == {"blood": 10, "aorta": 20, "heart": 30}


def studied() -> dict[str, int]:
    """Return the interval of the card of each word."""
    with collection_in(FILE) as col:
        (id_,) = col.find_notes("")
        note = col.get_note(id_)
        words = {int(n): word for n, word in re.findall(r"\{\{c(\d)::(\w+)\}\}", note["Text"])}
        return {words[card.ord + 1]: card.ivl for card in note.cards()}

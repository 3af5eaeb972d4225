"""The deck that ships, as if it had been typed into Anki and edited there."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest

from cardwright.cli import run
from cardwright.pipeline import Options, assemble
from tests.adopt.learner import record
from tests.in_anki import collection_in

CONTENT = Path(__file__).parents[2] / "content"
FILE = Path("collection.anki2")


@pytest.mark.slow
def test_no_note_is_taken_for_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Formulas for MathJax, no images, another order; a tenth is missing, a quarter edited."""
    monkeypatch.chdir(tmp_path)
    for name in ("content", "typed"):
        shutil.copytree(CONTENT, name)
        Path(name, "deck.lock").unlink(missing_ok=True)
    settings = Path("typed/deck.yml").read_text()
    Path("typed/deck.yml").write_text(f"{settings}\nmath: {{output: mathjax}}\n")
    truth = _typed(Path("typed"))
    before = record(FILE)

    assert run(["adopt", "content", "--collection", str(FILE), "--json", "--offline"]) == 0

    found = json.loads(capsys.readouterr().out)["found"]
    assert found["decks"] == ["Interviews"]
    assert {each["note"]["id"]: each["guid"] for each in found["matched"]} == truth
    assert found["unsure"] == []
    assert {*record(FILE).cards} >= {*before.cards}  # some questions ask the other way round too


def _typed(content: Path) -> dict[int, str]:
    """Type most notes into the collection; the GUID of the question that each is."""
    identified = assemble(content, Options(1_800_000_000, is_offline=True)).identified
    assert identified is not None
    chance = random.Random(1)
    notes = list(identified.notes)
    chance.shuffle(notes)
    truth: dict[int, str] = {}
    with collection_in(FILE) as col:
        for note in notes:
            if chance.random() < 0.1:
                continue
            typed = col.new_note(col.models.by_name("Cloze" if note.kind == "cloze" else "Basic"))
            front, back = note.front, note.back or note.extra
            what = chance.random()
            typed.fields[0] = _edited(front, chance) if what < 0.15 else front
            typed.fields[1] = _edited(back, chance) if 0.15 <= what < 0.25 else back
            col.add_note(typed, col.decks.id("Interviews"))
            truth[typed.id] = note.guid
    return truth


def _edited(html: str, chance: random.Random) -> str:
    """The text with a word more in it."""
    words = html.split(" ")
    places = [at for at, word in enumerate(words[1:], 1) if word.isalpha()]
    if places:
        words.insert(chance.choice(places), "really")
    return " ".join(words)

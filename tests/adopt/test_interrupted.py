"""An adoption that is killed, undone or done on one device of several."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from anki.collection import Collection

from cardwright.adopt.adopt import Prompts, adopt
from cardwright.cli import run
from cardwright.delivery.collection import ClosedCollection
from cardwright.delivery.target import AnkiTarget
from cardwright.delivery.values import AnkiDeck, BuiltDeck
from cardwright.pipeline import Options
from tests.adopt.content import write_content
from tests.adopt.learner import record, study
from tests.adopt.old_decks import by_hand
from tests.adopt.situations import type_note
from tests.in_anki import collection_in, retype
from tests.push.phone import Phone
from tests.push.sync_server import sync_server

pytestmark = pytest.mark.slow  # its tests start programs, or talk to one

FILE = Path("collection.anki2")

_KILLED = """
import os, signal, sys
from contextlib import contextmanager
from cardwright.cli import run
from cardwright.delivery.collection import ClosedCollection

left = int(sys.argv[1])
real = ClosedCollection.undo_step

@contextmanager
def undo_step(self):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    with real(self):
        yield
        if left == 0 and "early" in sys.argv:
            os.kill(os.getpid(), signal.SIGKILL)

ClosedCollection.undo_step = undo_step
run(["adopt", "--collection", "collection.anki2"])
"""
"""An adoption that is killed before a step of Anki's, or right after it was written."""


@pytest.fixture
def studied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_content(tmp_path / "content")
    decks = by_hand(FILE, tmp_path)
    study(FILE, decks)
    return tmp_path


def killed(moment: int, *how: str) -> bool:
    """Run an adoption; whether it was killed before its end."""
    command = [sys.executable, "-c", _KILLED, str(moment), *how]
    return subprocess.run(command, capture_output=True, check=False).returncode == -9


def what_notes_hold() -> list[tuple[object, ...]]:
    with collection_in(FILE) as col:
        assert col.db
        return [tuple(row) for row in col.db.all("SELECT id, guid, mid, tags, flds FROM notes")]


def test_what_is_killed_anywhere_is_finished_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "# Plants\n\n## What is a leaf?\n\nAn organ.\n\n## What is a root?\n\nIt drinks.\n"
    write_content(tmp_path / "content", plants=f"{text}\n## What is bark?\n\nA skin.\n")
    with collection_in(FILE) as col:
        type_note(col, "Basic", "What is a leaf?", "An organ.")
        type_note(col, "Basic (and reversed card)", "What is a root?", "It drinks.")
        fields = ("What is bark?", "A skin.", "The Latin is cortex.", "From the atlas.")
        _type_rich_note(col, *fields)
    shutil.copy(FILE, "fresh")
    before = record(FILE)
    assert run(["adopt", "--collection", str(FILE)]) == 0
    whole = what_notes_hold()

    moments = [(0, "late"), *((moment, "early") for moment in range(1, 20))]
    for moment, how in moments:
        shutil.copy("fresh", FILE)
        Path("content/deck.lock").unlink()
        if not killed(moment, how):
            break
        assert run(["adopt", "--collection", str(FILE)]) == 0
        # Only the times of the two builds differ, which the field Spare1 names.
        assert _untimed(what_notes_hold()) == _untimed(whole), moment
        assert record(FILE).cards == before.cards

    assert moment > 5
    capsys.readouterr()
    assert run(["push", "--collection", str(FILE), "--dry-run", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["found"]
    assert not any(value for name, value in found.items() if name != "kept")


def _type_rich_note(col: Collection, *fields: str) -> None:
    """Type a note whose answer has several fields."""
    models = col.models
    type_ = models.new("Rich")
    names = ("Front", "Back", "Note", "Source")
    for name in names:
        models.add_field(type_, models.new_field(name))
    template = models.new_template("Card 1")
    template["qfmt"], template["afmt"] = "{{Front}}", "{{Back}}<br>{{Note}}<br>{{Source}}"
    models.add_template(type_, template)
    models.add(type_)
    type_note(col, "Rich", *fields)


def _untimed(notes: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return [(*row[:4], [f for f in str(row[4]).split("\x1f") if f[:2] != "1 "]) for row in notes]


def test_a_backup_comes_first(studied: Path) -> None:
    assert run(["adopt", "--collection", str(FILE)]) == 0

    assert len(list((studied / "backups").glob("*.colpkg"))) == 1


@pytest.mark.usefixtures("studied")
def test_an_adoption_is_one_step_of_the_undo_list(monkeypatch: pytest.MonkeyPatch) -> None:
    before = what_notes_hold()
    undone: list[bool] = []
    real = ClosedCollection.read_deck

    def read_deck(self: ClosedCollection, wanted: BuiltDeck) -> AnkiDeck:
        found = real(self, wanted)
        is_last = any("Id" in note.fields for note in found.notes.values())
        if is_last and not undone and all(n.fields.get("Id") for n in found.notes.values()):
            assert self.raw.undo_status().undo == "Cardwright adopt"
            undone.append(True)
            self.raw.undo()
            raise KeyboardInterrupt
        return found

    monkeypatch.setattr(ClosedCollection, "read_deck", read_deck)
    with pytest.raises(KeyboardInterrupt):
        _adopt_all()

    assert undone
    assert what_notes_hold() == before


def _adopt_all() -> None:
    prompts = Prompts(lambda _: True)
    target = AnkiTarget(str(FILE), FILE)
    adopt(Path("content"), target, Options(1_900_000_000), prompts)


@pytest.mark.usefixtures("studied")
def test_a_note_that_the_learner_gave_another_type_is_left_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["adopt", "--collection", str(FILE)]) == 0
    with collection_in(FILE) as col:
        retype(col)
    before = what_notes_hold()
    capsys.readouterr()

    assert run(["adopt", "--collection", str(FILE), "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["found"]["known"] == 8
    assert what_notes_hold() == before


@pytest.mark.usefixtures("studied")
def test_with_a_lock_only_questions_that_anki_does_not_have_are_adopted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As whoever shares the content and has an old deck of their own."""
    genes = Path("content/genes.md")
    text = genes.read_text()
    genes.unlink()
    assert run(["adopt", "--collection", str(FILE)]) == 0
    genes.write_text(text)
    assert run(["build"]) == 0
    lock = Path("content/deck.lock").read_bytes()
    before = record(FILE)
    capsys.readouterr()

    assert run(["adopt", "--collection", str(FILE), "--json"]) == 0

    found = json.loads(capsys.readouterr().out)["found"]
    assert found["known"] == 5
    assert [each["question"] for each in found["matched"]] == [
        "What is a gene?",
        "What is a codon?",
        "What is shown here?",
    ]
    assert Path("content/deck.lock").read_bytes() == lock
    assert record(FILE).cards == before.cards


def test_another_device_gets_the_adopted_notes_whole(studied: Path) -> None:
    with sync_server(studied / "server") as server:
        desktop = Phone.new(studied / "desktop", server.address, server.key())
        desktop.collection.close()
        shutil.copy(FILE, studied / "desktop" / FILE)
        file = studied / "desktop" / FILE
        assert run(["adopt", "--collection", str(file)]) == 0
        before = record(file)
        with collection_in(file) as col:
            device = Phone(col, desktop.auth)
            answer = col.sync_collection(device.auth, False)
            assert answer.ChangesRequired.Name(answer.required).startswith("FULL")
            col.close_for_full_sync()
            col.full_upload_or_download(
                auth=device.auth, server_usn=answer.server_media_usn, upload=True
            )

        phone = Phone.new(studied / "phone", server.address, server.key())
        phone.sync()
        phone.collection.close()

    assert record(studied / "phone" / FILE) == before

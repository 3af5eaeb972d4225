"""Edits come from a running Anki and, without a desktop, from the account that the phone syncs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cardwright.cli import run
from tests.pull.garden import Garden, replacing
from tests.push.phone import Phone
from tests.push.stand_in import Actions, standing_in
from tests.push.sync_server import sync_server

LEAVES = (
    "# Leaves\n\n## What is a leaf?\n\nA flat organ.\n\n## What is a root?\n\nAn organ below.\n"
)


@pytest.fixture
def garden(tmp_path: Path) -> Garden:
    garden = Garden(tmp_path)
    garden.write("leaves.md", LEAVES)
    return garden


def test_a_running_anki_is_asked(garden: Garden, capsys: pytest.CaptureFixture[str]) -> None:
    garden.import_all()
    garden.edit({"leaves.md": ("Answer", replacing("flat", "green"))})

    with standing_in(garden.collection) as address:
        assert run(garden.command("--anki", address)) == 0

    assert "+A green organ.\n" in capsys.readouterr().out


def test_a_file_that_is_saved_meanwhile_is_left_alone(
    garden: Garden, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    garden.import_all()
    garden.edit({"leaves.md": ("Answer", replacing("flat", "green"))})
    answer, saved = Actions.answer, f"# Stems\n\n{LEAVES}"

    def while_saving(self: Actions, request: Mapping[str, Any]) -> object:
        garden.write("leaves.md", saved)
        return answer(self, request)

    monkeypatch.setattr(Actions, "answer", while_saving)
    with standing_in(garden.collection) as address:
        assert run([*garden.command("--anki", address), "--apply"]) == 1

    printed = capsys.readouterr()
    assert "PK701 'leaves.md' changed while its patch was made" in printed.err
    assert "placed in" not in printed.err
    assert (garden.content / "leaves.md").read_text("utf-8") == saved


def test_an_edit_on_the_phone_comes_through_the_account(
    garden: Garden,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with sync_server(tmp_path / "server") as server:
        monkeypatch.setenv("CARDWRIGHT_SYNC_SERVER", server.address)
        monkeypatch.setenv("CARDWRIGHT_SYNC_KEY", server.key())
        push = ["push", str(garden.content), "--sync", "-o", str(garden.output)]
        assert run(push) == 0
        phone = Phone.new(tmp_path / "phone", server.address, server.key())
        phone.sync()
        (note,) = (each for each in phone.notes().values() if "leaf" in each["Question"])
        phone.edit(note, "Answer", note["Answer"].replace("flat", "green"))
        phone.sync()
        capsys.readouterr()

        assert run([*garden.command("--sync"), "--apply"]) == 0

        assert "+A green organ.\n" in capsys.readouterr().out
        assert "A green organ.\n" in (garden.content / "leaves.md").read_text("utf-8")
        assert run(push) == 0
        phone.sync()
        assert phone.notes()[note.guid]["Answer"] == note["Answer"]
        phone.collection.close()

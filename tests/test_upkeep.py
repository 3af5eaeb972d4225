"""``cardwright lock`` as a person types it: notes forgotten, a lost lock restored."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from cardwright.cli import run
from cardwright.lock import Lock
from cardwright.lock.deliveries import pending, without_deliveries
from cardwright.lock.text import content_command, format_lock, parse_lock

PLANTS = """\
# Plants

## What is a leaf?

An organ.

## What is a **root**, $r$?

The part in the soil.

## Xylem {#xylem reverse}

A tissue.
"""
CELLS = "C: A leaf makes [sugar].\n"
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deck that was built once, and once more after one of its questions was taken out."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "garden").mkdir()
    (tmp_path / "garden" / "cells.md").write_text(CELLS)
    (tmp_path / "garden" / "plants.md").write_text(PLANTS + "\n## What is moss?\n\nA plant.\n")
    assert built(monkeypatch, "1700000000") == 0
    (tmp_path / "garden" / "plants.md").write_text(PLANTS)
    assert built(monkeypatch, "1700000100") == 0
    return tmp_path


def built(monkeypatch: pytest.MonkeyPatch, epoch: str, *words: str) -> int:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    return run(["build", "garden", *words])


def lock_of(here: Path) -> Lock:
    lock, problems = parse_lock((here / "garden" / "deck.lock").read_text(), "deck.lock")
    assert problems == ()
    assert lock is not None
    return lock


def bare(lock: Lock) -> bytes:
    """A lock as a package carries it, which does not know what Anki was told."""
    return format_lock(without_deliveries(lock)).encode()


def guid_of(here: Path, words: str) -> str:
    (guid,) = [entry.guid for entry in lock_of(here).entries if words in entry.front]
    return guid


def without_its_lock(package: Path) -> None:
    """What a package was before it carried a lock."""
    with zipfile.ZipFile(io.BytesIO(package.read_bytes())) as old:
        names = [name for name in old.namelist() if name != "deck.lock"]
        with zipfile.ZipFile(package, "w") as bare:
            for name in names:
                bare.writestr(name, old.read(name))


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--merge", "--forget", "abc"],
        ["--merge", "--from", "build/garden.apkg"],
        ["--from", "nowhere.apkg"],
        ["--merge", "--lock", "nowhere.lock"],
    ],
)
def test_lock_needs_exactly_one_thing_to_do(here: Path, words: list[str]) -> None:
    before = (here / "garden" / "deck.lock").read_bytes()

    assert run(["lock", "garden", *words]) == 2

    assert (here / "garden" / "deck.lock").read_bytes() == before


def test_a_forgotten_note_is_gone_from_the_lock_and_stays_in_anki(
    here: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    moss = guid_of(here, "moss")
    capsys.readouterr()

    assert run(["lock", "garden", "--forget", moss]) == 0

    assert capsys.readouterr().out.splitlines() == [
        "garden/deck.lock: 1 note forgotten, 4 left",
        f'Anki keeps them until you delete them; in Browse, search "Id:{moss}"',
        "if one of these questions comes back in the same words, it is the old note to Anki",
    ]
    assert moss not in (here / "garden" / "deck.lock").read_text()
    assert built(monkeypatch, "1700000200", "--locked") == 0
    (here / "garden" / "plants.md").write_text(PLANTS + "\n## What is moss?\n\nA plant.\n")
    assert built(monkeypatch, "1700000300") == 0
    assert guid_of(here, "moss") == moss


@pytest.mark.parametrize("which", ["live", "unknown"])
def test_forgetting_a_live_or_unknown_note_forgets_no_note(
    here: Path, capsys: Capture, which: str
) -> None:
    moss, leaf = guid_of(here, "moss"), guid_of(here, "a leaf?")
    before = (here / "garden" / "deck.lock").read_bytes()
    slip = moss[:-1] + ("a" if moss[-1] != "a" else "b")

    words = ["--forget", moss, "--forget", leaf if which == "live" else slip]
    assert run(["lock", "garden", *words]) == 1

    said = capsys.readouterr().err
    assert "LK611" in said
    assert ("is not retired" if which == "live" else f"did you mean '{moss}'?") in said
    assert (here / "garden" / "deck.lock").read_bytes() == before


def test_a_damaged_lock_forgets_nothing(here: Path, capsys: Capture) -> None:
    moss = guid_of(here, "moss")
    (here / "garden" / "deck.lock").write_text("{}\n")

    assert run(["lock", "garden", "--forget", moss]) == 1
    assert "LK601" in capsys.readouterr().err


def test_a_lost_lock_is_restored_byte_for_byte(
    here: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock_file = here / "garden" / "deck.lock"
    before, package = bare(lock_of(here)), (here / "build" / "garden.apkg").read_bytes()
    lock_file.unlink()
    capsys.readouterr()

    assert run(["lock", "--from", "build/garden.apkg", "garden"]) == 0

    said = "5 notes restored from build/garden.apkg, 1 of them retired"
    assert capsys.readouterr().out == f"garden/deck.lock: {said}\n"
    assert lock_file.read_bytes() == before
    assert built(monkeypatch, "1700000900", "--locked") == 0
    assert (here / "build" / "garden.apkg").read_bytes() == package


@pytest.mark.parametrize("cut", [0, 30, 400])
def test_a_damaged_lock_that_knows_nothing_more_is_replaced(here: Path, cut: int) -> None:
    lock_file = here / "garden" / "deck.lock"
    before = lock_of(here)
    lock_file.write_bytes(lock_file.read_bytes()[: -cut or None] + b"\xff")

    assert run(["lock", "--from", "build/garden.apkg", "garden"]) == 0

    assert bare(lock_of(here)) == bare(before)


@pytest.mark.parametrize("is_damaged", [False, True])
def test_a_lock_that_is_restored_over_an_older_one_keeps_its_deliveries(
    here: Path, monkeypatch: pytest.MonkeyPatch, is_damaged: bool
) -> None:
    lock_file = here / "garden" / "deck.lock"
    assert run(["lock", "--delivered", "garden"]) == 0
    older = lock_file.read_bytes()
    without = PLANTS.replace("## What is a leaf?\n\nAn organ.\n\n", "")
    (here / "garden" / "plants.md").write_text(without)
    assert built(monkeypatch, "1700000200") == 0
    expected = lock_of(here)
    assert pending(expected).retired
    lock_file.write_bytes(older[:-10] if is_damaged else older)

    assert run(["lock", "--from", "build/garden.apkg", "garden"]) == 0

    assert lock_of(here) == expected


@pytest.mark.parametrize("is_damaged", [False, True])
@pytest.mark.parametrize(
    ("edit", "complaint"),
    [
        (PLANTS + "\n## What is a stem?\n\nA part.\n", "knows 1 note that"),
        (PLANTS.replace("An organ", "A part"), "knows a later state of 1 note that"),
    ],
)
def test_a_lock_that_knows_more_than_the_package_is_not_replaced(
    here: Path,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
    edit: str,
    complaint: str,
    is_damaged: bool,
) -> None:
    old = (here / "build" / "garden.apkg").read_bytes()
    (here / "garden" / "plants.md").write_text(edit)
    assert built(monkeypatch, "1700000900") == 0
    (here / "old.apkg").write_bytes(old)
    lock_file = here / "garden" / "deck.lock"
    if is_damaged:
        lock_file.write_bytes(lock_file.read_bytes()[:-5])
    before = lock_file.read_bytes()

    assert run(["lock", "--from", "old.apkg", "garden"]) == 1

    said = capsys.readouterr().err
    assert "LK612" in said
    assert complaint in said
    assert lock_file.read_bytes() == before


def test_a_lock_of_a_newer_version_is_not_replaced(here: Path, capsys: Capture) -> None:
    lock_file = here / "garden" / "deck.lock"
    lock_file.write_text('{"lock": 99, "project": "p"}\n')

    assert run(["lock", "--from", "build/garden.apkg", "garden"]) == 1
    assert "LK603" in capsys.readouterr().err
    assert run(["lock", "--merge", "garden"]) == 1
    assert run(["build", "garden"]) == 1
    said = capsys.readouterr().err
    assert "LK603 the lock has version 99" in said
    assert "hint: install a newer Cardwright" in said


def test_what_is_no_package_restores_nothing(here: Path, capsys: Capture) -> None:
    (here / "garden" / "deck.lock").unlink()
    (here / "no.apkg").write_text("words")

    assert run(["lock", "--from", "no.apkg", "garden"]) == 1

    assert "LK612 'no.apkg' is damaged or not an Anki package" in capsys.readouterr().err
    assert not (here / "garden" / "deck.lock").exists()


def test_a_package_without_a_lock_gives_one_that_knows_the_questions(
    here: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock_file, package = here / "garden" / "deck.lock", here / "build" / "garden.apkg"
    known = {entry.front: entry for entry in lock_of(here).entries if not entry.is_retired}
    without_its_lock(package)
    lock_file.unlink()
    capsys.readouterr()

    assert run(["lock", "--from", "build/garden.apkg", "garden"]) == 0

    first = capsys.readouterr().out.splitlines()[0]
    made = "4 notes rebuilt from the fields of build/garden.apkg, 4 of them questions of garden"
    assert first == f"garden/deck.lock: {made}"
    assert {entry.front: entry for entry in lock_of(here).entries} == known
    assert built(monkeypatch, "1700000900", "--json") == 0
    notes = json.loads(capsys.readouterr().out)["notes"]
    assert (notes["unchanged"], notes["total"]) == (4, 4)


def test_a_lock_made_of_an_export_knows_edited_answers_but_not_reworded_questions(
    here: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The root was reworded once: without a lock, nobody could make its GUID of its front.
    claimed = PLANTS.replace("What is a **root**, $r$?", "What is a **rhizome**, $r$?")
    root = guid_of(here, "root")
    (here / "garden" / "plants.md").write_text(claimed.replace("$r$?", f"$r$? {{#{root}}}"))
    assert built(monkeypatch, "1700000200") == 0
    (here / "garden" / "plants.md").write_text(claimed)
    assert built(monkeypatch, "1700000300") == 0
    without_its_lock(here / "build" / "garden.apkg")
    (here / "garden" / "deck.lock").unlink()
    edited = claimed.replace("in the soil", "under the ground").replace(
        "## What is a leaf?", "## Blade?"
    )
    (here / "garden" / "plants.md").write_text(edited)

    assert run(["lock", "--from", "build/garden.apkg", "garden"]) == 0
    fronts = {str(entry.guid): entry.front for entry in lock_of(here).entries}
    capsys.readouterr()
    assert built(monkeypatch, "1700000900", "--json") == 0

    notes = json.loads(capsys.readouterr().out)["notes"]
    assert fronts[root] == "What is a **rhizome**, $r$?"
    assert "What is a leaf?" in fronts.values()
    assert (notes["changed"], notes["unchanged"], notes["new"]) == (1, 2, 1)
    assert guid_of(here, "rhizome") == root


def test_look_alikes_of_a_package_without_a_lock_are_not_guessed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "garden").mkdir()
    text = "## What is it?\n\nA {}.\n\n## What is it?\n\nA {}.\n"
    (tmp_path / "garden" / "plants.md").write_text(text.format("leaf", "root"))
    assert built(monkeypatch, "1700000000") == 0
    without_its_lock(tmp_path / "build" / "garden.apkg")
    (tmp_path / "garden" / "deck.lock").unlink()
    (tmp_path / "garden" / "plants.md").write_text(text.format("stem", "seed"))

    assert run(["lock", "--from", "build/garden.apkg", "garden"]) == 1

    said = capsys.readouterr().err
    guids = re.findall('"Id:([a-z0-9]{13})"', said)
    assert f"it is not clear which question belongs to which note: {', '.join(guids)}" in said
    assert not (tmp_path / "garden" / "deck.lock").exists()
    claimed = text.format("stem", "seed").replace("it?", f"it? {{#{guids[1]}}}", 1)
    (tmp_path / "garden" / "plants.md").write_text(claimed)

    assert run(["lock", "--from", "build/garden.apkg", "garden"]) == 0
    lock = lock_of(tmp_path)
    assert [entry.id for entry in lock.entries if entry.guid == guids[1]] == [guids[1]]
    assert {entry.guid for entry in lock.entries} == {*guids}


def test_a_package_without_a_lock_does_not_replace_one(here: Path, capsys: Capture) -> None:
    without_its_lock(here / "build" / "garden.apkg")
    before = (here / "garden" / "deck.lock").read_bytes()

    assert run(["lock", "--from", "build/garden.apkg", "garden"]) == 1

    assert re.search("LK612 .* contains no lock", capsys.readouterr().err)
    assert (here / "garden" / "deck.lock").read_bytes() == before


def test_a_lock_elsewhere_is_the_one_that_is_meant(here: Path) -> None:
    before = (here / "garden" / "deck.lock").read_bytes()

    assert run(["lock", "garden", "--from", "build/garden.apkg", "--lock", "my.lock"]) == 0
    moss = guid_of(here, "moss")
    assert run(["lock", "garden", "--forget", moss, "--lock", "my.lock"]) == 0

    assert moss not in (here / "my.lock").read_text()
    assert (here / "garden" / "deck.lock").read_bytes() == before


def test_a_lost_lock_changes_no_guid_of_an_unchanged_front(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {entry.front: entry.guid for entry in lock_of(here).entries if not entry.is_retired}
    (here / "garden" / "deck.lock").unlink()
    (here / "garden" / "plants.md").write_text(PLANTS.replace("An organ", "A part"))

    assert built(monkeypatch, "1700000900") == 0

    assert {entry.front: entry.guid for entry in lock_of(here).entries} == before


def test_locked_never_writes_a_first_lock(
    here: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "garden" / "deck.lock").unlink()

    assert built(monkeypatch, "1700000900", "--locked") == 1

    assert "LK604 there is no 'deck.lock'" in capsys.readouterr().err
    assert not (here / "garden" / "deck.lock").exists()


def test_a_command_in_a_hint_names_the_content_if_the_lock_is_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("n.markdown").touch()

    commands = [
        content_command("plan", lock) for lock in ("content/deck.lock", "n.lock", "my.lock")
    ]

    assert commands == [
        "cardwright plan",
        "cardwright plan n.markdown",
        "cardwright plan --lock my.lock PATH",
    ]

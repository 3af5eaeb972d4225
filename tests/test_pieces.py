"""The pieces of the collection: taken over from the last package, and never at its word."""

from __future__ import annotations

import io
import json
import random
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cardwright.model import Html, Note, NoteTypeStamp
from cardwright.notetypes import KINDS, fingerprint, notetype_id
from cardwright.package import pieces
from cardwright.package.pieces import PIECES_ENTRY
from tests.notes import MOD, packed_bytes, packed_note

ROOT = "Root"
STAMPS = tuple(
    NoteTypeStamp(kind, notetype_id("p", kind), fingerprint(kind, ROOT), MOD) for kind in KINDS
)
COLLECTION = "collection.anki2"


def notes_of(count: int) -> list[Note]:
    chance = random.Random(count)
    return [
        packed_note(n, back=Html(chance.randbytes(chance.randrange(500, 8000)).hex()))
        for n in range(1, count + 1)
    ]


NOTES = notes_of(200)


def packed(notes: list[Note], last: Path | None = None) -> bytes:
    return packed_bytes(notes, (), STAMPS, ROOT, last=last)


def listing(package: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return json.loads(archive.read(PIECES_ENTRY))


@pytest.fixture(scope="module")
def last(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("last") / "deck.apkg"
    path.write_bytes(packed(NOTES))
    return path


@pytest.fixture
def deflated(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths of what is deflated anew, in bytes."""
    lengths: list[int] = []
    really_deflated = pieces._deflated

    def watched(content: bytes, key: pieces.Key, known: bytes) -> pieces.DeflatedPiece:
        result = really_deflated(content, key, known)
        lengths.extend([] if result.deflated is known else [len(content)])
        return result

    monkeypatch.setattr(pieces, "_deflated", watched)
    return lengths


def test_the_pieces_are_the_collection(last: Path) -> None:
    with zipfile.ZipFile(last) as archive:
        assert archive.testzip() is None
        database = archive.read(COLLECTION)
    listed = listing(last.read_bytes())["pieces"]

    assert len(listed) > 3
    at = 0
    for crc, size, _length in listed:
        assert zlib.crc32(database[at : at + size]) == crc
        at += size
    assert at == len(database)


def test_an_edit_deflates_what_is_around_it_and_gives_the_same_bytes(
    last: Path, deflated: list[int]
) -> None:
    edited = [*NOTES]
    edited[60] = replace(NOTES[60], mod=MOD + 60, back=Html("<p>Another answer.</p>" * 50))
    fresh = packed(edited)
    all_of_it = sum(deflated)
    deflated.clear()

    assert packed(edited, last) == fresh
    assert 0 < sum(deflated) < all_of_it / 2


def test_nothing_is_deflated_where_nothing_changed(last: Path, deflated: list[int]) -> None:
    assert packed(NOTES, last) == last.read_bytes()
    assert deflated == []


def with_listing(package: bytes, content: bytes) -> bytes:
    """The package with another listing of its pieces, and deflated as a whole."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, content if name == PIECES_ENTRY else old.read(name))
    return buffer.getvalue()


def _listings(listed: Any) -> dict[str, bytes]:
    recipe, sizes = listed["recipe"], listed["pieces"]
    return {
        "no JSON": b"{",
        "a number": b"1",
        "no numbers": json.dumps({"recipe": recipe, "pieces": [["a", "b", "c"]]}).encode(),
        "two numbers": json.dumps({"recipe": recipe, "pieces": [[1, 2]]}).encode(),
        "below nothing": json.dumps(
            {"recipe": recipe, "pieces": [[crc, size, -(10**30)] for crc, size, _ in sizes]}
        ).encode(),
        "beyond the end": json.dumps(
            {"recipe": recipe, "pieces": [[crc, size, 10**30] for crc, size, _ in sizes]}
        ).encode(),
        "nested": b"[" * 100_000,
        "deflated otherwise": json.dumps(listed).encode(),
    }


@pytest.mark.slow
def test_invalid_entries_of_a_listing_are_skipped(last: Path, tmp_path: Path) -> None:
    other = tmp_path / "deck.apkg"
    for what, content in _listings(listing(last.read_bytes())).items():
        other.write_bytes(with_listing(last.read_bytes(), content))

        assert packed(NOTES, other) == last.read_bytes(), what


def test_a_damaged_package_does_not_stop_a_build(last: Path, tmp_path: Path) -> None:
    other = tmp_path / "deck.apkg"
    content = last.read_bytes()
    for damaged in (b"", content[:1000], content[:-1000], content[:5000] + content[5001:]):
        other.write_bytes(damaged)

        assert packed(NOTES, other) == content
    assert packed(NOTES, tmp_path / "missing.apkg") == content


def test_other_bytes_under_the_key_of_a_piece_are_not_taken_over(
    last: Path, tmp_path: Path
) -> None:
    """Whoever puts a package there cannot put cards into the next one."""
    forged = [replace(note, back=Html("<p>forged</p>" + note.back[13:])) for note in NOTES]
    content = packed(forged)
    theirs, ours = listing(content), listing(last.read_bytes())
    pairs = zip(theirs["pieces"], ours["pieces"], strict=False)
    lie = [[*our[:2], their[2]] for their, our in pairs]
    other = tmp_path / "deck.apkg"
    other.write_bytes(content)
    with zipfile.ZipFile(other, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(PIECES_ENTRY, json.dumps({**theirs, "pieces": lie}))

    assert packed(NOTES, other) == last.read_bytes()

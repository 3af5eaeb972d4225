"""Packages read back, and files that are none."""

from __future__ import annotations

import io
import sqlite3
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from cardwright.model import DeckName, Html, NoteTypeStamp
from cardwright.notetypes import CLOZE, KINDS, fingerprint, notetype_id
from cardwright.package import packed
from cardwright.package.packed import NotReadable, read_package
from cardwright.package.packed_notes import Packed
from tests.notes import BORN, MOD, packed_bytes, packed_note

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ROOT = "Root"
STAMPS = tuple(
    NoteTypeStamp(kind, notetype_id("p", kind), fingerprint(kind, ROOT), MOD) for kind in KINDS
)
NOTES = (
    packed_note(1, tags=("root::topic", "été"), is_reverse=True, mod=MOD + 5, plain="a < b"),
    packed_note(2, kind=CLOZE, front=Html("{{c2::a}} b"), deck=DeckName("Root::Other")),
)


def package() -> bytes:
    return packed_bytes(NOTES, (), STAMPS, ROOT)


def read(folder: Path, content: bytes) -> Packed | NotReadable:
    path = folder / "deck.apkg"
    path.write_bytes(content)
    return read_package(path)


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def with_sql(script: str, content: bytes | None = None) -> bytes:
    """The package with a script run over its database."""
    entries = unzipped(content or package())
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(entries["collection.anki2"])
        connection.create_collation("unicase", lambda one, other: (one > other) - (one < other))
        connection.executescript(script)
        entries["collection.anki2"] = connection.serialize()
    return zipped(entries)


def test_what_was_packed_is_read_back(tmp_path: Path) -> None:
    found = read(tmp_path, package())

    assert isinstance(found, Packed)
    first, second = found.notes
    assert (first.guid, first.note_id, first.mod) == ("guid000000001", BORN + 1, MOD + 5)
    assert first.notetype.name == "Cardwright Q&A (Root)"
    assert first.deck == "Root::Topic"
    assert sorted(first.tags) == ["root::topic", "été"]
    assert first.field("Question") == "<p>Question 1?</p>"
    assert first.field("Answer") == "<p>Answer 1.</p>"
    assert first.field("Context") == "Topic"
    assert first.field("Reverse") == "yes"
    assert first.field("Plain") == "a &lt; b"
    assert first.field("Nothing") == ""
    assert second.notetype.is_cloze
    assert second.deck == "Root::Other"
    assert second.field("Text") == "{{c2::a}} b"


def test_note_types_have_their_ids_and_times(tmp_path: Path) -> None:
    found = read(tmp_path, package())

    assert isinstance(found, Packed)
    types = {(note.notetype.id, note.notetype.mod) for note in found.notes}
    assert types == {(notetype_id("p", kind), MOD) for kind in KINDS}


def test_the_newer_of_the_two_databases_of_an_export_counts(tmp_path: Path) -> None:
    entries = unzipped(package())
    entries["collection.anki21"] = entries["collection.anki2"]
    entries["collection.anki2"] = b"please update"

    assert isinstance(read(tmp_path, zipped(entries)), Packed)


def test_notes_of_others_are_passed_over(tmp_path: Path) -> None:
    other = with_sql("UPDATE notes SET guid = 'x' WHERE guid = 'guid000000001'")

    found = read(tmp_path, other)

    assert isinstance(found, Packed)
    assert [note.guid for note in found.notes] == ["guid000000002"]


def test_a_card_in_a_filtered_deck_belongs_where_it_came_from(tmp_path: Path) -> None:
    found = read(tmp_path, with_sql("UPDATE cards SET odid = did, did = 1"))

    assert isinstance(found, Packed)
    assert [note.deck for note in found.notes] == ["Root::Topic", "Root::Other"]


def reason(folder: Path, content: bytes) -> str:
    found = read(folder, content)
    assert isinstance(found, NotReadable)
    return found.reason


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.9, 0.999])
def test_a_truncated_package_is_damaged(tmp_path: Path, share: float) -> None:
    whole = package()

    assert reason(tmp_path, whole[: int(len(whole) * share)]) == "is damaged or not an Anki package"


def test_no_single_flipped_byte_is_an_exception(tmp_path: Path) -> None:
    whole = package()
    for at in range(0, len(whole), max(len(whole) // 300, 1)):
        flipped = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]

        assert isinstance(read(tmp_path, flipped), Packed | NotReadable)


@pytest.mark.slow
def test_no_flipped_byte_of_the_database_is_an_exception(tmp_path: Path) -> None:
    entries = unzipped(package())
    database = entries["collection.anki2"]
    for at in range(0, len(database), max(len(database) // 300, 1)):
        entries["collection.anki2"] = (
            database[:at] + bytes([database[at] ^ 0xFF]) + database[at + 1 :]
        )

        assert isinstance(read(tmp_path, zipped(entries)), Packed | NotReadable)


def test_a_zip_of_something_else_is_no_package(tmp_path: Path) -> None:
    assert reason(tmp_path, zipped({"word/document.xml": b"<x/>"})) == "is no Anki package"


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"

SCHEMA_18 = """
CREATE TABLE notetypes (id integer NOT NULL PRIMARY KEY, name text NOT NULL COLLATE unicase,
    mtime_secs integer NOT NULL, usn integer NOT NULL, config blob NOT NULL);
CREATE TABLE fields (ntid integer NOT NULL, ord integer NOT NULL,
    name text NOT NULL COLLATE unicase, config blob NOT NULL,
    PRIMARY KEY (ntid, ord)) without rowid;
CREATE TABLE decks (id integer PRIMARY KEY NOT NULL, name text NOT NULL COLLATE unicase,
    mtime_secs integer NOT NULL, usn integer NOT NULL, common blob NOT NULL, kind blob NOT NULL);
INSERT INTO notetypes SELECT value ->> 'id', value ->> 'name', value ->> 'mod', 0,
    CASE value ->> 'type' WHEN 1 THEN x'08011008' ELSE x'1008' END FROM col, json_each(models);
INSERT INTO fields SELECT model.value ->> 'id', field.value ->> 'ord', field.value ->> 'name', x''
    FROM col, json_each(models) AS model, json_each(model.value, '$.flds') AS field;
INSERT INTO decks SELECT value ->> 'id', replace(value ->> 'name', '::', char(31)), 0, 0, x'', x''
    FROM col, json_each(decks);
UPDATE col SET models = '', decks = '';
"""
"""What Anki makes of a collection since 2.1.28, as far as it is read."""


def newer(script: str = "") -> bytes:
    """The package as newer versions of Anki export it, a script run over its database."""
    entries = unzipped(with_sql(SCHEMA_18 + script))
    database = entries.pop("collection.anki2")
    database = database[:18] + b"\2\2" + database[20:]  # as of a collection that is in use
    compressed = zstd.compress(database)
    return zipped({"collection.anki21b": compressed, "collection.anki2": b"please update"})


def test_a_newer_export_is_read_like_an_older_one(tmp_path: Path) -> None:
    assert read(tmp_path, newer()) == read(tmp_path, package())


@pytest.mark.parametrize(
    "script",
    [
        "DROP TABLE notetypes",
        "DELETE FROM fields WHERE ord = 3",
        "UPDATE notetypes SET config = 5",
        "UPDATE notetypes SET mtime_secs = 'never'",
        "UPDATE notes SET mod = 'never'",
    ],
)
def test_a_newer_database_with_something_else_in_it_is_damaged(tmp_path: Path, script: str) -> None:
    assert reason(tmp_path, newer(script)) == "holds a damaged database"


def test_a_view_that_never_ends_is_not_asked_in_a_newer_one_either(tmp_path: Path) -> None:
    for table in ("notetypes", "fields", "decks", "notes"):
        script = f"DROP TABLE {table}; CREATE VIEW {table} AS {ENDLESS} SELECT i AS id FROM n;"

        assert reason(tmp_path, newer(script)) == "holds a damaged database"


def test_no_flipped_byte_of_a_newer_export_is_an_exception(tmp_path: Path) -> None:
    entries = unzipped(newer())
    compressed = entries["collection.anki21b"]
    for at in range(0, len(compressed), max(len(compressed) // 300, 1)):
        flipped = compressed[:at] + bytes([compressed[at] ^ 0xFF]) + compressed[at + 1 :]
        entries["collection.anki21b"] = flipped

        assert isinstance(read(tmp_path, zipped(entries)), Packed | NotReadable)


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.9, 0.999])
def test_a_truncated_newer_database_is_damage(tmp_path: Path, share: float) -> None:
    compressed = unzipped(newer())["collection.anki21b"]
    cut = compressed[: int(len(compressed) * share)]

    assert "damaged" in reason(tmp_path, zipped({"collection.anki21b": cut}))


def test_a_newer_database_over_the_limit_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit is lowered, or the test would need a gigabyte."""
    monkeypatch.setattr(packed, "MOST_UNPACKED", 1_000_000)
    hostile = zstd.compress(bytes(1_000_001))

    assert reason(tmp_path, zipped({"collection.anki21b": hostile})) == "is too large to be read"


@pytest.mark.parametrize("behind", [zstd.compress(b""), b"\x50\x2a\x4d\x18\0\0\0\0", b"x"])
def test_nothing_may_follow_a_newer_database(tmp_path: Path, behind: bytes) -> None:
    compressed = unzipped(newer())["collection.anki21b"]

    assert "damaged" in reason(tmp_path, zipped({"collection.anki21b": compressed + behind}))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_entry_is_stored_or_deflated(tmp_path: Path, method: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr("collection.anki2", unzipped(package())["collection.anki2"])

    assert "damaged" in reason(tmp_path, buffer.getvalue())


def test_an_entry_whose_name_is_no_text_is_damage(tmp_path: Path) -> None:
    content = zipped({"ä": b"x"}).replace("ä".encode(), b"\xff\xff")

    assert "damaged" in reason(tmp_path, content)


def test_a_generated_column_counts_as_damage(tmp_path: Path) -> None:
    script = """
        ALTER TABLE notes RENAME TO old;
        CREATE TABLE notes (
            id, guid, mid, mod, tags, flds AS (printf('%.*c', 100000000, 'x'))
        );
        INSERT INTO notes (id, guid, mid, mod, tags) SELECT id, guid, mid, mod, tags FROM old;
    """

    assert "damaged" in reason(tmp_path, with_sql(script))


def test_what_unpacks_to_more_than_the_limit_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit is lowered, or the test would need a gigabyte."""
    monkeypatch.setattr(packed, "MOST_UNPACKED", 1_000_000)

    assert reason(tmp_path, zipped({"collection.anki2": bytes(1_000_001)})) == (
        "is too large to be read"
    )


@pytest.mark.parametrize(
    "script",
    [
        "DROP TABLE notes",
        "UPDATE col SET models = 'no json'",
        "UPDATE col SET models = '[]'",
        "UPDATE col SET decks = '{\"1\": 5}'",
        'UPDATE col SET decks = \'{"1": {"id": Infinity}}\'',
        "UPDATE notes SET flds = 'one'",
        "UPDATE notes SET flds = x'ff'",
        "UPDATE notes SET mod = 'never'",
        "UPDATE notes SET tags = x'20'",
        "DELETE FROM col",
    ],
)
def test_a_database_with_something_else_in_it_is_damaged(tmp_path: Path, script: str) -> None:
    assert reason(tmp_path, with_sql(script)) == "holds a damaged database"


@pytest.mark.parametrize(
    "script",
    [
        f"DROP TABLE notes; CREATE VIEW notes AS {ENDLESS} SELECT i AS id FROM n;",
        f"DROP TABLE col; CREATE VIEW col AS {ENDLESS} SELECT count(*) AS models FROM n;",
    ],
)
def test_a_view_that_never_ends_is_not_asked(tmp_path: Path, script: str) -> None:
    assert reason(tmp_path, with_sql(script)) == "holds a damaged database"


def test_deeply_nested_json_is_damage(tmp_path: Path) -> None:
    nested = "[" * 100_000
    script = f"UPDATE col SET models = '{nested}'"

    assert reason(tmp_path, with_sql(script)) == "holds a damaged database"


def test_a_package_without_notes_of_ours_says_so(tmp_path: Path) -> None:
    assert reason(tmp_path, with_sql("DELETE FROM notes")) == "holds no note that Cardwright made"


def test_a_file_that_is_not_there_cannot_be_read(tmp_path: Path) -> None:
    found = read_package(tmp_path / "deck.apkg")

    assert found == NotReadable("cannot be read: no such file or directory")

"""The package's bytes and its name."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardwright.model import Deck, DeckName, Html, Media, Note, NoteTypeStamp
from cardwright.notetypes import CLOZE, KINDS, QA, field_names, fingerprint, notetype_id
from cardwright.package import file_name
from cardwright.package.pieces import PIECES_ENTRY
from cardwright.package.shipped import read_shipped
from tests.notes import BORN, MOD, packed_bytes, packed_note

ROOT = "Root"
STAMPS = tuple(
    NoteTypeStamp(kind, notetype_id("p", kind), fingerprint(kind, ROOT), MOD) for kind in KINDS
)


def note(number: int, **changes: Any) -> Note:
    """Each with a time of its own."""
    return packed_note(number, **{"mod": MOD + number, **changes})


def media(name: str, content: bytes) -> Media:
    return Media(name, content, hashlib.sha256(content).hexdigest())


def packed(*notes: Note, decks: tuple[Deck, ...] = ()) -> bytes:
    return packed_bytes(notes, decks, STAMPS, ROOT)


def rows(package: bytes, query: str) -> list[tuple[Any, ...]]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        database = archive.read("collection.anki2")
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(database)
        return connection.execute(query).fetchall()


def listed(package: bytes, column: str) -> dict[str, dict[str, Any]]:
    """The decks or models of a collection, which are JSON objects by id."""
    ((text,),) = rows(package, f"SELECT {column} FROM col")
    found: dict[str, dict[str, Any]] = json.loads(text)
    return found


def card_ids(package: bytes) -> dict[tuple[str, int], int]:
    query = "SELECT guid, ord, cards.id FROM cards JOIN notes ON notes.id = nid"
    return {(guid, ord_): id_ for guid, ord_, id_ in rows(package, query)}


def test_a_packed_note_has_its_own_ids_times_and_position() -> None:
    package = packed(note(1, due=7), note(2, due=5))

    assert rows(package, "SELECT id, guid, mod, tags FROM notes ORDER BY id") == [
        (BORN + 1, "guid000000001", MOD + 1, " root::topic "),
        (BORN + 2, "guid000000002", MOD + 2, " root::topic "),
    ]
    assert rows(package, "SELECT nid, mod, due FROM cards ORDER BY nid") == [
        (BORN + 1, MOD + 1, 7),
        (BORN + 2, MOD + 2, 5),
    ]


def test_the_fields_stand_in_the_order_of_the_note_type() -> None:
    package = packed(
        note(1, hint=Html("H"), extra=Html("E"), source=Html("S"), is_reverse=True, plain="a < b")
    )

    ((fields,),) = rows(package, "SELECT flds FROM notes")
    *texts, shipped, spare2, spare3 = fields.split("\x1f")
    assert texts == [
        "<p>Question 1?</p>", "<p>Answer 1.</p>", "H", "E", "Topic", "S", "yes",
        "guid000000001", "a &lt; b",
    ]  # fmt: skip
    assert read_shipped(shipped, field_names(QA)) is not None
    assert (spare2, spare3) == ("", "")


def test_text_cannot_pass_for_another_field() -> None:
    package = packed(note(1, back=Html("one\x1ftwo"), plain="p\x1fq"))

    ((fields,),) = rows(package, "SELECT flds FROM notes")
    assert len(fields.split("\x1f")) == 12
    assert fields.split("\x1f")[1] == "onetwo"


def test_control_characters_that_anki_removes_are_not_packed() -> None:
    html = Html("a\x0bb\x0cc\x1b\x7f\x00d\te\nf\x85")
    package = packed(note(1, back=html))

    ((fields,),) = rows(package, "SELECT flds FROM notes")
    assert fields.split("\x1f")[1] == "a b cd\te\nf\x85"


@pytest.mark.parametrize("text", ["[sound:a.mp3]", "[latex]x[/latex]", "[$]x[/$]", "[anki:tts]"])
def test_plain_text_is_never_media(text: str) -> None:
    package = packed(note(1, plain=text))

    ((sort_field,),) = rows(package, "SELECT sfld FROM notes")
    assert sort_field == text.replace("[", "&#91;")


def test_only_a_reverse_note_has_a_second_card() -> None:
    package = packed(note(1), note(2, is_reverse=True))

    assert sorted(card_ids(package)) == [
        ("guid000000001", 0),
        ("guid000000002", 0),
        ("guid000000002", 1),
    ]


def test_a_cloze_note_has_a_card_for_each_number() -> None:
    package = packed(note(1, kind=CLOZE, front=Html("{{c3::a}} {{c1::b}} {{c3::c}}")))

    assert sorted(card_ids(package)) == [("guid000000001", 0), ("guid000000001", 2)]


def test_a_deletion_inside_another_one_has_its_card() -> None:
    package = packed(note(1, kind=CLOZE, front=Html("{{c1::a {{c3::b}}}} {{c2::c}}")))

    assert [ord_ for _, ord_ in sorted(card_ids(package))] == [0, 1, 2]


def test_a_new_note_changes_no_card_id() -> None:
    old = [note(number, is_reverse=True) for number in range(1, 200)]

    before = card_ids(packed(*old))
    after = card_ids(packed(note(500, is_reverse=True), *old))

    assert len(set(after.values())) == len(after) == 400
    assert before.items() <= after.items()


def test_decks_have_their_descriptions_and_parents() -> None:
    package = packed(
        note(1, deck=DeckName("Root::Part::Topic")), decks=(Deck(DeckName(ROOT), "<b>About</b>"),)
    )

    decks = {deck["name"]: deck["desc"] for deck in listed(package, "decks").values()}
    assert decks == {
        "Default": "",
        "Root": "<b>About</b>",
        "Root::Part": "",
        "Root::Part::Topic": "",
    }


def test_each_note_type_has_its_own_change_time() -> None:
    stamps = (replace(STAMPS[0], mod=MOD + 10), replace(STAMPS[1], mod=MOD + 20))

    package = packed_bytes(
        [note(1), note(2, kind=CLOZE, front=Html("{{c1::a}}"))], (), stamps, ROOT
    )

    models = listed(package, "models")
    assert {id_: model["mod"] for id_, model in models.items()} == {
        str(notetype_id("p", QA)): MOD + 10,
        str(notetype_id("p", CLOZE)): MOD + 20,
    }


def test_media_are_packed_once_and_in_order() -> None:
    first, second = media("a.png", b"A" * 1000), media("b.png", b"B")

    package = packed(note(1, media=(second, first)), note(2, media=(first,)))

    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert archive.namelist() == ["collection.anki2", "media", "0", "1", PIECES_ENTRY]
        assert json.loads(archive.read("media")) == {"0": "a.png", "1": "b.png"}
        assert archive.read("0") == first.content
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        kinds = {entry.filename: entry.compress_type for entry in archive.infolist()}
    assert kinds["0"] == kinds["1"] == zipfile.ZIP_STORED
    assert kinds["collection.anki2"] == zipfile.ZIP_DEFLATED


def test_a_field_full_of_tags_in_one_line_is_no_trouble() -> None:
    """genanki's own check takes the square of a line's length, and warns about the last one."""
    package = packed(note(1, back=Html('<b class="x">y</b> ' * 50_000 + "a <- b>")))

    assert rows(package, "SELECT count(*) FROM notes") == [(1,)]


SCRIPT = """
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from cardwright.model import *
from cardwright.notetypes import KINDS, fingerprint, notetype_id
from cardwright.package import pack
stamps = [NoteTypeStamp(k, notetype_id("p", k), fingerprint(k, "Root"), 5) for k in KINDS]
pictures = [Media(f"{n}.png", bytes([n]) * 100, "") for n in range(9)]
notes = [
    Note(Guid(f"g{n}"), 10**12 + n, DeckName(f"Root::{n % 7}"), ("t", "u"), 9 + n, n,
         Html(f"{n} {{{{c{n % 5 + 1}::x}}}} {{{{c12::y}}}}"), Html("b"), Html(""), Html(""),
         Html(""), Html(""), str(n), n % 2 == 0, tuple(pictures[n % 3 : n % 9]), KINDS[n % 2])
    for n in range(60)
]
with TemporaryDirectory() as folder:
    package = Path(folder) / "root.apkg"
    pack(package, notes, [Deck(DeckName("Root"), "about")], stamps, "Root")
    sys.stdout.buffer.write(package.read_bytes())
"""


def test_the_bytes_are_the_same_in_every_process(tmp_path: Path) -> None:
    """Whatever the hash seed, the folder, the time zone and the second."""
    packages = []
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        folder = tmp_path / seed
        folder.mkdir()
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            cwd=folder,
            capture_output=True,
            check=True,
        )
        packages.append(run.stdout)

    assert packages[0] == packages[1]
    assert rows(packages[0], "SELECT count(*) FROM notes") == [(60,)]


@pytest.mark.parametrize(
    ("deck", "name"),
    [
        ("LLM Interview", "llm-interview.apkg"),
        ("Café Ångström & Söhne", "cafe-angstrom-sohne.apkg"),
        ("a/b\\c::d..", "a-b-c-d.apkg"),
        ("大模型 面试", "大模型-面试.apkg"),
        ("한국어", "한국어.apkg"),
        ("हिन्दी प्रश्न", "हिन्दी-प्रश्न.apkg"),
        ("Й и ё", "й-и-ё.apkg"),
        ("../..", "deck.apkg"),
        ("", "deck.apkg"),
        ("CON", "con-deck.apkg"),
        ("nul.", "nul-deck.apkg"),
        ("COM¹", "com1-deck.apkg"),
        ("Console", "console.apkg"),
        ("x" * 300, "x" * 115 + ".apkg"),
        ("字" * 100, "字" * 38 + ".apkg"),
    ],
)
def test_the_file_is_named_by_the_deck(deck: str, name: str) -> None:
    assert file_name(deck) == name


@given(st.text(alphabet=st.characters(codec=None, categories=None), max_size=200))
def test_any_deck_has_a_safe_file_name(deck: str) -> None:
    name = file_name(deck)

    assert len(name.encode()) <= 120
    assert Path(name).name == name
    assert len(name) > len(".apkg")
    assert not set(name) & set('/\\:*?"<>|\0')
    assert not name.startswith((".", "-"))

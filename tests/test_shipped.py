"""The field in which a note says how it was shipped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cardwright.model import Html
from cardwright.notetypes import CLOZE, QA, field_names
from cardwright.package.collection import field_values
from cardwright.package.shipped import (
    SHIPPED,
    Shipped,
    deck_hash,
    format_shipped,
    hash_of,
    read_shipped,
    shipped,
    tag_hash,
)
from tests.notes import packed_note as note

NAMES = field_names(QA)


def state(text: str) -> Shipped:
    read = read_shipped(text, NAMES)
    assert read is not None
    return read


def test_a_note_tells_how_it_was_shipped() -> None:
    packed = note(1, hint=Html("H"), tags=("a", "B::c"))

    told = state(field_values(packed)[SHIPPED])

    assert told.mod == packed.mod
    assert told.deck == deck_hash(packed.deck)
    assert told.fields["Question"] == hash_of(packed.front)
    assert (told.fields["Hint"], told.fields["Extra"]) == (hash_of("H"), "-")
    assert told.tags == {tag_hash("A"), tag_hash("b::c")}


def test_what_is_written_is_read_again() -> None:
    packed = note(1, tags=())
    before = shipped(packed, field_values(packed))

    assert state(format_shipped(before, NAMES)) == before


def test_each_field_has_a_hash_of_its_own() -> None:
    packed = note(1)
    reworded = replace(packed, back=Html("other"))

    one, other = (state(field_values(each)[SHIPPED]).fields for each in (packed, reworded))

    assert {name for name in one if one[name] != other[name]} == {"Answer"}


def test_composed_and_decomposed_letters_are_one_text() -> None:
    assert hash_of("e\u0301") == hash_of("\u00e9")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "my own words",
        "2 17 aaaaaaaa -,-,-,-,-,-,- -",
        "1 17 aaaaaaaa -,-,- -",
        "1 x aaaaaaaa -,-,-,-,-,-,- -",
        "1 17 aaaaaaaa -,-,-,-,-,-,- - more",
        f"1 {'9' * 40} aaaaaaaa -,-,-,-,-,-,- -",
    ],
)
def test_a_record_that_somebody_else_wrote_is_ignored(text: str) -> None:
    assert read_shipped(text, NAMES) is None


def test_spaces_around_it_are_no_edit() -> None:
    assert read_shipped(" 1 17 aaaaaaaa -,-,-,-,-,-,- - ", NAMES) is not None


def test_a_note_of_another_kind_has_other_fields() -> None:
    assert read_shipped("1 17 aaaaaaaa -,-,-,-,-,-,- -", field_names(CLOZE)) is None

"""The situations in which ``adopt`` cannot do what it should, for the problem cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from anki.collection import Collection

from cardwright.cli import run
from tests.in_anki import collection_in

Situation = Callable[[Path, list[str], pytest.MonkeyPatch], int]

OLDEST = 1_600_000_000_000
"""The number of the first note that is typed; each further one has the next."""


def type_note(col: Collection, notetype: str, *fields: str, deck: str = "Plants") -> int:
    """Type a note into Anki; returns its number, which a test can name."""
    note = col.new_note(col.models.by_name(notetype))
    for number, text in enumerate(fields):
        note.fields[number] = text
    col.add_note(note, col.decks.id(deck))
    assert col.db
    id_ = OLDEST + int(col.db.scalar("SELECT count() FROM notes WHERE id < 1700000000000"))
    col.db.execute("UPDATE notes SET id = ? WHERE id = ?", id_, note.id)
    col.db.execute("UPDATE cards SET nid = ? WHERE nid = ?", id_, note.id)
    return id_


def _adopting(*notes: tuple[str, ...], deck: str = "Plants") -> Situation:
    """An adoption of notes that were typed in: each a note type and its fields."""

    def situation(folder: Path, output: list[str], patch: pytest.MonkeyPatch) -> int:  # noqa: ARG001
        with collection_in(folder / "collection.anki2") as col:
            for notetype, *fields in notes:
                type_note(col, notetype, *fields, deck=deck)
        return run(["adopt", ".", "--collection", "collection.anki2", *output])

    return situation


def _third_card(folder: Path, output: list[str], patch: pytest.MonkeyPatch) -> int:  # noqa: ARG001
    """A note type of three templates: Cardwright has two."""
    with collection_in(folder / "collection.anki2") as col:
        add_third_template(col)
        type_note(col, "Basic (and reversed card)", "What is a leaf?", "An organ.")
    return run(["adopt", ".", "--collection", "collection.anki2", *output])


def add_third_template(col: Collection) -> None:
    models = col.models
    type_ = models.by_name("Basic (and reversed card)")
    assert type_ is not None
    third = models.new_template("Typed")
    third["qfmt"], third["afmt"] = "{{Front}} {{type:Back}}", "{{Back}}"
    models.add_template(type_, third)
    models.update_dict(type_)


SITUATIONS: Mapping[str, Situation] = {
    "--no-deck-asks": _adopting(("Basic", "What is rain?", "Water."), deck="Weather"),
    "--two-old-notes": _adopting(
        ("Basic", "What is a leaf?", "An organ of plants."),
        ("Basic", "What is a leaf?", "A page."),
    ),
    "--an-old-note-like-it": _adopting(
        ("Basic", "What is a root?", "It holds the plant."),
        ("Basic", "Why does a leaf have pores below?", "To let gas in and out."),
    ),
    "--three-old-cards": _third_card,
}

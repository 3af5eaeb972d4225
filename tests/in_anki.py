"""Collections of the real Anki, and what a learner does in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from anki.collection import Collection
from anki.import_export_pb2 import ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.notes import Note


@contextmanager
def collection_in(file: Path) -> Iterator[Collection]:
    """The collection in ``file``, made where there is none."""
    opened = Collection(str(file))
    try:
        yield opened
    finally:
        opened.close()


def import_into(file: Path, package: Path) -> None:
    """Import as Anki's dialogue does when nothing in it is touched."""
    with collection_in(file) as collection:
        collection.import_anki_package(
            ImportAnkiPackageRequest(package_path=str(package), options=ImportAnkiPackageOptions())
        )


def edit_answer(collection: Collection) -> None:
    """Write into the answer of the first note, as in Anki's editor."""
    note = _first(collection)
    note["Answer"] = "<p>An organ, green.</p>"
    collection.update_note(note)


def retype(collection: Collection) -> None:
    """Give the first note the note type Basic, as Browse does."""
    note = _first(collection)
    basic = collection.models.by_name("Basic")
    assert basic is not None
    wish = collection.models.change_notetype_info(
        old_notetype_id=note.mid, new_notetype_id=basic["id"]
    ).input
    wish.note_ids.extend([note.id])
    collection.models.change_notetype_of_notes(wish)


def _first(collection: Collection) -> Note:
    return collection.get_note(collection.find_notes("")[0])

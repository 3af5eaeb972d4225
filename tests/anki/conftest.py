"""A collection of the real Anki, and packages imported into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from anki.collection import Collection
from anki.import_export_pb2 import ImportAnkiPackageOptions, ImportAnkiPackageRequest

from tests.anki.garden import Garden

OUTCOMES = (
    "new",
    "updated",
    "duplicate",
    "conflicting",
    "first_field_match",
    "missing_notetype",
    "missing_deck",
    "empty_first_field",
)

Counts = dict[str, int]
"""How many notes had each of the outcomes, those without a note left out."""

Import = Callable[[bytes], Counts]


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    opened = Collection(str(tmp_path / "collection.anki2"))
    yield opened
    opened.close()


@pytest.fixture
def import_package(collection: Collection, tmp_path: Path) -> Import:
    """Import as the dialogue does when nothing in it is touched."""

    def import_bytes(package: bytes) -> Counts:
        path = tmp_path / "deck.apkg"
        path.write_bytes(package)
        response = collection.import_anki_package(
            ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions())
        )
        # The Python side keeps the note types that it has read; an import does not tell it.
        collection.models._clear_cache()
        counts = {name: len(getattr(response.log, name)) for name in OUTCOMES}
        return {name: count for name, count in counts.items() if count}

    return import_bytes


@pytest.fixture
def garden(tmp_path: Path, collection: Collection, import_package: Import) -> Garden:
    """An empty folder but for its settings, and an empty collection."""
    garden = Garden(tmp_path / "garden", collection, import_package)
    garden.write("deck.yml", "deck: Garden\n")
    return garden

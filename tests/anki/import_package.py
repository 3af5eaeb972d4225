"""Import packages into a fresh collection with the real backend of Anki, and say what it did.

usage: python tests/anki/import_package.py PACKAGE…

Exit: 0 when every note of every package was imported as new, 1 otherwise.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from anki.collection import Collection
from anki.import_export_pb2 import ImportAnkiPackageRequest


def main() -> int:
    """Each package goes into a collection of its own."""
    packages = [Path(name) for name in sys.argv[1:]]
    imported = [import_into_fresh(package) for package in packages]
    return 0 if imported and all(imported) else 1


def import_into_fresh(package: Path) -> bool:
    """Whether every note found was new, every card has a front and every image is there."""
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(str(Path(folder) / "collection.anki2"))
        try:
            request = ImportAnkiPackageRequest(package_path=str(package.resolve()))
            log = collection.import_anki_package(request).log
            missing = list(collection.media.check().missing)
            empty = list(collection.get_empty_cards().notes)
            cards = collection.card_count()
        finally:
            collection.close()
    print(
        f"{package.name}: {log.found_notes} notes found, {len(log.new)} new, {cards} cards, "
        f"{len(missing)} media missing, {len(empty)} notes with empty cards"
    )
    return 0 < log.found_notes == len(log.new) and not missing and not empty


if __name__ == "__main__":
    sys.exit(main())

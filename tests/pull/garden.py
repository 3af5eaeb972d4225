"""A folder of notes, a collection that imported them, and a learner who edits them there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from anki.collection import Collection, ExportAnkiPackageOptions

from cardwright.building import build_deck
from cardwright.content import read_content
from cardwright.delivery.values import BuiltDeck
from cardwright.pipeline import Options, assemble
from cardwright.pull import PullChoices, Pulled, pull_edits
from cardwright.pull.anki_notes import notes_in_package
from tests.in_anki import collection_in, import_into

OPTIONS = Options(1_700_000_000)

Change = Callable[[str], str]
"""From the HTML of a field to other HTML."""


class Garden:
    """A folder of files, a collection that imported them, and what a pull finds there."""

    def __init__(self, folder: Path) -> None:
        self.content = folder / "garden"
        self.output = folder / "build"
        self.collection = folder / "collection.anki2"
        self.content.mkdir()
        (self.content / "deck.yml").write_text("deck: Garden\n", encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        (self.content / name).write_text(text, encoding="utf-8")

    def import_all(self) -> None:
        built = build_deck(self.content, self.output, OPTIONS)
        assert built.package is not None, built.diagnostics
        import_into(self.collection, built.package)

    def edit(self, changes: dict[str, tuple[str, Change]]) -> None:
        """Edit a field of the one note of each file whose name is given that has what changes."""
        assembly = assemble(self.content, OPTIONS)
        assert assembly.identified is not None
        guids: dict[str, list[str]] = {}
        for identity in assembly.identified.identities:
            guids.setdefault(identity.place.path, []).append(identity.entry.guid)
        with collection_in(self.collection) as collection:
            for name, (field, change) in changes.items():
                _edit_one(collection, guids[name], field, change)

    def exported(self, name: str, *, is_legacy: bool = False) -> Path:
        path = self.collection.with_name(name)
        options = ExportAnkiPackageOptions(with_scheduling=True, with_media=True, legacy=is_legacy)
        with collection_in(self.collection) as collection:
            if path.suffix == ".colpkg":
                collection.export_collection_package(str(path), True, is_legacy)
            else:
                collection.export_anki_package(out_path=str(path), options=options, limit=None)
        return path

    def command(self, *way: str) -> list[str]:
        """The command line that pulls through this way."""
        return ["pull", str(self.content), *way, "-o", str(self.output)]

    def pull(self, package: Path, choices: PullChoices = PullChoices()) -> Pulled:  # noqa: B008
        assembly = assemble(self.content, OPTIONS)
        identified = assembly.identified
        assert identified is not None
        wanted = BuiltDeck(assembly.root, identified.lock, identified.notes)
        anki_deck = notes_in_package(package, wanted)
        content, _ = read_content(self.content)
        return pull_edits(content, assembly, anki_deck, self.output, OPTIONS, choices)


def _edit_one(collection: Collection, guids: list[str], field: str, change: Change) -> None:
    for guid in guids:
        (id_,) = collection.find_notes(f'"Id:{guid}"')
        note = collection.get_note(id_)
        if field not in note:
            continue
        new = change(note[field])
        if new != note[field]:
            note[field] = new
            collection.update_note(note)
            return
    raise AssertionError(f"nothing to change in {guids}")


def replacing(old: str, new: str) -> Change:
    return lambda html: html.replace(old, new)

"""Each kind of edit in Anki's editor comes back as the patch that a person would write."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from anki.collection import Collection, ExportAnkiPackageOptions

from cardwright.build import Options, assemble, build_deck
from cardwright.content import read_content
from cardwright.delivery.push import wanted_of
from cardwright.pull import Edit, Pulled, pull_edits
from cardwright.pull.held import notes_in_package
from tests.in_anki import collection_in, import_into
from tests.pictures import png
from tests.pull.edits import FIRST, IMAGE, KATEX, KINDS, NOISE, SECOND, SHOWN, Kind

OPTIONS = Options(1_700_000_000)
NAMES = [f"{number:02}.md" for number in range(len(KINDS))]
QUIET = [f"quiet-{number}.md" for number in range(len(NOISE))]

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

    def pull(self, package: Path, *, with_tags: bool = False) -> Pulled:
        assembly = assemble(self.content, OPTIONS)
        wanted = wanted_of(assembly)
        assert wanted is not None
        held = notes_in_package(package, wanted)
        content, _ = read_content(self.content)
        return pull_edits(content, assembly, held, self.output, OPTIONS, with_tags=with_tags)


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


def change_of(kind: Kind) -> Change:
    def change(html: str) -> str:
        if not kind.old:
            return kind.new if "It is red." in html else html
        signs = {}
        formula = re.search(r'<span class="katex">.*?</span></span></span>(?!</span>)', html)
        images = re.findall(r"<img [^>]*>", html)
        names = re.findall(r'src="([^"]*)"', html)
        if formula:
            signs[KATEX] = formula[0]
        if images:
            signs[IMAGE] = images[0]
        signs |= dict(zip((FIRST, SECOND), names, strict=False))
        old, new = kind.old, kind.new
        for sign, text in signs.items():
            old, new = old.replace(sign, text), new.replace(sign, text)
        return html.replace(old, new, 1)

    return change


def replacing(old: str, new: str) -> Change:
    return lambda html: html.replace(old, new)


@pytest.fixture(scope="module")
def pulled(tmp_path_factory: pytest.TempPathFactory) -> Pulled:
    garden = Garden(tmp_path_factory.mktemp("pull"))
    for name in ("dot", "leaf"):
        (garden.content / f"{name}.png").write_bytes(png(name, 4, 4))
    for name, kind in zip(NAMES, KINDS, strict=True):
        garden.write(name, kind.file(kind.before))
    body = "# Quiet\n\n## What is it?\n\nOne.\n\nOne two **b**.\n"
    for name in QUIET:
        garden.write(name, body)
    garden.import_all()
    changes = {name: (kind.field, change_of(kind)) for name, kind in zip(NAMES, KINDS, strict=True)}
    changes |= {
        name: ("Answer", replacing(old, new))
        for name, (_, old, new) in zip(QUIET, NOISE, strict=True)
    }
    garden.edit(changes)
    return garden.pull(garden.exported("all.apkg"))


def edits_in(pulled: Pulled, name: str) -> list[Edit]:
    return [edit for edit in pulled.edits if edit.place.path == name]


@pytest.mark.parametrize("number", range(len(KINDS)), ids=[kind.name for kind in KINDS])
def test_an_edit_comes_back_as_a_person_would_write_it(pulled: Pulled, number: int) -> None:
    kind, name = KINDS[number], NAMES[number]
    patches = {patch.path: patch for patch in pulled.patches}
    reasons = [edit.reason for edit in edits_in(pulled, name)]

    if kind.after is SHOWN:
        assert name not in patches
        assert any(reasons)
    else:
        assert name in patches, reasons
        assert "\n".join(patches[name].new) + "\n" == kind.file(kind.after).rstrip("\n") + "\n"
        assert not any(reasons)


@pytest.mark.parametrize("number", range(len(NOISE)), ids=[name for name, _, _ in NOISE])
def test_what_the_editor_writes_otherwise_is_no_edit(pulled: Pulled, number: int) -> None:
    assert edits_in(pulled, QUIET[number]) == []

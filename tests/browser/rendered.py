"""The cards of a deck as Anki renders them: built, imported, and both sides of each as HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageRequest

from cardwright.building import build_deck
from cardwright.diagnostics import Diagnostic
from cardwright.pipeline import Options

_HIDDEN_TEX = re.compile(r"\\[(\[](?:(?!\\[)\]]).)*\{\{c\d", re.DOTALL)
_NOW = 1_760_000_000


@dataclass(frozen=True, slots=True)
class CardSide:
    """One side of a card; ``name`` says which, ``style`` is its note type's.

    ``has_hidden_tex`` where a formula holds a deletion itself: that one is left to MathJax.
    """

    name: str
    style: str
    html: str
    is_front: bool
    has_hidden_tex: bool = False


@dataclass(frozen=True, slots=True)
class RenderedDeck:
    """The sides of every card, a front before its back, and the folder with their media.

    ``diagnostics`` is what the build said.
    """

    sides: tuple[CardSide, ...]
    media: Path
    diagnostics: tuple[Diagnostic, ...] = ()


def build_and_render(content: Path, folder: Path) -> RenderedDeck:
    """Build ``content``, a folder or a file, without a change to it, and render its cards.

    Nothing is written but in ``folder``, where the lock is a new one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    options = Options(_NOW, is_offline=True, lock_file=folder / "deck.lock")
    built = build_deck(content, folder / "build", options)
    assert built.package is not None, built.diagnostics
    return replace(render_package(built.package, folder), diagnostics=built.diagnostics)


def render_package(package: Path, folder: Path) -> RenderedDeck:
    """The cards of a package, in a fresh collection in ``folder``."""
    collection = Collection(str(folder / "collection.anki2"))
    try:
        collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(package)))
        collection.models._clear_cache()
        return RenderedDeck(tuple(_sides(collection)), Path(collection.media.dir()))
    finally:
        collection.close()


def _sides(collection: Collection) -> list[CardSide]:
    sides = []
    for id_ in collection.find_cards("", order="c.due, c.ord"):
        card = collection.get_card(id_)
        rendered = card.render_output()
        note = card.note()
        fields = dict(note.items())
        name = f"{fields['Id']}/{card.ord} {fields['Plain'][:50]}"
        is_hidden = _HIDDEN_TEX.search(fields.get("Text", "")) is not None
        style, front, back = rendered.css, rendered.question_text, rendered.answer_text
        sides.append(CardSide(f"{name} (front)", style, front, True, is_hidden))
        sides.append(CardSide(f"{name} (back)", style, back, False, is_hidden))
    return sides

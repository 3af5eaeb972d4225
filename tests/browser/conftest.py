"""A Chromium of the system, and cards as Anki renders them, in pages like those of its programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from anki.collection import Collection, ImportAnkiPackageRequest
from playwright.sync_api import Browser, Page

from cardwright.model import DeckName, Guid, Html, Note, NoteTypeStamp
from cardwright.notetypes import KINDS, fingerprint, notetype_id
from cardwright.package import pack
from tests.browser.inspection import PHONE
from tests.browser.inspection import card_page as page_of

CardPage = Callable[..., str]
"""The fields of a card (``front``, ``back`` …) to the whole page of one of its sides."""


@pytest.fixture(scope="session")
def opened_phone(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport=PHONE, has_touch=True)
    yield page
    page.close()


@pytest.fixture
def phone(opened_phone: Page) -> Page:
    """An empty page, the same for all tests: opening one takes longer than most of them."""
    opened_phone.set_viewport_size(PHONE)
    opened_phone.goto("about:blank")
    return opened_phone


@pytest.fixture(scope="session")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    opened = Collection(str(tmp_path_factory.mktemp("anki") / "collection.anki2"))
    yield opened
    opened.close()


_numbers = count(1)


@pytest.fixture
def card_page(collection: Collection, tmp_path: Path) -> CardPage:
    """Render a card by a real import, since Anki changes what it imports and what it shows."""

    def page(
        front: str,
        back: str = "",
        hint: str = "",
        extra: str = "",
        *,
        side: str = "back",
        kind: str = "qa",
        is_reverse: bool = False,
        is_night: bool = False,
    ) -> str:
        number = next(_numbers)
        note = Note(
            guid=Guid(f"guid{number:09d}"),
            note_id=1_760_000_000_000 + number,
            deck=DeckName("Root"),
            tags=(),
            mod=1_760_000_000,
            due=1,
            front=Html(front),
            back=Html(back),
            hint=Html(hint),
            extra=Html(extra),
            context=Html("A topic › A section of it"),
            source=Html('<a href="https://example.org/a.md#b">Source</a>'),
            plain="plain",
            is_reverse=is_reverse,
            kind=kind,
        )
        style, question, answer = _rendered(collection, tmp_path / "deck.apkg", note)
        return page_of(style, question if side == "front" else answer, is_night=is_night)

    return page


def _rendered(collection: Collection, package: Path, note: Note) -> tuple[str, str, str]:
    """Style, front and back of the note's last card."""
    stamps = [NoteTypeStamp(k, notetype_id("p", k), fingerprint(k, "Root"), 1) for k in KINDS]
    pack(package, [note], (), stamps, "Root")
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(package)))
    collection.models._clear_cache()
    cards = [collection.get_card(card) for card in collection.find_cards(f"nid:{note.note_id}")]
    rendered = max(cards, key=lambda card: card.ord).render_output()
    return rendered.css, rendered.question_text, rendered.answer_text

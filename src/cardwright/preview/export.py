"""Writes a preview as files that open without a server."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path

from cardwright.preview.as_json import card_object
from cardwright.preview.deck import PreviewDeck
from cardwright.preview.live import Preview
from cardwright.preview.pages import index_page, media_type, page_file

_EXPORTED = re.compile(r"data/(?:deck|cards-\d+|media-\d+)\.js")
_MARK = '<script src="data/deck.js">'  # every `index.html` of an export has this
_FONT = re.compile(r'url\("(_cw-[^"]+\.woff2)"\)')


def is_free(folder: Path) -> bool:
    """Whether a folder is new, empty or an earlier export, without links to write through."""
    if any(path.is_symlink() for path in (folder, *folder.glob("*"), *folder.glob("data/*"))):
        return False
    if not folder.exists():
        return True
    if not folder.is_dir():
        return False
    page = folder / "index.html"
    is_export = page.is_file() and _MARK in page.read_text("utf-8", errors="replace")
    return is_export or not any(folder.iterdir())


def export(preview: Preview, folder: Path) -> PreviewDeck:
    """Build once, and write the page, its cards and its media over an earlier export."""
    preview.build()
    deck = preview.deck
    files = dict(_files(preview, deck))
    for old in sorted(folder.glob("*/*")) if folder.is_dir() else ():
        name = old.relative_to(folder).as_posix()
        if _EXPORTED.fullmatch(name) and name not in files and old.is_file():
            old.unlink()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return deck


def _files(preview: Preview, deck: PreviewDeck) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each file.

    The frame of a card cannot load files from disk. So its style, fonts and images are scripts, and
    those with images are loaded when a card needs them.
    """
    yield "index.html", index_page(deck.title, "", "", is_export=True).encode()
    for name in ("page.css", "page.js"):
        yield name, page_file(name).encode()
    images = [name for name in sorted(deck.media) if not name.endswith(".woff2")]
    parts = {
        "deck": preview.live.text_since(0),
        "plan": preview.plan_text(),
        "leftOut": preview.left_out_text(),
        "style": json.dumps(_with_fonts(deck.style, deck.media), ensure_ascii=False),
        "media": json.dumps({name: number for number, name in enumerate(images)}),
    }
    values = ", ".join(f"{name}: {text}" for name, text in parts.items())
    methods = "known: {}, cards(found) { Object.assign(this.known, found); }, files: {}, "
    methods += "file(name, address) { this.files[name] = address; }"
    yield "data/deck.js", f"window.cardwright = {{{values}, {methods}}};\n".encode()
    for number, file in enumerate(deck.files):
        if file.cards:
            cards = {card.key: card_object(card, file.path) for card in file.cards}
            text = f"cardwright.cards({json.dumps(cards, ensure_ascii=False)});\n"
            yield f"data/cards-{number}.js", text.encode()
    for number, name in enumerate(images):
        arguments = f"{json.dumps(name)}, {json.dumps(_address(name, deck.media[name]))}"
        yield f"data/media-{number}.js", f"cardwright.file({arguments});\n".encode()


def _with_fonts(style: str, media: Mapping[str, bytes]) -> str:
    """Embed the fonts in the style, because a card's frame cannot load them from disk."""

    def embedded(match: re.Match[str]) -> str:
        font = media.get(match[1])
        return f'url("{_address(match[1], font)}")' if font else match[0]

    return _FONT.sub(embedded, style)


def _address(name: str, content: bytes) -> str:
    """Return a file as a ``data:`` URI."""
    kind = "font/woff2" if name.endswith(".woff2") else media_type(name)
    return f"data:{kind};base64,{b64encode(content).decode()}"

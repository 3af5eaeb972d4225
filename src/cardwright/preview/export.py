"""A preview as files that open from the disk, with the same page."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from cardwright.preview.as_json import card_object
from cardwright.preview.live import Live
from cardwright.preview.pages import index_page, page_file
from cardwright.preview.values import PreviewDeck, PreviewFile

_OURS = re.compile(r"index\.html|page\.(?:css|js)|cards\.css|data/(?:deck|cards-\d+)\.js|media/.+")
_MARK = 'id="told"'
"""What every ``index.html`` of an export holds."""

_FONT = re.compile(r'url\("(_cw-[^"]+\.woff2)"\)')


def is_free(folder: Path) -> bool:
    """Whether an export may be written there: the folder is new, empty, or an earlier export."""
    if not folder.exists():
        return True
    if not folder.is_dir():
        return False
    page = folder / "index.html"
    is_export = page.is_file() and _MARK in page.read_text("utf-8", errors="replace")
    return is_export or not any(folder.iterdir())


def write_export(folder: Path, deck: PreviewDeck, live: Live, plan: str, left_out: str) -> None:
    """Write the page, its cards and its media; files of an earlier export that are not among them
    are removed, and nothing else is touched."""
    files = dict(_files(deck, live, plan, left_out))
    for old in sorted(folder.glob("*/*")) if folder.is_dir() else ():
        name = old.relative_to(folder).as_posix()
        if _OURS.fullmatch(name) and name not in files and old.is_file():
            old.unlink()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _files(deck: PreviewDeck, live: Live, plan: str, left_out: str) -> Iterator[tuple[str, bytes]]:
    yield "index.html", index_page(deck.title, "", "", is_export=True).encode()
    for name in ("page.css", "page.js"):
        yield name, page_file(name).encode()
    yield "cards.css", _with_fonts(deck.style, deck.media).encode()
    parts = {"deck": live.text_since(0), "plan": plan, "leftOut": left_out}
    told = ", ".join(f"{name}: {text}" for name, text in parts.items())
    take = "known: {}, cards(found) { Object.assign(this.known, found); }"
    yield "data/deck.js", f"window.cardwright = {{{told}, {take}}};\n".encode()
    for number, file in enumerate(deck.files):
        if file.cards:
            yield f"data/cards-{number}.js", _cards(file, live.veil).encode()
    for name, content in deck.media.items():
        if not name.endswith(".woff2"):
            yield f"media/{name}", content


def _cards(file: PreviewFile, veil: Callable[[str], str]) -> str:
    cards = {card.key: card_object(card, file.path) for card in file.cards}
    return f"cardwright.cards({veil(json.dumps(cards, ensure_ascii=False))});\n"


def _with_fonts(style: str, media: Mapping[str, bytes]) -> str:
    """The style with its fonts in it: a card's frame may load none from the disk."""

    def embedded(match: re.Match[str]) -> str:
        font = media.get(match[1])
        return f'url("data:font/woff2;base64,{b64encode(font).decode()}")' if font else match[0]

    return _FONT.sub(embedded, style)

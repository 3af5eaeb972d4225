"""The deck that is shown now, and those who want to hear of the next one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from threading import Lock

from cardwright.preview.as_json import card_object, file_object
from cardwright.preview.values import PreviewCard, PreviewDeck

PULSE = 20.0
"""Seconds after which a page that hears of nothing hears that the program still runs."""

TextChange = Callable[[str], str]


@dataclass(slots=True)
class Live:
    """A deck with a version that counts its changes; ``show`` may be called in any thread.

    Each file has the version in which it changed last, so that a page is sent no more than that.
    ``without_paths`` takes out of what is said about files what a page must not know.
    """

    without_paths: TextChange = lambda text: text
    version: int = 0
    deck: PreviewDeck | None = None
    style_name: str = ""
    _files: dict[str, tuple[int, str]] = field(default_factory=dict)
    _cards: dict[str, tuple[PreviewCard, str]] = field(default_factory=dict)
    _head: dict[str, object] = field(default_factory=dict)
    _waiting: set[asyncio.Event] = field(default_factory=set)
    _loop: asyncio.AbstractEventLoop | None = None
    _lock: Lock = field(default_factory=Lock)

    def show(self, deck: PreviewDeck) -> bool:
        """Show this deck from now on; ``False`` where it is as it was."""
        before = {file.path: file for file in self.deck.files} if self.deck else {}
        version = self.version + 1
        files: dict[str, tuple[int, str]] = {}
        for file in deck.files:
            if before.get(file.path) == file:
                files[file.path] = self._files[file.path]
            else:
                found = file_object(file)
                found["problems"] = json.loads(self.without_paths(json.dumps(found["problems"])))
                files[file.path] = (version, json.dumps(found, ensure_ascii=False))
        name = blake2b(deck.style.encode(), digest_size=8).hexdigest()
        head: dict[str, object] = {
            "title": deck.title,
            "style": name,
            "counts": dict(deck.counts),
            "isStale": deck.is_stale,
            "order": [file.path for file in deck.files],
            "media": blake2b("\n".join(sorted(deck.media)).encode(), digest_size=8).hexdigest(),
        }
        is_new = head != self._head or any(at == version for at, _ in files.values())
        cards = {card.key: (card, file.path) for file in deck.files for card in file.cards}
        with self._lock:
            self.deck, self._files, self._cards = deck, files, cards
            self._head, self.style_name = head, name
            self.version = version if is_new else self.version
        if is_new and self._loop is not None:
            with suppress(RuntimeError):  # the server has just ended
                self._loop.call_soon_threadsafe(self._wake)
        return is_new

    def text_since(self, version: int) -> str:
        """The deck as JSON, and of its files those that changed after ``version``."""
        with self._lock:
            head = json.dumps({"version": self.version, **self._head}, ensure_ascii=False)
            files = [text for at, text in self._files.values() if at > version]
        return f'{head[:-1]}, "files": [{", ".join(files)}]}}'

    def card(self, key: str) -> dict[str, object] | None:
        """A card with both of its sides; ``None`` where there is none of this key."""
        with self._lock:
            found = self._cards.get(key)
        return card_object(*found) if found else None

    async def changes(self, version: int) -> AsyncIterator[str]:
        """Each later deck as it comes, as ``text_since``; ``""`` for a sign of life."""
        self._loop = asyncio.get_running_loop()
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            while True:
                event.clear()
                if self.version > version:
                    text, version = self.text_since(version), self.version
                    yield text
                    continue
                try:
                    await asyncio.wait_for(event.wait(), PULSE)
                except TimeoutError:
                    yield ""
        finally:
            self._waiting.discard(event)

    def _wake(self) -> None:
        for event in self._waiting:
            event.set()

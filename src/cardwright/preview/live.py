"""Holds the current deck, and notifies pages of changes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from threading import Lock

from cardwright.preview.as_json import card_object, file_object
from cardwright.preview.deck import PreviewCard, PreviewDeck

KEEP_ALIVE = 20.0
"""Seconds after which an idle page gets a sign of life."""

TextChange = Callable[[str], str]


@dataclass(slots=True)
class Live:
    """A deck with a version number. ``show`` may be called from any thread.

    Each file has the version of its last change, so a page gets only what changed.
    ``without_paths`` removes paths of this machine from messages.
    """

    without_paths: TextChange = lambda text: text
    version: int = 0
    deck: PreviewDeck | None = None
    _files: dict[str, tuple[int, str]] = field(default_factory=dict)
    _cards: dict[str, tuple[PreviewCard, str]] = field(default_factory=dict)
    _head: dict[str, object] = field(default_factory=dict)
    _waiting: set[asyncio.Event] = field(default_factory=set)
    _loop: asyncio.AbstractEventLoop | None = None
    _lock: Lock = field(default_factory=Lock)

    def show(self, deck: PreviewDeck) -> bool:
        """Replace the deck. ``False`` if nothing changed."""
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
        head: dict[str, object] = {
            "title": deck.title,
            "style": blake2b(deck.style.encode(), digest_size=8).hexdigest(),
            "counts": dict(deck.counts),
            "isStale": deck.is_stale,
            "order": [file.path for file in deck.files],
            "media": blake2b("\n".join(sorted(deck.media)).encode(), digest_size=8).hexdigest(),
        }
        is_new = head != self._head or any(at == version for at, _ in files.values())
        cards = {card.key: (card, file.path) for file in deck.files for card in file.cards}
        with self._lock:
            self.deck, self._files, self._cards = deck, files, cards
            self._head = head
            self.version = version if is_new else self.version
        if is_new and self._loop is not None:
            with suppress(RuntimeError):  # the server has just stopped
                self._loop.call_soon_threadsafe(self._wake)
        return is_new

    def text_since(self, version: int) -> str:
        """Return the deck as JSON, with the files that changed after ``version``."""
        with self._lock:
            head = json.dumps({"version": self.version, **self._head}, ensure_ascii=False)
            files = [text for at, text in self._files.values() if at > version]
        return f'{head[:-1]}, "files": [{", ".join(files)}]}}'

    def card(self, key: str) -> dict[str, object] | None:
        """Return a card with both sides, or ``None`` if there is no card with this key."""
        with self._lock:
            found = self._cards.get(key)
        return card_object(*found) if found else None

    async def changes(self, version: int) -> AsyncIterator[str]:
        """Yield each later deck like ``text_since``, and ``""`` as a sign of life."""
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
                    await asyncio.wait_for(event.wait(), KEEP_ALIVE)
                except TimeoutError:
                    yield ""
        finally:
            self._waiting.discard(event)

    def _wake(self) -> None:
        for event in self._waiting:
            event.set()

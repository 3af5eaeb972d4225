"""Builds a deck repeatedly, holds the current one, and notifies pages of changes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import blake2b
from pathlib import Path
from threading import Lock

from cardwright.making.work_cache import Memory
from cardwright.pipeline import Options, assemble
from cardwright.preview.as_json import card_object, file_object, plan_object
from cardwright.preview.deck import PreviewCard, PreviewDeck, preview_deck
from cardwright.preview.left_out import LeftOutReader

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


class Preview:
    """A deck at ``path`` that is built repeatedly in memory. Only the cache is written.

    ``hides_paths`` keeps paths of this machine from the page.
    """

    def __init__(self, path: Path, output: Path, options: Options, *, hides_paths: bool) -> None:
        self.path = path
        self.folder = path if path.is_dir() else path.parent
        self.output = output
        self.options = replace(options, memory=Memory(), output=output)
        self.hides_paths = hides_paths
        paths = machine_paths(self.folder, output) if hides_paths else ()
        self.live = Live(partial(without_paths, paths=paths))
        self.left_out = LeftOutReader(path, options.lock_file, options.is_trusted)

    @property
    def deck(self) -> PreviewDeck:
        """The deck as it was last built."""
        assert self.live.deck is not None
        return self.live.deck

    def build(self) -> bool:
        """Build the deck and show it. ``False`` if the page does not change."""
        assembly = assemble(self.path, self.options)
        if self.live.deck is None and assembly.work is not None:
            assembly.work.write_new()
        return self.live.show(preview_deck(assembly, self.path, self.live.deck))

    def plan_text(self) -> str:
        """Return what a build would do, as JSON."""
        assembly = self.deck.assembly
        found = plan_object(assembly, self.output, assembly.folder)
        return self.live.without_paths(json.dumps(found, ensure_ascii=False))

    def left_out_text(self) -> str:
        """Return the text of each file that is on no card, as JSON."""
        return json.dumps(self.left_out.files(), ensure_ascii=False)


def machine_paths(folder: Path, output: Path) -> tuple[tuple[str, str], ...]:
    """Return paths that reveal where the folders are, with replacements, the longest first."""
    names: dict[str, str] = {}
    for path in (output, folder):
        absolute = path.resolve()
        for parent in (absolute, *absolute.parents):
            if len(parent.parts) > 2:  # '/tmp' alone reveals nothing, and a note may mention it
                names[f"{parent.as_posix()}/"] = ""
                names[str(parent)] = parent.name if parent == absolute else "…"
        if path.as_posix() not in (".", path.name):
            names[f"{path.as_posix()}/"] = ""
            names[path.as_posix()] = path.name
    home = Path.home()
    if home != home.parent:  # in a container, it may be '/'
        names[str(home)] = "~"
    return tuple(sorted(names.items(), key=lambda pair: -len(pair[0])))


def without_paths(text: str, paths: Sequence[tuple[str, str]]) -> str:
    """Return the text with each of the ``paths`` replaced."""
    for path, word in paths:
        text = text.replace(path, word)
    return text

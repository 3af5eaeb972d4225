"""Keeps the open files of an editor, and checks their decks."""

from __future__ import annotations

import asyncio
import os
import sys
import time
import traceback
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from cardwright.diagnostics import Diagnostic
from cardwright.lsp.check import Check, check_deck, deck_of
from cardwright.lsp.positions import EditorDocument, split_lines
from cardwright.lsp.problems import as_lsp
from cardwright.making.work_cache import Memory
from cardwright.source import LARGEST_LOCK, LARGEST_TEXT, read_text

PAUSE = 0.05
"""Seconds without a change before a deck is checked."""

_LONGEST_PAUSE = 0.5  # seconds of continuous typing before a deck is checked anyway
_WATCHED = "**/*.{md,markdown,mdx,yml,lock,css,tex,png,jpg,jpeg,gif,svg,webp,avif}"


@dataclass(slots=True)
class OpenFile:
    """A file that is open in the editor."""

    uri: str  # as the editor wrote it
    version: int
    text: str


@dataclass(slots=True)
class OpenDeck:
    """A deck with open files, and its last check."""

    path: Path
    memory: Memory = field(default_factory=Memory)
    version: int = 0  # counts the changes
    checked_version: int = 0  # that count at the last check
    check: Check | None = None
    task: asyncio.Task[None] | None = None
    published: dict[Path, str] = field(default_factory=dict)  # URIs of files with problems


class EditorSession:
    """An editor: its open files and their decks. Answers use the unsaved texts."""

    def __init__(self, server: LanguageServer, *, is_trusted: bool) -> None:
        self.server = server
        self.is_trusted = is_trusted
        self.files: dict[Path, OpenFile] = {}
        self.decks: dict[Path, OpenDeck] = {}
        self.roots: tuple[Path, ...] = ()
        self.is_ended = False
        self._one_check = asyncio.Lock()

    def initialized(self, _params: types.InitializedParams) -> None:
        """Store the open folders, and ask for notifications about changes on disk."""
        workspace = self.server.workspace
        uris = [*workspace.folders, workspace.root_uri or ""]
        self.roots = tuple(dict.fromkeys(path for uri in uris if (path := path_of(uri))))
        known = self.server.client_capabilities.workspace
        watching = known.did_change_watched_files if known else None
        if watching and watching.dynamic_registration:
            options = types.DidChangeWatchedFilesRegistrationOptions(
                [types.FileSystemWatcher(_WATCHED)]
            )
            method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            asked = types.Registration("watched", method, options)
            self.server.client_register_capability(types.RegistrationParams([asked]))

    def shutdown(self, _params: None) -> None:
        """Record that the editor is about to end the program."""
        self.is_ended = True

    def changed(
        self, params: types.DidOpenTextDocumentParams | types.DidChangeTextDocumentParams
    ) -> None:
        """Check the deck of a file that was opened or edited."""
        uri = params.text_document.uri
        path = path_of(uri)
        if path is None:
            return
        document = self.server.workspace.get_text_document(uri)
        # As if read from a UTF-8 file: no BOM, no lone surrogates.
        text = document.source.removeprefix("\ufeff").encode("utf-8", "replace").decode("utf-8")
        self.files[path] = OpenFile(uri, document.version or 0, text)
        deck = self.open_deck(path)
        if deck is not None:
            self._schedule_check(deck)

    def closed(self, params: types.DidCloseTextDocumentParams) -> None:
        """Read the file from disk again. A deck is dropped with its last file."""
        path = path_of(params.text_document.uri)
        if path is None or self.files.pop(path, None) is None:
            return
        self.check_all(params)

    def check_all(self, _params: object) -> None:
        """Check all decks again after a file was closed, or something changed on disk."""
        found = {deck.path: deck for path in self.files if (deck := self.open_deck(path))}
        for deck in found.values():
            self._schedule_check(deck)
        left, self.decks = self.decks, found
        for path in left.keys() - found.keys():
            self._publish(left[path], {}, {})

    def open_deck(self, path: Path) -> OpenDeck | None:
        """Return the deck of a file, or ``None`` if it belongs to none."""
        found = deck_of(path, self.roots)
        return self.decks.setdefault(found, OpenDeck(found)) if found else None

    def _schedule_check(self, deck: OpenDeck) -> None:
        deck.version += 1
        if deck.task is None or deck.task.done():
            deck.task = asyncio.create_task(self._check_until_current(deck))

    async def _check_until_current(self, deck: OpenDeck) -> None:
        """Check a deck until the last check includes all changes."""
        while deck.checked_version != deck.version and self.decks.get(deck.path) is deck:
            began, seen = time.monotonic(), -1
            while seen != deck.version and time.monotonic() - began < _LONGEST_PAUSE:
                seen = deck.version
                await asyncio.sleep(PAUSE)
            seen, files = deck.version, dict(self.files)
            async with self._one_check, self._shown_as_busy(deck):
                deck.check = await asyncio.to_thread(self._run_check, deck, files) or deck.check
            deck.checked_version = seen
            is_late = time.monotonic() - began > _LONGEST_PAUSE
            if deck.check and (seen == deck.version or is_late):
                self._publish(deck, deck.check.problems, files)

    @asynccontextmanager
    async def _shown_as_busy(self, deck: OpenDeck) -> AsyncIterator[None]:
        """Show progress in the editor during the first check of a deck, which takes seconds."""
        known = self.server.client_capabilities.window
        if deck.check is not None or not (known and known.work_done_progress):
            yield
            return
        progress, token = self.server.work_done_progress, f"reading {deck.path}"
        words = f"reading {deck.path.name}"
        # Progress starts once the editor agrees. The check does not wait for that.
        started = types.WorkDoneProgressBegin("Cardwright", message=words)
        agreed = progress.create(token, lambda *_: progress.begin(token, started))
        try:
            yield
        finally:
            if token in progress.tokens:
                progress.end(token, types.WorkDoneProgressEnd())
                del progress.tokens[token]
            else:
                agreed.cancel()

    def _run_check(self, deck: OpenDeck, files: Mapping[Path, OpenFile]) -> Check | None:
        unsaved = {path.resolve(): file.text for path, file in files.items()}
        roots = (root for root in self.roots if deck.path.is_relative_to(root))
        output = next(roots, Path.cwd()) / "build"
        try:
            trusted = self.is_trusted
            return check_deck(deck.path, output, unsaved, deck.memory, is_trusted=trusted)
        except Exception:  # the next change may be without the bug
            print(traceback.format_exc(), file=sys.stderr)
            words = "cardwright: this is a bug of ours, please report it with the lines above"
            print(words, file=sys.stderr, flush=True)
            return None

    def _publish(
        self,
        deck: OpenDeck,
        problems: Mapping[Path, Sequence[Diagnostic]],
        files: Mapping[Path, OpenFile],
    ) -> None:
        """Show the problems, and clear the files that have none any more."""
        if problems and self.decks.get(deck.path) is not deck:
            return  # the deck was closed, and perhaps opened again, during the check
        for path in [*(deck.published.keys() - problems.keys()), *problems]:
            file = files.get(path)
            document = self.document(path, file.text if file else None)
            shown = [as_lsp(problem, document) for problem in problems.get(path, ())]
            uri = file.uri if file else deck.published.get(path) or from_fs_path(str(path)) or ""
            version = file.version if file else None
            self.server.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(uri, shown, version)
            )
            deck.published[path] = uri
            if not shown:
                del deck.published[path]

    def document(self, path: Path, text: str | None = None) -> EditorDocument:
        """Return the current text of a file: from the editor, else from disk."""
        if text is None:
            file = self.files.get(path)
            largest = LARGEST_LOCK if path.suffix == ".lock" else LARGEST_TEXT
            text = file.text if file else read_text(path, path.name, largest)[0] or ""
        encoding = self.server.workspace.position_encoding
        return EditorDocument(split_lines(text), encoding or types.PositionEncodingKind.Utf16)

    async def at(self, uri: str) -> tuple[Path, EditorDocument, OpenDeck, Check] | None:
        """Return a file with a check that includes all of its changes, or ``None``."""
        path = path_of(uri)
        deck = self.open_deck(path) if path else None
        if path is None or deck is None:
            return None
        if deck.task is not None:
            await asyncio.shield(deck.task)
        return (path, self.document(path), deck, deck.check) if deck.check else None

    def uri(self, path: Path) -> str:
        """Return the URI of a file as the editor writes it."""
        file = self.files.get(path)
        return file.uri if file else from_fs_path(str(path)) or ""


def path_of(uri: str) -> Path | None:
    """Return the local file of a URI, or ``None`` for a text that is not on disk."""
    try:
        address = urlsplit(uri)
    except ValueError:  # brackets without an IPv6 address
        return None
    is_here = address.netloc in ("", "localhost") or os.name == "nt"
    if address.scheme != "file" or not is_here:
        return None
    name = to_fs_path(uri)
    return Path(os.path.abspath(name)) if name and "\0" not in name else None  # noqa: PTH100

"""The language server: what the editor tells it, and what it answers."""

from __future__ import annotations

import asyncio
import os
import sys
import time
import traceback
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from cardwright import __version__
from cardwright.config.schema import deck_schema, front_matter_schema
from cardwright.diagnostics import Diagnostic
from cardwright.lsp import actions, completion
from cardwright.lsp.attributes import reader
from cardwright.lsp.cards import card_text, outline
from cardwright.lsp.check import Check, check_deck, deck_of
from cardwright.lsp.links import entry_line, lock_of, note_of_entry
from cardwright.lsp.positions import Document, clean_text, split_lines
from cardwright.lsp.problems import SOURCE, as_lsp, problems_at, problems_in, rule_text
from cardwright.making import Memory
from cardwright.source import LARGEST_LOCK, LARGEST_TEXT, SETTINGS, SUFFIXES, read_text

PAUSE = 0.05
"""Seconds without a change after which a deck is checked."""

_LONGEST_PAUSE = 0.5
"""Seconds of typing after which it is checked all the same."""

_WATCHED = "**/*.{md,markdown,mdx,yml,lock,css,tex,png,jpg,jpeg,gif,svg,webp,avif}"


@dataclass(slots=True)
class OpenFile:
    """A file in the editor, under the address that the editor gave it."""

    uri: str
    version: int
    text: str


@dataclass(slots=True)
class OpenDeck:
    """A deck of which files are open: the last check, and whether it is behind.

    ``wanted`` counts the changes, ``checked`` those that the last check has seen. ``published``
    has the files whose problems the editor shows.
    """

    path: Path
    memory: Memory = field(default_factory=Memory)
    wanted: int = 0
    checked: int = 0
    check: Check | None = None
    task: asyncio.Task[None] | None = None
    published: dict[Path, str] = field(default_factory=dict)


class Session:
    """One editor: its open files and their decks. Answers come from the unsaved texts."""

    def __init__(self, server: LanguageServer, *, is_trusted: bool) -> None:
        self.server = server
        self.is_trusted = is_trusted
        self.files: dict[Path, OpenFile] = {}
        self.decks: dict[Path, OpenDeck] = {}
        self.roots: tuple[Path, ...] = ()
        self.is_ended = False
        self._one_check = asyncio.Lock()
        self._register()

    def _register(self) -> None:
        signs = types.CompletionOptions(trigger_characters=["{", "#", ".", " ", ":", "["])
        kinds = types.CodeActionOptions([types.CodeActionKind.QuickFix])
        handlers: Sequence[tuple[str, Callable[..., object], object]] = (
            (types.INITIALIZED, self.initialized, None),
            (types.SHUTDOWN, self.shutdown, None),
            (types.TEXT_DOCUMENT_DID_OPEN, self.opened, None),
            (types.TEXT_DOCUMENT_DID_CHANGE, self.changed, None),
            (types.TEXT_DOCUMENT_DID_CLOSE, self.closed, None),
            (types.TEXT_DOCUMENT_DID_SAVE, self.check_all, None),
            (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, self.check_all, None),
            (types.TEXT_DOCUMENT_HOVER, self.hover, None),
            (types.TEXT_DOCUMENT_COMPLETION, self.complete, signs),
            (types.TEXT_DOCUMENT_DEFINITION, self.define, None),
            (types.TEXT_DOCUMENT_CODE_ACTION, self.act, kinds),
            (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, self.symbols, None),
        )
        for name, handler, options in handlers:
            # A partial, because pygls sets attributes, and a method takes none.
            self.server.feature(name, options)(partial(handler))

    def initialized(self, _params: types.InitializedParams) -> None:
        """Learn which folders are open, and ask to be told of changes on the disk."""
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
        """The editor is about to end the program."""
        self.is_ended = True

    def opened(self, params: types.DidOpenTextDocumentParams) -> None:
        """Check the deck of a file that was opened."""
        self._take(params.text_document.uri)

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        """Check the deck of a file that was edited."""
        self._take(params.text_document.uri)

    def _take(self, uri: str) -> None:
        path = path_of(uri)
        if path is None:
            return
        document = self.server.workspace.get_text_document(uri)
        text = clean_text(document.source)
        self.files[path] = OpenFile(uri, document.version or 0, text)
        deck = self._deck(path)
        if deck is not None:
            self._want_check(deck)

    def closed(self, params: types.DidCloseTextDocumentParams) -> None:
        """Read the file from the disk again. A deck is dropped with its last file."""
        path = path_of(params.text_document.uri)
        if path is None or self.files.pop(path, None) is None:
            return
        self.check_all(params)

    def check_all(self, _params: object) -> None:
        """Check all decks anew: a file is closed, or something changed on the disk."""
        found = {deck.path: deck for path in self.files if (deck := self._deck(path))}
        for deck in found.values():
            self._want_check(deck)
        left, self.decks = self.decks, found
        for path in left.keys() - found.keys():
            self._publish(left[path], {}, {})

    def _deck(self, path: Path) -> OpenDeck | None:
        """The deck of a file, or ``None`` if it belongs to none."""
        found = deck_of(path, self.roots)
        return self.decks.setdefault(found, OpenDeck(found)) if found else None

    def _want_check(self, deck: OpenDeck) -> None:
        deck.wanted += 1
        if deck.task is None or deck.task.done():
            deck.task = asyncio.create_task(self._follow(deck))

    async def _follow(self, deck: OpenDeck) -> None:
        """Check a deck until no change is left that no check has seen."""
        while deck.checked != deck.wanted and self.decks.get(deck.path) is deck:
            began, seen = time.monotonic(), -1
            while seen != deck.wanted and time.monotonic() - began < _LONGEST_PAUSE:
                seen = deck.wanted
                await asyncio.sleep(PAUSE)
            seen, files = deck.wanted, dict(self.files)
            async with self._one_check, self._shown_as_busy(deck):
                deck.check = await asyncio.to_thread(self._checked, deck, files) or deck.check
            deck.checked = seen
            is_late = time.monotonic() - began > _LONGEST_PAUSE
            if deck.check and (seen == deck.wanted or is_late):
                self._publish(deck, deck.check.problems, files)

    @asynccontextmanager
    async def _shown_as_busy(self, deck: OpenDeck) -> AsyncIterator[None]:
        """Have the editor show that a deck is read for the first time: that takes seconds."""
        known = self.server.client_capabilities.window
        if deck.check is not None or not (known and known.work_done_progress):
            yield
            return
        progress, token = self.server.work_done_progress, f"reading {deck.path}"
        words = f"reading {deck.path.name}"
        # Only once the editor has agreed; a check does not wait for that.
        begun = types.WorkDoneProgressBegin("Cardwright", message=words)
        agreed = progress.create(token, lambda *_: progress.begin(token, begun))
        try:
            yield
        finally:
            if token in progress.tokens:
                progress.end(token, types.WorkDoneProgressEnd())
                del progress.tokens[token]
            else:
                agreed.cancel()

    def _checked(self, deck: OpenDeck, files: Mapping[Path, OpenFile]) -> Check | None:
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
        """Show the problems, and take back those of files that have none any more."""
        if problems and self.decks.get(deck.path) is not deck:
            return  # the deck was closed, and perhaps opened again, during the check
        for path in [*(deck.published.keys() - problems.keys()), *problems]:
            file = files.get(path)
            document = self._document(path, file.text if file else None)
            shown = [as_lsp(problem, document) for problem in problems.get(path, ())]
            uri = file.uri if file else deck.published.get(path) or from_fs_path(str(path)) or ""
            version = file.version if file else None
            self.server.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(uri, shown, version)
            )
            deck.published[path] = uri
            if not shown:
                del deck.published[path]

    def _document(self, path: Path, text: str | None = None) -> Document:
        """A file as it is now: in the editor, else on the disk."""
        if text is None:
            file = self.files.get(path)
            largest = LARGEST_LOCK if path.suffix == ".lock" else LARGEST_TEXT
            text = file.text if file else read_text(path, path.name, largest)[0] or ""
        encoding = self.server.workspace.position_encoding
        return Document(split_lines(text), encoding or types.PositionEncodingKind.Utf16)

    async def _at(self, uri: str) -> tuple[Path, Document, OpenDeck, Check] | None:
        """A file with a check that has seen all of its changes, or ``None``."""
        path = path_of(uri)
        deck = self._deck(path) if path else None
        if path is None or deck is None:
            return None
        if deck.task is not None:
            await asyncio.shield(deck.task)
        return (path, self._document(path), deck, deck.check) if deck.check else None

    async def hover(self, params: types.HoverParams) -> types.Hover | None:
        """The card of a question, the rule of a problem, what a setting means."""
        found = await self._at(params.text_document.uri)
        if found is None:
            return None
        path, document, _, check = found
        line, column = document.place(params.position)
        problems = check.problems.get(path, ())
        texts = [rule_text(each) for each in problems_at(problems, document, line, column)]
        note = check.note_at(path, line)
        texts += [card_text(note, check)] if note else []
        schema = deck_schema() if path.name == SETTINGS else front_matter_schema()
        if path.name == SETTINGS or (note is None and path.suffix.lower() in SUFFIXES):
            above = document.lines[:line]
            is_block = path.name == SETTINGS or completion.is_front_matter(document.lines, line)
            meaning = completion.meaning_at(schema, above, column) if is_block else ""
            texts += [meaning] if meaning else []
        if not texts:
            return None
        text = "\n\n---\n\n".join(dict.fromkeys(texts))
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text))

    def complete(self, params: types.CompletionParams) -> types.CompletionList:
        """Complete attributes of a question, and keys and values of settings and front matter."""
        path = path_of(params.text_document.uri)
        items: list[types.CompletionItem] = []
        if path is not None:
            document = self._document(path)
            line, column = document.place(params.position)
            found = self._suggestions(path, document, line, column)
            items = [_item(each, document, line, column) for each in found]
        return types.CompletionList(is_incomplete=False, items=items)

    def _suggestions(
        self, path: Path, document: Document, line: int, column: int
    ) -> list[completion.Suggestion]:
        if path.name == SETTINGS:
            return completion.settings(document.lines, line, column)
        if path.suffix.lower() not in SUFFIXES:
            return []
        deck = self._deck(path)
        check = deck.check if deck else None
        note = check.note_at(path, line) if check else None
        before = document.line(line)[: column - 1]
        is_first = note is not None and note.line == line
        found = completion.attributes(before, note if is_first else None, check)
        return found or completion.front_matter(document.lines, line, column)

    async def define(self, params: types.DefinitionParams) -> types.Location | None:
        """From a question to its entry in the lock, and from the entry to the question."""
        found = await self._at(params.text_document.uri)
        if found is None:
            return None
        path, document, _, check = found
        line, _ = document.place(params.position)
        lock = lock_of(check)
        if path == lock:
            entry = note_of_entry(document.line(line), check)
            return self._location(entry.path, entry.line) if entry else None
        note = check.note_at(path, line)
        at = entry_line(self._document(lock).lines, note.note.guid) if note else 0
        return self._location(lock, at) if at else None

    def _location(self, path: Path, line: int) -> types.Location:
        document = self._document(path)
        place = document.range(line, 1, len(document.line(line)) + 1)
        return types.Location(self._uri(path), place)

    def _uri(self, path: Path) -> str:
        file = self.files.get(path)
        return file.uri if file else from_fs_path(str(path)) or ""

    async def symbols(self, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        """The sections and questions of a file."""
        found = await self._at(params.text_document.uri)
        if found is None:
            return []
        path, document, _, check = found
        return outline(check.notes_of(path), document)

    async def act(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """The edits that the hints of problems name, and ``ignore`` for warnings."""
        kind, only = types.CodeActionKind.QuickFix, params.context.only
        is_asked = only is None or any(kind.startswith(each) for each in only)
        found = await self._at(params.text_document.uri) if is_asked else None
        if found is None:
            return []
        path, document, deck, check = found
        first, _ = document.place(params.range.start)
        last, _ = document.place(params.range.end)
        offered: list[types.CodeAction] = []
        nearby = problems_in(check.problems.get(path, ()), document, first, last)
        # To read the file again for each of many problems would take too long.
        read = reader(check, path) if first == last else None

        def edits() -> Iterator[actions.Action]:
            for problem in nearby:
                yield from actions.mending_actions(problem, document.lines, read)
            note = check.note_at(path, first)
            if note is not None and note.line == first:
                yield from actions.note_actions(note, document.lines, read)

        for action in await asyncio.to_thread(lambda: list(edits())):
            shown = [as_lsp(action.problem, document)] if action.problem else []
            offered.append(self._action(path, document, action, shown))
        by_code: defaultdict[str, list[types.Diagnostic]] = defaultdict(list)
        for problem in nearby:
            if not problem.is_error:
                by_code[problem.code.code].append(as_lsp(problem, document))
        for code, warnings in by_code.items():
            offered += self._ignoring(path, document, deck, code, warnings)
        return offered

    def _ignoring(
        self,
        path: Path,
        document: Document,
        deck: OpenDeck,
        code: str,
        warnings: Sequence[types.Diagnostic],
    ) -> list[types.CodeAction]:
        """Ignore the warnings of a code in the file, and in the deck."""
        offered = []
        edit = actions.ignore_in_file(document.lines, code)
        if edit is not None and path.suffix.lower() in SUFFIXES:
            action = actions.Action(f"Ignore {code} in this file", edit)
            offered.append(self._action(path, document, action, warnings))
        settings = deck.path / SETTINGS
        if deck.path.is_dir() and settings.is_file():
            text = self._document(settings)
            edit = actions.ignore_in_deck(text.lines, code)
            if edit is not None:
                action = actions.Action(f"Ignore {code} in the deck", edit)
                offered.append(self._action(settings, text, action, warnings))
        return offered

    def _action(
        self,
        path: Path,
        document: Document,
        action: actions.Action,
        problems: Sequence[types.Diagnostic],
    ) -> types.CodeAction:
        edit = action.edit
        place = document.range(edit.line, edit.start, edit.end)
        changes = {self._uri(path): [types.TextEdit(place, edit.text)]}
        return types.CodeAction(
            title=action.title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=list(problems) or None,
            edit=types.WorkspaceEdit(changes=changes),
        )


def _item(
    suggestion: completion.Suggestion, document: Document, line: int, column: int
) -> types.CompletionItem:
    text = suggestion.text + (": " if suggestion.is_key else "")
    place = document.range(line, column - suggestion.length, column)
    is_key = suggestion.is_key
    return types.CompletionItem(
        label=suggestion.text,
        kind=types.CompletionItemKind.Property if is_key else types.CompletionItemKind.Value,
        documentation=suggestion.meaning or None,
        filter_text=suggestion.text,
        text_edit=types.TextEdit(place, text),
    )


def path_of(uri: str) -> Path | None:
    """The local file at an address, or ``None`` for a text that is not on the disk."""
    try:
        address = urlsplit(uri)
    except ValueError:  # brackets that hold no IPv6 address
        return None
    is_here = address.netloc in ("", "localhost") or os.name == "nt"
    if address.scheme != "file" or not is_here:
        return None
    name = to_fs_path(uri)
    return Path(os.path.abspath(name)) if name and "\0" not in name else None  # noqa: PTH100


def serve(stdin: BinaryIO, stdout: BinaryIO, *, is_trusted: bool) -> bool:
    """Serve an editor until it ends. ``False`` if it ends without saying so, as after a crash."""
    sync = types.TextDocumentSyncKind.Full  # texts are small, and nothing of them can be lost
    server = LanguageServer(SOURCE, __version__, sync)
    session = Session(server, is_trusted=is_trusted)
    server.start_io(stdin, stdout)
    return session.is_ended

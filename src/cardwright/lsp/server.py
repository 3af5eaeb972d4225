"""Answers the requests of an editor."""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from cardwright import __version__
from cardwright.diagnostics import rule_page
from cardwright.lsp import actions, completion
from cardwright.lsp.attributes import question_reader
from cardwright.lsp.cards import card_text, outline
from cardwright.lsp.check import Check, CheckedNote
from cardwright.lsp.positions import EditorDocument, LineEdit
from cardwright.lsp.problems import SOURCE, as_lsp, problems_at, problems_in
from cardwright.lsp.session import EditorSession, path_of
from cardwright.model import SUFFIXES
from cardwright.source import SETTINGS

_ENTRY = re.compile(r'\s*\{"guid": "([a-z0-9]{13})"')


@dataclass(frozen=True, slots=True)
class Features:
    """The requests that the server answers."""

    session: EditorSession

    def register(self, server: LanguageServer) -> None:
        """Register the handlers of requests, and of notifications for the session."""
        session = self.session
        triggers = types.CompletionOptions(trigger_characters=["{", "#", ".", " ", ":", "["])
        kinds = types.CodeActionOptions([types.CodeActionKind.QuickFix])
        handlers: Sequence[tuple[str, Callable[..., object], object]] = (
            (types.INITIALIZED, session.initialized, None),
            (types.SHUTDOWN, session.shutdown, None),
            (types.TEXT_DOCUMENT_DID_OPEN, session.changed, None),
            (types.TEXT_DOCUMENT_DID_CHANGE, session.changed, None),
            (types.TEXT_DOCUMENT_DID_CLOSE, session.closed, None),
            (types.TEXT_DOCUMENT_DID_SAVE, session.check_all, None),
            (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, session.check_all, None),
            (types.TEXT_DOCUMENT_HOVER, self.hover, None),
            (types.TEXT_DOCUMENT_COMPLETION, self.complete, triggers),
            (types.TEXT_DOCUMENT_DEFINITION, self.define, None),
            (types.TEXT_DOCUMENT_CODE_ACTION, self.act, kinds),
            (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, self.symbols, None),
        )
        for name, handler, options in handlers:
            # pygls sets attributes on handlers. A partial accepts them, and a method does not.
            server.feature(name, options)(partial(handler))

    async def hover(self, params: types.HoverParams) -> types.Hover | None:
        """Show the card of a question, the rule of a problem, or the meaning of a setting."""
        found = await self.session.at(params.text_document.uri)
        if found is None:
            return None
        path, document, _, check = found
        line, column = document.place(params.position)
        problems = check.problems.get(path, ())
        texts = [
            rule_page(each.code).rstrip() for each in problems_at(problems, document, line, column)
        ]
        note = check.note_at(path, line)
        if note is not None:
            texts.append(card_text(note, check))
        else:
            texts.append(completion.meaning_at(path, document.lines, line, column))
        text = "\n\n---\n\n".join(dict.fromkeys(filter(None, texts)))
        if not text:
            return None
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text))

    def complete(self, params: types.CompletionParams) -> types.CompletionList:
        """Complete attributes of a question, and keys and values of settings and front matter."""
        path = path_of(params.text_document.uri)
        if path is None:
            return types.CompletionList(is_incomplete=False, items=[])
        document = self.session.document(path)
        line, column = document.place(params.position)
        found: list[completion.Suggestion] = []
        if path.suffix.lower() in SUFFIXES:
            deck = self.session.open_deck(path)
            check = deck.check if deck else None
            note = check.note_at(path, line) if check else None
            before = document.line(line)[: column - 1]
            is_first = note is not None and note.line == line
            found = completion.attributes(before, note if is_first else None, check)
        found = found or list(completion.keys_and_values(path, document.lines, line, column))
        items = [_item(each, document, line, column) for each in found]
        return types.CompletionList(is_incomplete=False, items=items)

    async def define(self, params: types.DefinitionParams) -> types.Location | None:
        """Go from a question to its entry in the lock, and back."""
        found = await self.session.at(params.text_document.uri)
        if found is None:
            return None
        path, document, _, check = found
        line, _ = document.place(params.position)
        lock = Path.cwd() / check.assembly.lock_file
        if path == lock:
            entry = _note_of_entry(document.line(line), check)
            return self._location(entry.path, entry.line) if entry else None
        note = check.note_at(path, line)
        at = _entry_line(self.session.document(lock).lines, note.note.guid) if note else 0
        return self._location(lock, at) if at else None

    def _location(self, path: Path, line: int) -> types.Location:
        document = self.session.document(path)
        place = document.range(line, 1, len(document.line(line)) + 1)
        return types.Location(self.session.uri(path), place)

    async def symbols(self, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        """Return the sections and questions of a file."""
        found = await self.session.at(params.text_document.uri)
        if found is None:
            return []
        path, document, _, check = found
        return outline(check.notes_of(path), document)

    async def act(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """Offer the edits that hints describe, and ``ignore`` for warnings."""
        kind, only = types.CodeActionKind.QuickFix, params.context.only
        is_asked = only is None or any(kind.startswith(each) for each in only)
        found = await self.session.at(params.text_document.uri) if is_asked else None
        if found is None:
            return []
        path, document, deck, check = found
        first, _ = document.place(params.range.start)
        last, _ = document.place(params.range.end)
        offered: list[types.CodeAction] = []
        nearby = problems_in(check.problems.get(path, ()), document, first, last)
        # Reading the file again for each of many problems would take too long.
        read = question_reader(check, path) if first == last else None

        def edits() -> Iterator[actions.Action]:
            for problem in nearby:
                yield from actions.fix_actions(problem, document.lines, read)
            note = check.note_at(path, first)
            if note is not None and note.line == first:
                yield from actions.note_actions(note, document.lines, read)

        for action in await asyncio.to_thread(lambda: list(edits())):
            shown = [as_lsp(action.problem, document)] if action.problem else []
            offered.append(self._action(path, document, action.title, action.edit, shown))
        by_code: defaultdict[str, list[types.Diagnostic]] = defaultdict(list)
        for problem in nearby:
            if not problem.is_error:
                by_code[problem.code.code].append(as_lsp(problem, document))
        settings, is_text = deck.path / SETTINGS, path.suffix.lower() in SUFFIXES
        has_settings = deck.path.is_dir() and settings.is_file()
        for code, warnings in by_code.items():
            if is_text and (edit := actions.ignore_in_file(document.lines, code)):
                title = f"Ignore {code} in this file"
                offered.append(self._action(path, document, title, edit, warnings))
            text = self.session.document(settings) if has_settings else None
            if text and (edit := actions.ignore_in_deck(text.lines, code)):
                title = f"Ignore {code} in the deck"
                offered.append(self._action(settings, text, title, edit, warnings))
        return offered

    def _action(
        self,
        path: Path,
        document: EditorDocument,
        title: str,
        edit: LineEdit,
        problems: Sequence[types.Diagnostic],
    ) -> types.CodeAction:
        place = document.range(edit.line, edit.start, edit.end)
        changes = {self.session.uri(path): [types.TextEdit(place, edit.text)]}
        return types.CodeAction(
            title=title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=list(problems) or None,
            edit=types.WorkspaceEdit(changes=changes),
        )


def _entry_line(lines: Sequence[str], guid: str) -> int:
    """Return the line in a lock with the entry of a note, 0 for none."""
    start = f'{{"guid": "{guid}"'
    return next((at for at, line in enumerate(lines, 1) if line.lstrip().startswith(start)), 0)


def _note_of_entry(line: str, check: Check) -> CheckedNote | None:
    """Return the note of an entry in the lock, ``None`` if its question is gone."""
    entry = _ENTRY.match(line)
    notes = (note for note in check.notes if entry and note.note.guid == entry[1])
    return next(notes, None)


def _item(
    suggestion: completion.Suggestion, document: EditorDocument, line: int, column: int
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


def serve(stdin: BinaryIO, stdout: BinaryIO, *, is_trusted: bool) -> bool:
    """Serve an editor until it disconnects. ``False`` without a shutdown request."""
    sync = types.TextDocumentSyncKind.Full  # texts are small, and full texts cannot get out of step
    server = LanguageServer(SOURCE, __version__, sync)
    session = EditorSession(server, is_trusted=is_trusted)
    Features(session).register(server)
    server.start_io(stdin, stdout)
    return session.is_ended

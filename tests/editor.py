"""An editor for tests: it starts the language server and speaks with it."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TypeVar

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from cardwright.lsp.server import serve
from tests.waiting import PATIENCE

T = TypeVar("T")


class Editor:
    """Files that are open in an editor, and what the server says of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.client = LanguageClient("editor", "1")
        self.shown: dict[str, types.PublishDiagnosticsParams] = {}
        self.registered: list[str] = []
        self.progress: list[str] = []
        self._news = asyncio.Event()
        self._thread: Thread | None = None
        self._is_served_well = False
        self._versions: dict[str, int] = {}
        self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(partial(self._published))
        self.client.feature(types.CLIENT_REGISTER_CAPABILITY)(partial(self._asked))
        self.client.feature(types.WINDOW_WORK_DONE_PROGRESS_CREATE)(lambda params: None)  # noqa: ARG005
        self.client.feature(types.PROGRESS)(partial(self._progressed))

    def _published(self, params: types.PublishDiagnosticsParams) -> None:
        self.shown[params.uri] = params
        self._news.set()

    def _progressed(self, params: types.ProgressParams) -> None:
        assert params.value is not None
        self.progress.append(params.value["kind"])

    def _asked(self, params: types.RegistrationParams) -> None:
        self.registered += [each.method for each in params.registrations]

    async def start(self, encodings: Sequence[str], *, is_program: bool) -> None:
        """Start the server in a thread, or as a program that speaks over its stdio."""
        if is_program:
            command = [sys.executable, "-m", "cardwright", "lsp"]
            await self.client.start_io(*command, cwd=self.folder, env=dict(os.environ))
        else:
            listening = socket.create_server(("127.0.0.1", 0))
            self._thread = Thread(target=self._serve, args=(listening,), daemon=True)
            self._thread.start()
            await self.client.start_tcp(*listening.getsockname())
        known = [types.PositionEncodingKind(each) for each in encodings]
        watching = types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
        capabilities = types.ClientCapabilities(
            general=types.GeneralClientCapabilities(position_encodings=known or None),
            workspace=types.WorkspaceClientCapabilities(did_change_watched_files=watching),
            window=types.WindowClientCapabilities(work_done_progress=True),
        )
        root = types.WorkspaceFolder(self.folder.as_uri(), self.folder.name)
        asked = types.InitializeParams(capabilities=capabilities, workspace_folders=[root])
        await self.wait(self.client.initialize_async(asked))
        self.client.initialized(types.InitializedParams())

    def _serve(self, listening: socket.socket) -> None:
        with listening:
            connection, _ = listening.accept()
        with connection, connection.makefile("rb") as asked, connection.makefile("wb") as said:
            self._is_served_well = serve(asked, said, is_trusted=False)

    async def wait(self, answer: Awaitable[T]) -> T:
        return await asyncio.wait_for(answer, PATIENCE)

    def uri(self, name: str) -> str:
        return name if ":" in name else (self.folder / name).as_uri()

    def open(self, name: str, text: str | None = None) -> None:
        """Open a file as it is on the disk, or with another text."""
        uri = self.uri(name)
        if text is None:
            text = (self.folder / name).read_text("utf-8")
        self._versions[uri] = 1
        item = types.TextDocumentItem(uri, "markdown", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def type(self, name: str, text: str) -> None:
        """Give an open file another text, without saving it."""
        uri = self.uri(name)
        self._versions[uri] += 1
        identity = types.VersionedTextDocumentIdentifier(self._versions[uri], uri)
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identity, [change]))

    def close(self, name: str) -> None:
        identity = types.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(identity))

    def changed_on_disk(self, *names: str) -> None:
        events = [types.FileEvent(self.uri(name), types.FileChangeType.Changed) for name in names]
        self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(events))

    async def codes(self, name: str, *expected: str) -> list[types.Diagnostic]:
        """What is wrong with a file, once it is what is expected."""
        uri = self.uri(name)
        async with asyncio.timeout(PATIENCE):
            while [each.code for each in self._found(uri)] != list(expected):
                self._news.clear()
                try:
                    await self._news.wait()
                except asyncio.CancelledError:
                    raise AssertionError(self._found(uri)) from None
        return self._found(uri)

    def _found(self, uri: str) -> list[types.Diagnostic]:
        return list(self.shown[uri].diagnostics) if uri in self.shown else []

    def at(self, name: str, line: int, character: int) -> types.TextDocumentPositionParams:
        identity = types.TextDocumentIdentifier(self.uri(name))
        return types.TextDocumentPositionParams(identity, types.Position(line, character))

    async def hover(self, name: str, line: int, character: int = 0) -> str:
        place = self.at(name, line, character)
        asked = types.HoverParams(place.text_document, place.position)
        answer = await self.wait(self.client.text_document_hover_async(asked))
        if answer is None:
            return ""
        assert isinstance(answer.contents, types.MarkupContent)
        return answer.contents.value

    async def completed(self, name: str, line: int, character: int) -> dict[str, str]:
        """The texts that are offered, and what is said of each."""
        place = self.at(name, line, character)
        asked = types.CompletionParams(place.text_document, place.position)
        answer = await self.wait(self.client.text_document_completion_async(asked))
        assert isinstance(answer, types.CompletionList)
        return {item.label: str(item.documentation or "") for item in answer.items}

    async def definition(self, name: str, line: int) -> types.Location | None:
        place = self.at(name, line, 0)
        asked = types.DefinitionParams(place.text_document, place.position)
        answer = await self.wait(self.client.text_document_definition_async(asked))
        assert answer is None or isinstance(answer, types.Location)
        return answer

    async def symbols(self, name: str) -> list[types.DocumentSymbol]:
        asked = types.DocumentSymbolParams(types.TextDocumentIdentifier(self.uri(name)))
        answer = await self.wait(self.client.text_document_document_symbol_async(asked))
        return [each for each in answer or () if isinstance(each, types.DocumentSymbol)]

    async def actions(
        self, name: str, line: int, last: int | None = None
    ) -> dict[str, types.CodeAction]:
        """What can be done on a line, or up to the line ``last``, by its title."""
        end = line if last is None else last
        place = types.Range(types.Position(line, 0), types.Position(end, 0))
        identity = types.TextDocumentIdentifier(self.uri(name))
        asked = types.CodeActionParams(identity, place, types.CodeActionContext([]))
        answer = await self.wait(self.client.text_document_code_action_async(asked))
        found = [each for each in answer or () if isinstance(each, types.CodeAction)]
        return {each.title: each for each in found}

    async def stop(self) -> int:
        """Shut the server down as the protocol says; its exit code."""
        await self.wait(self.client.shutdown_async(None))
        self.client.exit(None)
        return await self.ended()

    async def ended(self) -> int:
        if self._thread is None:
            process = self.client._server
            assert process is not None
            code = await asyncio.wait_for(process.wait(), PATIENCE)
        else:
            await asyncio.to_thread(self._thread.join, PATIENCE)
            code = 0 if self._is_served_well else 1
        await self.client.stop()  # type: ignore[no-untyped-call]
        return code


def edited(text: str, edits: Sequence[types.TextEdit | object]) -> str:
    """A text after an edit of the server, in UTF-16 code units."""
    (edit,) = edits
    assert isinstance(edit, types.TextEdit)
    lines = text.split("\n")
    start, end = edit.range.start, edit.range.end
    assert start.line == end.line
    line = lines[start.line].encode("utf-16-le")
    parts = (line[: start.character * 2], edit.new_text.encode("utf-16-le"))
    lines[start.line] = b"".join((*parts, line[end.character * 2 :])).decode("utf-16-le")
    return "\n".join(lines)


@asynccontextmanager
async def editing(
    folder: Path, *, encodings: Sequence[str] = (), is_program: bool = False
) -> AsyncIterator[Editor]:
    """An editor with its folder open; at the end the server has to end well."""
    editor = Editor(folder)
    await editor.start(encodings, is_program=is_program)
    yield editor
    assert await editor.stop() == 0

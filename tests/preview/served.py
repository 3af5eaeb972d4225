"""A preview over real HTTP, in a thread of this process."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread

import uvicorn

from cardwright.preview.live import Preview
from cardwright.preview.server import Pages, preview_app
from tests.waiting import PATIENCE

TOKEN = "token-of-tests"


@dataclass(frozen=True, slots=True)
class Site:
    """Where a preview answers."""

    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/{TOKEN}/"

    def get(
        self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET"
    ) -> tuple[int, Mapping[str, str], str]:
        """Status, headers and body of what is asked for, ``path`` sent just as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            told = {"Host": f"127.0.0.1:{self.port}", **(headers or {})}
            for name, value in told.items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, found, answer.read().decode("utf-8", "replace")
        finally:
            connection.close()


@contextmanager
def served(preview: Preview, *, is_lan: bool = False, root: str = "") -> Iterator[Site]:
    """A server for a preview that was built, until the block ends."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=256)
    port = listening.getsockname()[1]
    editor = "vscode://file{path}:{line}:{column}" if root else ""
    pages = Pages(preview, editor, root)
    app = preview_app(pages, TOKEN, port, is_lan=is_lan)
    server = uvicorn.Server(
        uvicorn.Config(app, lifespan="off", ws="none", log_config=None, access_log=False)
    )
    thread = Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    try:
        yield Site(port)
    finally:
        server.should_exit = server.force_exit = True
        thread.join(10)
        listening.close()

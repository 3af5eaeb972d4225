"""A real HTTP server on loopback whose every answer is a function of a test."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass(slots=True)
class Server:
    """``answers`` by path; all that was asked for is in ``asked``."""

    port: int
    host: str = "127.0.0.1"
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)

    def url(self, path: str, host: str = "") -> str:
        return f"http://{host or self.host}:{self.port}/{path}"

    def serve(self, path: str, content: bytes, kind: str = "image/png") -> str:
        """Have a file under a path; its address."""
        self.answers[f"/{path}"] = lambda request: send(request, content, kind=kind)
        return self.url(path)

    def redirect(self, path: str, target: str) -> str:
        """Lead from a path to another address; the path's own."""
        self.answers[f"/{path}"] = lambda request: send(request, status=302, location=target)
        return self.url(path)


def send(
    request: BaseHTTPRequestHandler,
    content: bytes = b"",
    *,
    status: int = 200,
    kind: str = "image/png",
    location: str = "",
    length: int | None = None,
    encoding: str = "",
) -> None:
    """Answer a request; ``length`` is what it says to send where that is a lie."""
    request.send_response(status)
    request.send_header("Content-Type", kind)
    request.send_header("Content-Length", str(len(content) if length is None else length))
    if location:
        request.send_header("Location", location)
    if encoding:
        request.send_header("Content-Encoding", encoding)
    request.end_headers()
    request.wfile.write(content)


@contextmanager
def running(tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> Iterator[Server]:
    """A server that runs while the context does; behind TLS where it has a certificate."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append(self.path)
            server.hosts.append(self.headers["Host"])
            server.agents.append(self.headers["User-Agent"])
            try:
                server.answers.get(self.path, _not_found)(self)
            except OSError:
                return  # whoever asked has gone

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def log_message(self, *_: object) -> None:
            return

    with ThreadingHTTPServer((host, 0), Handler) as http:
        if tls is not None:
            http.socket = tls.wrap_socket(http.socket, server_side=True)
        http.handle_error = lambda *_: None  # type: ignore[method-assign]
        server = Server(http.server_port, host)
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()


def _not_found(request: BaseHTTPRequestHandler) -> None:
    send(request, b"<html>no such file</html>", status=404, kind="text/html")

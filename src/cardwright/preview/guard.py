"""Restricts access to the preview: this machine or holders of the token, and no other website."""

from __future__ import annotations

from dataclasses import dataclass
from hmac import compare_digest
from ipaddress import ip_address

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NAMES = ("localhost", "127.0.0.1", "[::1]")
"""Names of this machine in its own browser.

A website that resolves its name to this machine (DNS rebinding) has another name.
"""


@dataclass(frozen=True, slots=True)
class Guard:
    """Passes on requests below ``/TOKEN/`` whose host and origin are ours.

    ``is_lan`` allows other devices, which use this machine's IP address. Without it, ``/``
    redirects to the page. So does the address of an earlier preview, which a browser may still have
    open.
    """

    app: ASGIApp
    token: str
    port: int
    is_lan: bool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        refusal = self._refusal(scope)
        answer: ASGIApp = self.app if refusal is None else refusal
        await answer(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host, origin, path = headers.get("host", ""), headers.get("origin"), scope["path"]
        if scope["method"] not in ("GET", "HEAD"):
            return PlainTextResponse("this page only shows", 405)
        if len(headers.getlist("host")) != 1 or not self._is_ours(host):
            return PlainTextResponse("this page is not at that host", 403)
        if origin is not None and origin != f"http://{host}" and not _is_from_card(origin, path):
            return PlainTextResponse("this page is for no other site", 403)
        part = path.split("/")[1] if path.startswith("/") else ""
        if compare_digest(part.encode(), self.token.encode()):
            return None
        if not self.is_lan and (path == "/" or headers.get("sec-fetch-mode") == "navigate"):
            return RedirectResponse(f"/{self.token}/")
        return PlainTextResponse("there is nothing here", 404)

    def _is_ours(self, host: str) -> bool:
        """Whether ``Host`` is this machine. With ``is_lan``, an IP address is enough."""
        name, _, port = host.rpartition(":")
        if port != str(self.port):
            return False
        if name.lower() in _NAMES:
            return True
        try:
            ip_address(name.strip("[]"))
        except ValueError:
            return False
        return self.is_lan


def _is_from_card(origin: str, path: str) -> bool:
    """Whether a card may load this. Its frame has no origin, and browsers send ``null``."""
    return origin == "null" and path.split("/")[2:3] in (["media"], ["cards"])


_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
            headers.setdefault("Content-Security-Policy", "default-src 'none'; sandbox")
        await send(message)

    return sending

"""Serves the preview over HTTP, from memory."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route, Router

from cardwright.preview.guard import Guard
from cardwright.preview.live import Preview
from cardwright.preview.pages import index_page, media_type, page_file, page_policy

_MOST_LISTENERS = 1_000
"""Pages that can wait for changes at the same time. Each one keeps a connection open."""


@dataclass(slots=True)
class Pages:
    """What the server shows. Holds no path that a request could choose."""

    preview: Preview
    editor: str = ""
    root: str = ""
    listeners: int = 0

    async def index(self, request: Request) -> Response:
        text = index_page(self.preview.deck.title, self.editor, self.root, is_export=False)
        policy = page_policy(request.headers["host"])
        return Response(text, 200, {"Content-Security-Policy": policy}, "text/html")

    async def file(self, request: Request) -> Response:
        name = request.url.path.rpartition("/")[2]
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        return Response(page_file(name), media_type=kind)

    async def deck(self, _request: Request) -> Response:
        return _json(self.preview.live.text_since(0))

    async def card(self, request: Request) -> Response:
        card = self.preview.live.card(request.path_params["key"])
        return _json(json.dumps(card)) if card else _not_found()

    def plan(self, _request: Request) -> Response:  # starlette calls it in a thread
        return _json(self.preview.plan_text())

    def left_out(self, _request: Request) -> Response:
        return _json(self.preview.left_out_text())

    async def style(self, _request: Request) -> Response:
        text = self.preview.deck.style
        return Response(text.replace('url("_cw-', 'url("../media/_cw-'), media_type="text/css")

    async def media(self, request: Request) -> Response:
        """Return an image, sound or font of the deck. Its name changes with its content."""
        name = request.path_params["name"]
        content = self.preview.deck.media.get(name)
        if content is None:
            return _not_found()
        headers = {
            "Cache-Control": "private, max-age=31536000, immutable",
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        }
        if name.endswith(".woff2"):
            headers["Access-Control-Allow-Origin"] = "null"  # the frame of a card has no origin
        return Response(content, 200, headers, media_type(name))

    async def events(self, request: Request) -> Response:
        if self.listeners >= _MOST_LISTENERS:
            return PlainTextResponse("too many pages are open", 503)
        since = request.query_params.get("since", "0")
        stream = self._events(int(since) if since.isdecimal() else 0)
        return StreamingResponse(stream, media_type="text/event-stream")

    async def _events(self, version: int) -> AsyncIterator[str]:
        self.listeners += 1
        try:
            yield ": hello\n\n"
            async for text in self.preview.live.changes(version):
                yield f"data: {text}\n\n" if text else ": still here\n\n"
        finally:
            self.listeners -= 1


def preview_app(pages: Pages, token: str, port: int, *, is_lan: bool) -> Guard:
    """Return the ASGI application, with all of its pages below ``/TOKEN/``."""
    routes = [
        Route("/", pages.index),
        Route("/page.css", pages.file),
        Route("/page.js", pages.file),
        Route("/deck", pages.deck),
        Route("/card/{key}", pages.card),
        Route("/plan", pages.plan),
        Route("/left-out", pages.left_out),
        Route("/cards/{name}.css", pages.style),
        Route("/media/{name}", pages.media),
        Route("/events", pages.events),
    ]
    return Guard(Router([Mount(f"/{token}", routes=routes)]), token, port, is_lan)


def _json(text: str) -> Response:
    return Response(text, media_type="application/json")


def _not_found() -> Response:
    return PlainTextResponse("there is nothing here", 404)

"""Serves the preview over HTTP, from memory."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route, Router

from cardwright.preview.guard import Guard
from cardwright.preview.live import Live
from cardwright.preview.pages import index_page, media_type, page_file, page_policy

_MOST_LISTENERS = 1_000
"""Pages that can wait for changes at the same time. Each one keeps a connection open."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the server shows. ``plan`` and ``left_out`` return JSON, and are called in threads."""

    live: Live
    plan: Callable[[], str]
    left_out: Callable[[], str]
    editor: str = ""
    root: str = ""


def preview_app(shown: Shown, token: str, port: int, *, is_lan: bool) -> Guard:
    """Return the ASGI application. No request reads a file that the request names."""
    live, listeners = shown.live, [0]

    async def index(request: Request) -> Response:
        title = live.deck.title if live.deck else "Cardwright"
        text = index_page(title, shown.editor, shown.root, is_export=False)
        policy = page_policy(request.headers["host"])
        return Response(text, 200, {"Content-Security-Policy": policy}, "text/html")

    async def file(request: Request) -> Response:
        name = request.url.path.rpartition("/")[2]
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        return Response(page_file(name), media_type=kind)

    async def deck(_request: Request) -> Response:
        return _json(live.text_since(0))

    async def card(request: Request) -> Response:
        found = live.card(request.path_params["key"])
        return _json(json.dumps(found)) if found else _nothing()

    def plan(_request: Request) -> Response:
        return _json(shown.plan())

    def left_out(_request: Request) -> Response:
        return _json(shown.left_out())

    async def style(_request: Request) -> Response:
        text = live.deck.style if live.deck else ""
        return Response(_with_media(text), media_type="text/css")

    async def media(request: Request) -> Response:
        return _media(live, request.path_params["name"])

    async def events(request: Request) -> Response:
        if listeners[0] >= _MOST_LISTENERS:
            return PlainTextResponse("too many pages are open", 503)
        since = request.query_params.get("since", "0")

        async def lines() -> AsyncIterator[str]:
            listeners[0] += 1
            try:
                yield ": hello\n\n"
                async for text in live.changes(int(since) if since.isdecimal() else 0):
                    yield f"data: {text}\n\n" if text else ": still here\n\n"
            finally:
                listeners[0] -= 1

        return StreamingResponse(lines(), media_type="text/event-stream")

    routes = [
        Route("/", index),
        Route("/page.css", file),
        Route("/page.js", file),
        Route("/deck", deck),
        Route("/card/{key}", card),
        Route("/plan", plan),
        Route("/left-out", left_out),
        Route("/cards/{name}.css", style),
        Route("/media/{name}", media),
        Route("/events", events),
    ]
    return Guard(Router([Mount(f"/{token}", routes=routes)]), token, port, is_lan)


def _json(text: str) -> Response:
    return Response(text, media_type="application/json")


def _nothing() -> Response:
    return PlainTextResponse("there is nothing here", 404)


def _with_media(style: str) -> str:
    """Return the style of cards with the addresses of its fonts."""
    return style.replace('url("_cw-', 'url("../media/_cw-')


def _media(live: Live, name: str) -> Response:
    """Return an image, sound or font of the deck. Its name changes with its content."""
    content = live.deck.media.get(name) if live.deck else None
    if content is None:
        return _nothing()
    headers = {
        "Cache-Control": "private, max-age=31536000, immutable",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    }
    if name.endswith(".woff2"):
        headers["Access-Control-Allow-Origin"] = "null"  # the frame of a card has no origin
    return Response(content, 200, headers, media_type(name))

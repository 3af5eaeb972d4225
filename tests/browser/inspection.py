"""Every side of a deck shown in one page, as a program of Anki would, and what is wrong with it."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Route, ViewportSize

from tests.browser.rendered import CardSide, RenderedDeck

INSPECT = (Path(__file__).parent / "inspect.js").read_text("utf-8")

PHONE = ViewportSize(width=390, height=844)
_ORIGIN = "http://cards.invalid"


def card_page(style: str, body: str, *, is_night: bool) -> str:
    """A page with the classes of AnkiDroid's, and the rules of the desktop's that meet ours."""
    night = " nightMode night_mode" if is_night else ""
    return f"""<!doctype html>
<html class="mobile android linux js"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body {{ margin: 20px; overflow-wrap: break-word }}
body.nightMode {{ background-color: #2c2c2c; color: #fcfcfc }}
img {{ max-width: 100%; max-height: 95vh }}
a {{ text-decoration: none }}
</style>
<style id="style">{style}</style></head>
<body class="card card1{night}"><div id="qa">{body}</div></body></html>"""


def wrong_with(
    deck: RenderedDeck, browser: Browser, *, is_night: bool, is_tex_allowed: bool
) -> list[str]:
    """What is wrong with the deck's cards on a phone, a line each, and each request that failed.

    ``is_tex_allowed`` where formulas are left to the MathJax of Anki, which is not here.
    """
    failed: list[str] = []

    def serve(route: Route) -> None:
        url = urlsplit(route.request.url)
        name = unquote(url.path).removeprefix("/")
        file = deck.media / name
        if url.netloc == urlsplit(_ORIGIN).netloc and not name:
            body = card_page("", "", is_night=is_night)
            route.fulfill(body=body, content_type="text/html; charset=utf-8")
        elif url.netloc == urlsplit(_ORIGIN).netloc and "/" not in name and file.is_file():
            route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(name)[0])
        else:
            failed.append(f"request of '{route.request.url}'")
            route.abort()

    page = browser.new_page(viewport=PHONE, has_touch=True)
    try:
        page.route("**/*", serve)
        page.on("pageerror", lambda error: failed.append(f"script error: {error}"))
        page.goto(_ORIGIN)
        page.evaluate(f"() => {{ {INSPECT} window.inspectSides = inspectSides; }}")
        found: list[str] = page.evaluate(
            "([sides, isTexAllowed]) => inspectSides(sides, isTexAllowed)",
            [_by_style(deck.sides), is_tex_allowed],
        )
        return [*found, *failed]
    finally:
        page.close()


def _by_style(sides: Iterable[CardSide]) -> list[dict[str, object]]:
    """The sides as objects, those of a note type together: its style is then read once."""
    return [asdict(side) for side in sorted(sides, key=lambda side: side.style)]

"""Every side of a deck shown in one page, as a program of Anki would, and what is wrong with it."""

from __future__ import annotations

import mimetypes
import os
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Page, Route, ViewportSize

from tests.browser.rendered import CardSide, RenderedDeck

INSPECT = (Path(__file__).parent / "inspect.js").read_text("utf-8")

PHONE = ViewportSize(width=390, height=844)
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first one draws no window: a page takes a fifth of the work that it takes the others."""

_ORIGIN = "http://cards.invalid"


def find_chromium() -> str | None:
    """The system's Chromium, or the one that ``CARDWRIGHT_CHROMIUM`` names."""
    named = os.environ.get("CARDWRIGHT_CHROMIUM")
    return named or next(filter(None, map(shutil.which, PROGRAMS)), None)


def card_page(style: str, body: str, *, is_night: bool, is_phone: bool = True) -> str:
    """A page with the classes of AnkiDroid or of the desktop, and Anki's rules that meet ours."""
    night = " nightMode night_mode" if is_night else ""
    program = "mobile android linux js" if is_phone else "linux"
    return f"""<!doctype html>
<html class="{program}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body {{ margin: 20px; overflow-wrap: break-word }}
body.nightMode {{ background-color: #2c2c2c; color: #fcfcfc }}
img {{ max-width: 100%; max-height: 95vh }}
a {{ text-decoration: none }}
</style>
<style id="style">{style}</style></head>
<body class="card card1{night}"><div id="qa">{body}</div></body></html>"""


@dataclass(frozen=True, slots=True)
class Limits:
    """What no card of a deck may be more than, in CSS pixels, its sections as it comes.

    ``height`` is that of the whole side, ``sideways`` how far anything may have to be scrolled.
    """

    height: int
    sideways: int


@contextmanager
def opened_page(
    browser: Browser, media: Path, html: str, size: ViewportSize = PHONE, scale: float = 1
) -> Iterator[tuple[Page, list[str]]]:
    """A page that has the files of ``media`` beside it and nothing else of the world.

    With it the list of what it asked for in vain, and of errors of its scripts.
    """
    failed: list[str] = []

    def serve(route: Route) -> None:
        url = urlsplit(route.request.url)
        name = unquote(url.path).removeprefix("/")
        is_ours = url.netloc == urlsplit(_ORIGIN).netloc and "/" not in name
        file = media / name
        if is_ours and not name:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif is_ours and file.is_file():
            route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(name)[0])
        else:
            failed.append(f"request of '{route.request.url}'")
            route.abort()

    page = browser.new_page(viewport=size, device_scale_factor=scale, has_touch=True)
    try:
        page.route("**/*", serve)
        page.on("pageerror", lambda error: failed.append(f"script error: {error}"))
        page.goto(_ORIGIN)
        yield page, failed
    finally:
        page.close()


def wrong_with(
    deck: RenderedDeck,
    browser: Browser,
    *,
    is_night: bool,
    is_tex_allowed: bool,
    limits: Limits | None = None,
) -> list[str]:
    """What is wrong with the deck's cards on a phone, a line each, and each request that failed.

    ``is_tex_allowed`` where formulas are left to the MathJax of Anki, which is not here.
    """
    html = card_page("", "", is_night=is_night)
    with opened_page(browser, deck.media, html) as (page, failed):
        page.evaluate(f"() => {{ {INSPECT} window.inspectSides = inspectSides; }}")
        found: list[str] = page.evaluate(
            "([styles, isTexAllowed, limits]) => inspectSides(styles, isTexAllowed, limits)",
            [_by_style(deck.sides), is_tex_allowed, asdict(limits) if limits else None],
        )
        if is_night:  # a formula has the same signs by day
            return [*found, *failed]
        formulas = "".join(side.html for side in deck.sides if "katex" in side.html)
        page.evaluate("html => { document.getElementById('qa').innerHTML = html }", formulas)
        return [*found, *_foreign_signs(page), *failed]


MARK_SIGNS = """() => {
  const seen = new Set();
  for (const e of document.querySelectorAll(".katex-html *")) {
    const texts = [...e.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
    const text = texts.map((node) => node.textContent).join("").replace(/[\\u200b\\s]/g, "");
    const { fontFamily, fontWeight, fontStyle } = getComputedStyle(e);
    const key = [text, fontFamily, fontWeight, fontStyle].join();
    if (text && !seen.has(key)) e.setAttribute("data-signs", text);
    seen.add(key);
  }
  return document.fonts.ready.then(() => null);
}"""


def _foreign_signs(page: Page) -> list[str]:
    """The signs of formulas that are drawn in another font than KaTeX's, each of them once."""
    page.evaluate(MARK_SIGNS)
    session = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    selector = {"nodeId": root, "selector": "[data-signs]"}
    found = []
    for node in session.send("DOM.querySelectorAll", selector)["nodeIds"]:
        fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        names = sorted({font["familyName"] for font in fonts if not font["isCustomFont"]})
        if names:
            html = session.send("DOM.getOuterHTML", {"nodeId": node})["outerHTML"]
            found.append(f"{html} drawn in {', '.join(names)}")
    return found


def _by_style(sides: Iterable[CardSide]) -> list[tuple[str, list[dict[str, object]]]]:
    """Each style once, with the sides that have it: the KaTeX style alone is tens of KB."""
    styles: defaultdict[str, list[dict[str, object]]] = defaultdict(list)
    for side in sides:
        passed = {"name": side.name, "html": side.html, "has_hidden_tex": side.has_hidden_tex}
        styles[side.style].append(passed)
    return [*styles.items()]

"""Formulas in a browser: each glyph in a font of KaTeX, no TeX left, every file there.

``test_decks.py`` looks at the formulas of whole decks.
"""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from tests.browser.rendered import RenderedDeck, build_and_render

EVERY_FONT = r"""
## Which fonts are there?

$x + \mathbf{x} + \mathit{ab} + \boldsymbol{x} + \mathbb{R} + \mathcal{L} +
\boldsymbol{\mathcal{L}} + \mathfrak{g} + \boldsymbol{\mathfrak{g}} + \mathscr{S} + \mathsf{s} +
\mathtt{t} + \text{a}$
and $\text{\textbf{\textit{b}} \textsf{\textbf{c}} \textsf{\textit{d}}} + \le + \nleqslant$

$$
\Biggl(\biggl(\Bigl(\bigl( \sum_{i=1}^n \int_0^1 \sqrt{\frac{\frac{a}{b}}{\frac{c}{d}}}
\overbrace{abc}^{n} \xrightarrow{abc} \begin{pmatrix} a \\ b \\ c \\ d \end{pmatrix}
\bigr)\Bigr)\biggr)\Biggr) \tag{1}
$$

$$
\ce{2H2 + O2 -> 2H2O} \quad \left\{ \begin{aligned} a &< b \\ c &\neq d \end{aligned} \right.
$$
"""


@dataclass(frozen=True, slots=True)
class Deck:
    """Pages of the sides of a deck, by name, at an address where their media are too."""

    address: str
    pages: tuple[str, ...]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deck]:
    source = tmp_path_factory.mktemp("cards") / "fonts.md"
    source.write_text(EVERY_FONT, "utf-8")
    rendered = build_and_render(source, source.parent)
    assert rendered.diagnostics == ()
    media = rendered.media
    pages = tuple(_write_pages(rendered))
    handler = functools.partial(_Quiet, directory=str(media))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Deck(f"http://127.0.0.1:{server.server_port}", pages)
        server.shutdown()
        thread.join()


def _write_pages(deck: RenderedDeck) -> Iterator[str]:
    for number, side in enumerate(deck.sides):
        name = f"page-{number}.html"
        head = f'<!doctype html><html><meta charset="utf-8"><style>{side.style}</style>'
        page = f'{head}<body class="card">{side.html}</body></html>'
        (deck.media / name).write_text(page, "utf-8")
        yield name


GLYPHS = """() => {
  const known = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.replace(/[\\s\\u00a0\\u200b]/g, "");
    if (!text || !element.closest(".katex-html")) continue;
    const { fontFamily, fontStyle, fontWeight } = getComputedStyle(element);
    const key = [text, fontFamily, fontStyle, fontWeight].join();
    if (!known.has(key)) element.setAttribute("data-glyph", "");
    known.add(key);
  }
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 390, "height": 844})
    yield opened
    opened.close()


def test_every_glyph_is_in_a_font_of_katex_and_no_request_fails(page: Page, deck: Deck) -> None:
    failed: list[str] = []
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    page.on("requestfailed", lambda request: failed.append(request.url))
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    seen = 0
    for name in deck.pages:
        page.goto(f"{deck.address}/{name}")
        page.evaluate("document.fonts.ready")
        text = page.locator("body").inner_text()
        raw = re.search(r".*(?:\\[a-zA-Z(\[]|\$\S|cw-tex)", re.sub(r"\$\d", "", text))
        assert raw is None, name
        assert page.locator(".katex-error, .cw-tex").count() == 0
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
        page.evaluate(GLYPHS)
        fonts = _fonts(session)
        seen += len(fonts)
        assert {font for font in fonts if not font.startswith("KaTeX_")} == set(), name
    assert failed == []
    assert seen > 10


def _fonts(session: CDPSession) -> set[str]:
    root = session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    wanted = {"nodeId": root, "selector": "[data-glyph]"}
    nodes = session.send("DOM.querySelectorAll", wanted)["nodeIds"]
    return {
        font["familyName"] if font["isCustomFont"] else f"system {font['familyName']}"
        for node in nodes
        for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    }


def test_every_font_is_asked_for(page: Page, deck: Deck) -> None:
    page.goto(f"{deck.address}/{deck.pages[1]}")
    page.evaluate("document.fonts.ready")

    states = page.evaluate("[...document.fonts].map((font) => font.status)")

    assert len(states) == 20
    assert "error" not in states
    assert states.count("loaded") >= 16


def test_the_number_of_a_formula_stands_beside_it(page: Page, deck: Deck) -> None:
    page.goto(f"{deck.address}/{deck.pages[1]}")
    page.evaluate("document.fonts.ready")

    formula = page.locator(".katex-html:has(> .katex-tag)")
    end = formula.evaluate(
        "e => Math.max(...[...e.querySelectorAll(':scope > .katex-base')]"
        ".map((base) => base.getBoundingClientRect().right))"
    )
    begin = formula.locator("> .katex-tag").evaluate("e => e.getBoundingClientRect().left")

    assert begin >= end

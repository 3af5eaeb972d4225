"""Every card of whole decks on a phone, by day and by night: nothing on them is broken.

With ``CARDWRIGHT_SAMPLES`` the documents of a folder, too: each folder in it with a ``deck.yml``,
and each other Markdown file that makes cards.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from cardwright.config import Config
from cardwright.pipeline import Options, assemble
from tests.browser.inspection import PHONE, Limits, wrong_with
from tests.browser.rendered import CardSide, RenderedDeck, build_and_render

ROOT = Path(__file__).parents[2]


def samples() -> Iterator[tuple[str, Path]]:
    """The decks below the folder that the environment names, by their paths in it."""
    named = os.environ.get("CARDWRIGHT_SAMPLES")
    if not named:
        return
    top = Path(named)
    decks = {path.parent for path in sorted(top.rglob("deck.yml"))}
    files = (path for path in sorted(top.rglob("*.md")) if not decks & {*path.parents})
    for path in (*sorted(decks), *filter(makes_cards, files)):
        yield str(path.relative_to(top)), path


def makes_cards(file: Path) -> bool:
    return assemble(file, Options(0, is_offline=True)).identified is not None


DECKS = {
    "content": ROOT / "content",
    "everything": ROOT / "tests" / "decks" / "everything",
    **dict(samples()),
}
LIMITS = {"content": Limits(height=PHONE["height"] * 3 // 2, sideways=4)}
"""Our own cards are at most a screen and a half high, and nothing on them has to be scrolled."""

IS_MATHJAX = Config().math.output == "mathjax"


@pytest.fixture(scope="module", params=DECKS)
def deck(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> RenderedDeck:
    return build_and_render(DECKS[request.param], tmp_path_factory.mktemp("deck") / "deck")


@pytest.mark.slow
@pytest.mark.parametrize("is_night", [False, True], ids=["light", "night"])
def test_nothing_is_wrong_with_any_card(
    browser: Browser, deck: RenderedDeck, request: pytest.FixtureRequest, is_night: bool
) -> None:
    limits = LIMITS.get(request.node.callspec.params["deck"])

    wrong = wrong_with(deck, browser, is_night=is_night, is_tex_allowed=IS_MATHJAX, limits=limits)

    assert wrong == []


@pytest.mark.slow
def test_no_card_brings_a_script(deck: RenderedDeck) -> None:
    for side in deck.sides:
        assert "<script" not in side.html.lower()


WRONG = {
    "contrast": '<p style="color: #999">pale</p>',
    "px wide": '<div style="width: 500px">wide</div>',
    "px of": '<p style="font-size: 9px">small</p>',
    "to tap": "<details><summary style='min-height: 0; font-size: 12px'>s</summary></details>",
    "broken image": '<img src="none.png" alt="">',
    "alternative text": '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    "active content": '<p onclick="0">a</p>',
    "raw TeX": r"<p>\(x\)</p>",
    "raw TeX '\\alpha": r"<p>\alpha</p>",
    "raw TeX '$x$": "<p>$x$</p>",
    "formula not typeset 'x'": '<span class="katex-error">x</span>',
    "formula not typeset 'y'": '<span class="cw-tex">y</span>',
    "drawn in": '<span class="katex"><span class="katex-html"><span>x</span></span></span>',
    "request of": '<img src="https://example.org/a.png" alt="">',
    "px high": '<div style="height: 1300px">high</div>',
    "to scroll sideways": '<div class="cw-answer"><p style="overflow: auto">'
    '<i style="display: block; width: 400px">wide</i></p></div>',
}


@pytest.mark.slow
@pytest.mark.parametrize(("words", "html"), WRONG.items(), ids=WRONG)
def test_the_inspection_sees_what_is_wrong(
    browser: Browser, tmp_path: Path, words: str, html: str
) -> None:
    side = CardSide("card", "", html, False)
    deck = RenderedDeck((side,), tmp_path)

    limits = LIMITS["content"]

    found = wrong_with(deck, browser, is_night=False, is_tex_allowed=False, limits=limits)

    assert any(words in line for line in found)

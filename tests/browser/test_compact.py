"""Cardwright's smaller HTML of a formula shows what KaTeX's own does, to the pixel."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from py_mini_racer import MiniRacer

from cardwright.math.katex import PLAIN, Request
from cardwright.notetypes import QA, notetype
from cardwright.notetypes.katex import katex_media, katex_version
from tests.browser.inspection import card_page, opened_page
from tests.formulas import run_katex

HERE = Path(__file__).parent
FORMULAS = tuple((HERE / "formulas.txt").read_text("utf-8").splitlines())
PLACES = (HERE / "places.js").read_text("utf-8")
DISPLAYS_ALONE = re.compile(r"\\tag|\\begin\{(?:CD|equation|align|gather|split)\}")
REQUESTS = [
    Request(tex, is_display)
    for tex in FORMULAS
    for is_display in (False, True)
    if is_display or not DISPLAYS_ALONE.search(tex)
]

Place = tuple[str, float, float, float, float]
"""What is there, and its left, top, width and height in CSS pixels."""

HALF_A_PIXEL = 0.5
"""Browsers round the width of a text, and a line of digits is one text where it was several."""


@pytest.fixture(scope="module")
def katex_alone() -> list[str]:
    """KaTeX's HTML as it is."""
    folder = files("cardwright") / "katex"
    names = ("katex.min.js", "contrib/mhchem.min.js")
    options = {"strict": "ignore", "output": "html"}
    formulas = [[each.tex, {**options, "displayMode": each.is_display}] for each in REQUESTS]
    with MiniRacer() as v8:
        for name in names:
            v8.eval((folder / name).read_text("utf-8"))
        html: list[str] = v8.call(
            "((all) => all.map(([tex, options]) => katex.renderToString(tex, options)))", formulas
        )
    return html


@pytest.fixture(scope="module")
def ours() -> list[str]:
    outcomes = run_katex(REQUESTS, {}, PLAIN)
    assert [each for each in outcomes if not isinstance(each, str)] == []
    return [str(each) for each in outcomes]


def places(browser: Browser, folder: Path, formulas: list[str]) -> list[list[Place]]:
    """Where everything of each formula is on a phone, in the style of a card."""
    for font in katex_media():
        (folder / font.name).write_bytes(font.content)
    body = "".join(
        f'<div class="formula"><i class="start"></i>{html}<i class="end"></i></div>'
        for html in formulas
    )
    style = notetype(QA, "Root", katex_version()).style
    page_html = card_page(style, f'<div class="cw-answer">{body}</div>', is_night=False)
    with opened_page(browser, folder, page_html) as (page, failed):
        page.evaluate("document.fonts.ready")
        found: list[list[Place]] = page.evaluate(
            f"() => {{ {PLACES} return [...document.querySelectorAll('.formula')].map(placesOf); }}"
        )
        assert failed == []
    return found


def moved(before: list[Place], after: list[Place]) -> list[str]:
    """What is elsewhere, or is there in one of the two alone."""
    if [place[0] for place in before] != [place[0] for place in after]:
        return [f"{[place[0] for place in before]} became {[place[0] for place in after]}"]
    return [
        f"{old[0]} {old[1:]} is at {new[1:]}"
        for old, new in zip(before, after, strict=True)
        if max(abs(a - b) for a, b in zip(old[1:], new[1:], strict=True)) > HALF_A_PIXEL
    ]


@pytest.mark.slow
def test_everything_is_where_katex_has_it(
    katex_alone: list[str], ours: list[str], browser: Browser, tmp_path: Path
) -> None:
    before = places(browser, tmp_path, katex_alone)
    after = places(browser, tmp_path, ours)

    assert len(before) == len(after) == len(REQUESTS)
    assert sum(map(len, before)) > 8 * len(REQUESTS)
    found = {each.tex: moved(*both) for each, *both in zip(REQUESTS, before, after, strict=True)}
    assert {tex: what for tex, what in found.items() if what} == {}


def test_it_has_two_thirds_of_the_elements_at_most(katex_alone: list[str], ours: list[str]) -> None:
    before, after = ("".join(html).count("<span") for html in (katex_alone, ours))

    assert after * 3 < before * 2

"""What a card looks like on a phone, measured in the page."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Page

from tests.browser.inspection import INSPECT

CardPage = Callable[..., str]

SIZES = ((390, 844), (320, 640))

FIGURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='900' height='700'%3E"
    "%3Crect width='900' height='700' fill='teal'/%3E%3C/svg%3E"
)
LINE = "<span class='k'>def</span> <span class='nf'>f</span>(x): <span class='c1'># long</span> "
CODE = f'<div class="cw-code"><pre><code>{LINE * 4}\n<span class="s">"s"</span></code></pre></div>'
ROW = "<tr>" + "<td>several words in a cell</td>" * 7 + "</tr>"
TABLE = f'<div class="cw-scroll"><table>{ROW * 2}</table></div>'
BOX = '<span style="display:inline-block;width:900px;height:40px;background:teal"></span>'
FORMULA = f'<div class="cw-math"><mjx-container display="true">{BOX}</mjx-container></div>'
KINDS = ("note", "tip", "important", "warning", "danger", "quote", "unheard-of")
CALLOUTS = "".join(
    f'<div class="cw-callout cw-callout-{kind}"><p class="cw-callout-title">{kind}</p>'
    "<p>Text, <code>code</code>, <a href='#'>a link</a>, <mark>a mark</mark>.</p></div>"
    for kind in KINDS
)
WORD = "Donaudampfschifffahrtsgesellschaftskapitän" * 3

CARDS = {
    "prose": f"<p>{'Some words of an answer. ' * 60}</p><h3>Heading</h3><blockquote><p>Said, "
    "<mark>marked</mark>.</p></blockquote><p><kbd>Ctrl</kbd> <sub>i</sub> <del>x</del> "
    "<mark>marked</mark></p><hr>",
    "long word": f"<p>{WORD}</p><p><code>{WORD}</code></p><ul><li>{WORD}</li></ul>",
    "code": CODE,
    "bare code": f"<pre><code>{LINE * 4}</code></pre><ul><li>{CODE}</li></ul>",
    "table": TABLE,
    "bare table": f"<table>{ROW}</table>",
    "formula": FORMULA,
    "formula in a list": f"<ul><li>a<ul><li>b {FORMULA}</li></ul></li></ul>",
    "formula in a line": f"<p>a <mjx-container>{BOX}</mjx-container> b</p>",
    "formula in an item": f"<ul><li>a <mjx-container>{BOX}</mjx-container> b</li></ul>",
    "image": f'<p><img class="cw-figure" src="{FIGURE}" width="900" height="700" alt=""></p>',
    "missing image": f'<p><span class="cw-missing">image: {"its alt text " * 9}</span></p>',
    "callouts": CALLOUTS + f'<div class="cw-callout cw-callout-note">{CODE}{TABLE}</div>',
    "lists": "<ul><li>a<ol><li>b<ul><li>c<ul><li>d</li></ul></li></ul></li></ol></li></ul>"
    '<ul><li class="cw-task"><input type="checkbox" disabled> task</li></ul>'
    "<dl><dt>term</dt><dd>what it means</dd></dl>",
    "colours": '<p>a <b class="cw-tinted" style="color:red;--day:#d90000;--night:#ff6666">b</b>'
    '</p><ul class="cw-bright" style="background-color:#d6ebca"><li>a <a href="#">b</a> '
    '<b class="cw-tinted" style="color:#d4d4d4;--day:#575757;--night:#d4d4d4">c</b></li></ul>'
    '<div class="cw-dim" style="background-color:#112233">a <a href="#">b</a> '
    '<b class="cw-tinted" style="color:blue;--day:#0000ff;--night:#8c8cff">c</b></div>',
    "footnotes": '<p>a<sup class="cw-footnote-ref"><a href="#f">[1]</a></sup></p>'
    '<section class="cw-footnotes"><ol><li id="f"><p>b</p></li></ol></section>',
}

WIDTH = "document.scrollingElement.scrollWidth"

TEXTS = f"""() => {{
  {INSPECT}
  return seenTexts().map(({{ text, size, contrast }}) => ({{ text, size, contrast }}));
}}"""


@pytest.mark.parametrize("answer", CARDS.values(), ids=CARDS)
def test_no_card_is_wider_than_the_screen(phone: Page, card_page: CardPage, answer: str) -> None:
    for page in (card_page("<p>Question?</p>", answer), card_page(answer, "<p>a</p>")):
        phone.set_content(page)
        for width, height in SIZES:
            phone.set_viewport_size({"width": width, "height": height})
            assert phone.evaluate(WIDTH) <= width


@pytest.mark.slow
@pytest.mark.parametrize("is_night", [False, True], ids=["light", "night"])
@pytest.mark.parametrize("answer", CARDS.values(), ids=CARDS)
def test_every_text_can_be_read(
    phone: Page, card_page: CardPage, answer: str, is_night: bool
) -> None:
    page = card_page("<p>A <code>question</code>?</p>" + CODE, answer, extra="x", is_night=is_night)
    phone.set_content(page)

    texts = phone.evaluate(TEXTS)

    assert [text for text in texts if text["contrast"] < 4.5] == []
    assert [text for text in texts if text["size"] < 12] == []


@pytest.mark.parametrize("selector", [".cw-answer p", ".cw-answer li", ".cw-fold > div"])
def test_what_is_read_is_at_least_16_pixels(
    phone: Page, card_page: CardPage, selector: str
) -> None:
    phone.set_content(card_page("<p>q</p>", "<p>a</p><ul><li>b</li></ul>", extra="<p>c</p>"))

    size = phone.locator(selector).first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")

    assert size >= 16


def test_dark_mode_is_dark_where_anki_has_its_own_rule(phone: Page, card_page: CardPage) -> None:
    phone.set_content(card_page("<p>q</p>", "<p>a</p>", is_night=True))

    ground = phone.evaluate("getComputedStyle(document.body).backgroundColor")

    assert ground == "rgb(30, 32, 36)"


@pytest.mark.parametrize(
    ("answer", "selector"),
    [(CODE, ".cw-code"), (TABLE, ".cw-scroll"), (FORMULA, ".cw-math")],
    ids=["code", "table", "formula"],
)
def test_what_is_wide_scrolls_inside_itself(
    phone: Page, card_page: CardPage, answer: str, selector: str
) -> None:
    phone.set_content(card_page("<p>q</p>", answer))

    moved = phone.locator(selector).evaluate("e => { e.scrollLeft = 9999; return e.scrollLeft }")

    assert moved > 50


@pytest.mark.parametrize("name", sorted(set(CARDS) - {"formula in an item"}))
def test_no_answer_scrolls_as_a_whole(phone: Page, card_page: CardPage, name: str) -> None:
    """Only a formula in a list item has nothing around it that could scroll instead."""
    phone.set_content(card_page("<p>q</p>", CARDS[name]))

    assert phone.locator(".cw-answer").evaluate("e => e.scrollWidth - e.clientWidth") == 0


def test_an_image_keeps_its_shape(phone: Page, card_page: CardPage) -> None:
    phone.set_content(card_page("<p>q</p>", CARDS["image"]))

    box = phone.locator("img").bounding_box()

    assert box is not None
    assert box["width"] <= 390
    assert box["width"] / box["height"] == pytest.approx(900 / 700, rel=0.01)


def test_an_image_alone_is_centred_and_one_in_a_sentence_stays_there(
    phone: Page, card_page: CardPage
) -> None:
    small = f'<img src="{FIGURE}" width="18" height="14" alt="">'
    alone = small.replace("<img", '<img class="cw-figure"')
    phone.set_content(card_page("<p>q</p>", f"<p>{alone}</p><p>an <b>icon</b> {small} here</p>"))

    centred, inline = (image.bounding_box() for image in phone.locator("img").all())
    word = phone.locator(".cw-answer b").bounding_box()

    assert centred is not None
    assert inline is not None
    assert word is not None
    assert centred["x"] + centred["width"] / 2 == pytest.approx(195, abs=1)
    assert word["y"] <= inline["y"] <= word["y"] + word["height"]


@pytest.mark.parametrize(
    "question",
    [f"<p>{'word ' * 300}</p>", CODE * 9, f"<p>{CARDS['image'] * 3}</p>"],
    ids=["prose", "code", "images"],
)
def test_the_answer_is_not_pushed_off_the_screen(
    phone: Page, card_page: CardPage, question: str
) -> None:
    phone.set_content(card_page(question, "<p>The answer.</p>"))

    box = phone.locator(".cw-answer").bounding_box()

    assert box is not None
    assert box["y"] < 844 / 3


def test_the_hint_is_seen_after_a_tap(phone: Page, card_page: CardPage) -> None:
    phone.set_content(card_page("<p>q</p>", "<p>a</p>", "<p>A nudge.</p>", side="front"))
    nudge = phone.get_by_text("A nudge.")
    assert not nudge.is_visible()

    phone.get_by_text("Hint").tap()

    assert nudge.is_visible()


def test_the_front_does_not_give_the_answer_away(phone: Page, card_page: CardPage) -> None:
    phone.set_content(card_page("<p>q</p>", "<p>The answer.</p>", extra="More.", side="front"))

    shown = phone.locator("body").inner_text()

    assert "answer" not in shown
    assert "Source" not in shown


def test_arabic_is_read_from_the_right(phone: Page, card_page: CardPage) -> None:
    phone.set_content(card_page("<p>ما هو الرمز؟</p>", "<p>قطعة من النص.</p><pre>x = 1</pre>"))

    directions = [
        phone.locator(selector).evaluate("e => getComputedStyle(e).direction")
        for selector in (".cw-asked", ".cw-answer", ".cw-answer pre")
    ]

    assert directions == ["rtl", "rtl", "ltr"]


def test_a_persian_line_that_starts_in_latin_runs_from_the_right(
    phone: Page, card_page: CardPage
) -> None:
    line = '<p dir="rtl" class="cw-from-right">Leaf یعنی برگ</p>'
    phone.set_content(card_page("<p>q</p>", line))

    left, right = phone.locator(".cw-answer p").evaluate("""p => {
        const range = document.createRange();
        range.setStart(p.firstChild, 0);
        range.setEnd(p.firstChild, 4);
        return [range.getBoundingClientRect().right, p.getBoundingClientRect().right];
    }""")

    assert left == pytest.approx(right, abs=2)


@pytest.mark.parametrize("kind", ["reverse", "cloze"])
def test_reverse_and_cloze_cards_look_right_too(
    phone: Page, card_page: CardPage, kind: str
) -> None:
    wide = "{{c1::hidden}} " + CODE + TABLE
    for side in ("front", "back"):
        for is_night in (False, True):
            if kind == "cloze":
                page = card_page(wide, kind="cloze", side=side, is_night=is_night)
            else:
                page = card_page("<p>q</p>", wide, is_reverse=True, side=side, is_night=is_night)
            phone.set_content(page)
            assert phone.evaluate(WIDTH) <= 390
            assert [text for text in phone.evaluate(TEXTS) if text["contrast"] < 4.5] == []


def test_a_right_to_left_list_has_its_marks_on_the_right(phone: Page, card_page: CardPage) -> None:
    answer = '<p>a</p><ul dir="rtl"><li>ضوء</li></ul><table dir="rtl"><tr><td>ماء</td></tr></table>'
    phone.set_content(card_page("<p>q</p>", answer))

    item, table = phone.locator(".cw-answer li"), phone.locator(".cw-answer table")

    assert item.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert item.evaluate("e => e.getBoundingClientRect().right") <= 390 - 18 - 18
    assert table.evaluate("e => e.getBoundingClientRect().right") >= 390 - 20


@pytest.mark.parametrize(
    ("language", "family"),
    [("ja", "CJK JP"), ("ko", "CJK KR"), ("zh-Hans", "CJK SC"), ("zh-Hant", "CJK TC")],
)
def test_chinese_characters_are_those_of_the_language(
    phone: Page, card_page: CardPage, language: str, family: str
) -> None:
    phone.set_content(card_page("<p>q</p>", f'<p lang="{language}">骨 <code>骨</code></p>'))

    text, code = (
        phone.locator(selector).evaluate("e => getComputedStyle(e).fontFamily")
        for selector in (".cw-answer p", ".cw-answer code")
    )

    assert [name for name in text.split(", ") if "CJK" in name] == [f'"Noto Sans {family}"']
    assert code.index("monospace") < code.index(family)


def test_one_line_of_code_wraps(phone: Page, card_page: CardPage) -> None:
    phone.set_content(card_page("<p>q</p>", CODE.replace("cw-code", "cw-code cw-one-line")))

    assert phone.locator(".cw-code").evaluate("e => e.scrollWidth - e.clientWidth") == 0


def test_a_section_opens_at_a_tap_on_its_title(phone: Page, card_page: CardPage) -> None:
    section = (
        '<details class="cw-section"><summary class="tappable"><h3>Title</h3></summary>'
        "<p>What it says.</p></details>"
    )
    phone.set_content(card_page("<p>q</p>", f"<p>a</p>{section}"))
    text, title = phone.get_by_text("What it says."), phone.locator("summary")
    assert not text.is_visible()

    title.tap(position={"x": 300, "y": 30})

    assert text.is_visible()
    box = title.bounding_box()
    assert box is not None
    assert box["height"] >= 44


def test_a_title_with_bold_text_stays_one_line_of_text(phone: Page, card_page: CardPage) -> None:
    section = "<details><summary>Why <b>bold</b> text <code>x</code> here?</summary>a</details>"
    phone.set_content(card_page("<p>q</p>", section))

    range_ = "document.createRange()"
    lefts = phone.locator("summary").evaluate(
        f"e => [...e.childNodes].map(n => {{ const r = {range_}; r.selectNode(n);"
        " const b = r.getBoundingClientRect(); return [b.left, b.right] })"
    )

    gaps = [after[0] - before[1] for before, after in pairwise(lefts)]
    assert max(gaps) < 1


@pytest.mark.parametrize("start", ["", ' start="9"'])
def test_numbers_of_two_digits_are_not_cut_off(
    phone: Page, card_page: CardPage, start: str
) -> None:
    items = "<li>a</li>" * (2 if start else 10)
    phone.set_content(card_page("<p>q</p>", f"<ol{start}>{items}</ol>"))

    space = phone.locator("ol").evaluate("e => parseFloat(getComputedStyle(e).paddingLeft)")

    number = phone.locator(".cw-answer").evaluate(
        "e => { const n = document.createElement('span'); n.textContent = '10.\\u00a0';"
        " e.append(n); return n.getBoundingClientRect().width }"
    )
    assert space >= number


@pytest.mark.parametrize("text", ["x", "脏读", "a long text that wraps " * 9])
def test_a_picture_that_is_not_there_can_be_tapped(
    phone: Page, card_page: CardPage, text: str
) -> None:
    link = f'<span class="cw-missing"><a href="https://example.org/a.png">{text}</a></span>'
    phone.set_content(card_page("<p>q</p>", f"<p>See {link} there.</p>"))

    box = phone.locator(".cw-missing a").bounding_box()

    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    assert phone.evaluate("document.querySelector('.cw-answer').scrollWidth") <= 354

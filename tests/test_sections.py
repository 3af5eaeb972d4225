"""Long answers fold their sections: which, and what stays open."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from cardwright.config import Config
from cardwright.model import Html
from cardwright.render import render
from cardwright.resolve import resolve
from cardwright.resolve.sections import fold_sections
from tests.notes import resolved, source
from tests.work import grows_evenly, steps_of

PARAGRAPH = f"<p>{'Some words of an answer. ' * 20}</p>\n"  # about a half of a screen
LONG = PARAGRAPH * 3


def folded(html: str) -> str:
    return fold_sections(Html(html))


def titles(html: str) -> list[tuple[str, bool]]:
    """Title and state of each section, in order."""
    found = re.findall(
        r'<details class="cw-section"( open)?><summary class="tappable"><(?:h\d|span)>(.*?)</', html
    )
    return [(title, bool(state)) for state, title in found]


def unfolded(html: str) -> str:
    return re.sub(r"</?details[^>]*>|</?summary[^>]*>", "", html)


def test_an_answer_of_a_screen_and_a_half_is_left_as_it_is() -> None:
    html = f"{PARAGRAPH}<h3>A</h3>{PARAGRAPH}<h3>B</h3><p>b</p>"

    assert folded(html) == html


def test_a_long_answer_without_headings_is_left_as_it_is() -> None:
    assert folded(LONG * 9) == LONG * 9


def test_sections_are_open_while_they_fit_and_then_closed() -> None:
    html = f"{PARAGRAPH}<h3>A</h3>{PARAGRAPH}<h3>B</h3>{LONG}<h3>C</h3>{PARAGRAPH}"

    assert titles(folded(html)) == [("A", True), ("B", False), ("C", False)]


def test_text_above_the_first_heading_is_in_no_section() -> None:
    html = folded(f"{LONG}<h3>A</h3>{LONG}")

    assert html.startswith(f'{LONG}<details class="cw-section"><summary class="tappable"><h3>A')


def test_a_short_section_stays_open_anywhere() -> None:
    html = f"<p>a</p><h3>A</h3>{LONG * 2}<h3>B</h3><p>b</p><h3>C</h3>{LONG}"

    assert titles(folded(html)) == [("A", False), ("B", True), ("C", False)]


def test_an_answer_that_begins_with_a_heading_begins_open() -> None:
    html = f"<h3>A</h3>{LONG * 2}<h3>B</h3>{LONG}"

    assert titles(folded(html)) == [("A", True), ("B", False)]


def test_one_heading_over_all_folds_nothing_but_what_is_in_it() -> None:
    assert folded(f"<h3>A</h3>{LONG * 2}") == f"<h3>A</h3>{LONG * 2}"
    html = f"<h3>A</h3>{PARAGRAPH}<h4>B</h4>{LONG}<h4>C</h4>{LONG}"
    assert titles(folded(html)) == [("A", True), ("B", False), ("C", False)]


def test_deeper_headings_fold_inside() -> None:
    html = folded(f"<p>a</p><h3>A</h3>{LONG}<h4>B</h4>{LONG}<h3>C</h3>{LONG}")

    assert titles(html) == [("A", False), ("B", False), ("C", False)]
    assert html.index("<h4>B") < html.index("</details></details>") < html.index("<h3>C")


def test_footnotes_stay_outside() -> None:
    notes = '<div class="cw-footnotes"><ol><li>one</li></ol></div>'

    html = folded(f"<p>a</p><h3>A</h3>{LONG}<h3>B</h3>{LONG}{notes}")

    assert html.endswith(f"</details>{notes}")


def test_the_items_of_a_list_can_be_sections() -> None:
    items = "".join(f"<li>\n<h4>{name}</h4>{LONG}</li>\n" for name in "ABC")

    html = folded(f"<ul>\n{items}</ul>\n<p>behind</p>")

    assert titles(html) == [("A", True), ("B", False), ("C", False)]
    assert html.count("<li>\n<details") == html.count("</details></li>") == 3
    assert html.endswith("</ul>\n<p>behind</p>")


def test_tabs_can_be_sections_and_text_after_them_is_in_none() -> None:
    text = "Some words of an answer. " * 60
    tabs = "".join(f'=== "{name}"\n\n    {text}\n\n' for name in "AB")

    html = resolved(f"{tabs}After.").back

    assert titles(html) == [("<strong>A", True), ("<strong>B", False)]
    assert html.endswith("</details></section>\n<p>After.</p>")
    assert html.count("<section>") == 2


def test_bold_paragraphs_are_headings_where_there_are_some() -> None:
    html = f"<p><strong>A</strong></p>{LONG}<p><b>B:</b></p>{LONG}<h4>C</h4>{LONG}"

    assert titles(folded(html)) == [("<strong>A", True), ("<b>B:", False), ("C", False)]
    assert "<p><strong>A" not in folded(html)


def test_bold_paragraphs_of_items_are_headings() -> None:
    html = f"<ul><li><p><b>A</b></p>{LONG}</li><li><p><b>B</b></p>{LONG}</li><li>{LONG}</li></ul>"

    assert titles(folded(html)) == [("<b>A", True), ("<b>B", False)]


@pytest.mark.parametrize(
    "html",
    [
        f"<p><b>A</b></p>{LONG * 2}",
        f"<p><b>It is so.</b></p>{LONG}<p><b>It is not.</b></p>{LONG}",
        f"<p><b>A</b> and</p>{LONG}<p><b>B</b>: more</p>{LONG}<p><b>C</b> <b>D</b></p>{LONG}",
        f"<p><b>{'a' * 300}</b></p>{LONG}<p><b>{'b' * 300}</b></p>{LONG}",
    ],
    ids=["one", "sentences", "part", "long"],
)
def test_other_bold_text_is_no_heading(html: str) -> None:
    assert folded(html) == html


@pytest.mark.parametrize(
    "html",
    [
        f"<blockquote><h3>A</h3>{LONG}</blockquote>",
        f"<details><summary>s</summary><h3>A</h3>{LONG}</details>{LONG}",
        f'<div class="cw-callout"><h3>A</h3>{LONG}</div>{LONG}',
        f"<ul><li>a<h3>A</h3>{LONG}</li></ul>",
    ],
    ids=["quote", "details", "callout", "item"],
)
def test_headings_inside_of_other_things_do_not_count(html: str) -> None:
    assert folded(html) == html


@pytest.mark.parametrize("html", ["<p>a<h3>A</h3>", "<div><h3>A</h3></p>", "<h3>A", "</h3><h3>"])
def test_html_that_is_not_well_formed_is_left_as_it_is(html: str) -> None:
    assert folded(html + LONG * 2) == html + LONG * 2


def test_nothing_is_lost_and_nothing_moves() -> None:
    html = (
        f"lead <b>x</b><hr><h2>A</h2>{LONG}<h4>B</h4>{PARAGRAPH}<h1>C</h1><ul><li><h5>D</h5>{LONG}"
        f"</li><li>plain</li><li><h5>E</h5>{LONG}</li></ul>{PARAGRAPH}<h3>F</h3>"
    )

    assert len(titles(folded(html))) == 6
    assert unfolded(folded(html)) == html


def test_pictures_code_and_formulas_count() -> None:
    for tall in (
        '<p><img class="cw-figure" src="a.png"></p>',
        '<p><img src="a.png" width="300" height="300"></p>',
        "<pre><code>" + "x\n" * 12 + "</code></pre>",
        '<div class="cw-math">\\[x\\]</div>' * 4,
        f"<table>{'<tr><td>a</td><td>b</td></tr>' * 8}</table>",
    ):
        assert titles(folded(f"<p>a</p><h3>A</h3>{tall * 6}")) == [("A", False)]


def test_what_only_a_screen_reader_sees_does_not_count() -> None:
    formula = f"<span><math>{'x' * 4000}</math></span>"

    assert "details" not in folded(f"<p>{formula}</p><h3>A</h3><p>a</p>")


def test_the_work_grows_with_the_headings() -> None:
    def work(count: int) -> int:
        html = "<ul><li><h2>A</h2>" * 40 + f"<h3>A</h3><p>{'a ' * 9}</p><h4>B</h4>" * count
        html += "</li></ul>" * 40
        return steps_of(lambda: folded(html))

    assert grows_evenly(work, 100)


TEXT = "\n\n".join(["A word of many. " * 60] * 3)
ANSWER = f"{TEXT}\n\n#### A\n\n{TEXT}\n\n#### B\n\n{TEXT}"


def test_only_an_answer_that_is_not_asked_folds() -> None:
    note = resolved(ANSWER, ANSWER)

    assert "cw-section" in note.back
    assert "cw-section" not in note.front


def test_an_answer_that_is_asked_too_does_not_fold() -> None:
    rendered, _ = render(replace(source(ANSWER), is_reverse=True), Config())

    assert "cw-section" not in resolve(rendered, {}, Config()).back

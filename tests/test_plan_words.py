"""Fields as text, and two texts compared word by word."""

from __future__ import annotations

import pytest

from cardwright.changes.front_text import front_text, front_texts
from cardwright.planning.rows import difference_rows
from cardwright.planning.shown import images_in, shown_text
from cardwright.planning.word_diff import NEW, OLD, SAME, DiffPiece, word_diff
from tests.notes import typeset
from tests.work import calls_of


def marked(old: str, new: str) -> str:
    marks = {SAME: ("", ""), OLD: ("[-", "-]"), NEW: ("{+", "+}")}
    return "".join(marks[p.kind][0] + p.text + marks[p.kind][1] for p in word_diff(old, new))


@pytest.mark.parametrize(
    ("front", "text"),
    [
        (
            'Which <img src="a/leaf.png" width="300" alt="A leaf"> is it?',
            "Which [image A leaf] is it?",
        ),
        ("<IMG width=3 src='https://example.org/a/leaf.png?w=3'>", "[image leaf.png]"),
        ('![](<a leaf.png>) ![](b.png "one (1)")', "[image a leaf.png] [image b.png]"),
        ('<img src="a>b.png" alt="x"> <img-box>', "[image x] <img-box>"),
        ("a ![](<a/leaf.png> 'Title') b", "a [image leaf.png] b"),
        ("![A leaf](leaf.png){width=3}", "[image A leaf]{width=3}"),
        ("![A leaf][1] ![](data:image/gif;base64,R0)", "[image A leaf] [image]"),
        ("![[garden/leaf.png|200]]", "[image leaf.png]"),
        ("`![a](b.png)` and a[0](b) < c", "`![a](b.png)` and a[0](b) < c"),
    ],
)
def test_an_image_in_a_front_is_its_alternative_text_or_its_file(front: str, text: str) -> None:
    assert front_text(front) == text


def test_where_only_the_width_of_an_image_differs_it_is_shown() -> None:
    old, new = ('<img src="leaf.png" width="300">', '<img src="leaf.png" width="200">')

    assert front_texts(old, new) == (old, new)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("same", "same", "same"),
        ("", "all new", "{+all new+}"),
        ("all gone", "", "[-all gone-]"),
        ("in the soil", "in the dark soil", "in the{+ dark+} soil"),
        ("one two three four", "one 2 three 4", "one[- two-]{+ 2+} three[- four-]{+ 4+}"),
        ("What is a leaf?", "What are leaves?", "What[- is a leaf-]{+ are leaves+}?"),
        ("deck::Parts", "deck::Growth", "deck::[-Parts-]{+Growth+}"),
        ("什么是叶子?", "什么是根?", "什么是[-叶子-]{+根+}?"),
        ("किताब है", "किताबें है", "[-किताब-]{+किताबें+} है"),
        ("a {{c1::leaf}}", "a {{c2::leaf}}", "a[- {{c1::-]{+ {{c2::+}leaf}}"),
        ("spaced   out", "spaced\nout", "spaced\nout"),
        ("a [image]", "a [image a leaf], [image]", "a{+ [image a leaf],+} [image]"),
    ],
)
def test_the_words_that_differ_are_marked(old: str, new: str, shown: str) -> None:
    assert marked(old, new) == shown


def test_both_texts_can_be_read_from_the_pieces() -> None:
    old, new = "The quick brown fox jumps, over it.", "A quick red fox leapt over it!"
    pieces = word_diff(old, new)

    assert "".join(p.text for p in pieces if p.kind != OLD) == new
    assert "".join(p.text for p in pieces if p.kind != NEW) == old


def test_texts_with_thousands_of_different_words_are_not_compared_word_by_word() -> None:
    old = " ".join(f"a{number} the" for number in range(5_000))
    new = " ".join(f"b{number} the" for number in range(5_000))

    assert [piece.kind for piece in word_diff(f"x {old}", f"x {new}")] == [SAME, OLD, NEW, SAME]


def test_a_long_text_with_one_other_word_is_compared() -> None:
    words = [f"w{number}" for number in range(100_000)]
    changed = [*words[:50_000], "other", *words[50_001:]]

    pieces = word_diff(" ".join(words), " ".join(changed))

    assert pieces[1:3] == (DiffPiece(OLD, " w50000"), DiffPiece(NEW, " other"))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one</p>\n<p>two  <b>three</b> four</p>", "one\ntwo three four"),
        ("<p>a &lt; b</p>", "a < b"),
        ("<pre><code>if x:\n    y\n\nz</code></pre>", "if x:\n    y\nz"),
        ("<ul>\n<li>one</li>\n<li>two</li>\n</ul>", "one\ntwo"),
        ("<table><tr>\n<td>1</td>\n<td>2</td>\n</tr></table>", "1 2"),
        ('<p>see <a href="https://e.org/x">here</a>.</p>', "see here (https://e.org/x)."),
        ('<p><img src="cw-1.webp" alt="A leaf"> x</p>', "[image A leaf] x"),
        ('<img src="cw-1.webp">', "[image]"),
        ('<span class="katex">', "$$"),
        ("<!-- note --><p>x</p>", "x"),
        ("", ""),
    ],
)
def test_a_field_is_the_text_that_its_card_shows(html: str, text: str) -> None:
    assert shown_text(html) == text


@pytest.mark.parametrize("tex", [r"\frac{a}{b}", "x_i^2 + y_{ij}", r"\text{if } x < 0"])
def test_a_formula_is_its_tex(tex: str) -> None:
    note, problems = typeset(f"So ${tex}$ it is.")

    assert problems == ()
    assert shown_text(note.back) == f"So ${tex}$ it is."


def test_the_images_of_a_field_are_named_with_their_alternative_texts() -> None:
    html = '<p><img src="a.webp" alt="A &amp; B"></p><img src="b.png">'

    assert list(images_in(html)) == [("a.webp", "A & B"), ("b.png", "")]


def rows(old: str, new: str, width: int = 40) -> list[str]:
    found = difference_rows(word_diff(old, new), width, has_colours=False)
    return ["".join(text for text, _ in row) for row in found]


def test_lines_that_both_texts_have_are_left_out() -> None:
    shown = rows("one\ntwo\nthree\nfour\nfive\nsix", "one\n2\nthree\nfour\n5\nsix")

    assert shown == ["[-two-]", "{+2+}", "…", "[-five-]", "{+5+}"]


def test_a_word_longer_than_a_row_is_broken() -> None:
    assert rows("", "植" * 30 + "x" * 25) == [
        "{+" + "植" * 19,
        "植" * 11 + "x" * 18,
        "x" * 7 + "+}",
    ]


def test_a_long_line_shows_only_the_words_near_the_change() -> None:
    long = "word " * 50

    shown = rows(f"{long}old {long}", f"{long}new {long}", width=200)

    assert len(shown) == 1
    assert shown[0].startswith("… word")
    assert "word [-old-] {+new+} word" in shown[0]
    assert shown[0].endswith("word …")
    assert len(shown[0]) < 110


def test_rows_are_as_wide_as_they_may_be_and_marks_stay_with_their_words() -> None:
    shown = rows("", "these are some twenty words " * 4)

    assert all(len(row) <= 40 for row in shown)
    assert shown[0].startswith("{+these")
    assert shown[-1].endswith("words+}")


def test_a_text_that_is_entirely_new_is_shortened() -> None:
    shown = rows("", "word " * 1_000)

    assert len(shown) == 13
    assert shown[-1] == "… 114 more lines"


def test_twice_the_words_take_twice_the_steps() -> None:
    def work(times: int) -> int:
        old, new = "<p>one two <b>three</b></p>" * times, "<p>one 2 <b>three</b></p>" * times
        return calls_of(lambda: word_diff(shown_text(old), shown_text(new)))

    assert work(400) < 2.3 * work(200)

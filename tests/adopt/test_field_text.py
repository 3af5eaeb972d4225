"""Fields of any origin as the text that is compared."""

from __future__ import annotations

import pytest

from cardwright.adopt.field_text import cloze_text, field_text


def image(name: str) -> str:
    return f"image {name}"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("What is <b>it</b>?", "What is it?"),
        ("<div>one</div><div>two</div>", "one two"),
        ("one&nbsp;two<br>three", "one two three"),
        ("12. What is it?", "What is it?"),
        (r"\(x^2\)", "$x^2$"),
        (r"\[ a &lt; b \]", "$a < b$"),
        ("[$]x^2[/$] and [$$]y[/$$]", "$x^2$ and $y$"),
        ("[latex]x[/latex]", "$x$"),
        ("$x^2$ costs 5$", "$x^2$ costs 5$"),
        ("<anki-mathjax>x^2</anki-mathjax>", "$x^2$"),
        ('<img class="latex" alt="x^2" src="latex-1.png">', "$x^2$"),
        ('<span class="katex"><math alttext="\\frac12"><mn>1</mn></math></span>', "$\\frac12$"),
        ('see <img src="a.png"> here', "see image a.png here"),
        ("[sound:a.mp3]", "image a.mp3"),
        ("<code>a $b$ c</code>", "`a $b$ c`"),
        ('<pre><code><span class="k">if</span> x:\n  y</code></pre>', "`if x: y`"),
        ("a<script>alert(1)</script>b", "a b"),
        ("e\u0301", "\u00e9"),
    ],
)
def test_a_field_is_its_text(html: str, text: str) -> None:
    assert field_text(html, image) == text


@pytest.mark.parametrize(
    ("html", "text", "hidden"),
    [
        ("The {{c1::cell}} lives.", "The cell lives.", "1 cell"),
        ("{{c2::a::hint}} {{c1::b}}", "a b", "2 a 1 b"),
        ("{{c1::a {{c2::b}} c}}", "a b c", "2 b 1 a b c"),
        (r"{{c1::\(\frac{1}{2}\)}}", r"$\frac{1}{2}$", r"1 $\frac{1}{2}$"),
        ("no }} here :: at all", "no }} here :: at all", ""),
        ("{{c1::<code>x</code>}}", "`x`", "1 `x`"),
        ("<code>{{c1::x}} = 1</code>", "`x = 1`", "1 x"),
    ],
)
def test_a_cloze_is_its_text_and_what_is_hidden(html: str, text: str, hidden: str) -> None:
    assert cloze_text(html, image) == (text, hidden)

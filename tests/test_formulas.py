"""Formulas are found where they are meant, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardwright.diagnostics import Code
from cardwright.formulas.delimiters import Extracted, extract_formulas
from cardwright.formulas.traced import Traced
from cardwright.model import Place
from tests.notes import passage
from tests.work import calls_of, grows_evenly, steps_of

KEY = "cwkey"


def extract(markdown: str) -> Extracted:
    return extract_formulas(Traced(passage(markdown)), KEY)


def formulas(markdown: str) -> list[str]:
    return [formula.tex for formula in extract(markdown).formulas]


def text(markdown: str) -> str:
    return extract(markdown).traced.passage.markdown


@pytest.mark.parametrize(
    ("markdown", "tex"),
    [
        ("a $x$ b", ["x"]),
        ("$x$, ($y$) *$z$*", ["x", "y", "z"]),
        ("the $n$th, $k$-NN, two $x$s, $\\alpha$and", ["n", "k", "x", "\\alpha"]),
        ("设$x$为$y$的", ["x", "y"]),
        ("$x$$y$", ["x", "y"]),
        ("$u_{<t}$ and $<S,P>$ and $a<b$", ["u_{<t}", "<S,P>", "a<b"]),
        ("$a +\nb$", ["a +\nb"]),
        ("$5$ and $1,000$", ["5", "1,000"]),
        ("$f'$ of $x'$", ["f'", "x'"]),
        ("$\\$5$ each", ["\\$5"]),
        ("$`a_b`$", ["a_b"]),
        ("$$x$$ in $$y$$", ["x", "y"]),
        ("sum$$x$$glued", ["x"]),
        ("$$ \\text{if $x$ holds} $$", ["\\text{if $x$ holds}"]),
        ("\\(x\\) and \\[y\\]", ["x", "y"]),
        ("\\\\(x\\\\) and \\\\[y\\\\]", ["x", "y"]),
        ("$$\\[ x \\]$$", ["x"]),
        ("\\[0, 1\\] is closed", ["0, 1"]),
        ("```math\nx\n\ny\n```", ["x\ny"]),
        ("\\begin{align}\na &= b\n\\end{align}", ["\\begin{align}\na &= b\n\\end{align}"]),
        ("so \\begin{cases} a \\end{cases}.", ["\\begin{cases} a \\end{cases}"]),
        ("# A heading of $x$", ["x"]),
        ("<div>\n$x$\n</div>", ["x"]),
        ("term\n: the $x$", ["x"]),
        ("a[^1]\n\n[^1]: the $x$", ["x"]),
    ],
)
def test_a_formula_is_found(markdown: str, tex: list[str]) -> None:
    assert formulas(markdown) == tex


@pytest.mark.parametrize(
    "markdown",
    [
        "$5 and $6",
        "$1600 | $12",
        "($5-$10)",
        "US$5 to US$6",
        "it costs $5 here, and 6$ there",
        "$PATH",
        "$HOME/bin:$PATH",
        "${a}-${b} and $(pwd):$(ls)",
        "kill -9 $$",
        "kill -9 $$ and $$ again",
        "($$$) to ($$$$)",
        "\\$x\\$",
        "\\\\\\$x\\\\\\$",
        "`$x$` and ``$y` $``",
        "`a\n$x$`",
        "    $x$",
        "```\n$x$\n\n$$\ny\n$$\n```",
        "~~~\n\\(x\\)",
        "<a title='$x$'>",
        "<!-- $x$ -->",
        "<https://a.b/$x$>",
        "https://a.b/?c=$x$",
        "<pre>$x$</pre> <code>$y$</code>",
        "<div>\n<!-- $x$\n$y$ -->\n</div>",
        "arr\\[0\\], \\[sic\\], \\[link\\](there)",
        "\\begin{itemize} x \\end{itemize}",
        "a $ b $ c",
        "$x\n\ny$",
    ],
)
def test_what_is_no_formula_stays_as_it_is(markdown: str) -> None:
    assert formulas(markdown) == []
    assert text(markdown) == markdown


def test_a_lone_dollar_is_not_reported() -> None:
    for markdown in ("$", "a $5 b", "kill -9 $$", "($$$)", "\\[ ] no task", "\\(text)"):
        assert extract(markdown).diagnostics == ()


@pytest.mark.parametrize(
    "inside", ["===", "---", "- a", "# x", "> y", "1. z", "| a | b |\n|---|---|", "[a]: b", "* * *"]
)
def test_what_looks_like_markdown_in_a_display_formula_is_tex(inside: str) -> None:
    markdown = f"Text right above\n$$\na\n{inside}\n$$\nand below."

    assert formulas(markdown) == [f"a\n{inside}"]
    assert text(markdown) == f"Text right above\n{KEY}0z\nand below."


def test_a_display_formula_may_open_and_close_within_lines() -> None:
    extracted = extract("Thus $$ a\n=== \n b $$ holds for $c$")

    assert [formula.tex for formula in extracted.formulas] == ["a\n===\nb", "c"]
    assert extracted.traced.passage.markdown == f"Thus {KEY}0z holds for {KEY}1z"


def test_display_formulas_in_lists_and_quotes() -> None:
    assert formulas("- a\n  $$\n  - b\n  $$\n  c") == ["- b"]
    assert formulas("> a\n> $$\n> b\n> > c\n> $$") == ["b\n> c"]
    assert formulas("1. > - $$\n   >   x\n   >   $$") == ["x"]
    assert text("- a\n  $$\n  - b\n  $$\n  c") == f"- a\n  {KEY}0z\n  c"


def test_a_blank_line_in_a_display_formula_is_left_out() -> None:
    assert formulas("$$\na\n\n\\\\ b\n$$") == ["a\n\\\\ b"]


def test_an_environment_holds_another_of_its_name() -> None:
    tex = "\\begin{cases}\n\\begin{cases}\na\n\\end{cases}\n\\end{cases}"

    assert formulas(tex) == [tex]


def test_the_cells_of_a_table_may_hold_pipes() -> None:
    markdown = "| $|x|$ | b |\n|---|---|\n| $P(a \\| b)$ | $|y|$ |"

    assert formulas(markdown) == ["|x|", "P(a | b)", "|y|"]
    assert text(markdown) == f"| {KEY}0z | b |\n|---|---|\n| {KEY}1z | {KEY}2z |"


def test_a_body_that_was_escaped_once_more_is_unescaped() -> None:
    written = r"\\(\\log P(u_t \mid u_{<t}) \\{ a \\\\ b\_c \* \\text{a\_b} \\)"

    assert formulas(written) == [r"\log P(u_t \mid u_{<t}) \{ a \\ b_c * \text{a\_b}"]


def test_a_line_break_that_was_not_doubled_stays() -> None:
    assert formulas("\\\\[a \\\\ b \\\\& c\\\\]") == ["a \\\\ b \\\\& c"]


def test_only_double_delimiters_unescape() -> None:
    assert formulas(r"$a \\log b$ \(c \\d\)") == [r"a \\log b", r"c \\d"]


def test_a_formula_knows_its_source_and_place() -> None:
    extracted = extract_formulas(Traced(passage("a $x$\n\n> $$\n> y\n> $$ and $z$", 7, 3)), KEY)

    found = {formula.tex: formula for formula in extracted.formulas}
    assert found["x"].place == Place("plants.md", 7, 5)
    assert found["x"].source == "$x$"
    assert found["y"].place == Place("plants.md", 9, 5)
    assert found["y"].source == "$$\n> y\n> $$"
    assert found["y"].is_display
    assert found["z"].place == Place("plants.md", 11, 12)
    assert not found["z"].is_display


def test_lines_keep_their_numbers() -> None:
    lines = extract("a\n$$\nx\n$$\nb\n\\[\ny\n\\]\nc").traced.passage.lines

    assert [(line.number, line.text) for line in lines] == [
        (1, "a"),
        (2, f"{KEY}0z"),
        (5, "b"),
        (6, f"{KEY}1z"),
        (9, "c"),
    ]


def test_text_after_a_formula_knows_its_column() -> None:
    traced = extract("$$\nx\n$$ then $y$ here").traced

    offset = traced.passage.markdown.index("here")
    assert traced.place(0, offset) == Place("plants.md", 3, 13)


@pytest.mark.parametrize(
    ("markdown", "line", "column"),
    [
        ("a\n\n$$\nx\n\n# Heading", 3, 1),
        ("$$\nx\n\nHere follows an ordinary sentence.\n", 1, 1),
        ("$$\nx\n```\n$$\n```", 1, 1),
        ("- a\n  $$\n  x\n\nb", 2, 3),
        ("see \\[ x", 1, 5),
        ("see \\( x", 1, 5),
        ("\\\\( x", 1, 1),
        ("$y$ and\n  \\begin{align} x", 2, 3),
        ("The sum $$x + y is", 1, 9),
        ("- The sum $$f(x) is\n- a price", 1, 11),
        ("The sum $$2x = y is.\n\nSee:\n\n$$a = b$$", 1, 9),
        ("The sum $$\\frac 1 2 is.\n\nSee:\n\n$$\na\n$$", 1, 9),
    ],
)
def test_an_unclosed_formula_is_reported(markdown: str, line: int, column: int) -> None:
    problems = extract(markdown).diagnostics

    assert [problem.code for problem in problems] == [Code.UNCLOSED_FORMULA]
    assert problems[0].place == Place("plants.md", line, column)


def test_a_stray_opener_in_a_sentence_takes_no_text() -> None:
    extracted = extract("The sum $$x + y is\n\nand more.\n\n$$\na\n$$\n\nwith: $$\nb\n\nc\n$$\n")

    assert [formula.tex for formula in extracted.formulas] == ["a", "b\nc"]
    assert extracted.traced.passage.markdown.startswith("The sum $$x + y is\n\nand more.\n\n")


@pytest.mark.parametrize("text", ["kill -9 $$ & wait", "echo $$PATH", "a $$ on a menu", "$$ - $$$"])
def test_two_dollars_may_be_no_formula(text: str) -> None:
    assert extract(text).diagnostics == ()


def test_a_stray_opener_takes_no_more_than_its_paragraph() -> None:
    extracted = extract("$$\na\n\n# Heading\n\nThe $x$ of it.\n\n$$\nb\n$$\n")

    assert {formula.tex for formula in extracted.formulas} == {"x", "b"}


def test_what_no_file_can_hold_becomes_readable() -> None:
    assert text("a\rb\0c\ud800 $x$") == f"a b\ufffdc\ufffd {KEY}0z"


def test_a_mark_is_a_word_that_nothing_splits() -> None:
    assert text("**$x$**_$y$_") == f"**{KEY}0z**_{KEY}1z_"


@pytest.mark.parametrize(
    "piece",
    [
        "$",
        "$ ",
        "$a ",
        "$$ a\n",
        "$$\na\n\n# h\n\n",
        "\\[ ",
        "\\[\n",
        "\\begin{align}\n",
        "`$",
        "$`",
        "[$",
        "<!--$",
        "<a b='$",
        "| $a$ ",
        "$x$ and ",
    ],
)
def test_the_work_grows_with_the_length(piece: str) -> None:
    assert grows_evenly(lambda count: steps_of(lambda: extract(piece * count)), 150)


_PIECES = ["$", "$$", "\\(", "\\)", "\\[", "\\]", "\\\\[", "\\begin{align}", "\\end{align}", "`"]
_PIECES += [
    "```",
    "\n",
    "\n\n",
    " ",
    "    ",
    "> ",
    "- ",
    "|",
    "|-|\n",
    "a",
    "5",
    "<b>",
    "<!--",
    "\t",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join) | st.text(max_size=60))
def test_putting_the_sources_back_gives_the_text(markdown: str) -> None:
    extracted = extract(markdown)

    back = extracted.traced.passage.markdown
    for number in reversed(range(len(extracted.formulas))):
        back = back.replace(f"{KEY}{number}z", extracted.formulas[number].source, 1)

    assert back == markdown.replace("\r", " ").replace("\0", "\ufffd")


@pytest.mark.parametrize(
    "markdown",
    [
        "for $5\n- to 6$",
        "for $5\n- and $6",
        "so $a\n- b",
        "so $a\n- `b$`",
        "so $a\n\n- b$",
        "- a $5\n- b 6$",
        "$a\n-b",
    ],
)
def test_a_list_behind_a_stray_dollar_is_a_list(markdown: str) -> None:
    assert formulas(markdown) == []
    assert text(markdown) == markdown


def test_blocks_are_read_once_below_a_formula_that_is_a_paragraph() -> None:
    rest = "\n\n" + "- an item\n" * 100

    again = calls_of(lambda: extract(f"a $$\nx\n$${rest}"))

    assert calls_of(lambda: extract(f"$$\nx\n$${rest}")) < 0.7 * again


@pytest.mark.parametrize("below", ["", "- $a$", "> $b$", "\t$c$", "| $d$ |\n|---|", ": $e$", "==="])
def test_a_formula_in_a_paragraph_of_its_own_is_a_word(below: str) -> None:
    extracted = extract(f"- text\n\n  $$\n  x\n  $$\n\n{below}")

    assert extracted.formulas[0].tex == "x"
    assert extracted.traced.passage.markdown.startswith("- text\n\n  cwkey0z\n\n")

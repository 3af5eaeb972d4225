"""KaTeX typesets what is TeX, says what is not and where, and can neither hang nor blow up."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardwright.config import Config, MathConfig
from cardwright.diagnostics import (
    Code,
    Diagnostic,
    as_dict,
    as_github,
    as_sarif,
    as_text,
)
from cardwright.formulas.delimiters import macros_of
from cardwright.identify.drafts import RENDER
from cardwright.math.katex import LONGEST, NOTHING, PLAIN, FormulaRefusal, KatexSession, Request
from cardwright.math.refusals import COMMANDS, ENVIRONMENTS, excerpt
from cardwright.math.typeset import begin_typesetting
from cardwright.model import FrontMatter, SourceFile
from cardwright.notetypes.katex import katex_version
from cardwright.parse import parse
from cardwright.render import render
from cardwright.resolve import resolve
from cardwright.tex_macros import definitions_in
from tests.formulas import run_katex
from tests.notes import source, typeset

MATHJAX = Config(math=MathConfig("mathjax"))


def visible(html: str) -> str:
    """The text of KaTeX's HTML that is seen: without MathML and tags."""
    html = re.sub(r'<span class="katex-mathml">.*?</math></span>', "", html, flags=re.DOTALL)
    return re.sub(r"<[^>]*>", "", html).replace("\u200b", "")


def refusal(tex: str) -> FormulaRefusal:
    (outcome,) = run_katex([Request(tex, False)], {})
    assert isinstance(outcome, FormulaRefusal)
    return outcome


def html_of(tex: str, **macros: str) -> str:
    names = {f"\\{name}": body for name, body in macros.items()}
    (outcome,) = run_katex([Request(tex, False)], names)
    assert isinstance(outcome, str)
    return outcome


def test_a_new_katex_raises_render() -> None:
    # A new version goes with a higher RENDER: the two are changed together, here too.
    pin = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))

    assert (katex_version(), RENDER) == ("0.19.1", 3)
    assert pin["tool"]["cardwright"]["katex"]["version"] == katex_version()


def test_a_formula_is_html_and_mathml_without_its_source() -> None:
    html = html_of(r"\frac{a}{b}")

    assert html.startswith('<span class="katex"><span class="katex-mathml"><math')
    assert "<mfrac><mi>a</mi><mi>b</mi></mfrac>" in html
    assert "frac{" not in html


def test_mathml_can_be_left_out() -> None:
    note, _ = typeset("$x$", Config(math=MathConfig("katex-html")))

    assert "<math" not in note.back
    assert '<span class="katex-html" aria-hidden="true">' in note.back
    assert run_katex([Request("x", False)], {}, PLAIN) == [note.back[len("<p>") : -len("</p>")]]


ALTTEXT = re.compile(r'<math alttext="([^"]*)"')


@pytest.mark.parametrize(
    ("markdown", "alttext"),
    [
        (r"$\tilde x_t$", r"\tilde x_t"),
        (r"$a < b \& c > d$", r"a &lt; b \&amp; c &gt; d"),
        (r"$\text{\"u}$", r"\text{\&quot;u}"),
        ("$$\na\n= b\n$$", "a\n= b"),
        (r"$\R$", r"\R"),  # the macro, not its body
        (r"$\begin{matrix} a \\[2pt] b \end{matrix}$", None),
        (r"$x^{{c1::2}}$", "x^{&#123;c1::2}}"),
        (r"$\text{[sound:a.mp3]}$", r"\text{&#91;sound:a.mp3]}"),
        (r"$\text{[latex]x[/latex]}$", r"\text{&#91;latex]x&#91;/latex]}"),
    ],
)
def test_a_formula_carries_its_tex_without_commands_for_anki(
    markdown: str, alttext: str | None
) -> None:
    note, problems = typeset(markdown, macros=(("\\R", r"\mathbb{R}"),))

    assert problems == ()
    expected = alttext or r"\begin{matrix} a \&#92;[2pt] b \end{matrix}"
    assert ALTTEXT.findall(note.back) == [expected]


def test_the_tex_is_what_typesets_where_backslashes_are_doubled() -> None:
    note, _ = typeset(r"$x^\\alpha$")

    assert ALTTEXT.findall(note.back) == [r"x^\alpha"]


def elements(tex: str) -> int:
    """How many a formula has, without those around it and its strut."""
    (html,) = run_katex([Request(tex, False)], {}, PLAIN)
    assert isinstance(html, str)
    return html.count("<span") - 4


@pytest.mark.parametrize(
    ("tex", "count"),
    [
        ("x", 1),
        ("x + 1", 5),  # a line may break behind the sign: two boxes with struts, two spaces
        ("x_i", 2),
        ("x^2", 2),
        ("x_i^2", 9),  # a box of two lines, each with strut and script; KaTeX has 18
        (r"\frac{a}{b}", 13),  # KaTeX: 24
    ],
)
def test_a_formula_has_no_element_that_shows_nothing(tex: str, count: int) -> None:
    assert elements(tex) == count


def test_a_script_is_moved_in_the_size_it_has() -> None:
    assert 'class="katex-sizing reset-size6 size3 cw-script" style="top:-0.5186em;' in html_of(
        "x^2"
    )


def test_a_row_in_mathml_is_written_where_it_counts() -> None:
    assert "<math><mi>a</mi><mo>+</mo><mi>b</mi></math>" in html_of("a + b")
    assert "<mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac>" in html_of(
        r"\frac{a}{b + 1}"
    )


@pytest.mark.parametrize(
    ("tex", "words", "position"),
    [
        (r"a \foo b", r"Undefined control sequence: \foo", 2),
        (r"x^2^3", "Double superscript", 3),
        (r"𝐀 \foo", r"Undefined control sequence: \foo", 2),
        (r"a & b", "Expected 'EOF', got '&'", 2),
        (r"\begin{foo}x\end{foo}", "No such environment: foo", 6),
        (r"\left( x", r"Expected '\right', got 'EOF'", 8),
        (r"\newcommand{\f}{\frac{a}}x\f", "end of input", None),
    ],
)
def test_a_refusal_has_the_words_of_katex_and_the_place(
    tex: str, words: str, position: int | None
) -> None:
    found = refusal(tex)

    assert words in found.words
    assert position is None or found.position == position


@pytest.mark.parametrize("number", ["0", "7", '"D800', '"DFFF', '"FFFF'])
def test_a_number_that_is_no_character_is_refused(number: str) -> None:
    found = refusal(rf"x\char{number}")

    assert "\\char" in found.words
    assert not found.is_limit
    assert "write the character itself" in problem_of(rf"$x\char{number}$").hint


@pytest.mark.parametrize("tex", [r"\color{#c0ffee}x", r'\text{style="color:not-trusted"}'])
def test_no_text_and_no_colour_passes_for_what_is_not_trusted(tex: str) -> None:
    assert visible(html_of(tex))


@pytest.mark.parametrize("tex", [r"\url{a:b}", r"\htmlId{a}{x}", r"\includegraphics{a.png}"])
def test_what_is_not_trusted_is_refused(tex: str) -> None:
    assert "not trusted" in refusal(tex).words


def test_a_number_beyond_the_first_65536_is_a_character() -> None:
    assert visible(html_of(r'\text{\char"1F33F}')) == "\N{HERB}"


@pytest.mark.parametrize(
    "tex",
    [
        r"\def\a{\a\a}\a",
        r"\def\f#1{\f{#1#1}}\f{a}",
        r"\edef\a{\a}\def\b{\b\b}\b",
        "{" * 4000 + "}" * 4000,
        "\\sqrt{" * 400 + "}" * 400,
        "x" * (LONGEST + 1),
        r"\begin{matrix}" + "&" * 9000 + r"\end{matrix}",
    ],
    ids=["doubling", "growing", "endless", "braces", "roots", "long", "wide"],
)
def test_a_formula_over_a_limit_is_refused(tex: str) -> None:
    assert refusal(tex).is_limit or "Undefined" in refusal(tex).words


def test_a_megabyte_of_tex_is_refused_without_reading_it() -> None:
    assert refusal("x" * 1_000_000).words == "it has 1000000 characters, 10000 at most"


def test_macros_that_write_out_too_much_are_refused() -> None:
    large = r"\def\a{" + "x" * 9000 + "}" + r"\a" * 30

    assert refusal(large).words == "it has more than 30000 parts, those of its macros included"


def test_a_size_has_a_limit() -> None:
    assert "width:100em" in html_of(r"\rule{1000000em}{1em}")


def test_definitions_do_not_leak_into_the_next_formula() -> None:
    requests = [Request(tex, False) for tex in (r"\def\q{x}\gdef\r{y}\q\r", r"\q", r"\r")]

    first, *others = run_katex(requests, {})

    assert isinstance(first, str)
    assert all(isinstance(other, FormulaRefusal) for other in others)


def test_macros_are_known_and_may_have_the_name_of_a_command() -> None:
    assert visible(html_of(r"\half{x}\R", half=r"\frac{#1}{2}", R="R")) == "2xR"
    assert visible(html_of(r"\newcommand{\R}[1]{r#1}\R{2}")) == "r2"
    assert "op-limits" in html_of(r"\DeclareMathOperator*{\am}{arg\,max}\displaystyle\am_x")
    assert visible(html_of(r"\mbox{a b}\label{c}")) == "a\xa0b"
    assert visible(html_of(r"\ce{H2O}")).replace("X", "") == "H2O"


@pytest.mark.parametrize("tex", [r"\href{javascript:f()}{x}", r"\htmlClass{a}{x}", r"\url{a}"])
def test_what_reaches_out_is_never_typeset(tex: str) -> None:
    assert refusal(tex).is_limit


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([*"{}^_&$#%\\ ab<>\"'", "\\frac", "\\left(", "é", "𝐀"]), max_size=30)
)
def test_whatever_is_no_tex_is_a_refusal(pieces: list[str]) -> None:
    tex = "".join(pieces)

    (outcome,) = run_katex([Request(tex, False)], {})

    if isinstance(outcome, FormulaRefusal):
        assert outcome.position is None or 0 <= outcome.position <= len(tex)
    else:
        assert "katex-error" not in outcome


def places(markdown: str, config: Config | None = None) -> list[tuple[int, int]]:
    _, problems = typeset(markdown, config)
    assert {problem.code for problem in problems} <= {Code.BROKEN_FORMULA}
    return [(problem.place.line, problem.place.column) for problem in problems]


@pytest.mark.parametrize(
    ("markdown", "line", "column"),
    [
        (r"a $b \no$ c", 1, 6),
        (r"a \(b \no\) c", 1, 7),
        (r"a \\(b\\log \\no\\) c", 1, 13),
        ("$$\na\n\nb \\no\n$$", 4, 3),
        ("> - $$\n>   a\n>   b \\no\n>   $$", 3, 7),
        ("```math\na\n  b \\no\n```", 3, 5),
        ("\\begin{aligned}\na \\\\\nb \\no\n\\end{aligned}", 3, 3),
        ("| a | b |\n|---|---|\n| $|x|$ | $P(a \\| b) \\no$ |", 3, 22),
        ("text $a\nb \\no$", 2, 3),
        ("设$根\\text{叶} \\no$", 1, 13),
        ("$$\\[ a \\no \\]$$", 1, 8),
        ("$`a \\no`$", 1, 5),
        ("a $$ b \\no $$", 1, 8),
        ("> [!note] a $b \\no$\n> text", 1, 16),
        ("> > [!tip]- a $b \\no$\n> > text", 1, 18),
        ('!!! note "a $b \\no$"\n    text', 1, 16),
        (":::tip[a $b \\no$]\ntext\n:::", 1, 13),
        ('=== "a $b \\no$"\n    text', 1, 11),
    ],
)
def test_the_place_of_a_refusal_is_that_in_the_file(markdown: str, line: int, column: int) -> None:
    assert places(markdown) == [(line, column)]


def problem_of(markdown: str, config: Config | None = None) -> Diagnostic:
    _, (problem,) = typeset(markdown, config)
    return problem


def test_every_printer_shows_the_caret() -> None:
    problem = problem_of(r"Of $a + \no$ it")

    assert problem.excerpt == "$a + \\no$\n     ^"
    assert as_text(problem) == (
        "plants.md:1:9: RN409 the formula cannot be typeset: Undefined control sequence: \\no\n"
        "    $a + \\no$\n"
        "         ^\n"
        "  hint: correct its name, or define it under 'math: macros'"
    )
    assert as_dict(problem)["excerpt"] == problem.excerpt
    assert "%0A$a + \\no$%0A     ^" in as_github(problem)
    assert r"$a + \\no$\n     ^" in as_sarif([problem], "1")


def test_an_excerpt_is_cut_around_its_caret() -> None:
    assert excerpt("a" * 200, 150).split("\n")[1].index("^") == 37
    assert len(excerpt("a" * 200, 150).split("\n")[0]) == 74
    assert excerpt("设 b", 2) == "设 b\n   ^"
    assert excerpt("abc", None) == "abc"


def test_a_refused_formula_shows_its_source_and_nothing_of_katex() -> None:
    note, _ = typeset("So $a_{<b \\no$.\n\n$$\n\\no\n$$")

    assert '<code class="cw-tex">$a_{&lt;b \\no$</code>' in note.back
    assert note.back.count('<code class="cw-tex">') == 2
    assert "katex" not in note.back


def test_what_only_mathjax_has_is_named_and_is_no_problem_there() -> None:
    problem = problem_of(r"$\bbox[red]{x}$")
    assert problem.hint == (
        "KaTeX has no '\\bbox', but MathJax has it: write 'math: {output: mathjax}' in deck.yml"
    )
    assert "multline" in problem_of("\\begin{multline}\na\n\\end{multline}").hint

    note, problems = typeset(r"$\bbox[red]{x}$ and $\no$", MATHJAX)
    assert r"\(\bbox[red]{x}\)" in note.back
    assert r"\(\no\)" in note.back
    assert [each.code for each in problems] == [Code.BROKEN_FORMULA]


@pytest.mark.parametrize(
    ("markdown", "seen"),
    [
        (r"\\(\\log x\\)", "logx"),
        (r"\\[a \\\\ b\\]", "ab"),
        (r"$$\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}$$", "acb=d"),
        (r"\\(\log x\\)", "logx"),
        (r"$\text{a}\\ b$", "ab"),
    ],
)
def test_backslashes_are_read_as_they_make_tex(markdown: str, seen: str) -> None:
    note, problems = typeset(markdown)

    assert problems == ()
    assert sorted(visible(note.back).replace("\u2061", "").strip()) == sorted(
        seen.replace("=", "==") if "aligned" in markdown else seen
    )


def test_what_tex_has_in_displays_alone_is_set_off() -> None:
    note, problems = typeset(r"so $x \tag{1}$ here")

    assert problems == ()
    assert '<span class="cw-math"><span class="katex-display">' in note.back


def test_a_definition_shows_nothing() -> None:
    note, problems = typeset("a\n\n$$\n\\newcommand{\\R}{\\mathbb{R}}\n$$\n\nb")

    assert problems == ()
    assert note.back == "<p>a</p>\n\n<p>b</p>"


def test_definitions_hold_for_their_file() -> None:
    lines = ["# A", "$$", r"\newcommand{\R}[1]{r#1} % why", r"\def\q{q}", "$$", "", "```math"]
    lines += [
        r"\DeclareMathOperator*{\am}{arg\,max}",
        "```",
        r"and $\renewcommand\s{t}$",
        r"`$\def\x{y}$`",
    ]

    assert macros_of("a.md", lines) == (
        (r"\R", "r#1"), (r"\q", "q"), (r"\am", r"\operatorname*{arg\,max}"), (r"\s", "t"),
    )  # fmt: skip
    assert definitions_in(r"\def\a{b} a") == ()
    assert definitions_in(r"\def\a{b") == ()
    assert definitions_in("") == ()


def test_formulas_of_a_note_know_its_macros() -> None:
    note, problems = typeset(r"$\half{x}$", macros=((r"\half", r"\frac{#1}{2}"),))

    assert problems == ()
    assert visible(note.back) == "2x"


def test_formulas_may_be_handed_over_note_by_note() -> None:
    texts = [r"$x$ and $\log y$", r"$$\\log z$$", r"$\no$ and $x \tag{1}$", "none"]
    notes = [render(source(text), Config())[0] for text in texts]
    session = KatexSession()
    begun = [begin_typesetting([note], Config(), session) for note in notes]

    found, problems = begin_typesetting(notes, Config(), KatexSession()).finish()

    parts = [typesetting.finish() for typesetting in begun]
    assert {formula: each for part, _ in parts for formula, each in part.items()} == found
    assert tuple(problem for _, part in parts for problem in part) == problems
    assert len(problems) == 1


def test_a_formula_in_code_is_not_typeset() -> None:
    note, problems = typeset("<pre>\n\\[\n\\no\n\\]\n</pre>\n\n`$\\no$`")

    assert problems == ()
    assert "katex" not in note.back


def cloze(markdown: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """The field Text of a cloze note, and what was wrong with its formulas."""
    matter = FrontMatter(questions=("cloze",))
    source = SourceFile("plants.md", tuple(markdown.split("\n")), matter)
    (note,) = parse(source, Config())[0].notes
    rendered, _ = render(note, Config())
    formulas, problems = begin_typesetting([rendered], Config(), KatexSession()).finish()
    return resolve(rendered, {}, Config(), formulas).front, problems


@pytest.mark.parametrize(
    "tex", [r"x^{a^{b}}", r"\text{a::b}", r"\text{\}\}}", r"a::b", r"\frac{\sqrt{x}}{y}", r"\{\{"]
)
def test_a_formula_in_a_deletion_does_not_end_it(tex: str) -> None:
    field, problems = cloze(f"A {{{{c1::${tex}$}}}} leaf.")

    assert problems == ()
    hidden = re.fullmatch(r"<p>A \{\{c1::(.*?)\}\} leaf\.</p>", field, re.DOTALL)
    assert hidden is not None
    assert hidden[1].startswith('<span class="katex">')
    assert hidden[1].count("<span") == hidden[1].count("</span>")
    assert "}}" not in hidden[1]
    assert "::" not in hidden[1]
    assert not re.search(r"<(?:mi|mo|mn|mrow)><span></span>", hidden[1])


def test_a_formula_that_hides_a_part_of_itself_is_left_to_mathjax() -> None:
    field, problems = cloze(r"A $\frac{{{c1::\sqrt{x}}}}{y}$ leaf.")

    assert problems == ()
    assert r"\(\frac{ {{c1::\sqrt{x} }} }{y}\)" in field
    assert "katex" not in field


def test_a_formula_that_hides_a_part_is_checked_without_the_marks() -> None:
    field, (problem,) = cloze(r"A ${{c1::x}} + \no$ leaf.")

    assert problem.code is Code.BROKEN_FORMULA
    assert (problem.place.line, problem.place.column) == (1, 16)
    assert '{{c1::<code class="cw-tex">' in field


def test_what_a_file_defines_is_known_to_its_notes() -> None:
    text = "$$\n\\newcommand{\\half}[1]{\\frac{#1}{2}}\n$$\n\n## How much?\n\nIt is $\\half{x}$."
    matter = FrontMatter(macros=((r"\z", "z"), (r"\half", "y")))
    source = SourceFile("plants.md", tuple(text.split("\n")), matter)
    (note,) = parse(source, Config())[0].notes

    assert dict(note.macros) == {r"\z": "z", r"\half": r"\frac{#1}{2}"}


def test_katex_has_no_command_that_is_listed_as_mathjax_only() -> None:
    names = sorted(COMMANDS)
    outcomes = run_katex([Request(f"\\{name}{{x}}{{x}}{{x}}", True) for name in names], {})
    assert [getattr(outcome, "words", "") for outcome in outcomes] == [
        f"Undefined control sequence: \\{name}" for name in names
    ]

    names = sorted(ENVIRONMENTS)
    outcomes = run_katex([Request(f"\\begin{{{n}}}x\\end{{{n}}}", True) for n in names], {})
    assert [getattr(outcome, "words", "") for outcome in outcomes] == [
        f"No such environment: {name}" for name in names
    ]


@pytest.mark.parametrize(
    "tex",
    [
        r"\frac{x}{2}",
        r"\widehat{ab}",
        r"x^{2}^{3}",
        r"\nothing",
        r"\href{a}{b}",
        r"\char1",
        r"\tag{1}",
        "\\left( x",
        "{" * 40 + "x" + "}" * 40,
        r"\sqrt{" * 60 + "x" + "}" * 60,
        r"\sqrt{x}" * 3000,
    ],
)
def test_what_is_only_checked_is_refused_as_what_is_typeset(tex: str) -> None:
    requests = [Request(tex, False), Request(tex, True)]
    typeset = run_katex(requests, {})
    checked = run_katex(requests, {}, NOTHING)

    assert checked == ["" if isinstance(outcome, str) else outcome for outcome in typeset]

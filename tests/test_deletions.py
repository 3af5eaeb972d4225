"""Deletions on their way from the author's text to the field that Anki reads."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardwright.config import Config, MarkdownConfig
from cardwright.diagnostics import Code, Diagnostic
from cardwright.dialects.deletions import Marks, find_deletions
from cardwright.model import FrontMatter, Line, NoteSource, ResolvedNote, SourceFile
from cardwright.parse import parse
from cardwright.render import render
from cardwright.resolve import resolve
from tests.work import ends, grows_evenly, steps_of

MKDOCS = Config(markdown=MarkdownConfig("python-markdown", (("tables", ()),)))
APART = "<span></span>"


def notes(markdown: str, questions: str = "cloze") -> tuple[NoteSource, ...]:
    source = SourceFile(
        "plants.md", tuple(markdown.split("\n")), FrontMatter(questions=(questions,))
    )
    return parse(source, Config())[0].notes


def shown(
    markdown: str, config: Config | None = None
) -> tuple[ResolvedNote, tuple[Diagnostic, ...]]:
    """The only note of a text, and what its rendering reports."""
    config = config or Config()
    (note,) = notes(markdown)
    rendered, problems = render(note, config)
    return resolve(rendered, {}, config), problems


def text_of(markdown: str, config: Config | None = None) -> str:
    """The field Text without the paragraph around it."""
    return shown(markdown, config)[0].front.removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize("config", [Config(), MKDOCS], ids=["commonmark", "python-markdown"])
@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("A {{c1::leaf}} and {{c2::bud::what}}.", "A {{c1::leaf}} and {{c2::bud::what}}."),
        ("{{c1::a {{c2::b::h}} c}}", "{{c1::a {{c2::b::h}} c}}"),
        ("{{c1::_a_}} {{c2::**(b)**}}", "{{c1::<em>a</em>}} {{c2::<strong>(b)</strong>}}"),
        ("**{{c1::a}} b**", "<strong>{{c1::a}} b</strong>"),
        ("{{c1::`a`}}", "{{c1::<code>a</code>}}"),
        ("{{c1::a\nb}}", "{{c1::a\nb}}"),
        ("==a== and {{cloze b::c}}", "{{c1::a}} and {{c2::b:" + APART + ":c}}"),
        ("{{c1::a::}} }} b", "{{c1::a::}} }} b"),
    ],
)
def test_the_marks_of_the_author_become_anki_s(markdown: str, text: str, config: Config) -> None:
    assert text_of(markdown, config) == text


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**{{c1::a** b}} c", "<strong>{{c1::a}}</strong>{{c1:: b}} c"),
        ("{{c1::a *b}} c*", "{{c1::a }}<em>{{c1::b}} c</em>"),
        ("{{c1::{{c2::a *b}}}} c*", "{{c1::{{c2::a }}}}<em>{{c1::{{c2::b}}}} c</em>"),
        ("*a {{c1::b* c::h}}", "<em>a {{c1::b}}</em>{{c1:: c::h}}"),
    ],
)
def test_a_deletion_that_crosses_an_element_is_cut_there(markdown: str, text: str) -> None:
    assert text_of(markdown) == text


def test_a_deletion_over_items_and_cells_is_one_in_each() -> None:
    start = "START\nCloze\nThe parts:\n\n- {{c1::leaf\n- root::part}}\n- stem\nEND"
    items = "<li>{{c1::leaf}}</li>\n<li>{{c1::root::part}}</li>\n<li>stem</li>"
    assert items in shown(start)[0].front

    table = "| a | b |\n|---|---|\n| {{c1::x | y}} |"
    assert "<td>{{c1::x}}</td>\n<td>{{c1::y}}</td>" in shown(table)[0].front


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        (r"{{c1::$\frac{1}{\sqrt{x}}$::$h$}}", r"{{c1::\(\frac{1}{\sqrt{x} }\)::\(h\)}}"),
        (r"$\frac{ {{c1::a}} }{b}$", r"\(\frac{  {{c1::a }}  }{b}\)"),
        (r"$\frac{{c1::\frac{a}{b}}}{c}$", r"\(\frac{ {{c1::\frac{a}{b} }} }{c}\)"),
        ("$x^{{c1::2}}$", r"\(x^{ {{c1::2 }} }\)"),
        ("$a {{c1::=}} b$", r"\(a  {{c1::= }}  b\)"),
        ("$a {{c1::b::b::c}}$", r"\(a  {{c1::b::b: :c }} \)"),
        ("$$ {{c1::x}} $$", r'<div class="cw-math">\[ {{c1::x }} \]</div>'),
        ("{{c1::$$x$$}}", r'{{c1::<span class="cw-math">\[x\]</span>}}'),
        ("C: [$a_{b_{c}}$] is $x[1]$ now", r"{{c1::\(a_{b_{c} }\)}} is \(x[1]\) now"),
    ],
)
def test_formulas_in_deletions_and_deletions_in_formulas(markdown: str, text: str) -> None:
    assert text_of(markdown) == text


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("==a }} b :: c==", "{{c1::a }" + APART + "} b :" + APART + ": c}}"),
        ("==`}}`==", "{{c1::<code>}" + APART + "}</code>}}"),
        ("{{c1::{a}}} b", "{{c1::{a}" + APART + "}} b"),
        ("{{{c1::a}}}", "{" + APART + "{{c1::a}}}"),
        ("==[b](http://x.org/a::b)==", '{{c1::<a href="http://x.org/a&#58;:b">b</a>}}'),
        ("{{c1::https://x.org}} b", '{{c1::<a href="https://x.org">https://x.org</a>}} b'),
        (
            "{{c1::a}} `{{c2::b}}` \\{{c3::c}}",
            "{{c1::a}} <code>{" + APART + "{c2::b}}</code> {" + APART + "{c3::c}}",
        ),
    ],
)
def test_nothing_that_is_text_is_a_mark_to_anki(markdown: str, text: str) -> None:
    assert text_of(markdown) == text


def test_the_plain_text_shows_what_is_hidden_and_no_hint() -> None:
    note, _ = shown("A {{c1::**leaf** of {{c2::$x_1$::n}}::an organ}} makes ==sugar==.")

    assert note.plain == "A leaf of x_1 makes sugar."


def test_a_formula_that_is_refused_is_hidden_as_a_whole() -> None:
    note, problems = shown(r"$\href{a}{ {{c1::x}} } {{c2::y}}$")

    assert [problem.code for problem in problems] == [Code.REFUSED_FORMULA]
    assert note.front.startswith('<p>{{c1::{{c2::<code class="cw-tex">')


def test_a_mark_in_indented_code_is_the_author_s_text() -> None:
    note, problems = shown("START\nCloze\nA {{c1::b}}:\n\n    {{c2::code}}\nEND")

    assert "<pre><code>{&#123;c2::code}}</code></pre>" in note.front
    assert [problem.code for problem in problems] == [Code.LOST_DELETION]


def test_columns_after_a_deletion_are_those_of_the_author() -> None:
    _, (problem,) = shown(r"An {{c1::organ}}, {{c2::green}}, $\href{a}{b}$")

    assert (problem.place.line, problem.place.column) == (1, 34)


@given(
    st.lists(
        st.sampled_from(
            ["{{c1::", "{{c2::", "}}", "::", "{", "}", "a", " ", "\n", "*", "**", "`", "$", "|",
             "==", "<b>", "</b>", "- ", "> ", "\\", "[", "](x)", "\n\n", "\n|-|-|\n", "C: "]
        ),
        max_size=40,
    )
)  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_whatever_is_written_the_deletions_are_whole(pieces: list[str]) -> None:
    for note in notes("".join(pieces)):
        front = resolve(render(note, Config())[0], {}, Config()).front
        depth = 0
        at = 0
        while at < len(front):
            if front.startswith("{{c", at):
                depth += 1
                at += 3
            elif front.startswith("}}", at) and depth:
                depth -= 1
                at += 2
            else:
                at += 1
        assert depth == 0
        assert "cw" not in front.replace("cw-", "")


@pytest.mark.parametrize(
    "piece",
    ["{{c1::", "{{c1::a}}", "{{c1::a::", "{", "[ ", "==a ", "`{{c1::", "$ {{c1::a}}", "![a](",
     "{@{", "{a", "{{c1::a}}\n", "[a] "],
)  # fmt: skip
def test_the_work_grows_with_the_marks(piece: str) -> None:
    def find(count: int) -> None:
        find_deletions([Line(piece * count, 1)], Marks(True, True, True, True))

    assert grows_evenly(lambda count: steps_of(lambda: find(count)), 300)
    if steps_of(lambda: find(600)) < 10 * 600:  # a few patterns read all of it
        with ends():
            find(500_000 // len(piece))

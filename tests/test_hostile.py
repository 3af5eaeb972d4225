"""Documents that nobody would write: none may stop the reading, and none may slow it down.

Time is not measured but counted, in calls of functions: reading twice as much may take little
more than twice as many.
"""

from __future__ import annotations

import contextlib
import html
import io
import random
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cardwright.blocks.rows import read_rows
from cardwright.building import build_deck
from cardwright.cli import run
from cardwright.config import Config, MarkdownConfig
from cardwright.diagnostics import Code, Diagnostic, has_errors
from cardwright.dialects.boxes.tags import details
from cardwright.formulas.structure import first_reading
from cardwright.model import (
    CodeBlock,
    Deletion,
    Fragment,
    Line,
    NeutralHtml,
    Passage,
    SourceFile,
    Stretch,
)
from cardwright.notetypes import CLOZE
from cardwright.parse import ParsedFile, parse
from cardwright.pipeline import Options
from cardwright.render import render
from cardwright.render.deletions import lost_deletions
from cardwright.render.dense import dense_line
from cardwright.render.tools.inline_scan import InlineText, verbatim_parts
from cardwright.resolve.clean import _cleaner_for, clean
from cardwright.resolve.code import code_html
from cardwright.source import read_file
from tests.notes import rendered
from tests.places import PLACES
from tests.shapes import shapes
from tests.spec_files import examples
from tests.work import Watched, calls_of, ends, grows_evenly, steps_of

ROOT = Path(__file__).parent.parent

TRAPS = (
    "```", "```python", "~~~", "   ```", "``````", "```{.python .input}", "# a comment", "$$",
    "$", "$x_{<t}$", "$5 and $6", "$$x$$", r"\[", r"\]", r"\(a\\b\)", r"\begin{a}", "```math",
    "- a", "  - b?", "    - c", "\t- d", "1. What is a leaf?", "7) e", "   f", "       g", "-",
    "*", "- [ ] a", "- [x] b", "A. a", "B) b", "Answer: B", "Answer:", "**Answer:** a", "True",
    "____", "# A", "## What is a leaf?", "### Q1: What is it?", "## Question 3", "#",
    "##No space", "=====", "## Leaf {#leaf .tag reverse}", "## Leaf {#leaf", "## Front",
    "## Back", "#card", "Leaf #card", "**What is a root?**", "**Q4:** a", "**", "__", "**a",
    "Q: a?", "A: b", "Q:", "A:", "*a*", "<details>", "</details>", "<summary>Why?</summary>",
    "<summary>", "</summary>", "<details><summary>Answer</summary>", "<p>", "</br>",
    "<div align=center>", "<!--", "-->", "<b", "<a href=\"", "<script>alert(1)</script>",
    "<img src=x width=1>", "<Tabs>", "</Tabs>", "> a", ">", "> [!question] a?", "> [!success]- b",
    "> > c", "> ```", "> [!hint]", "> - d", "??? question \"a?\"", "::: question a", ":::",
    "```{note}", ":::{figure} a.png", "```ad-note", "~~~{math} a", "```{code-block} c",
    "=== \"Tab\"", "!!! note", "a::b", "a :: b", "a ::: b", "?", "??", "a ;; b",
    "<!--SR:!2030-01-01,3,250-->", "{{c1::a}}", "{{c1::a::b}}", "{{c1::", "}}", "==a==",
    "C: a [b]", "{{cloze a}}", "{@{a}@}", "START", "Cloze", "Basic", "END", "cards-deck: a",
    "#flashcards", "id:: 3", "TARGET DECK: a", "{% raw %}", "{% endraw %}",
    "{{< details \"Answer\" >}}", "{{< /details >}}", "{% include a %}", "import a from 'b'",
    "export const a = {", "{a}", "%%", "[[a|b]]", "![[a.png|300]]", "{: .a}", "![a](b c.png)",
    "![a][b]", "[a]: b", "[^1]: c", "a [^1] [a]", "[a](", "[a](#b)", "- [a](#b)",
    "| Question | Answer |", "|---|---|", "| a? | b |", "| a \\| `|` | $|$ |", "|",
    "**Exercise 1.** Show a.", "**Solution.** b", "(a) Find c.", "Proof.", "---", "***", "+++",
    "title: a", "questions: cloze", "---\ntitle: [", "+++\na = 1\n+++", "\u00a0", "\u200b",
    "\ufeff", "ما هو؟", "什么是叶子？", "\u202eabc", "e\u0301\u0301", "\U0001f331", "\x0b\x0c",
    "\u2028", "\0", "\\", "    code", "\tcode", "TODO", "...", "&nbsp;", "&lt;", "&#0;", "Term",
    ": definition", "#separator:tab", "a\tb", "",
)  # fmt: skip
GLUE = ("\n", "\n\n", " ", "", "\r\n", "\n  ", "\n> ", "\n- ", "\n\t", "\r")


def read(text: str) -> tuple[ParsedFile, tuple[Diagnostic, ...]]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return parse(SourceFile("notes.md", tuple(lines)), Config())


def assert_whole(file: ParsedFile, problems: Sequence[Diagnostic]) -> None:
    """Questions stand in order and in the file; each is a note with text or said to be none."""
    last = len(file.source.lines)
    questions = [outcome.question for outcome in file.outcomes]
    lines = [question.line for question in questions]
    assert lines == sorted(lines)
    assert all(1 <= question.line <= last for question in questions)
    assert all(question.answer.end <= last + 1 for question in questions)
    for outcome in file.outcomes:
        assert outcome.problem is None or outcome.problem in problems
        is_skipped = "skip" in outcome.question.attributes.words
        assert is_skipped or (outcome.note is None) == (outcome.problem is not None)
    for note in file.notes:
        assert note.front.markdown.strip()
        assert note.kind == CLOZE or note.back.markdown.strip()
    assert all(0 <= problem.place.line <= last for problem in problems)


def assert_builds(text: str, folder: Path) -> None:
    """Read and build a document written to a file as it is: a package of its notes, or errors."""
    file = folder / "notes.md"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    source, _ = read_file(file, "notes.md")
    assert source is not None
    read_, problems = parse(source, Config())
    assert_whole(read_, problems)
    lock = folder / "notes.lock"
    lock.unlink(missing_ok=True)
    options = Options(now=1_000_000_000, is_offline=True, lock_file=lock)
    outcome = build_deck(file, folder / "build", options)
    if outcome.package is None:
        assert has_errors(outcome.diagnostics, strict=False)
    else:
        assert outcome.assembly.identified is not None
        assert len(outcome.assembly.identified.notes) == len(read_.notes) > 0
        assert zipfile.is_zipfile(outcome.package)


@st.composite
def trap_documents(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.sampled_from(TRAPS) | st.text(max_size=6), min_size=1, max_size=24))
    glue = draw(st.lists(st.sampled_from(GLUE), min_size=len(parts), max_size=len(parts)))
    text = "".join(part + between for part, between in zip(parts, glue, strict=True))
    return draw(st.sampled_from(("", "\ufeff", "## What is a leaf?\n\n"))) + text


@pytest.mark.slow
@settings(
    max_examples=100,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(text=trap_documents())
def test_no_mixture_of_traps_stops_a_build(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if not any("\ud800" <= sign <= "\udfff" for sign in text):
        assert_builds(text, tmp_path_factory.mktemp("traps"))


def own_documents() -> list[str]:
    """What this repository holds of Markdown: its deck, its pages, its examples."""
    files = [*sorted((ROOT / "content").rglob("*.md")), ROOT / "README.md"]
    files += sorted((ROOT / "docs").glob("*.md"))
    texts = [file.read_text(encoding="utf-8") for file in files]
    return [*texts, *(example.markdown for example in examples("outline"))]


@pytest.mark.parametrize("seed", range(6))
def test_no_document_stops_the_reading_wherever_it_is_cut(seed: int) -> None:
    source = random.Random(seed)
    texts = own_documents()
    for text in source.sample(texts, min(40, len(texts))):
        first, last = sorted(source.choices(range(len(text) + 1), k=2))
        for piece in (text[:last], text[first:], text[first:last]):
            assert_whole(*read(piece[:20_000]))


@pytest.mark.parametrize("seed", range(3))
def test_no_piece_of_a_document_stops_a_build(seed: int, tmp_path: Path) -> None:
    source = random.Random(seed)
    for text in source.sample(own_documents(), 8):
        first = source.randrange(len(text) + 1)
        assert_builds(text[first : first + 3000], tmp_path)


def repeated(*units: str) -> Callable[[int], str]:
    return lambda count: "".join(units) * count


def nested(opening: str, closing: str = "", middle: str = "a\n") -> Callable[[int], str]:
    return lambda count: opening * count + middle + closing * count


def staircase(mark: str) -> Callable[[int], str]:
    return lambda count: "".join(mark * (line % 12 + 1) + "a\n" for line in range(count))


def numbered(*units: str) -> Callable[[int], str]:
    """Each unit so many times with its number, one unit after the other."""
    return lambda count: "".join(
        unit.replace("N", str(number)) for unit in units for number in range(count)
    )


LINES = ("[", "*", "$$", "```", ">", "<!--", "|", "::", "---", "#", "+++")
SHAPES: dict[str, Callable[[int], str]] = {
    "pauses between rules": lambda n: "Leaf\n\n. . .\n\nAn organ.\n\n---\n\n" * n,
    "judged statements": lambda n: "1. The sun is a star. (True)\n" * n,
    "rows in HTML": lambda n: "<table>\n" + "<tr><td>What is a leaf?<td>An organ.\n" * n,
    "numbered sides": lambda n: "".join(
        f"## {side} {number}\n\nA leaf.\n\n"
        for side in ("Question", "Answer")
        for number in range(n)
    ),
    "headings": numbered("## What is N?\n\nA leaf N.\n\n"),
    "headings of all levels": repeated(
        "# What is it?\n\nA leaf.\n\n", "### And it?\n\nA root.\n\n", "## Or it?\n\nA stem.\n\n"
    ),
    "lists under headings": numbered("## What is N?\n\n- a leaf\n- a root\n\n"),
    "rules in an answer": lambda count: (
        "## What is it?\n\na\n\n" + "---\n\n" * count + "## And it?\n\nb\n\n## Or it?\n\nc\n"
    ),
    "pairs": repeated("Q: a?\nA: b\n\n"),
    "interview": repeated("**Ada:** Why a?\n\n**Ben:** b\n\n"),
    "list": repeated("- a?\n  - b\n"),
    "counted": numbered("N. What is N?\n   It is N.\n\n"),
    "options": repeated("1. a?\n\nA. b\nB. c\n\nAnswer: B\n\n"),
    "options alone": repeated("A. x\n"),
    "options on one line": repeated("A) b B) c "),
    "gaps that name options": repeated("1. The leaf makes（B）.\nA. a\nB. b\n\n"),
    "gaps without options": repeated("（B ( A ( A, B "),
    "filled gaps": lambda n: "# Fill in the blanks\n\n" + "1. A (b) c.\n" * n,
    "gaps left open": lambda n: "# 填空题\n\n1. A (b).\n2. B (c).\n3. " + "(a __b <u>" * n,
    "options counted on": numbered("N. a?\nA. b\nB. c\n\n   N. d?\n"),
    "options in bold": repeated("1. a?\n- b\n- **c**\n- d\n\n2. e?\n- **f**\n- g\n- h\n\n"),
    "bold items": repeated("x\n- a\n- **b**\n- c\n\n- **d**\ny\n- **e**\n- f\n- g\n"),
    "exam": lambda count: numbered("N) a?\n\n")(count) + "## Answers\n\n" + numbered(
        "Nb\n", "N. It is.\n"
    )(count),
    "sections of answers": lambda count: (
        "#### Answer: B\n" * 8 * count + "###### a?\n" * 8 * count
    ),
    "parts of an exam": numbered("N. a?\n\nb\n\nPart N\n\n"),
    "statements": repeated("1. a (T)\n2. b (F)\n"),
    "answers": repeated("Answer: a\n"),
    "details": repeated("<details><summary>a?</summary>\n\nb\n\n</details>\n\n"),
    "details left open": repeated("<details><summary>a?</summary> b\n"),
    "details in one line": repeated("<details><summary>"),
    "details nested": nested("<details>\n<summary>a?</summary>\n\n", "</details>\n"),
    "bold": repeated("**a**\n"),
    "bold questions": repeated("**What is it?**\n\nb\n\n"),
    "callouts": repeated("> [!question] a?\n> b\n\n"),
    "callouts nested": staircase("> [!question] a?\n"),
    "quotes of many levels": staircase("> "),
    "lists of many levels": staircase("  - "),
    "containers": nested("::: question a?\n\n", ":::\n"),
    "admonitions": repeated('??? question "a?"\n\n    b\n\n'),
    "separators": repeated("a :: b\n\n"),
    "question marks": repeated("a?\n?\nb\n\n"),
    "tags": repeated("- a #card\n  - b\n"),
    "elements that ask": repeated("<div data-question>\n\na\n\n</div>\n\nb\n\n"),
    "elements left open": repeated("<div data-question>\n\na\n\n"),
    "clozes": repeated("A {{c1::b}} c.\n\n"),
    "clozes left open": repeated("{{c1::a\n"),
    "highlights": lambda count: "#flashcards\n\n" + "==a== b\n\n" * count,
    "brackets": lambda count: "C: " + "[a] " * count,
    "exercises": repeated("**Exercise 1.** Show a.\n\n**Solution.** b\n\n"),
    "table": lambda count: "| Question | Answer |\n|---|---|\n" + "| a? | b |\n" * count,
    "fences left open": numbered("## What is N?\n\n```\nx\n\n"),
    "formulas left open": repeated("$$\na\n\n"),
    "definitions": numbered("## What is N?\n\n[aN]\n\n", "[aN]: b\n"),
    "a glossary": lambda count: "# Glossary\n\n" + "- **a**: b\n- c: d\n\n**e**\\\nf\n\n" * count,
    "options left open": repeated("```{exercise}\n---\na: b\n", ":::{exercise}\n---\na: b\n"),
    "footnotes that use the next": lambda count: "".join(
        f"## What is {n}?\n\na [^{n}]\n\n[^{n}]: see [^{n + 1}]\n\n" for n in range(count)
    ),
    "paragraph": repeated("a b c.\n"),
    "questions alone": repeated("- What is it?\n"),
    "contents": lambda count: numbered("- [a N?](#a-N)\n", "### a N?\n\nb\n\n")(count),
    **{f"signs {sign}": repeated(sign) for sign in "[*$`><(|#"},
    **{f"lines of {sign}": repeated(sign + "\n") for sign in LINES},
}  # fmt: skip


def calls_to_read(text: str) -> int:
    source = SourceFile("notes.md", tuple(text.split("\n")))
    return calls_of(lambda: parse(source, Config()))


@pytest.mark.slow
@pytest.mark.parametrize("name", SHAPES)
def test_the_work_of_reading_grows_with_the_text(name: str) -> None:
    shape = SHAPES[name]
    calls_to_read(shape(30))  # whatever is done only once

    small, middle, large = (calls_to_read(shape(count)) for count in (30, 60, 120))

    assert large - middle < 2.3 * (middle - small) + 500  # twice, were it only linear


RENDERED: dict[str, Callable[[int], str]] = {
    **{f"signs {sign}": repeated(sign) for sign in ("~~a ", "~a ", "==a ", "``a` ", "\\(a ")},
    **{f"lines of {sign}": repeated(f"{sign}\n") for sign in ("$$", "\\(", "\\begin{CD}", "<T>")},
    "runs of backticks": lambda count: " ".join("`" * number for number in range(count)),
    "tasks": repeated("- [ ] a\n"),
    "code with a title": repeated("```c title=a\nb\n```\n"),
    "directives": repeated("```{note}\n---\na: b\n---\nc\n```\n", ":::{code}\nd\n:::\n"),
    "directives left open": repeated("```{note}\n---\na: b\n"),
    "directives of colons left open": repeated(":::{note}\n---\na: b\n"),
    "directives in one another": lambda n: "".join(
        "`" * (9 - at % 7) + "ad-a\ntitle: b\n" for at in range(n)
    ),
    "code of colons left open": repeated(":::{code}\n"),
    "formulas that hold a list": repeated("$$\n- a\n$$\n"),
    "formulas that hold a list in an item": lambda count: (
        "- a\n" + "  $$\n  - a\n  $$\n  b\n" * count
    ),
    "formulas over a mark": repeated("$a\n+ b\n"),
    "formulas over a blank line": repeated("$$a\n\n"),
    "terms": repeated("a\n: b\n\n"),
    "images": repeated("\u00e9![a](b.png) "),
    "no links": lambda count: "![a" * count + "](javascript:b)" * count,
    "rows of no table": repeated("\ta\n/// note\n|a|b|\n"),
}  # fmt: skip


def test_a_formula_over_a_blank_line_costs_few_calls() -> None:
    """What is below it is read once more, but only a few lines of it."""
    assert calls_of(lambda: first_reading(("$$a", "") * 400)) < 400 * 500


def test_a_formula_left_open_is_not_looked_for_line_by_line() -> None:
    class Lines(tuple[str, ...]):
        looked_at = 0

        def __getitem__(self, key: Any) -> Any:
            Lines.looked_at += 1
            return super().__getitem__(key)

    first_reading(Lines(("\\[a", "") * 400))

    assert Lines.looked_at < 800 * 10


@pytest.mark.parametrize(("unit", "searches"), [("<code>a</CODE> ", 1000), ("<code>a ", 1)])
def test_the_end_of_an_element_of_code_is_not_looked_for_from_each(
    unit: str, searches: int
) -> None:
    text = unit * 1000
    parts: list[tuple[int, int]] = []

    def find_all() -> None:
        parts.extend(verbatim_parts(cast("InlineText", SimpleNamespace(text=text, kind="text"))))

    assert calls_of(find_all, "search") == searches
    assert len(parts) == searches


@pytest.fixture
def sent_to_nh3(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What nh3 is asked to clean."""
    sent: list[str] = []

    def cleaner_for(html: str, attribute: str) -> object:
        cleaner = _cleaner_for(html, attribute)

        def clean(html: str) -> str:
            sent.append(html)
            return cleaner.clean(html)

        return SimpleNamespace(clean=clean)

    monkeypatch.setattr(sys.modules[clean.__module__], "_cleaner_for", cleaner_for)
    return sent


def assert_is_fast_for_nh3(html: str) -> None:
    """From each ``&``, it goes on to the next ``<``, in a single call."""
    work = sum(run.count("&") * len(run) for run in html.split("<"))
    assert work < 600 * len(html)


@pytest.mark.parametrize("text", ["&amp;", "&amp;a ", "&amp;" + "a" * 30])
def test_ampersands_do_not_slow_down_the_cleaning(text: str, sent_to_nh3: list[str]) -> None:
    pieces = clean(f"<p>{text * 16_000}</p>", "cwabc")

    assert_is_fast_for_nh3(*sent_to_nh3)
    assert "".join(piece.text for piece in pieces) == f"<p>{text * 16_000}</p>"


@pytest.mark.parametrize("count", [400, 4000, 40_000])
@pytest.mark.parametrize(
    ("tag", "kept"),
    [
        ('<a title="aN">b</a>', '<a title="aN">b</a>'),
        ("<A TITLE='a\"<>&lt;N' onclick=b>b</a>", '<a title="a&quot;&lt;&gt;&lt;N">b</a>'),
        ('<a href="java&#115;cript:N" title=N>b</a>', '<a title="N">b</a>'),
        ('<a href="https://a.b/?N" style="width:2em;max-width:N">b</a>',
         '<a href="https://a.b/?N" style="width:2em">b</a>'),
        ('a</b title="N">b', "ab"),
        ('a<textarea>N</textarea><!-- N -->b<a title="N', "ab"),
    ],
)  # fmt: skip
def test_ampersands_in_a_tag_stay_and_do_not_slow_down_the_cleaning(
    tag: str, kept: str, count: int, sent_to_nh3: list[str]
) -> None:
    pieces = clean(tag.replace("N", "&" * count), "cwabc")

    assert_is_fast_for_nh3(*sent_to_nh3)
    assert "".join(piece.text for piece in pieces) == kept.replace("N", "&amp;" * count)


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("cpp", "\n" * 4000), ("autoit", " \n" * 2000), ("cpp", "a\n\n" * 400 + "\n" * 60 + "b"),
        ("html+ng2", "(" * 4000), ("ansys", '"\\' * 2000), ("java", "a " * 3000),
        ("java", "a a\n" * 2000),
    ],
)  # fmt: skip
def test_code_that_takes_a_lexer_long_is_not_highlighted(language: str, code: str) -> None:
    assert "<span" not in code_html(CodeBlock(code, language))


def test_code_of_an_honest_author_is_highlighted() -> None:
    code = "int a = 1;\n\n\n" * 300 + "// " + "b" * 490
    assert "<span" in code_html(CodeBlock(code, "cpp"))


def calls_to_render(text: str, config: Config | None = None) -> int:
    return calls_of(lambda: rendered(text, config or Config()))


@pytest.mark.slow
@pytest.mark.parametrize("name", RENDERED)
def test_the_work_of_rendering_grows_with_the_text(name: str) -> None:
    shape = RENDERED[name]
    calls_to_render(shape(3))  # whatever is done only once

    small, middle, large = (calls_to_render(shape(count)) for count in (75, 150, 300))

    assert large - middle < 2.3 * (middle - small) + 500


def test_the_beginning_of_a_block_of_slashes_is_looked_for_once() -> None:
    assert calls_of(lambda: rendered("///\n" * 400), "search") < 100


def test_the_text_is_searched_once_for_twins_of_images_for_dark_screens() -> None:
    text = "![a](b.png#only-dark)\n\n"

    assert grows_evenly(lambda count: steps_of(lambda: rendered(text * count)), 100)


def test_many_rules_are_too_much_for_python_markdown() -> None:
    assert dense_line("a\n---\n" * 5_000, has_tables=False) is not None
    assert dense_line("a\n\n---\n" * 500, has_tables=False) is None


FLAVOURS = {
    "commonmark": Config(),
    "python-markdown": Config(markdown=MarkdownConfig("python-markdown", (("extra", ()),))),
}
MADE_UP = shapes()


def calls_to_build(text: str, config: Config) -> int:
    """Reading and rendering, without what follows."""
    source = SourceFile("notes.md", tuple(f"## What is it?\n\nIt is\n\n{text}".split("\n")))

    def read_and_render() -> None:
        for note in parse(source, config)[0].notes:
            render(note, config)

    return calls_of(read_and_render)


@pytest.mark.slow
@pytest.mark.parametrize("flavour", FLAVOURS)
@pytest.mark.parametrize("name", sorted(MADE_UP)[::40])
def test_the_work_for_a_shape_made_of_delimiters_grows_with_it(name: str, flavour: str) -> None:
    """Some of them: ``benchmarks/hostile_time.py`` measures all, up to 160 KB.

    With Python-Markdown it may grow faster if a longer text of this shape is refused.
    """
    shape, config = MADE_UP[name], FLAVOURS[flavour]
    calls_to_build(shape(200), config)  # whatever is done only once

    small, middle, large = (calls_to_build(shape(size), config) for size in (500, 1000, 2000))

    is_linear = large - middle < 2.3 * (middle - small) + 1000
    is_refused = dense_line(shape(40_000), has_tables=True) is not None
    assert is_linear or (is_refused and flavour == "python-markdown")


def calls_to_check(text: str, place: str, folder: Path) -> int:
    """Of the whole command, for a deck that has the text there; V8 and threads not counted."""
    with tempfile.TemporaryDirectory(dir=folder) as deck:
        for name, content in PLACES[place](text).items():
            Path(deck, name).write_text(content, "utf-8")
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            return calls_of(lambda: run(["check", deck, "--offline", "--no-cache"]))


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_the_work_for_a_text_in_any_place_of_a_deck_grows_with_it(
    place: str, tmp_path: Path
) -> None:
    """A few shapes in each: ``benchmarks/hostile_time.py`` measures more, by time.

    Something is done only once, or up to a limit, so the whole may grow evenly instead.
    """
    for name in sorted(MADE_UP)[[*PLACES].index(place) :: 400]:
        small, middle, large = (
            calls_to_check(MADE_UP[name](size), place, tmp_path) for size in (1000, 2000, 4000)
        )

        assert large - middle < 2.3 * (middle - small) + 1000 or large < 2.3 * middle, name


CLOZES: dict[str, Callable[[int], str]] = {
    "deletions in formulas": repeated("${{c1::a}}$ "),
    "deletions in one formula": lambda count: "$$" + "{{c1::a}} " * count + "$$",
    "deletions across elements": repeated("**{{c1::a** b}} "),
    "nested deletions": nested("{{c1::a **b** ", "}}"),
}


@pytest.mark.parametrize("name", CLOZES)
def test_the_work_for_deletions_grows_with_them(name: str) -> None:
    shape, config = CLOZES[name], Config(questions=("cloze",))
    calls_to_build(shape(3), config)  # whatever is done only once

    small, middle, large = (calls_to_build(shape(count), config) for count in (150, 300, 600))

    assert large - middle < 2.3 * (middle - small) + 2000


def test_deletions_that_no_card_shows_are_not_looked_for_one_by_one() -> None:
    deletions = [Deletion(1, Stretch(0, 0, 6), Stretch(0, 7, 9))] * 1000
    front = Passage("notes.md", (Line("{{c1::a}}", 1),))
    shown = Watched("a" * 1000)

    problems = list(lost_deletions(Fragment(NeutralHtml(shown), "cwabc"), front, deletions))

    assert shown.signs < 3 * len(shown)
    assert len(problems) == 1000


@pytest.mark.parametrize("line", ["#", "- ☑ a"])
def test_the_work_for_equal_lines_of_an_answer_grows_with_them(line: str) -> None:
    def work(count: int) -> int:
        source = SourceFile("notes.md", ("# A?", "", *[line] * count, "", "# B?", "", "b"))
        return steps_of(lambda: parse(source, Config()))

    assert grows_evenly(work, 100)


def test_the_list_of_shapes_is_long() -> None:
    assert len(MADE_UP) > 300


@pytest.mark.parametrize("unit", ["[", "[[", "``a`", "<a ", "![a](", "- a [", "*a ", "-\n"])
def test_what_takes_python_markdown_too_long_is_named(unit: str) -> None:
    text = unit * (40_000 // len(unit))

    note, problems = rendered(f"First.\n\n{text}", FLAVOURS["python-markdown"])

    assert calls_to_render(f"First.\n\n{text}", FLAVOURS["python-markdown"]) < 12 * len(text)
    assert [(each.code, each.place.line, each.place.column) for each in problems] == [
        (Code.DENSE_TEXT, 3, 1)
    ]
    assert unit.strip() in html.unescape(note.back.html)


@pytest.mark.parametrize(
    ("unit", "most"),
    [("a\n\n", 10_000), ("- a\n\n", 10_000), ("> a\n>\n", 10_000), ("!!! a\n\n", 2000)],
)
def test_more_blocks_than_python_markdown_moves_in_time_are_named(unit: str, most: int) -> None:
    """No calls to count: it moves the whole list in a single one."""
    config = FLAVOURS["python-markdown"]

    _, problems = rendered(unit * most + "Last.", config)
    _, more_problems = rendered(unit * (most + 1) + "Last.", config)

    assert problems == ()
    (problem,) = more_problems
    assert problem.code == Code.DENSE_TEXT
    assert problem.place.line in range(2 * most - 1, 2 * most + 5)


@pytest.mark.parametrize(
    "text",
    [
        "- [a](b) and *c*\n" * 1000,
        "1. [a](b) and *c*\n\n" * 1000,
        "| a | b |\n|---|---|\n" + "| [a](b) | `c` |\n" * 1000,
        "A text with [a link](https://example.org/and/a/long/address) and *stress*.\n\n" * 500,
        "```\n" + "x = [1, 2, 3]\n" * 100 + "```\n",
        "A text with [a link](https://example.org/and/a/long/address). " * 200,
    ],
)
def test_long_notes_of_an_honest_author_are_rendered(text: str) -> None:
    _, problems = rendered(text, FLAVOURS["python-markdown"])

    assert problems == ()


@pytest.mark.parametrize("unit", ["`", "~", "~~", "[", "<", "=", "$", "\\", "|", ">", "- "])
def test_a_long_run_of_a_sign_takes_no_time(unit: str) -> None:
    """A pattern that looks at each of its signs from each of them is a single call."""
    with ends():
        note, problems = rendered(unit * (640_000 // len(unit)))

    assert note.back.html
    assert not has_errors(problems, strict=False)


def test_the_rest_of_a_line_is_not_copied_for_each_fold_on_it() -> None:
    lines = [Watched("<details>a " * 1000), Watched("b")]

    folds = list(details(lines, read_rows(lines, [False, False])))

    assert len(folds) == 1000
    assert sum(line.signs for line in lines) < 20 * len(lines[0])


LEVELS = 500


@pytest.mark.parametrize(
    "text",
    [
        "".join("  " * level + "- a?\n" for level in range(LEVELS)),
        "- " * LEVELS + "a?\n",
        "".join("> " * level + "a\n" for level in range(LEVELS)),
        "> " * LEVELS + "a?\n",
        nested("<details>\n<summary>a?</summary>\n\n", "\n</details>\n")(LEVELS),
        nested("<details><summary>a?</summary>", "</details>")(LEVELS),
        "".join("> " * level + "[!question] a?\n" for level in range(0, LEVELS, 4)),
        nested("::: question a?\n\n", ":::\n")(LEVELS),
        nested("<div>", "</div>")(LEVELS),
        nested("[a", "](b)")(LEVELS),
        nested("*a ", "b*")(LEVELS),
        nested("{{c1::a ", "}}")(LEVELS),
        "$" + "{" * LEVELS + "}" * LEVELS + "$\n",
    ],
    ids=lambda text: text[:12].replace("\n", " "),
)
def test_depth_is_no_danger(text: str, tmp_path: Path) -> None:
    assert_builds("## What is a leaf?\n\n" + text, tmp_path)
    assert_whole(*read(text))


@pytest.mark.parametrize(
    "text", ["a?", "a::b ", "*a ", "[a](b) ", "$x$ ", "叶子", "A) a B) b ", " "]
)
def test_a_line_of_any_length_is_read(text: str) -> None:
    file, problems = read("## What is a leaf?\n\nx" + text * 20_000 + "x\n")
    assert_whole(file, problems)

    assert file.notes[0].back.markdown == "x" + text * 20_000 + "x"

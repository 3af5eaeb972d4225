"""``deck.yml``: every key typed, every mistake with its line."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardwright.config import (
    Config,
    ImagesConfig,
    MarkdownConfig,
    MathConfig,
    OptionsConfig,
    load_config,
)
from cardwright.diagnostics import Code, Diagnostic
from cardwright.model import Place


def load(text: str, *, is_trusted: bool = False) -> Config:
    """The settings of a text that is right."""
    config, problems = load_config(text, "deck.yml", is_trusted=is_trusted)
    assert problems == ()
    return config


def wrong(text: str) -> list[tuple[Code, int, int]]:
    """Code, line and column of everything that is wrong with a text."""
    _, problems = load_config(text, "deck.yml")
    return [(problem.code, problem.place.line, problem.place.column) for problem in problems]


def only_problem(text: str) -> Diagnostic:
    _, (problem,) = load_config(text, "deck.yml")
    assert problem.place.path == "deck.yml"
    return problem


EVERY_KEY = r"""
deck: LLM  Interview::Basics
project: k3v9
description: |
  Two lines
  of it
tags: [llm, machine learning, llm]
questions: numbered-headings
question_level: 3
subdecks: section
source_url: https://example.org/blob/main/{path}?l={line}#{anchor}
markdown:
  flavour: python-markdown
  extensions:
    - tables
    - toc: {permalink: no, title: "1", toc_depth: 3, weight: 0.5, slugify: ~, marks: [a, yes]}
math: {output: mathjax, macros: {\RR: '\mathbb{R}', \vec: '\mathbf{#1}', \!: }}
images: {max_width: 800, remote: link, roots: [static, ../shared], allow_private: Yes}
html: trusted
labels: {question: [Task, "Ask:"], answer: "=>"}
"""


def test_every_key_has_its_type() -> None:
    options = (
        ("permalink", "false"),
        ("title", '"1"'),
        ("toc_depth", "3"),
        ("weight", "0.5"),
        ("slugify", "null"),
        ("marks", '["a", true]'),
    )
    places = (Place("deck.yml", 15, 7), Place("deck.yml", 16, 7))
    extensions = (("tables", ()), ("toc", options))
    assert load(EVERY_KEY, is_trusted=True) == Config(
        deck="LLM Interview::Basics",
        project="k3v9",
        description="Two lines\nof it",
        tags=("llm", "machine learning"),
        questions=("numbered-headings",),
        question_level=3,
        subdecks="section",
        source_url="https://example.org/blob/main/{path}?l={line}#{anchor}",
        markdown=MarkdownConfig("python-markdown", extensions, places, is_trusted=True),
        math=MathConfig(
            "mathjax", (("\\RR", "\\mathbb{R}"), ("\\vec", "\\mathbf{#1}"), ("\\!", ""))
        ),
        images=ImagesConfig(800, "link", ("static", "../shared"), allow_private=True),
        html="trusted",
        labels=(("question", "Task"), ("question", "Ask"), ("answer", "=>")),
    )


@pytest.mark.parametrize("text", ["", "\ufeff", "\n\n# nothing yet\n", "---\n", "--- \n...\n"])
def test_a_file_without_settings_gives_the_defaults(text: str) -> None:
    assert load(text) == Config()


@pytest.mark.parametrize("nothing", ["", " ~", " null"])
def test_a_key_without_a_value_is_not_given(nothing: str) -> None:
    keys = (field.name for field in fields(Config))

    assert load("".join(f"{key}:{nothing}\n" for key in keys)) == Config()


def test_a_quoted_word_for_nothing_is_a_word() -> None:
    assert load("deck: 'null'\ntags: ['~']").deck == "null"


@pytest.mark.parametrize(
    ("text", "deck"),
    [
        ("deck: no", "no"),
        ("deck: 0123", "0123"),
        ("deck: 2024-01-01", "2024-01-01"),
        ("deck: 'a: b'", "a: b"),
        ("deck: Cafe\u0301", "Café"),
        ("deck: 'a ::  b'", "a::b"),
        ("\ufeffdeck: a\r\ntags: b\r\n", "a"),
        ("deck: |\n  a\n  b\n", "a b"),
    ],
)
def test_text_stays_text(text: str, deck: str) -> None:
    assert load(text).deck == deck


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("llm", ("llm",)),
        ("llm basics", ("llm", "basics")),
        ("large models, basics,", ("large models", "basics")),
        ("'#llm #basics'", ("llm", "basics")),
        ("[llm, '#basics', no, llm]", ("llm", "basics", "no")),
        ("\n- llm\n-\n- large  models\n", ("llm", "large models")),
        ("''", ()),
        ("[]", ()),
    ],
)
def test_tags_are_a_list_or_one_text(tags: str, expected: tuple[str, ...]) -> None:
    assert load(f"tags: {tags}").tags == expected


@pytest.mark.parametrize(
    ("extensions", "expected"),
    [
        ("[]", ()),
        ("tables", (("tables", ()),)),
        ("{tables: {}, toc: {a: ~}}", (("tables", ()), ("toc", (("a", "null"),)))),
        ("[{tables: }]", (("tables", ()),)),
        ("[{toc: {a: {b: [1, x]}}}]", (("toc", (("a", '{"b": [1, "x"]}'),)),)),
    ],
)
def test_extensions_are_written_as_for_mkdocs(extensions: str, expected: object) -> None:
    text = f"markdown: {{flavour: python-markdown, extensions: {extensions}}}"
    assert load(text, is_trusted=True).markdown.extensions == expected


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("deck: a\ntags: [b, c\nhtml: clean\n", 3, 5, "expected ',' or ']', but got ':'"),
        ("deck: a: b", 1, 8, "mapping values are not allowed here"),
        ("deck: a\n\thtml: b", 2, 1, r"found character '\t' that cannot start any token"),
        ('math: {macros: {"\\R": x}}', 1, 19, "found unknown escape character 'R'"),
        ("deck: @a", 1, 7, "found character '@' that cannot start any token"),
        ("deck: 'a", 1, 9, "found unexpected end of stream"),
        ("deck: a\n---\ndeck: b", 2, 1, "expected a single document, but found another document"),
        ("deck: é\x07", 1, 8, "character U+0007 is not allowed"),
        ("deck: " + "[" * 99, 1, 38, "nested more than 32 levels deep"),
    ],
)
def test_broken_yaml_is_reported_in_its_parsers_words(
    text: str, line: int, column: int, words: str
) -> None:
    problem = only_problem(text)

    assert (problem.code, problem.message) == (Code.BAD_YAML, words)
    assert (problem.place.line, problem.place.column) == (line, column)


def test_lines_are_those_of_the_editor() -> None:
    assert wrong("# a\u2028# b\x85\r\n\r\nhtlm: clean") == [(Code.UNKNOWN_KEY, 3, 1)]


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        (
            "quesions: auto",
            (1, 1),
            "'quesions' is not a key of the settings",
            "did you mean 'questions'?",
        ),
        (
            "images:\n  max_wdth: 1",
            (2, 3),
            "'max_wdth' is not a key of 'images'",
            "did you mean 'max_width'?",
        ),
        (
            "math: {zzz: 1}",
            (1, 8),
            "'zzz' is not a key of 'math'",
            "use one of output, macros, inline_dollars",
        ),
        (
            "markdown: {flavor: commonmark}",
            (1, 12),
            "'flavor' is not a key of 'markdown'",
            "did you mean 'flavour'?",
        ),
        (
            "labels: {anser: Q}",
            (1, 10),
            "'anser' is not a key of 'labels'",
            "did you mean 'answer'?",
        ),
        (
            "macros: {}",
            (1, 1),
            "'macros' is not a key of the settings",
            "write 'math: {macros: …}'",
        ),
        ("? [a, b]\n: c", (1, 3), "'the list [a, b]' is not a key of the settings", None),
    ],
)
def test_an_unknown_key_is_an_error(
    text: str, place: tuple[int, int], message: str, hint: str | None
) -> None:
    problem = only_problem(text)

    assert (problem.code, problem.message) == (Code.UNKNOWN_KEY, message)
    assert (problem.place.line, problem.place.column) == place
    assert hint is None or problem.hint == hint


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("[a, b]", 1, "the settings must be a mapping of keys to values, not the list [a, b]"),
        ("just text", 1, "the settings must be a mapping of keys to values, not 'just text'"),
        ("deck: [a, b]", 7, "'deck' must be text, not the list [a, b]"),
        ("deck: {a: b}", 7, "'deck' must be text, not the mapping {a: b}"),
        (
            "deck: 'a::'",
            7,
            "'deck' must be a deck's name, with text on either side of '::', not \"a::\"",
        ),
        ('deck: "a\\eb"', 7, "'deck' must be text without control characters, not \"a\ufffdb\""),
        ("tags: {a: b}", 7, "'tags' must be text, not the mapping {a: b}"),
        ("tags: [a, [b]]", 11, "'tags' must be text, not the list [b]"),
        (
            "question_level: three",
            17,
            "'question_level' must be a whole number from 1 to 6, not 'three'",
        ),
        ("question_level: 7", 17, "'question_level' must be a whole number from 1 to 6, not '7'"),
        ("question_level: 03", 17, "'question_level' must be a whole number from 1 to 6, not '03'"),
        (
            "question_level: 3.0",
            17,
            "'question_level' must be a whole number from 1 to 6, not '3.0'",
        ),
        (
            "question_level: '3'",
            17,
            "'question_level' must be a whole number from 1 to 6, not \"3\"",
        ),
        (
            "subdecks: folders",
            11,
            "'subdecks' must be auto, none, folder, file or section, not 'folders'",
        ),
        ("html: [clean]", 7, "'html' must be clean or trusted, not the list [clean]"),
        ("math: katex", 7, "'math' must be a mapping of keys to values, not 'katex'"),
        (
            "images: {allow_private: maybe}",
            25,
            "'images.allow_private' must be true or false, not 'maybe'",
        ),
        (
            "images: {max_width: 0}",
            21,
            "'images.max_width' must be a whole number from 1 to 16384, not '0'",
        ),
        ("images: {roots: [{}]}", 18, "'images.roots' must be text, not the mapping {}"),
        ("images: {roots: [/srv]}", 17, "'/srv' in 'images.roots' is an absolute path"),
        ("images: {roots: 'C:\\a'}", 17, "'C:\\a' in 'images.roots' is an absolute path"),
        (
            "source_url: 'https://example.org/{file}'",
            13,
            "'{file}' is not a placeholder of 'source_url'",
        ),
        ("source_url: 'https://example.org/{path'", 13, "'{' is not a placeholder of 'source_url'"),
        (
            "source_url: javascript://example.org/{path}",
            13,
            "'source_url' must be an address such as https://example.org/{path},"
            " not 'javascript://example.org/{path}'",
        ),
        (
            "labels: {question: ['##']}",
            20,
            "'labels.question' must be a short text that is no mark of Markdown, such as 'Task' or"
            " '=>', not the list [##]",
        ),
        ("labels: [Task]", 9, "'labels' must be a mapping of keys to values, not the list [Task]"),
        ("math: {macros: {R: x}}", 20, r"'R' is not a macro's name, as '\name' is"),
        (r"math: {macros: {\R: [x]}}", 21, r"'math.macros.\R' must be TeX, not the list [x]"),
        (
            "markdown: {extensions: [tables]}",
            24,
            "'markdown.extensions' need the flavour 'python-markdown'",
        ),
        (
            "markdown: {flavour: python-markdown, extensions: [[tables]]}",
            51,
            "'markdown.extensions' must be text, not the list [tables]",
        ),
        (
            "markdown: {flavour: python-markdown, extensions: [{toc: x}]}",
            57,
            "'markdown.toc' must be a mapping of options, not 'x'",
        ),
        (
            "markdown: {flavour: python-markdown, extensions: [{toc: {b: !!python/name:x }}]}",
            61,
            "'markdown.toc.b' must be a plain value, not '!!python/name:x'",
        ),
    ],
)
def test_a_wrong_value_is_reported_with_what_is_expected(
    text: str, column: int, message: str
) -> None:
    problem = only_problem(text)

    assert (problem.code, problem.message) == (Code.BAD_SETTING, message)
    assert (problem.place.line, problem.place.column) == (1, column)


def test_a_choice_that_is_nearly_right_is_suggested() -> None:
    assert only_problem("questions: heading").hint == "did you mean 'headings'?"


def test_a_repeated_key_is_an_error_at_any_depth() -> None:
    options = "{flavour: python-markdown, extensions: [{toc: {title: a, title: b}}]}"
    text = f"deck: a\nmath: {{output: mathjax, output: mathjax}}\ndeck: b\nmarkdown: {options}"
    assert wrong(text) == [
        (Code.REPEATED_KEY, 2, 25),
        (Code.REPEATED_KEY, 3, 1),
        (Code.REPEATED_KEY, 4, 68),
    ]
    _, problems = load_config(text, "deck.yml")
    assert problems[1].message == "'deck' is given twice, first on line 1"


@pytest.mark.parametrize("output", ["katex", "katex-html", "mathjax"])
def test_formulas_are_written_as_the_settings_say(output: str) -> None:
    config, problems = load_config(f"math:\n  output: {output}\n", "deck.yml")

    assert (config.math.output, problems) == (output, ())
    assert Config().math.output == "katex"


def test_a_space_at_the_end_of_a_macro_stays() -> None:
    config, problems = load_config("math: {macros: {\\a: ' b\\ ', \\c: 'd '}}", "deck.yml")

    assert (config.math.macros, problems) == (((r"\a", "b\\ "), (r"\c", "d")), ())


def test_macros_may_be_tex_that_defines_them() -> None:
    text = "math:\n  macros: |\n    \\newcommand{\\R}{\\mathbb{R}} % reals\n    \\def\\f#1{#1'}\n"
    config, problems = load_config(text, "deck.yml")

    assert problems == ()
    assert config.math.macros == ((r"\R", r"\mathbb{R}"), (r"\f", "#1'"))
    assert wrong("math:\n  macros: R") == [(Code.BAD_SETTING, 2, 11)]


def test_all_problems_are_reported_at_once_in_order() -> None:
    text = "html: dirty\ndekc: a\nmath: {output: svg}\ndeck: b\ndeck: c\nquestion_level: x\n"
    assert wrong(text) == [
        (Code.BAD_SETTING, 1, 7),
        (Code.UNKNOWN_KEY, 2, 1),
        (Code.BAD_SETTING, 3, 16),
        (Code.REPEATED_KEY, 5, 1),
        (Code.BAD_SETTING, 6, 17),
    ]


def test_what_is_right_is_kept_beside_what_is_wrong() -> None:
    config, problems = load_config("deck: a\nhtml: dirty\n", "deck.yml")

    assert config == Config(deck="a")
    assert len(problems) == 1


def test_aliases_and_tags_are_refused_and_never_expanded() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"k{n}: &k{n} [*a, *a]\n" for n in range(50))
    assert {code for code, _, _ in wrong(bomb)} == {Code.UNKNOWN_KEY}
    assert only_problem("deck: !!python/object/apply:os.system [ls]").message == (
        "'deck' must be text, not '!!python/object/apply:os.system'"
    )
    assert only_problem("deck: &a b\nproject: *a").message == "'project' must be text, not '*a'"


@given(
    st.text(alphabet=st.sampled_from("dectags:mh-[]{}*&!|>'\"\\#? \n\t\x00\ud800é0"), max_size=60)
)
def test_no_text_breaks_the_reading(text: str) -> None:
    config, problems = load_config(text, "deck.yml")

    assert isinstance(config, Config)
    assert all(problem.place.line >= 1 and problem.place.column >= 1 for problem in problems)


def test_options_of_the_deck() -> None:
    config = load("options: {new_per_day: 0, new_order: random, preset: Slow one}\n")

    assert config.options == OptionsConfig("Slow one", 0, None, "random")
    assert load("options: {}\n").options is None

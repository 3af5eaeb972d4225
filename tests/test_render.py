"""Both flavours give the same marks, with the place of each, and never lose a text."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardwright.config import Config, MarkdownConfig, MathConfig
from cardwright.diagnostics import Code, in_order
from cardwright.formulas.traced import Traced
from cardwright.model import Callout, CodeBlock, Formula, Image, Place
from cardwright.render import render
from cardwright.render.collector import Collector
from cardwright.render.tools import translate_blocks, translate_text
from tests.notes import passage, rendered, resolved, source
from tests.spec_files import Example, check_examples, each_file
from tests.work import calls_of


def mkdocs(*names: str, **options: str) -> Config:
    """Settings with extensions of Python-Markdown; an option is JSON."""
    extensions = tuple((name, tuple(options.items())) for name in names)
    return Config(markdown=MarkdownConfig("python-markdown", extensions))


EVERYTHING = mkdocs(
    "tables",
    "admonition",
    "footnotes",
    "def_list",
    "pymdownx.superfences",
    "pymdownx.tasklist",
    "pymdownx.details",
)
FLAVOURS = pytest.mark.parametrize("config", [Config(), EVERYTHING], ids=["commonmark", "mkdocs"])


@each_file("render")
def test_commonmark_becomes_this_field(file: Path) -> None:
    check_examples(file, partial(_becomes_this_field, Config()))


@each_file("python_markdown")
def test_python_markdown_becomes_this_field(file: Path) -> None:
    check_examples(file, partial(_becomes_this_field, EVERYTHING))


@FLAVOURS
@each_file("render/tools")
def test_what_other_tools_write_is_the_same_in_both_flavours(file: Path, config: Config) -> None:
    check_examples(file, partial(_becomes_this_field, config))


def _becomes_this_field(config: Config, example: Example) -> None:
    assert resolved(example.markdown, config=config).back == example.expected


def test_no_heading_of_a_card_has_the_sign_of_a_link_to_it() -> None:
    config = mkdocs("toc", permalink="true", anchorlink="true")

    assert rendered("## Leaf", config)[0].back.html == '<h2 id="leaf">Leaf</h2>'


def test_emoji_are_characters_and_no_images_of_a_server() -> None:
    html = rendered(":seedling: and :leaf_of_mine:", mkdocs("pymdownx.emoji"))[0].back.html

    assert html == "<p>\N{SEEDLING} and :leaf_of_mine:</p>"


@FLAVOURS
def test_a_formula_is_a_word_in_the_html(config: Config) -> None:
    note, _ = rendered("**$x_1$**_a_", config)

    assert note.back.marks == (Formula("x_1", False, "$x_1$", Place("plants.md", 1, 3)),)
    assert f"<strong>{note.back.key}0z</strong>" in note.back.html
    assert "$" not in note.back.html


@FLAVOURS
def test_a_key_is_of_the_text_that_it_marks(config: Config) -> None:
    one, other = (rendered(text, config)[0].back.key for text in ("$x$", "$y$"))

    assert one != other
    assert one.isalnum()
    assert one == one.lower()


@FLAVOURS
def test_images_know_what_was_written_and_where(config: Config) -> None:
    markdown = (
        '![A $x$ leaf](img/leaf.png "of $y$")\n\n'
        "- a $z$ and ![root](img/root.png)\n\n"
        '<img src="img\\stem.png" alt="Stem" width="30" height=20>\n\n'
        "![wood][w]\n\n[w]: img/wood.png"
    )

    note, problems = rendered(markdown, config)

    images = [mark for mark in note.back.marks if isinstance(mark, Image)]
    assert [(image.target, image.alt, image.place.line) for image in images[:3]] == [
        ("img/leaf.png", "A x leaf", 1),
        ("img/root.png", "root", 3),
        ("img\\stem.png", "Stem", 5),
    ]
    assert images[0].title == "of y"
    assert images[1].place.column == 13
    assert (images[2].width, images[2].height) == ("30", "20")
    assert images[3].target == "img/wood.png"
    assert problems == ()
    assert note.back.html.count(f"<img data-{note.back.key}=") == 4
    assert note.back.html.count("<img") == 4


def test_addresses_and_titles_hold_no_word_that_was_put_in_for_the_parser() -> None:
    note, _ = rendered(
        '[leaf](https://example.org/**\u53f6(a)**\u662f "**\u53f6(a)**\u662f")'
        "![root](**\u6839(a)**\u662f.png) **\u8335(stem)**\u662f"
    )

    assert note.back.key not in note.back.html.replace(f"data-{note.back.key}", "")
    assert '**%E5%8F%B6(a)**%E6%98%AF" title="**\u53f6(a)**\u662f"' in note.back.html
    assert [mark.target for mark in note.back.marks if isinstance(mark, Image)] == [
        "**\u6839(a)**\u662f.png"
    ]


@FLAVOURS
@pytest.mark.parametrize(
    ("markdown", "size"),
    [
        ("![leaf](leaf.png){:height 300, :width 400}", ("400", "300")),
        ('<img src="leaf.png" style="max-width: 9px; width: 40%; zoom: 50%">', ("40%", "")),
        ('<img src="leaf.png" style="width:40px;height:30px" width="20">', ("20", "30px")),
    ],
)
def test_an_image_has_the_size_after_it_or_in_its_style(
    markdown: str, size: tuple[str, str], config: Config
) -> None:
    (image,) = rendered(markdown, config)[0].back.marks

    assert isinstance(image, Image)
    assert (image.width, image.height) == size


@FLAVOURS
def test_an_image_for_dark_screens_is_left_out(config: Config) -> None:
    note, _ = rendered(
        "![leaf](leaf.png#only-light)\n![leaf](dark.png#only-dark)\n\n"
        "![root](root.png#gh-light-mode-only)\n![root](dark.png#gh-dark-mode-only)",
        config,
    )

    targets = [mark.target for mark in note.back.marks if isinstance(mark, Image)]
    assert targets == ["leaf.png#only-light", "root.png#gh-light-mode-only"]
    assert len(rendered("![leaf](dark.png#only-dark)", config)[0].back.marks) == 1


def test_images_of_commonmark_know_their_column() -> None:
    markdown = (
        "> a\n> `![no](x)` ![b](b.png) ![c](b.png)\n\n"
        "| ![d](d.png) | [![e](e.png)](f) |\n|---|---|\n"
        "<div>\n<p>\n<img src=g.png>\n</div>\n\n"
        'text\n<img src="h.png"> and\n![i][r]\n\n[r]: i.png'
    )

    note, _ = rendered(markdown)

    places = {
        mark.alt or mark.target: mark.place for mark in note.back.marks if isinstance(mark, Image)
    }
    assert {name: (place.line, place.column) for name, place in places.items()} == {
        "b": (2, 14),
        "c": (2, 26),
        "d": (4, 3),
        "e": (4, 18),
        "g.png": (8, 1),
        "h.png": (12, 1),
        "i": (13, 1),
    }


def test_the_name_of_a_file_is_what_the_author_wrote() -> None:
    note, _ = rendered("![a](<b c.png>) ![a](根.png) ![a](d%20e.png) ![a](http://h/i%20j.png)")

    targets = [mark.target for mark in note.back.marks if isinstance(mark, Image)]
    assert targets == ["b c.png", "根.png", "d e.png", "http://h/i%20j.png"]


@FLAVOURS
def test_code_is_a_mark(config: Config) -> None:
    note, _ = rendered("```python\na = '<$x$>'\n\n    b\n```\n\n    c &amp; d\n", config)

    assert note.back.marks == (
        CodeBlock("a = '<$x$>'\n\n    b", "python"),
        CodeBlock("c &amp; d", ""),
    )
    assert f'<pre data-{note.back.key}="0"></pre>' in note.back.html


@pytest.mark.parametrize(
    ("info", "language"),
    [
        ("js", "js"),
        ("JS live", "js"),
        ("js [1|2-3]", "js"),
        ("{.python .input}", "python"),
        ("js{1,3}", "js"),
        ("", ""),
    ],
)
def test_the_language_of_a_fence(info: str, language: str) -> None:
    note, _ = rendered(f"```{info}\nx\n```")

    assert note.back.marks == (CodeBlock("x", language),)


def test_callouts_of_any_kind() -> None:
    note, _ = rendered(
        "> [!TIP]- A **b** `c` $x$\n> body\n>\n> > [!own-kind]\n> > inside\n\n"
        "> [!note|x]+\n\n> [no]"
    )

    callouts = [mark for mark in note.back.marks if isinstance(mark, Callout)]
    assert [callout.kind for callout in callouts] == ["tip", "own-kind", "note"]
    assert callouts[0].title == f"A b c {note.back.key}0z"
    assert note.back.html.count("<blockquote>") == 1


def test_admonitions_are_callouts() -> None:
    note, _ = rendered('!!! warning "Of $x$"\n    body\n\n!!! tip ""\n    more\n', EVERYTHING)

    key = note.back.key
    assert note.back.marks[1:] == (Callout("warning", f"Of {key}0z"), Callout("tip", ""))
    assert f'<div data-{key}="1">\n<p>body</p>\n</div>' in note.back.html


@FLAVOURS
def test_definitions_serve_both_sides_and_are_seen_only_where_they_are_used(config: Config) -> None:
    definitions = "[leaf]: https://example.org/leaf\n[^n]: A note.\n[^m]: Another."
    note = source("See [leaf].[^n]", "What is a [leaf]?", definitions)

    result, problems = render(note, config)

    assert "example.org/leaf" in result.front.html
    assert "A note" not in result.front.html
    assert "A note" in result.back.html
    assert "Another" not in result.front.html + result.back.html
    assert result.hint.html == result.extra.html == ""
    assert problems == ()


@FLAVOURS
def test_definitions_are_not_swallowed_by_what_is_left_open(config: Config) -> None:
    note, _ = rendered("[leaf]\n\n```\ncode", config, "[leaf]: https://example.org/leaf")

    assert '<a href="https://example.org/leaf">leaf</a>' in note.back.html
    assert "example" not in "".join(
        mark.code for mark in note.back.marks if isinstance(mark, CodeBlock)
    )


def test_footnotes_that_the_text_does_not_use_do_not_appear() -> None:
    for config in (Config(), EVERYTHING):
        field = resolved("a[^2]\n\n[^1]: unused\n[^2]: used [^3]\n[^3]: deeper", config=config).back

        assert "unused" not in field
        assert "used" in field
        assert "deeper" in field
        assert "href" not in field
        assert " id=" not in field


def test_known_shortcodes_do_what_a_card_can_do() -> None:
    note, problems = rendered(
        "{{< katex >}}\n\n{{% notice tip %}}\nkept\n{{% /notice %}}\n\n"
        '{{< figure src="img/a.png" alt="A" width="30" >}} {{< youtube abc >}} {{< ref "b.md" >}}'
    )

    assert problems == ()
    assert "{{" not in note.back.html
    assert "<p></p>" not in note.back.html
    assert "kept" in note.back.html
    assert "b.md" in note.back.html
    assert '<a href="https://youtu.be/abc">' in note.back.html
    assert note.back.marks == (
        Callout("tip", ""),
        Image("img/a.png", "A", "", "30", "", Place("plants.md", 7, 1)),
    )


def test_an_unknown_shortcode_is_reported_with_the_nearest_name() -> None:
    note, problems = rendered("a $x$ {{< figur src=b.png >}}\n\n`{{< own >}}`\n\n    {{< own >}}")

    assert [(problem.code, problem.place) for problem in problems] == [
        (Code.UNKNOWN_SHORTCODE, Place("plants.md", 1, 7))
    ]
    assert "'figur'" in problems[0].message
    assert "did you mean 'figure'?" in problems[0].hint
    assert "{{&lt; own &gt;}}" in note.back.html
    assert "figur" not in note.back.html


def test_a_shortcode_that_is_not_closed_is_text() -> None:
    note, problems = rendered("{{< own and {{ more }} {{<x")

    assert problems == ()
    assert "{{&lt; own and {{ more }} {{&lt;x" in note.back.html


def test_an_extension_that_cannot_be_loaded_is_reported_once() -> None:
    config = mkdocs("tables", "no_such_extension")

    _, first = rendered("a", config)
    note, second = rendered("| b |\n|---|\n| c |", config)

    assert [problem.code for problem in in_order((*first, *second))] == [Code.BAD_EXTENSION]
    assert first[0].place == Place("deck.yml")
    assert "'no_such_extension'" in first[0].message
    assert "<table>" in note.back.html


def test_an_option_that_does_not_exist_is_reported_too() -> None:
    _, problems = rendered("a", mkdocs("toc", no_such_option="1"))

    assert [problem.code for problem in problems] == [Code.BAD_EXTENSION]


def test_options_reach_their_extension() -> None:
    note, _ = rendered("# Leaf", mkdocs("toc", baselevel="2"))

    assert note.back.html == '<h2 id="leaf">Leaf</h2>'


@FLAVOURS
@pytest.mark.parametrize(
    "markdown",
    ["> " * 500 + "deep", "\n".join("    " * depth + "- a" for depth in range(500)) + "deep"],
    ids=["quotes", "lists"],
)
def test_text_that_is_nested_deep_is_kept(config: Config, markdown: str) -> None:
    note, _ = rendered(markdown, config)

    assert "deep" in note.back.html


def test_an_unclosed_formula_is_reported_from_any_side() -> None:
    note = source("$$\nx", "A [link] \\( y", "[link]: z")

    _, problems = render(note, Config())

    assert [(problem.code, problem.place.line) for problem in problems] == [
        (Code.UNCLOSED_FORMULA, 1),
        (Code.UNCLOSED_FORMULA, 1),
    ]


def test_lines_are_those_of_the_file() -> None:
    front, back = passage("What?", 40, 5), passage("a\n\n![b](c.png)", 42, 3)
    nothing = passage("")
    note = source()
    note = type(note)(note.place, front, back, nothing, nothing, nothing)

    result, _ = render(note, Config())

    assert [mark.place for mark in result.back.marks if isinstance(mark, Image)] == [
        Place("plants.md", 44, 3)
    ]


_PIECES = ["> [!note] a\n", "- [ ] ", "![a](b.png)", "<img src=c>", "```\n", "$x$", "[^1]", "\n\n"]
_PIECES += [
    "[^1]: d\n",
    "==",
    "~~",
    "{{< e >}}",
    "| f | g |\n|---|---|\n",
    "http://h.i",
    "<div>",
    "\n",
]
_PIECES += ["!!! note\n    ", "</div>", "<pre>", ": j\n", "k", "<!--", "&amp;", "\\", "    "]


@FLAVOURS
@settings(max_examples=150, deadline=None)
@given(markdown=st.lists(st.sampled_from(_PIECES), max_size=25).map("".join))
def test_every_mark_has_a_place_in_the_text(config: Config, markdown: str) -> None:
    note, _ = rendered(markdown, config)

    lines = markdown.count("\n") + 1
    for mark in note.back.marks:
        if isinstance(mark, Formula | Image):
            assert mark.place.path == "plants.md"
            assert 1 <= mark.place.line <= lines
            assert mark.place.column >= 1


@pytest.mark.parametrize("flavour", ["commonmark", "python-markdown"])
def test_line_ends_are_breaks_on_demand(flavour: str) -> None:
    config = Config(markdown=MarkdownConfig(flavour, line_breaks=True))

    note = resolved("- one\n- two\n  three\n\nfour  \nfive\n$$x$$\nsix $y$\nseven", "a\nb", config)

    assert "a<br>b" in note.front
    assert "<li>one</li>" in note.back
    assert "<li>two<br>three</li>" in note.back.replace("  ", "")
    assert "<p>four<br>five<br><" in note.back
    assert "</span>six" in note.back
    assert "(y\\)<br>seven</p>" in note.back


_DOLLARS = """\
The mean $$a$$, or
$$b$$
of it:

1. $$c$$
2. is $$d$$

> $$e$$, $$f$$

$$
g
$$
"""


@pytest.mark.parametrize("flavour", ["commonmark", "python-markdown"])
@pytest.mark.parametrize(("is_inline", "displays"), [(True, "bcg"), (False, "abcdefg")])
def test_two_dollars_in_a_sentence_are_inline_on_demand(
    flavour: str, is_inline: bool, displays: str
) -> None:
    math = MathConfig(inline_dollars=is_inline)

    note, _ = rendered(_DOLLARS, Config(math=math, markdown=MarkdownConfig(flavour)))

    formulas = [mark for mark in note.back.marks if isinstance(mark, Formula)]
    assert "".join(sorted(each.tex for each in formulas)) == "abcdefg"
    assert "".join(sorted(each.tex for each in formulas if each.is_display)) == displays


@pytest.mark.parametrize("flavour", ["commonmark", "python-markdown"])
@pytest.mark.parametrize("html", ["clean", "trusted"])
def test_elements_that_cleaning_drops_are_reported(flavour: str, html: str) -> None:
    config = Config(markdown=MarkdownConfig(flavour), html=html)

    _, problems = render(source("An organ.\n\n<iframe src='x'></iframe>"), config)

    expected = [(Code.DROPPED_ELEMENT, 3)] if html == "clean" else []
    assert [(problem.code, problem.place.line) for problem in problems] == expected


@FLAVOURS
def test_a_tag_that_is_no_html_is_shown(config: Config) -> None:
    note = resolved(
        "A `List` is a List<String> of <T>*any*</T>; `<T>`.\n\n<your-name>\n\n"
        "<div>\nDear <Your-Name>\n</div>\n\n<center>C</center> <b>D</b>",
        "What is <T>?",
        config,
    )

    assert "What is &lt;T&gt;?" in note.front
    assert "List&lt;String&gt; of &lt;T&gt;<em>any</em>&lt;/T&gt;; <code>&lt;T&gt;" in note.back
    assert "<p>&lt;your-name&gt;</p>" in note.back
    assert "Dear &lt;Your-Name&gt;" in note.back
    assert "<b>D</b>" in note.back
    assert "&lt;center" not in note.back


@pytest.mark.parametrize("flavour", ["commonmark", "python-markdown"])
def test_a_trusted_tag_stays(flavour: str) -> None:
    config = Config(markdown=MarkdownConfig(flavour), html="trusted")

    note, _ = rendered("a <my-part>b</my-part>", config)

    assert "<my-part>b</my-part>" in note.back.html


def test_what_a_shortcode_highlights_is_code() -> None:
    markdown = (
        "Text\n"
        '{{< highlight go "linenos=table" >}}\n\n  # *a* $x$\n\n- <T> {{< katex >}}\n'
        "{{< /highlight >}}\n"
        "- {{% highlight python %}}\n  if b:\n      c\n  {{% /highlight %}}\n\n"
        "> {{< highlight js >}}d{{< /highlight >}}\n\n"
        "Call {{< highlight go >}}*e*{{< /highlight >}} now.\n\n"
        "{{< highlight go >}}\n*f*"
    )

    note, problems = rendered(markdown)

    assert problems == ()
    assert [mark for mark in note.back.marks if isinstance(mark, CodeBlock)] == [
        CodeBlock("  # *a* $x$\n\n- <T> {{< katex >}}", "go"),
        CodeBlock("if b:\n    c", "python"),
        CodeBlock("d", "js"),
    ]
    assert "Call <code>*e*</code> now." in note.back.html
    assert "<em>f</em>" in note.back.html


def test_fences_of_superfences_with_options_are_code() -> None:
    markdown = (
        '```go title_mode="auto" linenums="1" hl_lines="2 3"\nz\n```\n\n'
        '```python title="a.py" linenums="1" hl_lines="2 3"\nx = 1\n```\n\n'
        '``` { .js title="b.js" }\ny\n```'
    )

    note, _ = rendered(markdown, EVERYTHING)

    assert [mark for mark in note.back.marks if isinstance(mark, CodeBlock)] == [
        CodeBlock("z", "go"),
        CodeBlock("x = 1", "python", "a.py"),
        CodeBlock("y", "js", "b.js"),
    ]


def reports(markdown: str, config: Config | None = None) -> list[tuple[str, int, int]]:
    """The codes of what is reported, each with line and column."""
    _, problems = rendered(markdown, config)
    return [(each.code.code, each.place.line, each.place.column) for each in in_order(problems)]


@FLAVOURS
def test_what_is_left_out_is_reported_at_its_place(config: Config) -> None:
    markdown = (
        "!!! note\n    A {{ site.leaf }} and ![[Root]].\n\n"
        "- a {% include stem.html %}\n\n"
        '> > x <Drawing of="leaf" /> {{< own >}}\n\n'
        '--8<-- "leaf.md"\n\n```\n--8<-- "root.md"\n```'
    )

    assert reports(markdown, config) == [
        ("RN405", 2, 7),
        ("RN407", 2, 27),
        ("RN405", 4, 5),
        ("RN406", 6, 7),
        ("RN401", 6, 29),
        ("RN407", 8, 1),
        ("RN407", 11, 1),
    ]


@FLAVOURS
def test_a_component_is_reported_once(config: Config) -> None:
    markdown = (
        'import A from "a";\nimport B from "b";\n\n<Leaf>\n\nx <Root />\n\n</Leaf>\n<Root a="b" />'
    )

    assert reports(markdown, config) == [("RN406", 1, 1), ("RN406", 4, 1), ("RN406", 6, 3)]


def test_a_component_is_reported_once_in_a_file() -> None:
    first, second = (rendered(f"{blank}<Leaf />")[1] for blank in ("", "\n\n"))

    assert [each.place.line for each in in_order((*second, *first))] == [1]


@FLAVOURS
def test_what_is_known_is_not_reported(config: Config) -> None:
    markdown = (
        "<Note>\nA.\n</Note>\n\n{% raw %}{{ site.x }}{% endraw %} [[Leaf]] %%gone%% `<Leaf />`\n\n"
        "{{< details a >}}\nb\n{{< /details >}}\n\n![c]({{ site.baseurl }}/c.png)\n\n"
        "```jsx\n<Leaf />\n```"
    )

    assert reports(markdown, config) == []


def test_trusted_html_keeps_its_components() -> None:
    note, problems = rendered('<Leaf a="b">\n\nx <Root />\n\n</Leaf>', Config(html="trusted"))

    assert problems == ()
    assert '<Leaf a="b">' in note.back.html
    assert "<Root />" in note.back.html


@FLAVOURS
def test_embedded_images_are_found_anywhere(config: Config) -> None:
    note, _ = rendered("A ![[my leaf.png|A $x$|30x20]] `![[no.png]]`", config)

    image = note.back.marks[1]
    assert image == Image(
        "my leaf.png", "A x", "", "30", "20", Place("plants.md", 1, 3), is_anywhere=True
    )


def test_every_component_of_an_mdx_file_is_reported() -> None:
    note = source("A <T> and <Leaf> b.")
    note = replace(note, back=replace(note.back, path="a.mdx"))

    result, problems = render(note, Config())

    assert "<p>A and b.</p>" in result.back.html
    assert [each.code for each in problems] == [Code.MDX_COMPONENT] * 2


_TOOLS = [
    '!!! note "a"\n',
    "    ",
    '=== "b"\n',
    ":::tip c\n",
    ":::\n",
    "%%",
    "[[d|e]]",
    "![[f.png]]",
]
_TOOLS += [
    "{{< tab g >}}\n",
    "{{< /tab >}}\n",
    "{% raw %}",
    "{% endraw %}",
    "{{ site.h }}",
    "{: .i}\n",
]
_TOOLS += [
    "<Tabs>\n",
    "</Tabs>\n",
    "<Foo />",
    "{% highlight j %}\n",
    "{% endhighlight %}\n",
    "> [!k] l\n",
]
_TOOLS += [
    "> ",
    "- ",
    "\n",
    "```\n",
    "`",
    "$x$",
    "| m |\n|---|\n",
    "<div>\n",
    '--8<-- "n"\n',
    "{/*",
    "*/}",
]
_TOOLS += [
    "export const a = {\n",
    "text ",
    " ^id\n",
    "\r",
    "\t",
    "\\",
    "<Note>\n",
    "</Note>\n",
    "# o {#p}\n",
]


@FLAVOURS
@settings(max_examples=200, deadline=None)
@given(markdown=st.lists(st.sampled_from(_TOOLS), max_size=25).map("".join))
def test_no_word_of_ours_reaches_a_card(config: Config, markdown: str) -> None:
    note, problems = rendered(markdown, config)

    field = resolved(markdown, config=config).back
    assert not note.back.key or note.back.key not in field
    lines = markdown.count("\n") + 1
    for problem in problems:
        assert 1 <= problem.place.line <= lines
        assert problem.place.column >= 1


_OPEN = ["!!! note\n", ":::note\n", ":::\n", "%% ", "{::comment}\n", "<Foo>\n", "<Foo a={", "[[a|"]
_OPEN += ["{% highlight a %}\n", "{{ site.x ", "{% raw %}", "{.a .b ", "--8<--\n", '=== "a"\n']
_OPEN += [
    "export const a = {\n",
    "> [!note] a\n\n",
    "{/* ",
    "![a](b){",
    "{{< tab a >}}\n",
    "$$\n:::a\n",
]


@pytest.mark.parametrize("piece", _OPEN)
def test_the_work_grows_with_the_length(piece: str) -> None:
    def translated(length: int) -> None:
        collector = Collector("cwkey", Traced(passage(piece * (length // len(piece)))))
        translate_blocks(collector)
        translate_text(collector)

    translated(100)  # whatever is done only once
    short, long = calls_of(lambda: translated(4_000)), calls_of(lambda: translated(8_000))

    assert long < 2.6 * short + 2000


def targets(markdown: str, config: Config) -> list[str]:
    note, _ = rendered(markdown, config)
    assert "<source" not in note.back.html
    assert "<picture" not in note.back.html
    return [mark.target for mark in note.back.marks if isinstance(mark, Image)]


@FLAVOURS
@pytest.mark.parametrize(
    ("html", "target"),
    [
        ('<img src="a.png" srcset="b.png 2x, c.png 3x">', "c.png"),
        ('<img src="a.png" srcset="b.png 640w,\n c.png 320w">', "b.png"),
        ('<img srcset="b.png">', "b.png"),
        ('<img src="a.png" srcset="d,e.png 2x, f.png">', "d,e.png"),
        ('<picture><source srcset="b.webp"><img src="a.png"></picture>', "b.webp"),
        ('<picture><source srcset="b.jxl" type="image/jxl"><img src="a.png"></picture>', "a.png"),
        (
            '<picture><source media="(prefers-color-scheme: dark)" srcset="b.png">'
            '<source media="(prefers-color-scheme: light)" srcset="c.png 1x, d.png 2x">'
            '<img src="a.png"></picture>',
            "d.png",
        ),
        (
            '<picture>\n  <source media="(max-width: 600px)" srcset="b.png">\n'
            '  <source media="(min-width: 601px)" srcset="c.png">\n  <img src="a.png">\n</picture>',
            "c.png",
        ),
        ('text <picture><source srcset="b.png"><img src="a.png"></picture> text', "b.png"),
    ],
)
def test_the_best_of_several_sources_is_taken(html: str, target: str, config: Config) -> None:
    assert targets(f"{html}\n\n![x](y.png)", config) == [target, "y.png"]


def test_a_picture_in_trusted_html_is_one_image() -> None:
    html = '<picture><source srcset="https://example.org/b.png"><img src="a.png"></picture>'

    assert targets(html, Config(html="trusted")) == ["https://example.org/b.png"]


@FLAVOURS
def test_embedded_sounds_are_marks_like_images(config: Config) -> None:
    assert {*targets("![[leaf.mp3]] ![a film](root.mp4)", config)} == {"leaf.mp3", "root.mp4"}


@FLAVOURS
@pytest.mark.parametrize(
    ("html", "hint"),
    [('<audio src="leaf.mp3"></audio>', "![](leaf.mp3)"), ("<math><mi>x</mi></math>", "TeX")],
)
def test_a_dropped_element_is_reported_with_what_to_write_instead(
    html: str, hint: str, config: Config
) -> None:
    _, (problem,) = rendered(html, config)

    assert problem.code is Code.DROPPED_ELEMENT
    assert hint in problem.hint


def test_an_extension_that_is_not_installed_is_named_with_its_package() -> None:
    (problem,) = rendered("a", mkdocs("mdx_truly_sane_lists"))[1]

    assert problem.hint == "pip install mdx-truly-sane-lists"


def test_a_fence_with_a_title_inside_a_tab_is_code() -> None:
    text = '=== "Python"\n\n    ``` py title="leaf.py" linenums="1"\n    leaf()\n    ```\n'

    note, problems = rendered(text, mkdocs("pymdownx.tabbed", "pymdownx.superfences"))

    assert problems == ()
    assert CodeBlock("leaf()", "py", "leaf.py") in note.back.marks

"""Fields that are complete and harmless: what a text says is shown, what it orders is not done."""

from __future__ import annotations

import re
from html import unescape
from itertools import accumulate, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardwright.config import Config, MarkdownConfig, MathConfig
from cardwright.markup import Kind, cut
from cardwright.model import Image, Media, ResolvedNote
from cardwright.render import render
from cardwright.resolve import resolve
from cardwright.resolve.clean import clean
from cardwright.resolve.code import MAX_LENGTH
from cardwright.resolve.depth import MAX_DEPTH, shallow
from cardwright.resolve.field import CALLOUTS
from tests.notes import resolved, source

TRUSTED = Config(html="trusted")
EVERYTHING = tuple(
    (name, ())
    for name in ("extra", "admonition", "codehilite", "pymdownx.superfences", "pymdownx.tasklist")
)
MKDOCS = Config(markdown=MarkdownConfig("python-markdown", EVERYTHING))


def with_images(back: str, front: str = "") -> ResolvedNote:
    """A note all of whose images are found, as ``<number>.png``."""
    note, _ = render(source(back, front), Config())
    marks = (*note.front.marks, *note.back.marks)
    images = [mark for mark in marks if isinstance(mark, Image)]
    found = {image: Media(f"{number}.png", b"", "") for number, image in enumerate(images)}
    return resolve(note, found, Config())


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a onclick='alert(1)' href='javascript:alert(1)'>a</a>",
        "[a](javascript:alert(1)) [b](JAVASCRIPT:x) <javascript:alert(1)>",
        "<a href='data:text/html,<script>alert(1)</script>'>a</a>",
        "<iframe src=https://example.org></iframe>",
        "<form action=https://example.org><input type=text name=a><button>b</button></form>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mi xlink:href='javascript:alert(1)'>a</mi></math>",
        "<style>@import url(https://example.org)</style>",
        "<p style='background:url(https://example.org/a.png);color:expression(alert(1))'>a</p>",
        "<link rel=stylesheet href=https://example.org><base href=https://example.org>",
        "<object data=https://example.org></object><embed src=https://example.org>",
        "<video src=https://example.org></video><audio src=https://example.org></audio>",
        "<!--><script>alert(1)</script>-->",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<table background=https://example.org><tr><td background=https://example.org>",
        "$a</span><script>alert(1)</script>$",
        "![<script>alert(1)</script>](x)",
        "```<script>\n<script>alert(1)</script>\n```",
        "> [!note] <script>alert(1)</script>\n> x",
    ],
)
@pytest.mark.parametrize("config", [Config(), MKDOCS], ids=["commonmark", "mkdocs"])
def test_hostile_html_is_harmless(hostile: str, config: Config) -> None:
    field = resolved(hostile, config=config).back

    for piece in cut(field):
        assert piece.kind in (Kind.TEXT, Kind.START, Kind.END)
        assert piece.name not in {"script", "iframe", "form", "svg", "style", "link", "object"}
        assert piece.name not in {"base", "embed", "video", "audio", "button", "math", "img"}
        for name, value in piece.attributes:
            assert not name.startswith("on")
            assert name not in {"background", "action", "xlink:href"}
            assert "url" not in value if name == "style" else True
            assert not value.lower().startswith(("javascript:", "data:"))


@pytest.mark.parametrize(
    "address", ["javascript:a", "java\tscript:a", "&#106;avascript:a", "data:text/html,a", "file:a"]
)
def test_the_cleaner_alone_drops_an_address_that_does_more_than_lead(address: str) -> None:
    """A link is also left out later, where the field is made. Each guard has to hold."""
    pieces = clean(f'<a href="{address}">b</a>', "cwabc")

    assert "".join(piece.text for piece in pieces) == "<a>b</a>"


def test_classes_and_ids_of_the_text_are_dropped_and_ours_cannot_be_forged() -> None:
    markdown = (
        '<div class="cw-missing" id="a" data-cw0123="0">b</div>\n\n'
        '<span class="cw-math">c</span> cw0123456789abcdef0z'
    )

    field = resolved(markdown).back

    assert "class" not in field
    assert " id=" not in field
    assert "data-" not in field
    assert "cw0123456789abcdef0z" in field


@pytest.mark.parametrize(
    "tag",
    [
        '<b data-cw="0">',
        '<b DATA-CW12="0">',
        "<b data-$x$='0'>",
        "<b title='a' data-cw0=0 data-c$x$=0>",
        "<b\ndata-cw0>",
    ],
)
def test_no_attribute_of_the_text_passes_for_one_of_ours(tag: str) -> None:
    field = resolved(f"$a$ ![b](b.png)\n\n{tag}c</b>\n\n```python\nd\n```").back

    assert "data-" not in field.lower()
    assert "cw-missing" in field
    assert "cw-code" in field


def test_styles_without_addresses_stay() -> None:
    field = resolved(
        '<span style="color: inherit; position:fixed; font-size:1.2em; '
        'width:calc(1px);background-color:url(x);text-align:CENTER">a</span>'
    ).back

    assert 'style="color:inherit;font-size:1.2em;width:calc(1px);text-align:CENTER"' in field


def test_a_colour_has_another_one_for_the_day_and_for_the_night() -> None:
    field = resolved('<b style="color: blue">a</b> <b style="color: #ff0">b</b>').back

    assert '<b class="cw-tinted" style="color:blue;--day:#0000ff;--night:#8c8cff">a</b>' in field
    assert '<b class="cw-tinted" style="color:#ff0;--day:#666600;--night:#ffff00">b</b>' in field


def test_a_background_says_whether_it_is_bright() -> None:
    field = resolved(
        '<ul style="background-color: #efd"><li style="background-color: navy; color: #fff">a</li>'
        "</ul>\n\n"
        '<table style="background-color: #ffd"><tr><td>b</td></tr></table>\n\n'
        '<ul><li style="background-color: #fdd">A. c</li><li>B. d</li></ul>'
    ).back

    assert '<ul class="cw-bright" style="background-color:#efd;color-scheme:light">' in field
    assert '<li class="cw-dim" style="background-color:navy;color:#fff;color-scheme:dark">' in field
    assert '<div class="cw-scroll"><table class="cw-bright" style=' in field
    assert '<li class="cw-option cw-bright" style=' in field


@pytest.mark.parametrize(
    ("items", "options"),
    [
        ("- A. xylem\n- B. phloem\n- C. pith", 3),
        ("- A. xylem\n  - A. inner\n  - A. outer\n- B. pith", 2),
        ("1. Bark\n2. A. campestre\n3. A. alba", 0),
        ("- A. campestre\n- A. alba", 0),
        ("- A. alba\n- Q. robur", 0),
    ],
)
def test_letters_that_count_are_options_and_names_are_not(items: str, options: int) -> None:
    assert resolved(items).back.count('class="cw-option"') == options


@pytest.mark.parametrize(
    "style", ["color:currentColor", "color:inherit", "background-color:rgba(0,0,0,.1)"]
)
def test_a_colour_that_the_card_decides_stays(style: str) -> None:
    assert resolved(f'<b style="{style}">a</b>').back == f'<p><b style="{style}">a</b></p>'


def test_trusted_html_is_not_cleaned() -> None:
    field = resolved(
        "<div class='mine' onclick='a()'>$x$</div>\n\n<script>\nb < c\n</script>", config=TRUSTED
    ).back

    assert "<div class='mine' onclick='a()'>\\(x\\)</div>" in field
    assert "<script>\nb < c\n</script>" in field


def test_trusted_text_still_gives_no_commands_to_anki() -> None:
    field = resolved("[sound:a.mp3] <!-- b -->", config=TRUSTED).back

    assert "[sound:" not in field
    assert "<!--" not in field


def test_images_that_are_found() -> None:
    note = with_images(
        '![A "leaf" of $x$](a.png "Title")\n\ntext ![b](b.png)\n\n'
        "<img src=c.png width=30 height='50%'> <img src=d.png width=javascript height=1e9>"
    )

    assert (
        '<img class="cw-figure" src="0.png" alt="A &quot;leaf&quot; of x" title="Title">'
        in note.back
    )
    assert '<img src="1.png" alt="b">' in note.back
    assert '<img src="2.png" alt="" width="30" height="50%">' in note.back
    assert '<img src="3.png" alt="">' in note.back
    assert [media.name for media in note.media] == ["0.png", "1.png", "2.png", "3.png"]


@pytest.mark.parametrize(
    ("markdown", "is_figure"),
    [
        ("A leaf:\n![a](a.png)\nIt is green.", True),
        ("A **leaf**\n![a](a.png)", True),
        ("- A leaf:  \n  ![a](a.png)", True),
        ("![a](a.png)\n*a leaf*", True),
        ("A leaf ![a](a.png)\nis green.", False),
        ("A leaf\n![a](a.png) is green.", False),
        ("A leaf\n![a](a.png)\n![b](b.png)", False),
        ("**A leaf\n![a](a.png)**", False),
    ],
)
def test_an_image_in_a_line_of_its_own_is_a_figure(markdown: str, is_figure: bool) -> None:
    field = with_images(markdown).back

    assert ('<img class="cw-figure" src="0.png" alt="a">' in field) == is_figure


@pytest.mark.parametrize(
    ("markdown", "is_first"),
    [
        ("- ![a](a.png)", True),
        ("- ![a](a.png)\n  a leaf", True),
        ("- ![a](a.png)\n  - a leaf", True),
        ("- ![a](a.png)\n\n  a leaf", True),
        ("- ![a](a.png) a leaf", False),
        ("- A leaf\n  ![a](a.png)", False),
    ],
)
def test_an_image_that_starts_an_item_is_beside_its_bullet(markdown: str, is_first: bool) -> None:
    field = with_images(markdown).back

    assert ('<img class="cw-first" src="0.png" alt="a">' in field) == is_first


def test_a_transparent_image_is_recognised() -> None:
    note, _ = render(source("![a](a.png)\n\nb ![b](b.png)"), Config())
    images = [mark for mark in note.back.marks if isinstance(mark, Image)]
    found = {image: Media(image.target, b"", "", is_clear=True) for image in images}

    field = resolve(note, found, Config()).back

    assert '<img class="cw-figure cw-clear" src="a.png" alt="a">' in field
    assert '<img class="cw-clear" src="b.png" alt="b">' in field


def test_a_sound_is_played_and_listed() -> None:
    note, _ = render(source("![How it rustles](a.mp3) and [sound:b.mp3]"), Config())
    (image,) = [mark for mark in note.back.marks if isinstance(mark, Image)]

    result = resolve(note, {image: Media("cw-a.mp3", b"", "", is_sound=True)}, Config())

    assert "<p>[sound:cw-a.mp3] and [<span></span>sound:b.mp3]</p>" in result.back
    assert [media.name for media in result.media] == ["cw-a.mp3"]


def test_a_placeholder_in_a_link_has_none_of_its_own() -> None:
    field = resolved("[![r](https://example.org/r.png)](https://example.org)").back

    link = '<a href="https://example.org"><span class="cw-missing">r</span></a>'
    assert field == f"<p>{link}</p>"


def test_a_file_is_listed_as_often_as_it_is_used_and_in_order() -> None:
    note, _ = render(source("![a](a.png) ![b](b.png)", "![b](b.png)"), Config())
    images = [mark for mark in (*note.front.marks, *note.back.marks) if isinstance(mark, Image)]
    found = {image: Media(image.target, b"", "") for image in images}

    result = resolve(note, found, Config())

    assert [media.name for media in result.media] == ["b.png", "a.png", "b.png"]


def test_an_image_that_is_not_found_has_a_placeholder() -> None:
    field = resolved(
        "![A $x$ <leaf>](a.png) ![](dir\\b.png?c) ![](data:image/png;base64,AAAA) "
        "![](https://example.org/bl%C3%A4tter%201.png) ![](https://example.org/100%E4.png) "
        '![r](https://example.org/r.png?a="b)'
    ).back

    assert '<span class="cw-missing">A x &lt;leaf&gt;</span>' in field
    assert '<span class="cw-missing">b.png</span>' in field
    assert '<span class="cw-missing">image</span>' in field
    assert ">blätter 1.png</a></span>" in field
    assert ">100%E4.png</a></span>" in field
    assert (
        '<span class="cw-missing"><a href="https://example.org/r.png?a=%22b">r</a></span>' in field
    )
    assert "<img" not in field


def test_an_image_without_a_mark_does_not_reach_a_card() -> None:
    # The blank line cuts the tag for Markdown; a browser would put it together again.
    field = resolved('<div>\n<img\n\nsrc="https://example.org/a.png">\n</div>').back

    assert "<img" not in field


def test_macros_are_defined_where_they_are_used() -> None:
    config = Config(math=MathConfig(macros=(("\\R", "\\mathbb{R}"), ("\\ball", "B_{#2}(#1)"))))
    macros = (("\\R", "\\mathbf{R}"), ("\\far", "\\ball{0}{\\R}"))

    field = resolved("$x$ $\\R$ $\\Rx$ $\\far$", config=config, macros=macros).back

    assert field == (
        "<p>\\(x\\) \\(\\def\\R{\\mathbf{R}}\\R\\) \\(\\Rx\\) "
        "\\(\\def\\R{\\mathbf{R}}\\def\\ball#1#2{B_{#2}(#1)}\\def\\far{\\ball{0}{\\R}}\\far\\)</p>"
    )


def test_macros_that_use_themselves_come_to_an_end() -> None:
    field = resolved("$\\a$", macros=(("\\a", "\\b"), ("\\b", "\\a"))).back

    assert field == "<p>\\(\\def\\a{\\b}\\def\\b{\\a}\\a\\)</p>"


def test_the_tex_of_a_formula_is_escaped_and_no_command_for_anki() -> None:
    field = resolved("$a<b>c&d$ and $[sound:e.mp3]$").back

    assert field == "<p>\\(a&lt;b&gt;c&amp;d\\) and \\(&#91;sound:e.mp3]\\)</p>"


def test_a_formula_in_code_that_only_html_knows_is_its_source() -> None:
    # To CommonMark the lines are a quote, to Python-Markdown, with four spaces, they are code.
    field = resolved("a\n\n    $x$\n", config=MKDOCS).back

    assert "<code>$x$</code>" in field


def test_commands_in_attributes_and_code_are_text() -> None:
    field = resolved(
        '<span title="[sound:a.mp3] [$] {{b}}">c</span>\n\n```js\n"[sound:d.mp3] {{e}}" [$]\n```'
    ).back

    for order in ("[sound:", "[$]", "{{"):
        assert order not in field
    assert 'title="&#91;sound:a.mp3] &#91;$] {&#123;b}}"' in field


@pytest.mark.parametrize(("language", "is_known"), [("kt", True), ("mjs", True), ("leaf", False)])
def test_a_language_has_the_extension_of_its_files_as_a_name(language: str, is_known: bool) -> None:
    back = resolved(f"```{language}\nval leaf = 1\nnew leaf\n```").back

    assert ("<span" in back) == is_known


def test_code_keeps_its_lines_and_is_not_highlighted_when_it_is_huge() -> None:
    field = resolved("```python\n\na = 1\n\n\nb = 2\n\n```").back
    code = re.sub(r"<[^>]*>", "", field)

    assert code == "\na = 1\n\n\nb = 2\n"

    huge = resolved(f"```python\n{'a = 1' * (MAX_LENGTH // 5 + 1)}\n```").back
    assert "<span" not in huge


def test_every_kind_of_callout_has_its_class() -> None:
    for kind in CALLOUTS:
        field = resolved(f"> [!{kind.upper()}]\n> a").back

        assert f'<div class="cw-callout cw-callout-{kind}">' in field
        assert f'<div class="cw-callout-title">{kind.capitalize()}</div>' in field


def test_the_front_as_plain_text() -> None:
    front = (
        "What is $x<y$ of **leaf**,\n`code` & ![A *root*](a.png)?\n\n"
        "- a\n- b\n\n```js\nlet c\n```\n\n> [!tip] Of $d$\n> e\n\n$$\nf\n$$"
    )

    note = resolved(front=front)

    assert note.plain == "What is x<y of leaf, code & A root? a b let c Of d e f"


def test_words_are_not_torn_apart_in_plain_text() -> None:
    assert resolved(front="H~~2~~<sub>2</sub>O and *in*line").plain == "H22O and inline"


def test_an_empty_side_is_empty() -> None:
    note = resolved("", "")

    assert (note.front, note.back, note.hint, note.extra, note.plain) == ("", "", "", "", "")


def test_html_that_never_ends_to_nest_stays_small() -> None:
    unclosed = "".join(f"<b title={number}><p>" for number in range(4000))

    field = resolved(f"{unclosed}leaf").back

    assert "leaf" in field
    assert len(field) < 4 * len(unclosed)


@pytest.mark.parametrize("config", [Config(), MKDOCS], ids=["commonmark", "python-markdown"])
@pytest.mark.parametrize(
    "opening", [":::note\n", ":::note[Leaf]\n\n", "::: details Leaf\n\n", "<div>\n\n", "> "]
)
def test_a_thousand_open_blocks_are_not_a_thousand_levels(opening: str, config: Config) -> None:
    field = resolved(f"{opening * 1000}stem", config=config).back

    assert deepest(field) <= 200
    assert "stem" in field
    assert field.count("Leaf") == (1000 if "Leaf" in opening else 0)


@pytest.mark.parametrize(
    "unit",
    [
        f"<{outer}>a<{inner}>b</{outer}>{end}"
        for outer, inner in permutations(("p", "li", "rt", "td", "b", "div", "ul", "table"), 2)
        for end in ("", f"c</{inner}>")
    ],
)
def test_tags_that_overlap_are_not_nested_a_thousand_times(unit: str) -> None:
    """nh3 reads HTML as browsers do and writes what is nested in what."""
    cleaned = "".join(piece.text for piece in clean(unit * 1000, "k"))

    assert deepest(cleaned) <= 3 * MAX_DEPTH  # each table gets a <tbody> and a <tr>
    assert cleaned.count("b") >= 1000


def test_tables_that_hold_text_between_their_cells_are_dropped_after_a_hundred() -> None:
    tables = "<table>leaf</table>" * 1000 + "<table><tr><td>root</td></tr></table>"

    cleaned = "".join(piece.text for piece in clean(tables, "k"))

    assert cleaned.count("leaf") == 1000
    assert cleaned.count("<table>") == 101
    assert "root" in cleaned


def test_honest_html_keeps_its_tags() -> None:
    rows = "<tr><td>a<td><b>b</b>" * 300
    texts = [
        f"<table>{rows}</table>",
        "<ul>" + "<li>a<p>b" * 300 + "</ul>",
        "<ruby>a<rp>(<rt>b<rp>)</ruby>" * 300,
        "<b><i>a</b></i>" * 300,
        "<dl>" + "<dt>a<dd><div>b</div>" * 300 + "</dl>",
    ]

    for text in texts:
        pieces = cut(text)
        assert shallow(pieces, "k") is pieces


def deepest(html: str) -> int:
    """The number of elements around the piece that has most of them."""
    steps = ((piece.kind is Kind.START) - (piece.kind is Kind.END) for piece in cut(html))
    return max(accumulate(steps))


_PIECES = [
    "<b>",
    "</b>",
    "<p>",
    "<table>",
    "<td>",
    "</div>",
    "<img src=x onerror=y>",
    "<a href=#z>",
]
_PIECES += [
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<svg onload=a>",
    "<style>",
    "$b$",
    "$$\nc\n$$\n",
]
_PIECES += [
    "> [!note] d\n",
    "- [ ] e\n",
    "\n\n",
    "```\n",
    "`",
    "[^1]",
    "[^1]: f\n",
    "![g](h)",
    "\\(",
]
_PIECES += [
    "!!! i\n    ",
    "<input type=checkbox>",
    "<a",
    "='",
    '="',
    ">",
    "<",
    "&",
    "[sound:",
    "{{",
]


@pytest.mark.parametrize("config", [Config(), MKDOCS], ids=["commonmark", "mkdocs"])
@settings(max_examples=250, deadline=None)
@given(markdown=st.lists(st.sampled_from(_PIECES), max_size=25).map("".join) | st.text(max_size=80))
def test_any_text_becomes_a_harmless_field(config: Config, markdown: str) -> None:
    note, _ = render(source(markdown, markdown), config)

    result = resolve(note, {}, config)

    assert "<script" not in result.back.lower()
    assert "[sound:" not in result.back
    assert not note.back.key or note.back.key not in result.back + result.plain
    for piece in cut(result.back):
        assert piece.kind in (Kind.TEXT, Kind.START, Kind.END)
        assert not any(name.startswith("on") for name, _ in piece.attributes)
        if piece.kind is Kind.TEXT:
            text = re.sub(r"\\\(.*?\\\)|\\\[.*?\\\]", " ", piece.text, flags=re.DOTALL)
            assert "{{" not in text


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("console", "$ ls\nleaf"),
        ("shell-session", "$ ls"),
        ("ps1con", "PS C:\\> ls\nleaf"),
        ("doscon", "C:\\>dir\nleaf"),
        ("irb", "irb(main):001:0> 1\n=> 1"),
        ("psql", "plants=# select 1;\n 1"),
        ("sqlite3", "sqlite> select 1;\n1"),
        ("pycon", ">>> leaf\n'green'"),
        ("diff", "-leaf\n+root"),
        ("python", "\n\nleaf\n\n"),
    ],
)
def test_highlighted_code_is_shown_to_its_last_line(language: str, code: str) -> None:
    back = resolved(f"```{language}\n{code}\n```").back

    shown = "".join(unescape(piece.text) for piece in cut(back) if piece.kind is Kind.TEXT)
    assert shown == code
    assert 'class="err"' not in back
    assert "<span" in back


def test_code_that_its_lexer_would_change_is_shown_plain() -> None:
    back = resolved("```python\n\ufeffleaf = 1\n```").back

    assert "<code>\ufeffleaf = 1</code>" in back

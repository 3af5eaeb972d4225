"""Text that runs from the right, and the languages that write with Chinese characters."""

from __future__ import annotations

import pytest

from cardwright.model import Html
from cardwright.resolve.writing_systems import all_with_scripts, with_scripts, written_language


def marked(html: str, language: str = "") -> str:
    return with_scripts(Html(html), language)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>leaf</p>", "<p>leaf</p>"),
        ("<p>ورقة</p><p>leaf</p>", '<p dir="rtl">ورقة</p><p>leaf</p>'),
        ("<p>A leaf is ورقة</p>", "<p>A leaf is ورقة</p>"),
        ("<p>12. עלה</p>", '<p dir="rtl">12. עלה</p>'),
        ("<ul><li>برگ</li><li>leaf</li></ul>", '<ul dir="rtl"><li>برگ</li><li>leaf</li></ul>'),
        ("<p>Leaf یعنی برگ است</p>", '<p dir="rtl" class="cw-from-right">Leaf یعنی برگ است</p>'),
        (
            '<ul><li class="cw-task">Leaf: برگ درخت سبز</li><li>root</li></ul>',
            '<ul dir="rtl"><li dir="rtl" class="cw-task cw-from-right">Leaf: برگ درخت سبز</li>'
            "<li>root</li></ul>",
        ),
        ("<ul><li>Leaf: برگ سبز</li><li>A long line</li></ul>",) * 2,
        ('<p dir="ltr">A برگ درخت</p>', '<p dir="ltr">A برگ درخت</p>'),
        (
            '<div dir="rtl"><p>Leaf برگ سبز</p><p dir="ltr">Leaf برگ سبز</p></div>',
            '<div dir="rtl"><p dir="rtl" class="cw-from-right">Leaf برگ سبز</p>'
            '<p dir="ltr">Leaf برگ سبز</p></div>',
        ),
        (
            '<p dir="rtl">Leaf برگ سبز</p>',
            '<p class="cw-from-right" dir="rtl">Leaf برگ سبز</p>',
        ),
        ("<p><code>leaf()</code> برگ</p>", '<p dir="rtl"><code>leaf()</code> برگ</p>'),
        (r"<p>\(x\) ورقة</p>", r'<p dir="rtl">\(x\) ورقة</p>'),
        (
            '<p><span class="katex"><span>x</span></span> ورقة</p>',
            '<p dir="rtl"><span class="katex"><span>x</span></span> ورقة</p>',
        ),
        ("<p>{{c1::ورقة}}</p>", '<p dir="rtl">{{c1::ورقة}}</p>'),
        ('<p dir="ltr">ورقة</p>', '<p dir="ltr">ورقة</p>'),
        (
            '<div class="cw-scroll"><table><tr><td>ورقة</td></tr></table></div>',
            '<div class="cw-scroll"><table dir="rtl"><tr><td>ورقة</td></tr></table></div>',
        ),
        (
            "<details><summary>ورقة</summary><p>leaf</p></details>",
            '<details><summary dir="rtl">ورقة</summary><p>leaf</p></details>',
        ),
        ('<div class="cw-code cw-one-line"><pre><code>ورقة</code></pre></div>',) * 2,
        ("ورقة <b>leaf</b>",) * 2,
    ],
)
def test_a_block_has_the_direction_of_its_first_letter_or_of_most_letters(
    html: str, expected: str
) -> None:
    assert marked(html) == expected


def test_short_cells_of_a_chinese_table_are_not_broken() -> None:
    row = "<tr><th{0}>叶子</th><td>这是植物的一部分</td><td>leaf</td></tr></table>"
    plain, short = row.format(""), row.format(' class="cw-short"')

    assert marked(f"<table>{plain}", "zh-Hans") == f'<table lang="zh-Hans">{short}'
    assert marked(f"<table>{plain}", "") == f"<table>{plain}"


def test_a_mixed_line_has_the_direction_of_most_of_its_note() -> None:
    question = Html("<p>broad leaf چیست؟</p>")
    from_right = Html('<p dir="rtl" class="cw-from-right">broad leaf چیست؟</p>')

    assert all_with_scripts((question, Html("<p>A wide one.</p>")))[0] == question
    assert all_with_scripts(
        (question, Html("<p>A wide one.</p><p>برگ پهن درختان بلند و سبز</p>"))
    ) == [
        from_right,
        '<p>A wide one.</p><p dir="rtl">برگ پهن درختان بلند و سبز</p>',
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A leaf", ""),
        ("Ein Blatt für Übungen", ""),
        ("葉は何をしますか", "ja"),
        ("光合成", ""),
        ("叶子有什么作用", "zh-Hans"),
        ("葉子有什麼作用？這個", "zh-Hant"),
        ("잎은 무엇을 합니까", "ko"),
        ("당(糖)을 만듭니다", "ko"),
        ("这个字在日语里写作「の」，读作 no，没有别的意思", "zh-Hans"),
    ],
)
def test_a_language_is_recognised_by_characters_that_only_it_has(text: str, language: str) -> None:
    assert written_language(text) == language


def test_lang_is_set_where_it_makes_a_difference() -> None:
    assert marked("<p>直射</p><p>a leaf</p><ul><li>骨</li></ul>", "ja") == (
        '<p lang="ja">直射</p><p>a leaf</p><ul lang="ja"><li>骨</li></ul>'
    )
    assert marked('<p lang="zh">直</p>', "ja") == '<p lang="zh">直</p>'

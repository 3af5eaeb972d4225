"""Without our own rules the commonmark flavour is CommonMark; with them, what they add."""

from __future__ import annotations

from html import escape
from pathlib import Path
from urllib.parse import quote

from cardwright.formulas.traced import Traced
from cardwright.markup.marks import key_for
from cardwright.model import CodeBlock, Image
from cardwright.render.collector import Collector
from cardwright.render.commonmark import to_html
from tests.notes import passage
from tests.spec_files import Example, check_examples, each_file


def html_of(markdown: str) -> str:
    """The HTML of a text, its images and code as CommonMark's reference writes them."""
    collector = Collector(key_for(markdown), Traced(passage(markdown)), [], is_trusted=True)
    html = to_html(collector, is_extended=False)
    for number, mark in enumerate(collector.marks):
        attribute = f'{collector.attribute}="{number}"'
        if isinstance(mark, Image):
            title = f' title="{escape(mark.title)}"' if mark.title else ""
            image = f'<img src="{quote(mark.target, "/:?&=%")}" alt="{escape(mark.alt)}"{title} />'
            html = html.replace(f"<img {attribute}>", image)
        elif isinstance(mark, CodeBlock):
            language = f' class="language-{mark.language}"' if mark.language else ""
            code = escape(mark.code, quote=False).replace('"', "&quot;")
            block = f"<pre><code{language}>{code}{code and chr(10)}</code></pre>"
            html = html.replace(f"<pre {attribute}></pre>", block)
    return html


@each_file("commonmark")
def test_commonmark_is_read_as_its_reference_reads_it(file: Path) -> None:
    check_examples(file, _is_read_as_its_reference_reads_it)


def _is_read_as_its_reference_reads_it(example: Example) -> None:
    html = html_of(example.markdown)

    # The reference puts a line break into an empty quote; to HTML it is nothing.
    assert html.replace("<blockquote></", "<blockquote>\n</").strip() == example.expected


def test_every_rule_of_ours_can_be_left_out() -> None:
    plain = html_of("~~a~~ ==b==\n\n| c |\n|---|\n\n> [!note]\n")
    assert "<s>" not in plain
    assert "<mark>" not in plain
    assert "<table>" not in plain
    assert "[!note]" in plain
